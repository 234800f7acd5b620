// Why a text is no JSON, and where: told while it is typed.

import type { Diagnostic, Position } from '../engine/protocol.js';
import { runDataFault, type RunData } from '../model/run-data.js';

function positionOf(text: string, offset: number): Position {
  const before = text.slice(0, offset).split('\n');
  return { line: before.length, column: (before.at(-1)?.length ?? 0) + 1, offset };
}

/** Browsers name the place in their own words, or do not: then it is the end. What is missing there is told of the last sign. */
function placeOf(text: string, message: string): Position {
  const offset = /position (\d+)/.exec(message)?.[1];
  const place = /line (\d+) column (\d+)/.exec(message);
  if (offset === undefined && place) return { line: Number(place[1]), column: Number(place[2]), offset: 0 };
  return positionOf(text, Math.min(Number(offset ?? Infinity), text.trimEnd().length - 1));
}

function faultOf(text: string, what: RunData): [message: string, start: Position] | undefined {
  const fault = runDataFault(text, what);
  if (!fault) return undefined;
  const { kind, message } = fault;
  if (kind === 'shape') return [message, positionOf(text, 0)];
  return [`this is no JSON: ${message.replace(/^JSON\.parse: |( in JSON)? at (position|line) .*$/g, '')}`, placeOf(text, message)];
}

/** At most one. */
export function jsonFaults(text: string, what: RunData): Diagnostic[] {
  const fault = faultOf(text, what);
  if (!fault) return [];
  const [message, start] = fault;
  return [{ code: 'JSON', name: '', severity: 'error', message, range: { start, end: { ...start, column: start.column + 1 } }, pointer: '', machine: '', related: [], fixes: [] }];
}
