// Places of a text, as the protocol and as CodeMirror has them.

import type { Line, Text } from '@codemirror/state';
import type { Edit, Position } from '../engine/protocol.js';

/** A byte order mark takes no column in the protocol. */
function startOf(line: Line): number {
  return line.from + (line.from === 0 && line.text.startsWith('\ufeff') ? 1 : 0);
}

/** The offset in the document of a line and column of the protocol, which count in the same units. */
export function offsetOf(doc: Text, position: Position): number {
  if (position.line > doc.lines) return doc.length;
  const line = doc.line(Math.max(1, position.line));
  return Math.min(line.to, startOf(line) + Math.max(0, position.column - 1));
}

export function placeOf(doc: Text, offset: number): { line: number; column: number } {
  const line = doc.lineAt(offset);
  return { line: line.number, column: Math.max(0, offset - startOf(line)) + 1 };
}

export function changesOf(doc: Text, edits: readonly Edit[]): { from: number; to: number; insert: string }[] {
  return edits.map(({ range, replacement }) => ({ from: offsetOf(doc, range.start), to: offsetOf(doc, range.end), insert: replacement }));
}
