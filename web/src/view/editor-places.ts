// Places of a text, as the protocol and as CodeMirror has them.

import type { Text } from '@codemirror/state';
import type { Position } from '../engine/protocol.js';

/** The offset in the document of a line and column of the protocol, which count in the same units. */
export function offsetOf(doc: Text, position: Position): number {
  if (position.line > doc.lines) return doc.length;
  const line = doc.line(Math.max(1, position.line));
  return Math.min(line.to, line.from + Math.max(0, position.column - 1));
}

export function placeOf(doc: Text, offset: number): { line: number; column: number } {
  const line = doc.lineAt(offset);
  return { line: line.number, column: offset - line.from + 1 };
}
