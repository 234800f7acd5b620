// What client and worker tell each other.

import type { WasmParts, WasmSource } from './compile.js';

export interface WorkerRequest {
  id: number;
  text: string;
}
export interface WorkerReply {
  id: number;
  /** The reply, or one of the two words below. */
  text: string;
  /** There is no module here that could answer. */
  failed?: true;
}
/** What the worker has compiled, for the one that replaces it. */
export interface WorkerCode {
  compiled: Partial<WasmParts>;
}
/** It takes code that is not there yet; others need not wait for it. */
export const kWaits = 'waits';
/** The code is there: ask again. */
export const kReady = 'ready';
/** The first message: the module. */
export interface WorkerStart {
  start: { wasm: WasmSource };
}
