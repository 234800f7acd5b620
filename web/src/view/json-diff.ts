// What changed from one JSON value to another, member by member, for people to read.

import type { Json } from '../engine/protocol.js';

export type DiffLine =
  | { kind: 'same' | 'added' | 'removed'; depth: number; text: string }
  /** Members or items that are the same and not shown. */
  | { kind: 'folded'; depth: number; count: number };

export interface Diff {
  lines: DiffLine[];
  /** How many more there are. */
  left: number;
}

/** Lines that a diff shows; what is beyond is counted. */
export const kMaxDiffLines = 400;
const kMaxText = 200;
/** Up to here a value stands on one line. */
const kBrief = 60;

/** `before` undefined: all of `after` is shown as it is. Linear in the size of both. */
export function diff(before: Json | undefined, after: Json): Diff {
  const lines: DiffLine[] = [];
  let left = 0;
  const add = (line: DiffLine) => {
    if (lines.length < kMaxDiffLines) lines.push(line);
    else ++left;
  };

  const whole = (kind: 'same' | 'added' | 'removed', label: string, value: Json, depth: number, end = ''): void => {
    if (lines.length >= kMaxDiffLines) {
      ++left;
      return;
    }
    const entries = entriesOf(value);
    const short = !entries || entries.length === 0 ? cut(JSON.stringify(value)) : brief(value, kBrief - label.length);
    if (!entries || short !== undefined) {
      add({ kind, depth, text: `${label}${short}${end}` });
      return;
    }
    const [open, close] = Array.isArray(value) ? '[]' : '{}';
    add({ kind, depth, text: label + open });
    entries.forEach(([key, item], i) =>
      whole(kind, Array.isArray(value) ? '' : `${JSON.stringify(key)}: `, item, depth + 1, i + 1 < entries.length ? ',' : ''),
    );
    add({ kind, depth, text: String(close) + end });
  };

  /** Adds what differs; true, and nothing added, when nothing does. `root`: then, too. */
  const compare = (label: string, a: Json, b: Json, depth: number, root = false): boolean => {
    const ea = entriesOf(a);
    const eb = entriesOf(b);
    if (!ea || !eb || Array.isArray(a) !== Array.isArray(b)) {
      if (a !== b) {
        whole('removed', label, a, depth);
        whole('added', label, b, depth);
      } else if (root) add({ kind: 'same', depth, text: label + cut(JSON.stringify(b)) });
      return a === b;
    }
    const before = { lines: lines.length, left };
    const isArray = Array.isArray(b);
    const name = (key: string) => (isArray ? '' : `${JSON.stringify(key)}: `);
    const old = new Map(ea);
    const now = new Map(eb);
    add({ kind: 'same', depth, text: label + (isArray ? '[' : '{') });
    for (const [key, value] of ea) if (!now.has(key)) whole('removed', name(key), value, depth + 1);
    let same = ea.every(([key]) => now.has(key));
    let folded = 0;
    for (const [key, value] of eb) {
      const other = old.get(key);
      if (other === undefined) whole('added', name(key), value, depth + 1);
      else if (compare(name(key), other, value, depth + 1)) ++folded;
      if (other === undefined) same = false;
    }
    same &&= folded === eb.length;
    if (same && !root) {
      lines.length = before.lines;
      ({ left } = before);
      return true;
    }
    if (folded > 0) add({ kind: 'folded', depth: depth + 1, count: folded });
    add({ kind: 'same', depth, text: isArray ? ']' : '}' });
    return same;
  };

  if (before === undefined) whole('same', '', after, 0);
  else compare('', before, after, 0, true);
  return { lines, left };
}

function entriesOf(value: Json): [string, Json][] | undefined {
  return typeof value === 'object' && value !== null ? Object.entries(value) : undefined;
}

/** The value as one line of at most `most` characters; looks at no more of it than fit. */
function brief(value: Json, most: number): string | undefined {
  if (typeof value === 'string' && value.length > most) return undefined;
  const entries = entriesOf(value);
  if (!entries) {
    const text = JSON.stringify(value);
    return text.length <= most ? text : undefined;
  }
  const isArray = Array.isArray(value);
  let text = isArray ? '[' : '{';
  for (const [i, [key, item]] of entries.entries()) {
    const start = `${i > 0 ? ',' : ''}${isArray ? '' : `${JSON.stringify(key)}:`}`;
    const part = brief(item, most - text.length - start.length - 1);
    if (part === undefined) return undefined;
    text += start + part;
  }
  text += isArray ? ']' : '}';
  return text.length <= most ? text : undefined;
}

function cut(text: string): string {
  return text.length > kMaxText ? `${text.slice(0, kMaxText)}…` : text;
}
