// Small texts that several views write the same way.

import type { Json } from '../engine/protocol.js';
import type { VisitStatus } from '../model/replay.js';

/** A sign and a word for each status: never colour alone. */
export const kStatus: Record<VisitStatus, { sign: string; word: string }> = {
  running: { sign: '●', word: 'running' },
  succeeded: { sign: '✓', word: 'succeeded' },
  failed: { sign: '✕', word: 'failed' },
  caught: { sign: '↷', word: 'failed, caught' },
  aborted: { sign: '⊘', word: 'aborted' },
};

/** "0 s", "1.53 s", "3 min 2 s", "2 h", "365 d". */
export function duration(ms: number): string {
  if (!Number.isFinite(ms)) return '∞';
  if (ms < 1000) return ms === 0 ? '0 s' : `${Math.round(ms)} ms`;
  if (ms < 60_000) return `${Math.round(ms / 10) / 100} s`;
  const units: [number, string][] = [
    [86_400_000, 'd'],
    [3_600_000, 'h'],
    [60_000, 'min'],
    [1000, 's'],
  ];
  const parts: string[] = [];
  let left = Math.round(ms / 1000) * 1000;
  for (const [size, name] of units) {
    const count = Math.floor(left / size);
    left -= count * size;
    if (count > 0) parts.push(`${count} ${name}`);
    if (parts.length === 2) break;
  }
  return parts.join(' ');
}

/** A virtual clock: hh:mm:ss.mmm, with days in front when there are any. */
export function clock(ms: number): string {
  const days = Math.floor(ms / 86_400_000);
  const rest = new Date(ms - days * 86_400_000).toISOString().slice(11, 23);
  return days > 0 ? `${days} d ${rest}` : rest;
}

export function pretty(text: string): string {
  try {
    return JSON.stringify(JSON.parse(text), undefined, 2);
  } catch {
    return text;
  }
}

export function parse(text: string | undefined): Json | undefined {
  if (text === undefined) return undefined;
  try {
    return JSON.parse(text) as Json;
  } catch {
    return undefined;
  }
}

export function plural(number: number, noun: string): string {
  return `${number.toLocaleString('en-US')} ${noun}${number === 1 ? '' : 's'}`;
}

/** A member whose name is anything that people write: what every object inherits is none. */
export function ownMember<T>(object: Readonly<Record<string, T>>, name: string): T | undefined {
  return Object.hasOwn(object, name) ? object[name] : undefined;
}
