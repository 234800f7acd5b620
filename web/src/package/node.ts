// Stepglass in Node: the same, with the module read from the package.

import { readFile } from 'node:fs/promises';
import { createEngine as create, type Engine, type EngineOptions } from './index.js';

export * from './index.js';

export async function createEngine(options: EngineOptions = {}): Promise<Engine> {
  return create({ mode: 'main', ...options, wasm: options.wasm ?? (await readFile(new URL(/* @vite-ignore */ './stepglass.wasm', import.meta.url))) });
}
