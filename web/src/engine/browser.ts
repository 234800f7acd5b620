// Starts the engine in a browser: in a worker of its own, under a strict content security policy with Trusted Types.

import wasmUrl from '@stepglass/wasm/stepglass.wasm?url';
import workerUrl from './worker.ts?worker&url';
import { Engine, WorkerBackend } from './client.js';
import type { WorkerStart } from './worker.js';

interface TrustedTypes {
  createPolicy(name: string, rules: { createScriptURL(url: string): string }): { createScriptURL(url: string): string };
}

let policy: { createScriptURL(url: string): string } | undefined;

/** Our own scripts, by where the page finds them; nothing else passes. */
const kScripts = [workerUrl, './sw.js'];

export function scriptUrl(url: string): string {
  const types = (globalThis as { trustedTypes?: TrustedTypes }).trustedTypes;
  if (!types) return url;
  policy ??= types.createPolicy('stepglass', {
    createScriptURL(candidate) {
      if (kScripts.includes(candidate)) return candidate;
      throw new TypeError(`${candidate} is no script of Stepglass`);
    },
  });
  return policy.createScriptURL(url);
}

/** A worker that knows where the module lies: bundlers move and rename files, and see to it here, not in the worker. */
export function startWorker(): Worker {
  const worker = new Worker(scriptUrl(workerUrl), { type: 'module', name: 'stepglass' });
  const start: WorkerStart = { start: { url: new URL(wasmUrl, import.meta.url).href } };
  worker.postMessage(start);
  return worker;
}

/** An engine whose worker starts with the first request. */
export function startEngine(): Engine {
  return new Engine(new WorkerBackend(startWorker));
}
