// The engine as pages and programs call it: typed requests to a worker, or to a module in the same thread. A request that is
// cancelled is over for its caller at once; a worker that still works on it a moment later is ended, and the requests that
// wait are answered by the next one.

import type { Calls, Op, Reply, TextOp } from './protocol.js';
import { kReady, kWaits, type WorkerCode, type WorkerReply } from './messages.js';
import { refusal } from './module.js';

/** Answers one request. */
export interface Backend {
  answer(request: string, signal?: AbortSignal): Promise<string>;
  close(): void;
}

export interface CallOptions {
  signal?: AbortSignal;
}

export class Engine {
  constructor(private readonly backend: Backend) {}

  /** Asks for one operation. Mistakes of the user come back as `ok: false`; an aborted call rejects with the signal's
   *  reason. */
  async call<O extends Op>(op: O, request: Calls[O][0], options: CallOptions = {}): Promise<Reply<Calls[O][1]>> {
    options.signal?.throwIfAborted();
    const text = await this.backend.answer(JSON.stringify({ op, ...request }), options.signal);
    return JSON.parse(text) as Reply<Calls[O][1]>;
  }

  /** What the program prints for the same, in lines of `width` columns. */
  async text<O extends TextOp>(op: O, request: Calls[O][0], width = 80, options: CallOptions = {}): Promise<Reply<{ text: string }>> {
    return (await this.call(op, { ...request, format: 'text', width }, options)) as unknown as Reply<{ text: string }>;
  }

  close(): void {
    this.backend.close();
  }

  [Symbol.asyncDispose](): Promise<void> {
    this.close();
    return Promise.resolve();
  }
}

interface Waiting {
  request: string;
  resolve(reply: string): void;
  reject(reason: unknown): void;
  signal: AbortSignal | undefined;
  onabort: () => void;
  id: number;
  deaths: number;
}

/** What a request that was cancelled may still take: most are over by then, and a new worker would take longer. */
const kGraceMs = 50;
/** Times that a request may meet a worker that dies, before it is given up. */
const kMaxDeaths = 2;

/** What `work` gives, unless `signal` is aborted before. */
function abortable<T>(work: Promise<T>, signal: AbortSignal | undefined): Promise<T> {
  if (!signal) return work;
  return new Promise((resolve, reject) => {
    const abort = () => reject(signal.reason as Error);
    signal.addEventListener('abort', abort, { once: true });
    work.then(resolve, reject).finally(() => signal.removeEventListener('abort', abort));
  });
}

/** One that is made when the first request comes. */
export class LazyBackend implements Backend {
  private made: Promise<Backend> | undefined;
  private closed = false;

  constructor(private readonly make: () => Promise<Backend>) {}

  answer(request: string, signal?: AbortSignal): Promise<string> {
    if (this.closed) return Promise.resolve(refusal('EngineClosed', 'the engine was closed'));
    const made = (this.made ??= this.make());
    const answer = made.then(
      (backend) => backend.answer(request, signal),
      (error: unknown) => {
        // A connection that was lost may be back for the next one.
        if (this.made === made) this.made = undefined;
        return refusal('EngineFailed', `the engine does not start: ${String(error)}`);
      },
    );
    return abortable(answer, signal);
  }

  close(): void {
    this.closed = true;
    this.made?.then(
      (backend) => backend.close(),
      () => undefined,
    );
  }
}

/** Hands requests to a worker, one at a time, but for those that wait for code there. A worker that dies is replaced. */
export class WorkerBackend implements Backend {
  private worker: Worker | undefined;
  private readonly waiting: Waiting[] = [];
  private active: Waiting | undefined;
  /** Those that are asked again when the worker has more of the code. */
  private readonly loading = new Map<number, Waiting>();
  private ids = 0;
  private closed = false;
  private hasAnswered = false;
  private failures = 0;
  private replacement: Backend | undefined;

  /** `start` makes a worker that is ready for requests; `instead` what answers where no worker of its kind can be had. */
  constructor(
    private readonly start: () => Worker,
    private readonly instead?: () => Backend,
  ) {}

