// The engine in the thread that calls it: for Node, and for pages that allow no worker. A call cannot be cancelled once it
// works; it is bounded by its own budgets.

import create from '@stepglass/wasm';
import type { Backend } from './client.js';
import { compiled, type WasmSource } from './compile.js';
import { EngineModule, refusal, type CreateInstance } from './module.js';

export async function mainBackend(wasm: WasmSource): Promise<Backend> {
  const engine = new EngineModule(create as unknown as CreateInstance, await compiled(wasm));
  let closed = false;
  return {
    async answer(request, signal) {
      return closed ? refusal('EngineClosed', 'the engine was closed') : engine.call(request, signal);
    },
    close: () => {
      closed = true;
    },
  };
}
