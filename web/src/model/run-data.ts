// Input and mocks of a run, as somebody writes them: JSON, where nothing written is {}.

export type RunData = 'input' | 'mocks';

export interface RunDataFault {
  /** "syntax": it is no JSON, and `message` is what the browser says of it. "shape": it is no object of lists, as mocks are. */
  kind: 'syntax' | 'shape';
  message: string;
}

export function runDataText(text: string): string {
  return text.trim() === '' ? '{}' : text;
}

/** Why a text cannot be used; undefined when it can. */
export function runDataFault(text: string, what: RunData): RunDataFault | undefined {
  let data: unknown;
  try {
    data = JSON.parse(runDataText(text));
  } catch (error) {
    return { kind: 'syntax', message: (error as Error).message };
  }
  const isMocks = typeof data === 'object' && data !== null && !Array.isArray(data) && Object.values(data).every((answers) => Array.isArray(answers));
  if (what === 'input' || isMocks) return undefined;
  return { kind: 'shape', message: 'Write an object: the name of a state, and the list of its answers, as in {"Charge": [{"error": "Busy"}, {"return": {}}]}.' };
}