  answer(request: string, signal?: AbortSignal): Promise<string> {
    if (this.closed) return Promise.resolve(refusal('EngineClosed', 'the engine was closed'));
    if (this.replacement) return this.replacement.answer(request, signal);
    return new Promise((resolve, reject) => {
      const entry: Waiting = { request, resolve, reject, signal, onabort: () => this.abort(entry), id: ++this.ids, deaths: 0 };
      signal?.addEventListener('abort', entry.onabort, { once: true });
      this.waiting.push(entry);
      this.next();
    });
  }

  close(): void {
    this.closed = true;
    this.end();
    this.replacement?.close();
    for (const entry of this.takeAll()) this.settle(entry, refusal('EngineClosed', 'the engine was closed'));
  }

  /** All that have no reply yet; none of them is known here any more. */
  private takeAll(): Waiting[] {
    const all = [...this.loading.values(), ...(this.active ? [this.active] : []), ...this.waiting];
    this.active = undefined;
    this.waiting.length = 0;
    this.loading.clear();
    return all;
  }

  private next(): void {
    if (this.active) return;
    this.active = this.waiting.shift();
    this.send();
  }

  private send(): void {
    const active = this.active;
    if (!active) return;
    try {
      this.worker ??= this.open();
    } catch (error) {
      if (!this.handOver()) this.finish(refusal('EngineFailed', `the worker does not start: ${String(error)}`));
      return;
    }
    this.worker.postMessage({ id: active.id, text: active.request });
  }

  private open(): Worker {
    const worker = this.start();
    worker.onmessage = ({ data }: MessageEvent<WorkerCode | WorkerReply>) => {
      if ('compiled' in data) return;
      if (data.failed && this.handOver()) return;
      this.hasAnswered ||= !data.failed;
      const { id, text } = data;
      const aside = this.loading.get(id);
      if (id === this.active?.id) {
        if (text === kWaits) this.setAside(this.active);
        else this.finish(text);
      } else if (aside) {
        this.loading.delete(id);
        if (text === kReady) this.waiting.unshift(aside);
        else this.settle(aside, text);
        this.next();
      }
    };
    worker.onerror = (event) => {
      event.preventDefault();
      if (this.worker !== worker) return;
      this.end();
      if (++this.failures >= kMaxDeaths && this.handOver()) return;
      if (this.active && ++this.active.deaths >= kMaxDeaths) {
        this.finish(refusal('EngineFailed', `the worker died: ${event.message || 'it could not be loaded'}`));
      } else if (this.active) {
        this.send();
      } else {
        this.next();
      }
    };
    return worker;
  }

  /** Where no worker ever answered, something else does from now on; false when there is nothing else. */
  private handOver(): boolean {
    if (this.hasAnswered || !this.instead) return false;
    this.end();
    const backend = (this.replacement = this.instead());
    for (const { request, signal, onabort, resolve, reject } of this.takeAll()) {
      signal?.removeEventListener('abort', onabort);
      backend.answer(request, signal).then(resolve, reject);
    }
    return true;
  }

  /** It waits for code: the next one is asked meanwhile. */
  private setAside(active: Waiting): void {
    if (!active.signal?.aborted) this.loading.set(active.id, active);
    this.active = undefined;
    this.next();
  }

  private finish(reply: string): void {
    const active = this.active;
    this.active = undefined;
    if (active) this.settle(active, reply);
    this.next();
  }

  private settle(entry: Waiting, reply: string): void {
    entry.signal?.removeEventListener('abort', entry.onabort);
    entry.resolve(reply);
  }

  private abort(entry: Waiting): void {
    if (entry === this.active) {
      setTimeout(() => {
        if (this.active !== entry) return;
        this.end();
        this.active = undefined;
        this.next();
      }, kGraceMs);
    } else if (!this.loading.delete(entry.id)) {
      const at = this.waiting.indexOf(entry);
      if (at < 0) return;
      this.waiting.splice(at, 1);
    }
    entry.reject(entry.signal?.reason);
  }

  private end(): void {
    this.worker?.terminate();
    this.worker = undefined;
    // The next worker is asked what this one was about to answer.
    this.waiting.unshift(...this.loading.values());
    this.loading.clear();
  }
}
