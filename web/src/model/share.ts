// A playground's content as the fragment of a link, which browsers send to no server: #v1.d.<base64url of deflated JSON>.
// Links stand in other people's pages for years: a version that was ever written is read for ever (tests/web/links).

import type { Json, Mocks } from '../engine/protocol.js';

/** What a link carries. What is absent has its default. */
export interface Shared {
  /** The definition as typed. */
  d: string;
  f?: 'json' | 'yaml';
  /** Inputs by name, as JSON texts. */
  i?: { n: string; v: string }[];
  sel?: number;
  m?: Mocks;
  /** What tasks without a mock do: ask (absent), "sample" or "echo". */
  dm?: 'sample' | 'echo';
  /** Assumptions of the cost. */
  a?: Json;
  t?: 'EXPRESS';
  /** View. */
  v?: string;
  /** Selected state. */
  s?: string;
  /** Event. */
  e?: number;
  /** The version that it was made with: others may find other things. */
  r?: string;
}

/** Of the link's fragment, and of what it holds. */
export const kMaxLinkLength = 64 << 10;
export const kMaxSharedBytes = 1 << 20;

export type Decoded = { ok: true; shared: Shared } | { ok: false; reason: string };

export function toBase64Url(bytes: Uint8Array): string {
  let text = '';
  for (let i = 0; i < bytes.length; i += 0x8000) text += String.fromCharCode(...bytes.subarray(i, i + 0x8000));
  return btoa(text).replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, '');
}

export function fromBase64Url(text: string): Uint8Array | undefined {
  if (!/^[\w-]*$/.test(text)) return undefined;
  try {
    const binary = atob(text.replaceAll('-', '+').replaceAll('_', '/'));
    return Uint8Array.from(binary, (c) => c.charCodeAt(0));
  } catch {
    return undefined;
  }
}

/** `bytes` through a (de)compressing stream; undefined when they are broken, or more than `most` come out. */
async function through(bytes: Uint8Array, stream: GenericTransformStream, most: number): Promise<Uint8Array | undefined> {
  const reader = (new Blob([bytes as BlobPart]).stream().pipeThrough(stream) as ReadableStream<Uint8Array>).getReader();
  const parts: Uint8Array[] = [];
  let size = 0;
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) break;
      size += value.length;
      if (size > most) {
        await reader.cancel();
        return undefined;
      }
      parts.push(value);
    }
  } catch {
    return undefined;
  }
  const all = new Uint8Array(size);
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}

/** The fragment, without "#". Undefined when the content is too large for a link. */
export async function encodeShare(shared: Shared): Promise<string | undefined> {
  const bytes = new TextEncoder().encode(JSON.stringify(shared));
  if (bytes.length > kMaxSharedBytes) return undefined;
  const packed = await through(bytes, new CompressionStream('deflate-raw'), kMaxSharedBytes);
  if (!packed) return undefined;
  const fragment = `v1.d.${toBase64Url(packed)}`;
  return fragment.length > kMaxLinkLength ? undefined : fragment;
}

