// What the author of a page has written for an element: attributes, files, and children that are never changed.

import { formatOf } from '../model/drawing.js';
import type { Drawing, HistoryEvent, Inspection, Json, Mocks } from '../engine/protocol.js';

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

/** Above this a text is not taken from a page. */
const kMaxText = 8 << 20;

async function fetched(url: string, signal: AbortSignal): Promise<string> {
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

export async function readSource(element: Element, signal: AbortSignal): Promise<Source> {
  const attribute = (name: string) => element.getAttribute(name) ?? undefined;
  const step = (name: string) => [...element.querySelectorAll<HTMLElement>(`:scope > script[data-step="${name}"]`)];
  const src = attribute('src');
  const target = attribute('for');
  const text =
    src !== undefined
      ? await fetched(src, signal)
      : target !== undefined
        ? (attached(element, target)?.textContent ?? undefined)
        : (element.querySelector('script[type="application/asl+json"], script[type="application/asl+yaml"]')?.textContent ??
          element.querySelector('pre')?.textContent ??
          undefined);
  const format = attribute('format');
  const isYaml = format === 'yaml' || (format !== 'json' && (/\.ya?ml$/.test(src ?? '') || (text !== undefined && formatOf(text) === 'yaml')));
  const filename = src?.split(/[?#]/)[0]?.split('/').at(-1) ?? (isYaml ? 'definition.asl.yaml' : 'definition.asl.json');

  const inputs: NamedInput[] = [];
  const given = attribute('input') ?? (attribute('input-src') === undefined ? undefined : await fetched(attribute('input-src') ?? '', signal));
  if (given !== undefined) inputs.push({ label: 'input', text: given });
  for (const script of step('input')) {
    inputs.push({ label: script.dataset['label'] ?? `input ${inputs.length + 1}`, text: script.textContent ?? '{}' });
  }
  if (inputs.length === 0) inputs.push({ label: 'input', text: '{}' });
  for (const input of inputs) parsed<Json>(input.text, `the input "${input.label}"`);

  const mocksText = attribute('mocks-src') === undefined ? step('mocks')[0]?.textContent : await fetched(attribute('mocks-src') ?? '', signal);
  const traceText = attribute('trace-src') === undefined ? step('trace')[0]?.textContent : await fetched(attribute('trace-src') ?? '', signal);
  return {
    text: text?.trim() ? text : undefined,
    filename,
    inputs,
    mocks: parsed<Mocks>(mocksText, 'the mocks'),
    trace: parsed<Trace>(traceText, 'the trace'),
  };
}
