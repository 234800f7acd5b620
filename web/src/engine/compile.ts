// The module's code, from wherever a page or a program has it.

/** Compiled, as bytes, or where it lies. */
export type WasmFile = WebAssembly.Module | BufferSource | URL | string;
/** The module in two parts: one that draws and runs machines, and the rest, which is loaded when it is first needed. */
export interface WasmParts {
  first: WasmFile;
  rest: WasmFile;
}
export type WasmSource = WasmFile | WasmParts;

export interface Code {
  first: WebAssembly.Module;
  /** Loads the other part, once; nothing where there is none. */
  rest?: () => Promise<WebAssembly.Module>;
}

export async function compiled(wasm: WasmSource): Promise<Code> {
  if (!isParts(wasm)) return { first: await compiledFile(wasm) };
  const { first, rest } = wasm;
  let loading: Promise<WebAssembly.Module> | undefined;
  const load = () => {
    loading ??= compiledFile(rest);
    // A connection that was lost may be back for the next one.
    loading.catch(() => (loading = undefined));
    return loading;
  };
  return { first: await compiledFile(first), rest: load };
}

export function isParts(wasm: WasmSource): wasm is WasmParts {
  return typeof wasm === 'object' && 'first' in wasm;
}

async function compiledFile(wasm: WasmFile): Promise<WebAssembly.Module> {
  if (wasm instanceof WebAssembly.Module) return wasm;
  if (typeof wasm !== 'string' && !(wasm instanceof URL)) return WebAssembly.compile(wasm);
  const response = await fetch(wasm);
  if (!response.ok) throw new Error(`${String(wasm)}: ${response.status}`);
  // Servers that do not know the type of .wasm are common.
  if (response.headers.get('content-type') === 'application/wasm') return WebAssembly.compileStreaming(response);
  return WebAssembly.compile(await response.arrayBuffer());
}
