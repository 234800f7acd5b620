// What the author of a page has written for an element: attributes, properties, files, and children that are never changed.

import { formatOf } from '../model/drawing.js';
import type { Drawing, HistoryEvent, Inspection, Json, Mocks } from '../engine/protocol.js';
import { choice } from './choices.js';

/** A run that was recorded: all that a replay needs, so that it works without the engine. */
export interface Trace {
  drawing: Drawing;
  history: HistoryEvent[];
  inspection?: Inspection[];
}

export interface NamedInput {
  label: string;
  text: string;
}

export interface Source {
  /** The definition, or the file that holds it. */
  text: string | undefined;
  /** Tells the format and whether it is a template. */
  filename: string;
  inputs: NamedInput[];
  mocks: Mocks | undefined;
  trace: Trace | undefined;
}

/** What attributes and properties name. Data that a page has at hand goes before what lies elsewhere. */
export interface Given {
  definition: Json | undefined;
  src: string | null | undefined;
  for: string | null | undefined;
  /** JSON text, or the data itself. */
  input: Json | undefined;
  inputSrc: string | null | undefined;
  mocks: Mocks | undefined;
  mocksSrc: string | null | undefined;
  trace: Trace | undefined;
  traceSrc: string | null | undefined;
  format: string | null | undefined;
}

/** Above this a text is not taken from a page. */
const kMaxText = 8 << 20;

export async function fetched(url: string, signal: AbortSignal): Promise<string> {
  const response = await fetch(new URL(url, document.baseURI), { signal });
  if (!response.ok) throw new Error(`${url}: ${response.status} ${response.statusText}`);
  const text = await response.text();
  if (text.length > kMaxText) throw new Error(`${url} is larger than ${kMaxText >> 20} MiB`);
  return text;
}

function parsed<T>(text: string | null | undefined, what: string): T | undefined {
  if (!text?.trim()) return undefined;
  try {
    return JSON.parse(text) as T;
  } catch (error) {
    throw new Error(`${what} is no JSON: ${(error as Error).message}`, { cause: error });
  }
}

/** Data as text; what is text already stays it. */
function textOf(data: Json): string {
  return typeof data === 'string' ? data : JSON.stringify(data, undefined, 2);
}

/** The code block that `for` names: by id, or the one in front of the element. */
function attached(element: Element, target: string): Element | null {
  if (target !== 'prev') return (element.getRootNode() as Document | ShadowRoot).getElementById(target);
  for (let at: Element | null = element; at && at !== document.body; at = at.parentElement) {
    for (let before = at.previousElementSibling; before; before = before.previousElementSibling) {
      const found = before.matches('pre') ? before : [...before.querySelectorAll('pre')].at(-1);
      if (found) return found;
    }
  }
  return null;
}

function steps(element: Element, name: string): HTMLElement[] {
  return [...element.querySelectorAll<HTMLElement>(`:scope > script[data-step="${name}"]`)];
}

export function hasTrace(element: Element & Given): boolean {
  return Boolean(element.trace ?? element.traceSrc ?? steps(element, 'trace')[0]);
}

export async function readSource(element: Element & Given, signal: AbortSignal): Promise<Source> {
  /** From a file, or else from a child. */
  const read = async (url: string | null | undefined, name: string) => (url ? fetched(url, signal) : steps(element, name)[0]?.textContent);
  const { src, for: target, definition, input } = element;
  const trace = element.trace ?? parsed<Trace>(await read(element.traceSrc, 'trace'), 'the trace');
  let text: string | null | undefined;
  if (definition !== undefined && definition !== null) {
    text = textOf(definition);
  } else if (src) {
    text = await fetched(src, signal).catch((error: unknown) => {
      // A recorded run is shown without it.
      if (trace) return undefined;
      throw error;
    });
  } else {
    text = (target ? attached(element, target) : (element.querySelector('script[type="application/asl+json"], script[type="application/asl+yaml"]') ?? element.querySelector('pre')))?.textContent;
  }
  const format = choice('format', element.format);
  const isYaml = format === 'yaml' || (format !== 'json' && (/\.ya?ml$/.test(src ?? '') || (text && formatOf(text) === 'yaml')));
  const filename = src?.split(/[?#]/)[0]?.split('/').at(-1) ?? (isYaml ? 'definition.asl.yaml' : 'definition.asl.json');

  const inputs: NamedInput[] = [];
  const given = input === undefined || input === null ? element.inputSrc && (await fetched(element.inputSrc, signal)) : textOf(input);
  if (typeof given === 'string') inputs.push({ label: 'input', text: given });
  for (const script of steps(element, 'input')) {
    inputs.push({ label: script.dataset['label'] ?? `input ${inputs.length + 1}`, text: script.textContent ?? '{}' });
  }
  if (inputs.length === 0) inputs.push({ label: 'input', text: '{}' });
  for (const one of inputs) parsed<Json>(one.text, `the input "${one.label}"`);

  return {
    text: text?.trim() ? text : undefined,
    filename,
    inputs,
    mocks: element.mocks ?? parsed<Mocks>(await read(element.mocksSrc, 'mocks'), 'the mocks'),
    trace,
  };
}
