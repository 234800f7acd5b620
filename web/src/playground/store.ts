// What a person has typed and chosen, kept in the browser so that a reload loses nothing.

import type { Json, Mocks } from '../engine/protocol.js';
import type { Shared } from '../model/share.js';
import { kExamples, type Example } from './examples.js';
import { read, write, type Slot } from './slots.js';

export interface Content {
  text: string;
  format: 'json' | 'yaml';
  inputs: { n: string; v: string }[];
  selectedInput: number;
  /** As typed: JSON. */
  mocks: string;
  defaultMock: 'ask' | 'sample' | 'echo';
  type: 'STANDARD' | 'EXPRESS';
  assumptions: Json;
  /** The file that it was taken from, as it was then. */
  origin?: { file: string; text: string };
}

export function contentOf(example: Example): Content {
  return {
    text: example.definition,
    format: 'json',
    inputs: example.inputs.map((input) => ({ ...input })),
    selectedInput: 0,
    mocks: JSON.stringify(example.mocks, undefined, 2),
    defaultMock: 'ask',
    type: 'STANDARD',
    assumptions: {},
  };
}

export function firstContent(): Content {
  const [example] = kExamples;
  if (!example) throw new Error('there are no examples');
  return contentOf(example);
}

/** A definition that was brought along, with nothing around it yet. */
export function contentWith(text: string, format: 'json' | 'yaml'): Content {
  return { text, format, inputs: [{ n: 'default', v: '{}' }], selectedInput: 0, mocks: '{}', defaultMock: 'sample', type: 'STANDARD', assumptions: {} };
}

export function toShared(content: Content): Shared {
  const shared: Shared = { d: content.text };
  if (content.format === 'yaml') shared.f = 'yaml';
  if (content.inputs.length !== 1 || content.inputs[0]?.v !== '{}') shared.i = content.inputs;
  if (content.selectedInput !== 0) shared.sel = content.selectedInput;
  const mocks = parsedMocks(content);
  if (mocks && Object.keys(mocks).length > 0) shared.m = mocks;
  if (content.defaultMock !== 'ask') shared.dm = content.defaultMock;
  if (content.type === 'EXPRESS') shared.t = 'EXPRESS';
  if (JSON.stringify(content.assumptions) !== '{}') shared.a = content.assumptions;
  return shared;
}

export function fromShared(shared: Shared): Content {
  return {
    text: shared.d,
    format: shared.f ?? 'json',
    inputs: shared.i && shared.i.length > 0 ? shared.i : [{ n: 'default', v: '{}' }],
    selectedInput: Math.min(Math.max(0, Math.trunc(shared.sel ?? 0)), Math.max(0, (shared.i?.length ?? 1) - 1)),
    mocks: JSON.stringify(shared.m ?? {}, undefined, 2),
    defaultMock: shared.dm ?? 'ask',
    type: shared.t ?? 'STANDARD',
    assumptions: shared.a ?? {},
  };
}

/** Undefined while what is typed is no object of JSON. */
export function parsedMocks(content: Content): Mocks | undefined {
  try {
    const value = JSON.parse(content.mocks.trim() || '{}') as unknown;
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Mocks) : undefined;
  } catch {
    return undefined;
  }
}

/** As in a link, with what a link has no use for: mocks that are half typed, and where it comes from. */
interface Kept extends Shared {
  mocks?: string;
  origin?: { file: string; text: string };
}

function toKept(content: Content): Kept {
  return { ...toShared(content), mocks: content.mocks, ...(content.origin ? { origin: content.origin } : {}) };
}

/** All of it as one text. */
export function packed(content: Content): string {
  return JSON.stringify(toKept(content));
}

/** What such a text holds; undefined when it is none. */
export function unpacked(text: string): Content | undefined {
  try {
    const kept = JSON.parse(text) as Kept;
    if (typeof kept.d !== 'string') return undefined;
    return { ...fromShared(kept), ...(kept.mocks === undefined ? {} : { mocks: kept.mocks }), ...(kept.origin ? { origin: kept.origin } : {}) };
  } catch {
    return undefined;
  }
}

export function save(content: Content): void {
  write(toKept(content));
}

export function load(slot: Slot = 'now'): Content | undefined {
  const text = read(slot);
  return text === undefined ? undefined : unpacked(text);
}

const kThemeKey = 'stepglass.theme';
const kPanesKey = 'stepglass.panes';

/** Shares of the window, in percent. */
export interface Panes {
  left: number;
  bottom: number;
}

export function loadPanes(): Panes {
  const panes = { left: 42, bottom: 34 };
  try {
    const kept = JSON.parse(localStorage.getItem(kPanesKey) ?? '{}') as Partial<Panes>;
    for (const name of ['left', 'bottom'] as const) {
      const share = Number(kept[name]);
      if (share >= 10 && share <= 90) panes[name] = share;
    }
  } catch {
    // Storage may be forbidden or full, here and below: then nothing is kept.
  }
  return panes;
}

export function savePanes(panes: Panes): void {
  try {
    localStorage.setItem(kPanesKey, JSON.stringify(panes));
  } catch {
    // As above.
  }
}

export type Theme = 'auto' | 'light' | 'dark';

export function loadTheme(): Theme {
  try {
    const kept = localStorage.getItem(kThemeKey);
    return kept === 'light' || kept === 'dark' ? kept : 'auto';
  } catch {
    return 'auto';
  }
}

export function saveTheme(theme: Theme): void {
  try {
    localStorage.setItem(kThemeKey, theme);
  } catch {
    // As above.
  }
}
