// What the playground shows, as calls of the program.

import { kMaxTransitions, type Calls, type TextOp } from '../engine/protocol.js';
import { parsedMocks, type Content } from './store.js';

/** For a POSIX shell. */
function quoted(word: string): string {
  return /^[\w./:=@%+-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`;
}

/** A call of the program, and what is asked of the engine for what it prints. */
export type Command = { [O in TextOp]: { line: string; op: O; request: Calls[O][0] } }[TextOp];

export function commands(content: Content): Command[] {
  const { text, type } = content;
  const file = content.format === 'yaml' ? 'definition.asl.yaml' : 'definition.asl.json';
  const run = ['stepglass', 'run', file];
  const input = content.inputs[content.selectedInput]?.v.trim() || '{}';
  if (input !== '{}') run.push('-i', compact(input));
  const mocks = parsedMocks(content);
  if (mocks && Object.keys(mocks).length > 0) run.push('--mocks', 'mocks.json');
  const fallback = content.defaultMock === 'ask' ? {} : { default_mock: content.defaultMock };
  if (content.defaultMock !== 'ask') run.push('--default-mock', content.defaultMock);
  const lint = ['stepglass', 'lint', file];
  const cost = ['stepglass', 'cost', file];
  for (const words of [run, lint, cost]) if (type === 'EXPRESS') words.push('--type', 'EXPRESS');
  const { executions_per_month: executions, states } = content.assumptions as { executions_per_month?: number; states?: Record<string, Record<string, unknown>> };
  if (executions !== undefined) cost.push('--executions', String(executions));
  for (const [state, assumed] of Object.entries(states ?? {})) {
    for (const [name, value] of Object.entries(assumed)) cost.push('--assume', `${state}.${name}=${JSON.stringify(value)}`);
  }
  const line = (words: string[]) => words.map(quoted).join(' ');
  return [
    { line: line(run), op: 'run', request: { definition: text, input_text: input, type, ...(mocks ? { mocks } : {}), ...fallback, max_transitions: kMaxTransitions } },
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
