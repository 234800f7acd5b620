// Stepglass as a library: lint, run, price and draw state machines, in browsers and in Node.
//
//   const engine = await createEngine();
//   const session = engine.open(text);
//   const run = session.run({ id: 7 }, { mocks: { Charge: [{ return: { ok: true } }] } });
//   console.log((await run.result).status);

import type { EngineMode } from '../engine/browser.js';
import type { WasmSource } from '../engine/compile.js';
import { Engine as Calls, WorkerBackend, type Backend, type CallOptions } from '../engine/client.js';
import type { Completions, CostReport, Diagnostic, Drawing, HistoryEvent, Hover, Inspection, Json, ListedMachine, MachineDiff, MachineType, Reply, RuleDoc, RunRequest, RunResult, StateRequest, StateResult } from '../engine/protocol.js';

import { StepglassError } from './error.js';
import { TaskCalls, type AnswerTask } from './task-calls.js';
import { drawn } from '../model/drawn.js';
import { edited, type TextEdit } from '../model/text-edits.js';

export type * from '../engine/protocol.js';
export { StepglassError } from './error.js';
export type { AnswerTask, TaskCall } from './task-calls.js';
export type { Place } from '../model/drawing.js';
export type { TextEdit } from '../model/text-edits.js';
export type { WasmSource } from '../engine/compile.js';
export type { CallOptions } from '../engine/client.js';
export type { Decoded, Shared } from '../model/share.js';
export { decodeShare, encodeShare } from '../model/share.js';
export { looks, replay, replayTo, type Attempt, type Replay, type StateLook, type Visit } from '../model/replay.js';

export interface EngineOptions {
  /** The module: compiled, its bytes, or where it lies. Default: beside this package. Of no use with `worker`. */
  wasm?: WasmSource;
  /** "worker": a thread of its own, which can be cancelled. "main": here. "auto": a worker where one can be had. */
  mode?: EngineMode;
  /** The worker, where a page serves it from elsewhere. */
  worker?: () => Worker;
}

export interface OpenOptions {
  /** Tells the format, and whether it is a template: "order.asl.yaml", "template.yaml", "main.tf". */
  filename?: string;
  type?: MachineType;
}
export type RunOptions = Omit<RunRequest, 'definition' | 'input' | 'input_text' | 'type'> & {
  type?: MachineType;
  /** Variables that are there from the first state on. */
  variables?: Record<string, Json>;
  /** Answers the tasks that have no mocks, call by call. Tasks inside of a distributed Map need mocks: their calls are not in
   *  the history. */
  task?: AnswerTask;
  signal?: AbortSignal;
};

/** What a run took, as far as it was followed. */
export interface RunStats {
  events: number;
  /** Billed. */
  transitions: number;
  /** Virtual. */
  duration_seconds: number;
}

function unwrapped<T>(reply: Reply<T>): T {
  if (reply.ok) return reply.result;
  throw new StepglassError(reply.error.code, reply.error.message, reply.error.diagnostics);
}

/** One module, many sessions. */
export class Engine extends Calls {
  open(text: string, options: OpenOptions = {}): Session {
    return new Session(this, text, options);
  }
  /** Which version answers, and how many rules it has. */
  async version(): Promise<{ version: string; rules: number }> {
    return unwrapped(await this.call('version', {}));
  }
  async rules(): Promise<RuleDoc[]> {
    return unwrapped(await this.call('rules', {})).rules;
  }
  /** Undefined when there is no such rule. */
  async explain(rule: string): Promise<RuleDoc | undefined> {
    const reply = await this.call('rules', { rule });
    return !reply.ok && reply.error.code === 'BadRequest' ? undefined : unwrapped(reply).rules[0];
  }
}

/** What runs as long as their session: a set, since of a signal with many listeners Node warns. */
class Life {
  private readonly running = new Set<() => void>();
  private over = false;

  /** Has `stop` called at the end, or at once when that was; gives what takes it out. */
  enter(stop: () => void): () => void {
    if (this.over) stop();
    this.running.add(stop);
    return () => this.running.delete(stop);
  }
  end(): void {
    this.over = true;
    for (const stop of this.running) stop();
  }
}

/** A text that is worked on. With `using`, its runs end with the block. */
export class Session implements Disposable {
  private readonly life = new Life();

  constructor(
    private readonly engine: Engine,
    public text: string,
    private readonly options: OpenOptions,
  ) {}

