// Changes of a text by its places, as fixes of findings are.

import type { Place } from './drawing.js';

/** Writes `replacement` where `range` is. The fixes of a diagnostic are such edits. */
export interface TextEdit {
  range: { start: Place; end: Place };
  replacement: string;
}

/** The text after all edits, whose places are those before any of them. Throws a RangeError when one lies outside of the
 *  text, or two overlap. */
export function edited(text: string, edits: readonly TextEdit[]): string {
  // Lines end as the engine's do, and a byte order mark takes no column.
  const ends = [...text.matchAll(/\r\n?|\n/g)];
  const starts = [text.startsWith('\ufeff') ? 1 : 0, ...ends.map(({ index, 0: end }) => index + end.length)];
  const offset = ({ line, column }: Place): number => {
    const at = (starts[line - 1] ?? NaN) + column - 1;
    const end = ends[line - 1]?.index ?? text.length;
    if (!(column >= 1 && at <= end)) throw new RangeError(`the text has no line ${line}, column ${column}`);
    return at;
  };
  const placed = edits.map(({ range, replacement }) => ({ from: offset(range.start), to: offset(range.end), replacement })).sort((a, b) => a.from - b.from || a.to - b.to);
  let out = '';
  let done = 0;
  for (const { from, to, replacement } of placed) {
    if (from < done || to < from) throw new RangeError('two edits overlap: make them one after the other');
    out += text.slice(done, from) + replacement;
    done = to;
  }
  return out + text.slice(done);
}
