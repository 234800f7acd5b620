// What the playground shows, as calls of the program.

import { parsedMocks, type Content } from './store.js';

/** For a POSIX shell. */
function quoted(word: string): string {
  return /^[\w./:=@%+-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`;
}

export function commandLines(content: Content): string[] {
  const file = content.format === 'yaml' ? 'definition.asl.yaml' : 'definition.asl.json';
  const run = ['stepglass', 'run', file];
  const input = content.inputs[content.selectedInput]?.v.trim() ?? '';
  if (input !== '' && input !== '{}') run.push('-i', compact(input));
  const mocks = parsedMocks(content);
  if (mocks && Object.keys(mocks).length > 0) run.push('--mocks', 'mocks.json');
  if (content.defaultMock !== 'ask') run.push('--default-mock', content.defaultMock);
  if (content.type === 'EXPRESS') run.push('--type', 'EXPRESS');
  const lint = ['stepglass', 'lint', file];
  if (content.type === 'EXPRESS') lint.push('--type', 'EXPRESS');
  const cost = ['stepglass', 'cost', file];
  if (content.type === 'EXPRESS') cost.push('--type', 'EXPRESS');
  const { executions_per_month: executions, states } = content.assumptions as { executions_per_month?: number; states?: Record<string, Record<string, unknown>> };
  if (executions !== undefined) cost.push('--executions', String(executions));
  for (const [state, assumed] of Object.entries(states ?? {})) {
    for (const [name, value] of Object.entries(assumed)) cost.push('--assume', `${state}.${name}=${JSON.stringify(value)}`);
  }
  return [run, lint, cost].map((words) => words.map(quoted).join(' '));
}

function compact(text: string): string {
  try {
    return JSON.stringify(JSON.parse(text));
  } catch {
    return text;
  }
}