  /** Another text, or changes of this one, such as the fixes of a finding. Fails with BadEdit when a change lies outside of the
   *  text, or two overlap. */
  update(change: string | readonly TextEdit[]): void {
    try {
      this.text = typeof change === 'string' ? change : edited(this.text, change);
    } catch (error) {
      throw error instanceof RangeError ? new StepglassError('BadEdit', error.message) : error;
    }
  }
  [Symbol.dispose](): void {
    this.life.end();
  }
  async machines(): Promise<ListedMachine[]> {
    return unwrapped(await this.engine.call('list', { text: this.text, ...this.file(), definitions: true })).machines;
  }
  async lint(options: { select?: string[]; ignore?: string[] } & CallOptions = {}): Promise<Diagnostic[]> {
    const { signal, ...rest } = options;
    return unwrapped(await this.engine.call('lint', { text: this.text, ...this.file(), ...this.type(), ...rest }, signal ? { signal } : {})).diagnostics;
  }
  async complete(at: { line: number; column: number }): Promise<Completions> {
    return unwrapped(await this.engine.call('complete', { text: this.text, ...this.file(), ...at }));
  }
  /** Null where nothing is known. */
  async hover(at: { line: number; column: number }): Promise<Hover | null> {
    return unwrapped(await this.engine.call('hover', { text: this.text, ...this.file(), ...at })).hover ?? null;
  }
  /** What lays out the text, JSON, for `update`: edits of white space only, none where it is laid out already. `indent` is 2
   *  spaces unless it is said, `width` 100 columns. Fails with NotJson for YAML, whose layout is its author's. */
  async format(options: { indent?: number; width?: number } = {}): Promise<TextEdit[]> {
    return unwrapped(await this.engine.call('format', { text: this.text, ...this.file(), ...options })).edits;
  }
  async graph(): Promise<Drawing> {
    const graph = drawn(unwrapped(await this.engine.call('graph', { definition: this.text, format: 'drawing' })));
    if (!graph) throw new StepglassError('NoGraph', 'there is nothing to draw');
    return graph;
  }
  /** What became of it in `later`. */
  async diff(later: Session): Promise<MachineDiff> {
    return unwrapped(await this.engine.call('diff', { before: this.text, after: later.text, ...this.type() }));
  }
  async picture(format: 'svg' | 'dot' | 'mermaid' | 'plantuml' = 'svg', name = ''): Promise<string> {
    return unwrapped(await this.engine.call('graph', { definition: this.text, format, name })).text ?? '';
  }
  /** Starts a run; it is stepped through by its events, or awaited as a whole. */
  run(input: Json = {}, options: RunOptions = {}): Execution {
    const { signal, type, task, variables, ...rest } = options;
    const request: RunRequest = { definition: this.text, input, ...this.type(), ...(type ? { type } : {}), ...rest };
    // The first state is entered by the second event.
    if (variables) request.changes = [{ event: kFirstEntered, data: input, variables }, ...(rest.changes ?? [])];
    return new Execution(this.engine, request, task, this.life, signal);
  }
  async testState(state: string, input: Json, options: Omit<StateRequest, 'definition' | 'stateName' | 'input'> = {}): Promise<StateResult> {
    return unwrapped(await this.engine.call('state', { definition: this.text, stateName: state, input: JSON.stringify(input), inspectionLevel: 'DEBUG', ...options }));
  }
  async cost(assumptions: Json = {}): Promise<CostReport> {
    return unwrapped(await this.engine.call('cost', { definition: this.text, ...this.type(), assumptions }));
  }

  private file(): { filename?: string } {
    return this.options.filename === undefined ? {} : { filename: this.options.filename };
  }
  private type(): { type?: MachineType } {
    return this.options.type === undefined ? {} : { type: this.options.type };
  }
}

const kFirstEntered = 2;

/** A run. It repeats exactly, so that stepping is running again up to another event. */
export class Execution implements AsyncIterable<HistoryEvent> {
  private whole: Promise<RunResult> | undefined;
  private inspected: Promise<RunResult> | undefined;
  private at = 0;
  private known: RunStats = { events: 0, transitions: 0, duration_seconds: 0 };
  private readonly end = new AbortController();
  private readonly calls: TaskCalls | undefined;
  /** Answers of tasks are asked for one after the other. */
  private last: Promise<unknown> = Promise.resolve();

