// The parts of the page and what they are called.

export const kViews = ['graph', 'timeline', 'events', 'cost', 'outline'] as const;
export const kPanels = ['state', 'problems', 'expression', 'terminal'] as const;
export const kSources = ['definition', 'input', 'mocks'] as const;
export type View = (typeof kViews)[number];
export type Panel = (typeof kPanels)[number];
export type Source = (typeof kSources)[number];
export const kWords: Record<View | Panel | Source, string> = {
  graph: 'Graph',
  timeline: 'Timeline',
  events: 'Events',
  cost: 'Cost',
  outline: 'Outline',
  state: 'State',
  problems: 'Problems',
  expression: 'Expression',
  terminal: 'Terminal',
  definition: 'Definition',
  input: 'Input',
  mocks: 'Mocks',
};