/** What a fragment holds; with or without "#". */
export async function decodeShare(fragment: string): Promise<Decoded> {
  const text = fragment.replace(/^#/, '');
  if (text.length > kMaxLinkLength) return { ok: false, reason: 'the link is longer than a link of the playground can be' };
  const [version, codec, content] = text.split('.');
  if (version !== 'v1' || codec !== 'd' || content === undefined) {
    return { ok: false, reason: 'the link was made by a version that this one does not know' };
  }
  const packed = fromBase64Url(content);
  const bytes = packed && (await through(packed, new DecompressionStream('deflate-raw'), kMaxSharedBytes));
  if (!bytes) return { ok: false, reason: 'the link is damaged: was all of it copied?' };
  let value: unknown;
  try {
    value = JSON.parse(new TextDecoder().decode(bytes));
  } catch {
    return { ok: false, reason: 'the link is damaged: was all of it copied?' };
  }
  const shared = readShared(value);
  return shared ? { ok: true, shared } : { ok: false, reason: 'the link holds no definition' };
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Takes from untrusted JSON what is of the right type. */
function readShared(value: unknown): Shared | undefined {
  if (!isRecord(value) || typeof value['d'] !== 'string') return undefined;
  const shared: Shared = { d: value['d'] };
  if (value['f'] === 'yaml') shared.f = 'yaml';
  if (Array.isArray(value['i'])) {
    shared.i = value['i']
      .filter((input): input is { n: string; v: string } => isRecord(input) && typeof input['n'] === 'string' && typeof input['v'] === 'string')
      .slice(0, 100)
      .map(({ n, v }) => ({ n, v }));
  }
  if (typeof value['sel'] === 'number') shared.sel = value['sel'];
  if (isRecord(value['m'])) shared.m = value['m'] as Mocks;
  if (value['dm'] === 'sample' || value['dm'] === 'echo') shared.dm = value['dm'];
  if (isRecord(value['a'])) shared.a = value['a'] as Json;
  if (value['t'] === 'EXPRESS') shared.t = 'EXPRESS';
  if (typeof value['v'] === 'string') shared.v = value['v'];
  if (typeof value['s'] === 'string') shared.s = value['s'];
  if (typeof value['e'] === 'number') shared.e = value['e'];
  if (typeof value['r'] === 'string' && value['r'].length <= 40) shared.r = value['r'];
  return shared;
}

/** A member whose name says that it is one, of JSON, of JSON inside of a string, and of YAML. What has $, { or } is computed. */
const kSecret = /[\w-]*(?:password|secret|token|api[_-]?key)[\w-]*\\*["']?\s*:\s*(?:\\*"([^"\\${}]{8,})\\*"|'([^'${}]{8,})'|([^\s"',${}#[\]\\]{8,})(?=\s|$))/gi;

/** An account id between what is no digit, as in ARNs, addresses of queues and images, and names of buckets; not the end of a UUID,
 *  the digits of a fraction, or a number of JSON. */
const kAccount = /(?<![\d.]|[\da-f]{8}(?:-[\da-f]{4}){3}-|":\s*)\d{12}(?!\d|\.\d)/gi;

/** Where a text holds what should not be shared unseen: 12-digit account ids, and keys that look secret. */
export function sensitiveParts(text: string): string[] {
  const found = new Set<string>();
  for (const [account] of text.matchAll(kAccount)) {
    // The placeholders of documentation.
    if (!/^(\d)\1{11}$/.test(account) && account !== '123456789012') found.add(account);
  }
  for (const match of text.matchAll(/\b(?:AKIA|ASIA)[A-Z0-9]{16}\b/g)) found.add(match[0]);
  for (const match of text.matchAll(kSecret)) {
    const value = match.slice(1).find((part) => part !== undefined);
    if (value && !value.startsWith('arn:') && !/^(\*+|\d+)$/.test(value)) found.add(value);
  }
  return [...found];
}

/** The same of all that a link carries. */
export function sensitiveIn({ d, i = [], m = {}, a = {}, s = '' }: Shared): string[] {
  return [...new Set([d, JSON.stringify(m), JSON.stringify(a), s, ...i.flatMap(({ n, v }) => [n, v])].flatMap(sensitiveParts))];
}

/** The text with each of `parts` masked: account ids stay account ids. */
export function masked(text: string, parts: readonly string[]): string {
  let result = text;
  for (const part of parts) {
    const isAccount = /^\d{12}$/.test(part);
    result = isAccount ? result.replace(new RegExp(`(?<!\\d)${part}(?!\\d)`, 'g'), '111111111111') : result.replaceAll(part, '********');
  }
  return result;
}

/** All texts of a value masked, names of members among them. */
export function maskedIn<T>(value: T, parts: readonly string[]): T {
  const mask = (at: unknown): unknown => {
    if (typeof at === 'string') return masked(at, parts);
    if (Array.isArray(at)) return at.map(mask);
    if (typeof at !== 'object' || at === null) return at;
    return Object.fromEntries(Object.entries(at).map(([name, member]) => [masked(name, parts), mask(member)]));
  };
  return mask(value) as T;
}

/** What is too long for a link, as a file that Import reads. */
export function shareFile(shared: Shared): string {
  return JSON.stringify({ stepglass: 1, ...shared }, undefined, 2);
}

/** What such a file holds; undefined for any other text. */
export function readShareFile(text: string): Shared | undefined {
  try {
    const value = JSON.parse(text) as unknown;
    return isRecord(value) && value['stepglass'] === 1 ? readShared(value) : undefined;
  } catch {
    return undefined;
  }
}
