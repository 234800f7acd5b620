// The worker that owns the instance. To cancel a request, the client ends it.

import create from '@stepglass/wasm';
import { compiled, type WasmSource } from './compile.js';
import { kReady, kWaits, type WorkerCode, type WorkerReply, type WorkerRequest, type WorkerStart } from './messages.js';
import { EngineModule, refusal, type CreateInstance } from './module.js';

const scope = self as unknown as {
  postMessage(message: WorkerReply | WorkerCode): void;
  onmessage: ((event: MessageEvent<WorkerRequest | WorkerStart>) => void) | null;
};

let wasm: WasmSource = '';
let engine: Promise<EngineModule> | undefined;

async function load(): Promise<EngineModule> {
  const { first, rest } = await compiled(wasm);
  if (!rest) return new EngineModule(create as unknown as CreateInstance, { first });
  scope.postMessage({ compiled: { first } });
  const loadRest = async () => {
    const module = await rest();
    scope.postMessage({ compiled: { rest: module } });
    return module;
  };
  return new EngineModule(create as unknown as CreateInstance, { first, rest: loadRest });
}

async function answer({ id, text }: WorkerRequest): Promise<void> {
  try {
    engine ??= load();
    const module = await engine;
    const reply = await module.attempt(text);
    if (reply === undefined) scope.postMessage({ id, text: kWaits });
    scope.postMessage({ id, text: reply ?? (await module.load()) ?? kReady });
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
  void answer(data);
};
