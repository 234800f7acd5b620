// What the playground shows, as calls of the program.

import { kMaxTransitions, type Calls, type RunRequest, type TextOp } from '../engine/protocol.js';
import { parsedMocks, type Content } from './store.js';

/** For a POSIX shell. */
function quoted(word: string): string {
  return /^[\w./:=@%+-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`;
}

/** A call of the program, and what is asked of the engine for what it prints. */
export type Command = { [O in TextOp]: { line: string; op: O; request: Calls[O][0] } }[TextOp];

export const fileOf = ({ format }: Content) => (format === 'yaml' ? 'definition.asl.yaml' : 'definition.asl.json');
export const inputOf = (content: Content) => content.inputs[content.selectedInput]?.v.trim() || '{}';

const line = (words: string[]) => words.map(quoted).join(' ');

/** A run by `program`. With `inputFile` the input is read from there. */
export function runCommand(content: Content, program = 'stepglass', inputFile?: string): { line: string; request: RunRequest } {
  const { text, type, defaultMock } = content;
  const words = ['run', fileOf(content)];
  const input = inputOf(content);
  if (inputFile !== undefined) words.push('-i', `@${inputFile}`);
  else if (input !== '{}') words.push('-i', compact(input));
  const mocks = parsedMocks(content);
  if (mocks && Object.keys(mocks).length > 0) words.push('--mocks', 'mocks.json');
  if (defaultMock !== 'ask') words.push('--default-mock', defaultMock);
  if (type === 'EXPRESS') words.push('--type', 'EXPRESS');
  const fallback = defaultMock === 'ask' ? {} : { default_mock: defaultMock };
  return { line: `${program} ${line(words)}`, request: { definition: text, input_text: input, type, ...(mocks ? { mocks } : {}), ...fallback, max_transitions: kMaxTransitions } };
}

export function commands(content: Content): Command[] {
  const { text, type } = content;
  const file = fileOf(content);
  const lint = ['stepglass', 'lint', file];
  const cost = ['stepglass', 'cost', file];
  for (const words of [lint, cost]) if (type === 'EXPRESS') words.push('--type', 'EXPRESS');
  const { executions_per_month: executions, states } = content.assumptions as { executions_per_month?: number; states?: Record<string, Record<string, unknown>> };
  if (executions !== undefined) cost.push('--executions', String(executions));
  for (const [state, assumed] of Object.entries(states ?? {})) {
    for (const [name, value] of Object.entries(assumed)) cost.push('--assume', `${state}.${name}=${JSON.stringify(value)}`);
  }
  return [
    { op: 'run', ...runCommand(content) },
    { line: line(lint), op: 'lint', request: { text, filename: file, type } },
    { line: line(cost), op: 'cost', request: { definition: text, type, assumptions: content.assumptions, filename: file, name: 'definition' } },
  ];
}

function compact(text: string): string {
  try {
    return JSON.stringify(JSON.parse(text));
  } catch {
    return text;
  }
}
