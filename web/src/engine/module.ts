// The WebAssembly module behind a function from text to text. It is the only file that knows Emscripten's interface.

import type { Code } from './compile.js';
import type { CallError } from './protocol.js';

/** What the glue of Emscripten gives. */
interface Instance {
  HEAPU8: Uint8Array;
  _malloc(size: number): number;
  _free(address: number): void;
  _stepglass_call(address: number, size: number): number;
}
type Instantiated = (instance: WebAssembly.Instance, module: WebAssembly.Module) => void;
export type CreateInstance = (options: {
  locateFile(name: string): string;
  instantiateWasm(imports: WebAssembly.Imports, done: Instantiated): Record<string, never>;
}) => Promise<Instance>;

export function refusal(code: string, message: string): string {
  const error: CallError = { code, message };
  return JSON.stringify({ ok: false, error });
}

/** Above this an instance is not kept: memory of WebAssembly only ever grows. */
const kMaxKeptBytes = 64 << 20;

/** An instance, and whether it has all of the code. */
interface Started {
  instance: Instance;
  isWhole: boolean;
}

/** The code, and the instance that answers now. */
export class EngineModule {
  private started: Promise<Started> | undefined;
  private rest: WebAssembly.Module | undefined;
  /** The first part called the other one, which is not there yet. */
  private isRestMissed = false;
  private readonly encoder = new TextEncoder();
  private readonly decoder = new TextDecoder();

  constructor(private readonly create: CreateInstance, private readonly code: Code) {}

  /** Answers one request; loads the rest of the code where that takes it. */
  async call(request: string, signal?: AbortSignal): Promise<string> {
    for (;;) {
      signal?.throwIfAborted();
      const reply = (await this.attempt(request)) ?? (await this.load());
      if (reply !== undefined) return reply;
    }
  }

  /** The same with the code that is there; nothing where that is not enough: load() and ask again. */
  async attempt(request: string): Promise<string | undefined> {
    let started: Started;
    try {
      started = await (this.started ??= this.start());
    } catch (error) {
      this.started = undefined;
      // What draws and runs goes on without a rest that does not fit.
      this.rest = undefined;
      const why = error instanceof WebAssembly.LinkError ? 'its files are of different versions; reload the page' : String(error);
      return refusal('EngineFailed', `the engine does not start: ${why}`);
    }
    const reply = this.ask(started.instance, request);
    if (!this.isRestMissed) return reply;
    // Whatever came out is worth nothing, and the instance stopped midway.
    this.isRestMissed = false;
    this.started = undefined;
    return started.isWhole ? refusal('EngineFailed', 'the engine lacks a part of itself') : undefined;
  }

  /** Loads the rest of the code; gives a refusal where it cannot be had. */
  async load(): Promise<string | undefined> {
    try {
      this.rest = await this.code.rest?.();
    } catch (error) {
      return refusal('EngineFailed', `the engine loads no further: ${String(error)}`);
    }
    this.started = undefined;
    return undefined;
  }

  /** After a trap, as from a stack that is used up, the instance is thrown away: no destructor ran in it. The reply then says
   *  so, and the next call gets a new one. */
  private ask(instance: Instance, request: string): string {
    try {
      // Three bytes for a UTF-16 unit are the most that UTF-8 takes.
      const room = instance._malloc(request.length * 3 || 1);
      if (room === 0) return refusal('OutOfMemory', 'not enough memory for this request');
      const { written } = this.encoder.encodeInto(request, instance.HEAPU8.subarray(room, room + request.length * 3));
      const reply = instance._stepglass_call(room, written);
      // Memory may have grown, so that the view is another one now.
      const end = instance.HEAPU8.indexOf(0, reply);
      const text = this.decoder.decode(instance.HEAPU8.subarray(reply, end));
      instance._free(room);
      if (instance.HEAPU8.length > kMaxKeptBytes) this.started = undefined;
      return text;
    } catch (error) {
      this.started = undefined;
      return refusal('EngineFailed', `the engine gave up on this request: ${String(error)}`);
    }
  }

  private async start(): Promise<Started> {
    const { code, create, rest } = this;
    const missing = () => {
      this.isRestMissed = true;
      throw new Error('it is in the other part');
    };
    const instantiate = async (imports: WebAssembly.Imports): Promise<WebAssembly.Instance> => {
      const first = await WebAssembly.instantiate(code.first, { ...imports, rest: new Proxy({}, { get: () => missing }) });
      // It takes its places in the first part's table.
      if (rest) await WebAssembly.instantiate(rest, { ...imports, first: first.exports });
      return first;
    };
    // The glue waits for `done` for ever: that there is no memory for another instance, or that this is no module of ours,
    // it has to be told.
    const instance = await new Promise<Instance>((resolve, reject) => {
      void create({
        // Asked for although nothing is fetched: beside a script that is no file, as that of a blob, nothing could lie.
        locateFile: (name) => name,
        instantiateWasm: (imports, done) => {
          instantiate(imports)
            .then((made) => done(made, code.first))
            .catch(reject);
          return {};
        },
      }).then(resolve, reject);
    });
    return { instance, isWhole: rest !== undefined || !code.rest };
  }
}
