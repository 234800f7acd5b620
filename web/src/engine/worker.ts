// The worker that owns the instance: it answers one request at a time, in order. To cancel one, the client ends it.

import create from '@stepglass/wasm';
import { compiled, type WasmSource } from './compile.js';
import { EngineModule, refusal, type CreateInstance } from './module.js';

export interface WorkerRequest {
  id: number;
  text: string;
}
export interface WorkerReply {
  id: number;
  text: string;
  /** There is no module here that could answer. */
  failed?: true;
}
/** The first message: the module. */
export interface WorkerStart {
  start: { wasm: WasmSource };
}

const scope = self as unknown as {
  postMessage(message: WorkerReply): void;
  onmessage: ((event: MessageEvent<WorkerRequest | WorkerStart>) => void) | null;
};

let wasm: WasmSource = '';
let engine: Promise<EngineModule> | undefined;
let last: Promise<void> = Promise.resolve();

async function load(): Promise<EngineModule> {
  return new EngineModule(create as unknown as CreateInstance, await compiled(wasm));
}

async function answer({ id, text }: WorkerRequest): Promise<void> {
  try {
    engine ??= load();
    scope.postMessage({ id, text: await (await engine).call(text) });
  } catch (error) {
    engine = undefined;
    scope.postMessage({ id, text: refusal('EngineFailed', `the engine does not load: ${String(error)}`), failed: true });
  }
}

scope.onmessage = ({ data }) => {
  if ('start' in data) {
    ({ wasm } = data.start);
    engine = load();
    engine.catch(() => undefined);
    return;
  }
  last = last.then(() => answer(data));
};
