// What changed from one text to another, line by line. For data there is json-diff.ts.

import { kMaxDiffLines, type Diff, type DiffLine } from './json-diff.js';

/** Lines that stay and are shown beside those that do not. */
const kAround = 2;
/** Pairs of lines that are compared; of texts that differ in more, all of the one goes and all of the other comes. */
const kMostPairs = 4_000_000;

export function lineDiff(before: string, after: string): Diff {
  const a = before.split('\n');
  const b = after.split('\n');
  let start = 0;
  while (start < a.length && start < b.length && a[start] === b[start]) ++start;
  let end = 0;
  while (end < a.length - start && end < b.length - start && a.at(-1 - end) === b.at(-1 - end)) ++end;
  const line = (kind: 'same' | 'added' | 'removed') => (text: string): DiffLine => ({ kind, depth: 0, text });
  const all = folded([...a.slice(0, start).map(line('same')), ...middle(a.slice(start, a.length - end), b.slice(start, b.length - end)), ...a.slice(a.length - end).map(line('same'))]);
  return { lines: all.slice(0, kMaxDiffLines), left: Math.max(0, all.length - kMaxDiffLines) };
}

/** Keeps as many lines as can stay in their order. */
function middle(a: string[], b: string[]): DiffLine[] {
  const width = b.length + 1;
  const can = a.length * b.length <= kMostPairs;
  // kept[i * width + j]: how many lines can stay of a from i and b from j.
  const kept = new Uint32Array(can ? (a.length + 1) * width : 0);
  const at = (i: number, j: number) => kept[i * width + j] ?? 0;
  if (can) {
    for (let i = a.length - 1; i >= 0; --i) {
      for (let j = b.length - 1; j >= 0; --j) kept[i * width + j] = a[i] === b[j] ? at(i + 1, j + 1) + 1 : Math.max(at(i + 1, j), at(i, j + 1));
    }
  }
  const lines: DiffLine[] = [];
  for (let i = 0, j = 0; i < a.length || j < b.length; ) {
    if (can && i < a.length && j < b.length && a[i] === b[j]) {
      lines.push({ kind: 'same', depth: 0, text: a[i++] ?? '' });
      ++j;
    } else if (i < a.length && (j === b.length || at(i + 1, j) >= at(i, j + 1))) {
      lines.push({ kind: 'removed', depth: 0, text: a[i++] ?? '' });
    } else {
      lines.push({ kind: 'added', depth: 0, text: b[j++] ?? '' });
    }
  }
  return lines;
}

/** Lines that stay are folded where nothing near them changes. */
function folded(lines: DiffLine[]): DiffLine[] {
  const near = new Set<number>();
  lines.forEach((line, i) => {
    if (line.kind !== 'same') for (let k = i - kAround; k <= i + kAround; ++k) near.add(k);
  });
  const shown: DiffLine[] = [];
  lines.forEach((line, i) => {
    const last = shown.at(-1);
    if (near.has(i)) shown.push(line);
    else if (last?.kind === 'folded') ++last.count;
    else shown.push({ kind: 'folded', depth: 0, count: 1 });
  });
  return shown;
}
