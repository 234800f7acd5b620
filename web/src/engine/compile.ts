// The module's code, from wherever a page or a program has it.

/** Compiled, as bytes, or where it lies. */
export type WasmSource = WebAssembly.Module | BufferSource | URL | string;

export async function compiled(wasm: WasmSource): Promise<WebAssembly.Module> {
  if (wasm instanceof WebAssembly.Module) return wasm;
  if (typeof wasm !== 'string' && !(wasm instanceof URL)) return WebAssembly.compile(wasm);
  const response = await fetch(wasm);
  if (!response.ok) throw new Error(`${String(wasm)}: ${response.status}`);
  // Servers that do not know the type of .wasm are common.
  if (response.headers.get('content-type') === 'application/wasm') return WebAssembly.compileStreaming(response);
  return WebAssembly.compile(await response.arrayBuffer());
}
