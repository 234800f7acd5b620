// What changed from one JSON value to another, member by member, for people to read.

import type { Json } from '../engine/protocol.js';

export type DiffLine =
  | { kind: 'same' | 'added' | 'removed'; depth: number; text: string }
  /** Members or items that are the same and not shown. */
  | { kind: 'folded'; depth: number; count: number };

/** Lines that a diff shows; what is beyond is counted. */
export const kMaxDiffLines = 400;
const kMaxText = 200;

/** `before` undefined: all of `after` is shown as it is. Linear in the size of both. */
export function diff(before: Json | undefined, after: Json): { lines: DiffLine[]; left: number } {
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
    const short = JSON.stringify(value);
    if (!entries || entries.length === 0 || short.length + label.length <= 60) {
      add({ kind, depth, text: label + cut(short) + end });
      return;
    }
    const [open, close] = Array.isArray(value) ? '[]' : '{}';
    add({ kind, depth, text: label + open });
    entries.forEach(([key, item], i) =>
      whole(kind, Array.isArray(value) ? '' : `${JSON.stringify(key)}: `, item, depth + 1, i + 1 < entries.length ? ',' : ''),
    );
    add({ kind, depth, text: String(close) + end });
  };

  const compare = (label: string, a: Json, b: Json, depth: number): void => {
    const ea = entriesOf(a);
    const eb = entriesOf(b);
    if (!ea || !eb || Array.isArray(a) !== Array.isArray(b)) {
      if (a === b) add({ kind: 'same', depth, text: label + cut(JSON.stringify(b)) });
      else {
        whole('removed', label, a, depth);
        whole('added', label, b, depth);
      }
      return;
    }
    const isArray = Array.isArray(b);
    const name = (key: string) => (isArray ? '' : `${JSON.stringify(key)}: `);
    const old = new Map(ea);
    const now = new Map(eb);
    add({ kind: 'same', depth, text: label + (isArray ? '[' : '{') });
    for (const [key, value] of ea) if (!now.has(key)) whole('removed', name(key), value, depth + 1);
    let folded = 0;
    for (const [key, value] of eb) {
      const other = old.get(key);
      if (other === undefined) whole('added', name(key), value, depth + 1);
      else if (isSame(other, value)) ++folded;
      else compare(name(key), other, value, depth + 1);
    }
    if (folded > 0) add({ kind: 'folded', depth: depth + 1, count: folded });
    add({ kind: 'same', depth, text: isArray ? ']' : '}' });
  };

  if (before === undefined) whole('same', '', after, 0);
  else compare('', before, after, 0);
  return { lines, left };
}

function entriesOf(value: Json): [string, Json][] | undefined {
  return typeof value === 'object' && value !== null ? Object.entries(value) : undefined;
}

function isSame(a: Json, b: Json): boolean {
  return a === b || JSON.stringify(a) === JSON.stringify(b);
}

function cut(text: string): string {
  return text.length > kMaxText ? `${text.slice(0, kMaxText)}…` : text;
}
