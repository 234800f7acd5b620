// Where the elements of a page find the engine, for pages that serve it from elsewhere than beside the script.

import type { EngineMode } from './browser.js';
import type { Engine } from './client.js';
import type { WasmSource } from './compile.js';
import type { WorkerStart } from './worker.js';

export interface Configuration {
  /** The folder of stepglass.wasm and worker.js, with a slash at its end. */
  assetBase?: string | URL;
  /** The module. Default: in `assetBase`, or beside the worker. */
  wasm?: WasmSource;
  /** Where worker.js lies, or what makes a worker that has its module. */
  worker?: string | URL | (() => Worker);
}

let configuration: Configuration = {};

/** For engines that are started from now on. */
export function configure(changed: Configuration): void {
  configuration = { ...configuration, ...changed };
}

export async function startConfigured(mode: EngineMode): Promise<Engine> {
  const [{ namedScriptUrl, startBackend }, { Engine, WorkerBackend }] = await Promise.all([import('./browser.js'), import('./client.js')]);
  const at = (name: string | URL, base?: string | URL) => new URL(name, base === undefined ? document.baseURI : new URL(base, document.baseURI));
  const { assetBase } = configuration;
  const worker = configuration.worker ?? (assetBase === undefined ? undefined : at('worker.js', assetBase));
  const beside = assetBase ?? (typeof worker === 'function' ? undefined : worker);
  const wasm = configuration.wasm ?? (beside === undefined ? undefined : at('stepglass.wasm', beside));
  if (mode === 'main' || worker === undefined) return new Engine(startBackend(mode, wasm));
  const start = (): Worker => {
    if (typeof worker === 'function') return worker();
    const started = new Worker(namedScriptUrl(at(worker).href), { type: 'module', name: 'stepglass' });
    started.postMessage({ start: { wasm: wasm instanceof URL ? wasm.href : (wasm ?? '') } } satisfies WorkerStart);
    return started;
  };
  return new Engine(new WorkerBackend(start, mode === 'auto' ? () => startBackend('main', wasm) : undefined));
}
