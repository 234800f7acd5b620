// Loads the module that preset "wasm" builds into Node, the way a worker does, and calls it with bytes.
import { readFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';

/// A module whose call(bytes) gives the bytes of the reply. After a trap the next call is answered by a new instance,
/// since the old one is spoiled; the call that trapped gives null.
export async function load(folder) {
  const { default: create } = await import(pathToFileURL(`${folder}/stepglass.mjs`).href);
  // Emscripten's glue would fetch() the file, which Node cannot: hand it over.
  const wasmBinary = readFileSync(`${folder}/stepglass.wasm`);
  let instance = await create({ wasmBinary });
  return {
    get instance() {
      return instance;
    },
    async call(request) {
      const room = instance._malloc(request.length || 1);
      if (room === 0) throw new Error(`no room for a request of ${request.length} bytes`);
      instance.HEAPU8.set(request, room);
      try {
        const reply = instance._stepglass_call(room, request.length);
        const end = instance.HEAPU8.indexOf(0, reply);
        const bytes = instance.HEAPU8.slice(reply, end);
        instance._free(room);
        return Buffer.from(bytes.buffer);
      } catch (error) {
        if (!(error instanceof WebAssembly.RuntimeError || error instanceof RangeError)) throw error;
        instance = await create({ wasmBinary });
        return null;
      }
    },
  };
}
