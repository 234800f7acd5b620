// Starts the engine in a browser: in a worker of its own, under a strict content security policy with Trusted Types. Where the
// page allows none, in the page's own thread.

import firstUrl from '@stepglass/wasm/stepglass-first.wasm?url';
import restUrl from '@stepglass/wasm/stepglass-rest.wasm?url';
import workerUrl from './worker.ts?worker&url';
import { Engine, LazyBackend, WorkerBackend, type Backend } from './client.js';
import { isParts, type WasmFile, type WasmSource } from './compile.js';
import type { WorkerCode, WorkerReply, WorkerStart } from './messages.js';

interface TrustedTypes {
  createPolicy(name: string, rules: { createScriptURL(url: string): string }): { createScriptURL(url: string): string };
}

let policy: { createScriptURL(url: string): string } | undefined;

/** Our own scripts, by where the page finds them; nothing else passes. */
const scripts = new Set([workerUrl, './sw.js']);

export function scriptUrl(url: string): string {
  const types = (globalThis as { trustedTypes?: TrustedTypes }).trustedTypes;
  if (!types) return url;
  policy ??= types.createPolicy('stepglass', {
    createScriptURL(candidate) {
      if (scripts.has(candidate)) return candidate;
      throw new TypeError(`${candidate} is no script of Stepglass`);
    },
  });
  return policy.createScriptURL(url);
}

/** A script that the page itself names as ours. */
export function named(url: string): string {
  scripts.add(url);
  return url;
}

/** Where the module lies: bundlers move and rename files, and see to it here, not in the worker. Against the page: other
 *  bundlers take what is named against import.meta.url for a file of theirs. */
const ownWasm = (): WasmSource => ({ first: new URL(firstUrl, location.href), rest: new URL(restUrl, location.href) });

/** As a message can carry it. */
const sendable = (wasm: WasmFile) => (wasm instanceof URL ? wasm.href : wasm);

/** A worker from one of our own scripts, with its module. What it compiles is kept in `wasm`: one that replaces it begins sooner. */
export function startWorker(url: string, wasm: WasmSource = ownWasm()): Worker {
  const worker = new Worker(scriptUrl(url), { type: 'module', name: 'stepglass' });
  const start: WorkerStart = { start: { wasm: isParts(wasm) ? { first: sendable(wasm.first), rest: sendable(wasm.rest) } : sendable(wasm) } };
  worker.postMessage(start);
  worker.addEventListener('message', ({ data }: MessageEvent<WorkerCode | WorkerReply>) => {
    if (isParts(wasm) && 'compiled' in data) Object.assign(wasm, data.compiled);
  });
  return worker;
}

const inThisThread = (wasm: WasmSource): Backend => new LazyBackend(() => import('./main.js').then(({ mainBackend }) => mainBackend(wasm)));

/** Browsers start no worker from another site: then its text is one of our own, if the policy of the page allows that. */
async function fromElsewhere(url: URL, wasm: WasmSource, instead: (() => Backend) | undefined): Promise<Backend> {
  const response = await fetch(url).catch(() => undefined);
  if (!response?.ok) {
    if (instead) return instead();
    throw new Error(`${url.href} cannot be loaded: does that site allow it to this one?`);
  }
  const local = named(URL.createObjectURL(new Blob([await response.text()], { type: 'text/javascript' })));
  return new WorkerBackend(() => startWorker(local, wasm), instead);
}

/** "worker": it can be cancelled. "main": this thread. "auto": this thread where no worker can be had. */
export type EngineMode = 'auto' | 'worker' | 'main';

/** What answers. It starts with the first request. `script` is the worker's. */
export function startBackend(mode: EngineMode = 'auto', given: WasmSource = ownWasm(), script = workerUrl): Backend {
  const wasm = isParts(given) ? { ...given } : given;
  if (mode === 'main') return inThisThread(wasm);
  const instead = mode === 'auto' ? () => inThisThread(wasm) : undefined;
  const url = new URL(script, location.href);
  return url.origin === location.origin ? new WorkerBackend(() => startWorker(script, wasm), instead) : new LazyBackend(() => fromElsewhere(url, wasm, instead));
}

export function startEngine(mode?: EngineMode): Engine {
  return new Engine(startBackend(mode));
}