  /** Rejects when it is stopped: code that answers may take its time. */
  private readonly ended: Promise<never>;

  /** It ends with its session, and with `signal`. */
  constructor(
    private readonly engine: Engine,
    private readonly request: RunRequest,
    task: AnswerTask | undefined,
    private readonly session: Life,
    private readonly signal: AbortSignal | undefined,
  ) {
    if (task) this.calls = new TaskCalls(task);
    const { signal: own } = this.end;
    this.ended = new Promise((_, reject) => own.addEventListener('abort', () => reject(own.reason), { once: true }));
    this.ended.catch(() => undefined);
  }

  /** How it ended. */
  get result(): Promise<RunResult> {
    return (this.whole ??= this.ask(this.request));
  }
  /** Goes on by `events`, or back when it is negative; gives the run as it is then. */
  async step(events = 1): Promise<RunResult> {
    this.at = Math.max(1, this.at + events);
    const result = await this.ask({ ...this.request, until: { event: this.at } });
    this.at = Math.min(this.at, result.history?.length ?? this.at);
    return result;
  }
  /** Goes on to a state, a choice or a failure, or to the end. */
  async continue(until: { states?: string[]; choice?: boolean; error?: boolean } = {}): Promise<RunResult> {
    const result = await this.ask({ ...this.request, until: { ...until, after: this.at } });
    this.at = result.history?.length ?? this.at;
    return result;
  }
  /** Replaces what a state gets, or hands on, at an event; what comes later is another run. */
  patch(event: number, data: Json): void {
    const { changes = [] } = this.request;
    const same = changes.find((change) => change.event === event);
    this.request.changes = [...changes.filter((change) => change.event < event), { ...same, event, data }];
    this.calls?.forget(event);
    this.whole = this.inspected = undefined;
  }
  /** The stages of the data in the visit that starts with `event`. */
  async inspect(event: number): Promise<Inspection | undefined> {
    const { inspection } = await (this.inspected ??= this.ask({ ...this.request, inspection: 'DEBUG' }));
    return inspection?.find((one) => one.eventId === event);
  }
  /** Ends it: what is waited for rejects with an AbortError. */
  stop(): void {
    this.end.abort();
  }
  /** Of the last that was asked for: a step, or the whole. */
  stats(): RunStats {
    return this.known;
  }
  async *[Symbol.asyncIterator](): AsyncIterator<HistoryEvent> {
    yield* (await this.result).history ?? [];
  }

  private async ask(request: RunRequest): Promise<RunResult> {
    const unfollow = this.follow();
    const answer = this.last.then(() => (this.calls ? this.withCalls(request, this.calls) : this.once(request))).finally(unfollow);
    this.last = answer.catch(() => undefined);
    const result = await answer;
    this.known = { events: result.history?.length ?? 0, transitions: result.transitions, duration_seconds: result.duration_seconds };
    return result;
  }

  private async once(request: RunRequest): Promise<RunResult> {
    return unwrapped(await this.engine.call('run', request, { signal: this.end.signal }));
  }

  /** Ends with session and signal, until what this gives is called: runs that are over leave nothing there. */
  private follow(): () => void {
    const { end, signal } = this;
    const leave = this.session.enter(() => end.abort());
    const stop = (): void => end.abort(signal?.reason);
    if (signal?.aborted) stop();
    signal?.addEventListener('abort', stop);
    return () => {
      leave();
      signal?.removeEventListener('abort', stop);
    };
  }

  private async withCalls(request: RunRequest, calls: TaskCalls): Promise<RunResult> {
    for (;;) {
      const { default_mock: _, ...rest } = request;
      const result = await this.once({ ...rest, history: true, mocks: calls.mocks(request.mocks), until: { ...request.until, stopped: true } });
      if (await Promise.race([calls.answerNext(result), this.ended])) continue;
      if (result.stopped && !request.until?.stopped) throw new StepglassError(result.stopped.code, result.stopped.message);
      return result;
    }
  }
}

/** Starts an engine. In Node import it from "stepglass/node", which finds the module by itself. */
export async function createEngine(options: EngineOptions = {}): Promise<Engine> {
  const { mode = typeof document === 'undefined' ? 'main' : 'auto', wasm, worker } = options;
  if (worker) return new Engine(new WorkerBackend(worker));
  const { startBackend } = await import('../engine/browser.js');
  return new Engine(startBackend(mode, wasm));
}

export type { Backend };
