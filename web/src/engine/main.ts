// The engine in the thread that calls it: for Node, and for pages that allow no worker. A call cannot be cancelled once it
// works; it is bounded by its own budgets.

import create from '@stepglass/wasm';
import { EngineModule, type CreateInstance } from './module.js';
import type { Backend } from './client.js';

async function compiled(wasm: WebAssembly.Module | BufferSource | URL | string): Promise<WebAssembly.Module> {
  if (wasm instanceof WebAssembly.Module) return wasm;
  if (typeof wasm === 'string' || wasm instanceof URL) {
    const response = await fetch(wasm);
    if (!response.ok) throw new Error(`${String(wasm)}: ${response.status}`);
    return WebAssembly.compile(await response.arrayBuffer());
  }
  return WebAssembly.compile(wasm);
}

export async function mainBackend(wasm: WebAssembly.Module | BufferSource | URL | string | undefined): Promise<Backend> {
  const { default: url } = wasm === undefined ? await import('@stepglass/wasm/stepglass.wasm?url') : { default: '' };
  const engine = new EngineModule(create as unknown as CreateInstance, await compiled(wasm ?? new URL(url, import.meta.url)));
  let last: Promise<unknown> = Promise.resolve();
  return {
    answer(request, signal) {
      const answer = last.then(() => {
        signal?.throwIfAborted();
        return engine.call(request);
      });
      last = answer.catch(() => undefined);
      return answer;
    },
    close: () => undefined,
  };
}
