// What attributes may say.

export const kViewNames = ['graph', 'code', 'timeline', 'events', 'data', 'cost', 'outline', 'problems'] as const;
export type ViewName = (typeof kViewNames)[number];

export const kControls = ['run', 'play', 'step', 'seek', 'reset', 'input', 'mocks', 'share', 'zoom', 'full', 'open'] as const;
export type Control = (typeof kControls)[number];
/** Controls that are there only when they are asked for. */
export const kRareControls: readonly Control[] = ['reset', 'share', 'full'];

/** By attribute; the first is the default. */
export const kChoices = {
  view: kViewNames,
  theme: ['auto', 'light', 'dark'],
  layout: ['auto', 'tabs', 'split', 'stack'],
  loading: ['lazy', 'eager', 'click'],
  format: ['auto', 'json', 'yaml'],
  type: ['standard', 'express'],
  run: ['manual', 'visible', 'load', 'off'],
  engine: ['auto', 'worker', 'main', 'off'],
  lint: ['warning', 'error', 'info', 'off'],
  'heading-level': ['3', '1', '2', '4', '5', '6'],
} as const;
type Choices = typeof kChoices;
export type Choice<Name extends keyof Choices> = Choices[Name][number];

/** The names that an attribute lists. */
export function named(list: string): string[] {
  return list.split(/[\s,]+/).filter((name) => name !== '');
}

const warned = new Set<string>();

/** One of `allowed`; anything else is the first, with one warning. */
export function oneOf<T extends string>(value: unknown, allowed: readonly T[], name: string): T {
  const found = allowed.find((one) => one === value);
  const warning = `stepglass: ${name}="${value}" is not one of ${allowed.join(', ')}`;
  if (found === undefined && value !== null && value !== undefined && !warned.has(warning)) console.warn(warning);
  warned.add(warning);
  return found ?? (allowed[0] as T);
}

/** What the attribute `name` says with `value`. */
export function choice<Name extends keyof Choices>(name: Name, value: unknown): Choice<Name> {
  return oneOf<string>(value, kChoices[name], name) as Choice<Name>;
}
