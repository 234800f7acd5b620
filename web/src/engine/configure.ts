// Where the elements of a page find the engine, for pages that serve it from elsewhere than beside the script.

import type { EngineMode } from './browser.js';
import type { Engine } from './client.js';
import type { WasmSource } from './compile.js';

export interface Configuration {
  /** The folder of worker.js and the .wasm files, with a slash at its end. */
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
  const [{ named, startBackend }, { Engine, WorkerBackend }] = await Promise.all([import('./browser.js'), import('./client.js')]);
  const at = (name: string | URL, base?: string | URL) => new URL(name, base === undefined ? document.baseURI : new URL(base, document.baseURI));
  const { assetBase } = configuration;
  const worker = configuration.worker ?? (assetBase === undefined ? undefined : at('worker.js', assetBase));
  const beside = assetBase ?? (typeof worker === 'function' ? undefined : worker);
  const wasm = configuration.wasm ?? (beside === undefined ? undefined : { first: at('stepglass-first.wasm', beside), rest: at('stepglass-rest.wasm', beside) });
  if (mode === 'main' || worker === undefined) return new Engine(startBackend(mode, wasm));
  if (typeof worker === 'function') return new Engine(new WorkerBackend(worker, mode === 'auto' ? () => startBackend('main', wasm) : undefined));
  return new Engine(startBackend(mode, wasm, named(at(worker).href)));
}
