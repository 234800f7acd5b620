// What the engine says of the content: findings, picture, cost, and the run with its history. It asks anew when the content
// changes, drops questions that are out of date, and tells its host when there is something new.

import type { Engine } from '../engine/client.js';
import { kMaxTransitions, type CallError, type Calls, type Change, type CostReport, type Diagnostic, type Drawing, type Edit, type HistoryEvent, type Inspection, type Reply, type RuleDoc, type RunResult, type Severity } from '../engine/protocol.js';
import { problemsOf } from '../model/drawing.js';
import { drawn } from '../model/drawn.js';
import { inspectionAt, looks, replay, replayTo, type Replay, type StateLook, type Visit } from '../model/replay.js';
import { pausePoint, variablesAt, type StopsAt } from '../model/stepping.js';
import { parsedMocks, type Content } from './store.js';

/** Findings that come this soon after the picture are shown together with it: most do, and the page is drawn once. */
const kTogetherMs = 120;

export class Session {
  /** Undefined until there is an answer. */
  diagnostics: Diagnostic[] | undefined;
  /** Why there is none. */
  lintError: CallError | undefined;
  /** The worst finding of each state. */
  problems: ReadonlyMap<string, Severity> = new Map();
  /** The last picture that could be drawn. */
  drawing: Drawing | undefined;
  cost: CostReport | undefined;
  heat = heatOf(undefined);
  costError: CallError | undefined;
  result: RunResult | undefined;
  runError: CallError | undefined;
  /** All of the run, and what is seen at the event that is shown. */
  whole: Replay | undefined;
  shown: Replay | undefined;
  looks = new Map<string, StateLook>();
  at = 0;
  changes: Change[] = [];
  /** An exported execution is shown, and not one of ours. */
  imported = false;
  /** The content has changed since the run. */
  stale = false;
  running = false;
  /** Grows with every change. */
  version = 0;

  private asking: AbortController | undefined;
  private costing: AbortController | undefined;
  private runs: AbortController | undefined;
  /** Grows with every edit. */
  private edits = 0;
  /** What is drawn is a picture of other content. */
  private foreign = false;
  private readonly rules = new Map<string, RuleDoc>();

  constructor(
    readonly engine: Engine,
    private readonly onchange: () => void,
  ) {}

  private changed(): void {
    ++this.version;
    this.onchange();
  }

  filename(content: Content): string {
    return content.format === 'yaml' ? 'definition.asl.yaml' : 'definition.asl.json';
  }

  /** The content was edited: the run that is shown is one of another content, and events of another run are other events. */
  edited(): void {
    ++this.edits;
    this.stale = this.result !== undefined && !this.imported;
    this.changes = [];
  }

  /** Findings and picture of what is typed now. */
  async check(content: Content): Promise<void> {
    this.asking?.abort();
    // What would be told of an older text is not worth waiting for.
    this.costing?.abort();
    const { signal } = (this.asking = new AbortController());
    if (this.lintError) {
      this.lintError = undefined;
      this.changed();
    }
    try {
      const asked = this.engine.call('graph', { definition: content.text, format: 'drawing' }, { signal });
      // The first picture takes the first part of the engine alone: it and a run are not behind what asks for the rest.
      if (!this.drawing) await asked;
      const linted = this.engine.call('lint', { text: content.text, filename: this.filename(content), type: content.type }, { signal });
      // Where the picture fails before it, nobody waits for it.
      linted.catch(() => undefined);
      const graph = await asked;
      const isSoon = this.drawing && (await Promise.race([linted, new Promise<undefined>((done) => setTimeout(done, kTogetherMs))]));
      this.draw(graph);
      if (!isSoon) this.changed();
      const lint = await linted;
      this.diagnostics = lint.ok ? lint.result.diagnostics : undefined;
      this.lintError = lint.ok ? undefined : lint.error;
      this.problems = problemsOf(this.drawing, this.diagnostics ?? []);
      this.changed();
      await this.estimate(content);
    } catch (error) {
      if (!signal.aborted) throw error;
    }
  }

  /** While nothing can be understood, the last picture of what is edited stays. */
  private draw(graph: Reply<Calls['graph'][1]>): void {
    const drawing = graph.ok ? drawn(graph.result) : undefined;
    if (drawing && drawing.scope.states.length > 0) this.drawing = drawing;
    else if (this.foreign) this.drawing = undefined;
    this.foreign = false;
  }

  async estimate(content: Content): Promise<void> {
    this.costing?.abort();
    const { signal } = (this.costing = new AbortController());
    try {
      const reply = await this.engine.call('cost', { definition: content.text, type: content.type, assumptions: content.assumptions }, { signal });
      this.cost = reply.ok ? reply.result : undefined;
      this.heat = heatOf(this.cost);
      this.costError = reply.ok ? undefined : reply.error;
      this.changed();
    } catch (error) {
      if (!signal.aborted) throw error;
    }
  }

  /** Runs to the end, or to where it cannot go on, and shows event `at` of it: the last one, when it is not given. False when
   *  nothing is shown, since it does not start, was stopped, or another one came. */
  async run(content: Content, at = Infinity): Promise<boolean> {
    const mocks = parsedMocks(content);
    this.runs?.abort();
    const { signal } = (this.runs = new AbortController());
    if (!mocks) {
      this.fail({ code: 'Mocks', message: 'The mocks are no JSON object: {"State": [{"return": …}]}' });
      return false;
    }
    const input = content.inputs[content.selectedInput]?.v ?? '{}';
    const { edits } = this;
    this.running = true;
    this.changed();
    try {
      const reply = await this.engine.call(
        'run',
        {
          definition: content.text,
          input_text: input.trim() || '{}',
          type: content.type,
          mocks,
          ...(content.defaultMock === 'ask' ? {} : { default_mock: content.defaultMock }),
          inspection: 'DEBUG',
          max_transitions: kMaxTransitions,
          until: { stopped: true },
          changes: this.changes,
        },
        { signal },
      );
      this.running = false;
      if (!reply.ok) {
        this.fail(reply.error);
        return false;
      }
      this.result = reply.result;
      this.runError = undefined;
      this.imported = false;
      this.stale = this.edits !== edits;
      this.whole = replay(reply.result.history ?? []);
      this.seek(Math.min(at, this.lastEvent));
      return true;
    } catch (error) {
      // One that was stopped or overtaken has nothing to say any more.
      if (signal.aborted) return false;
      this.running = false;
      throw error;
    }
  }

  stop(): void {
    this.runs?.abort();
    this.running = false;
    this.changed();
  }

  /** Shows an execution that was exported. */
  show(history: HistoryEvent[]): void {
    this.leave();
    const whole = replay(history);
    const last = history.at(-1)?.type ?? '';
    const ends: Record<string, RunResult['status']> = { ExecutionSucceeded: 'SUCCEEDED', ExecutionFailed: 'FAILED', ExecutionTimedOut: 'TIMED_OUT', ExecutionAborted: 'ABORTED' };
    this.result = {
      status: ends[last] ?? 'RUNNING',
      history,
      transitions: whole.visits.reduce((sum, visit) => sum + Math.max(1, visit.attempts.length), 0),
      duration_seconds: (whole.end - whole.start) / 1000,
    };
    this.imported = true;
    this.whole = whole;
    this.seek(this.lastEvent);
  }

  /** Other content takes the place of what was there. */
  clear(): void {
    this.leave();
    this.foreign = true;
    this.diagnostics = this.lintError = undefined;
    this.problems = new Map();
    this.changed();
  }

  /** Nothing has run. */
  private leave(): void {
    this.runs?.abort();
    this.running = this.stale = this.imported = false;
    this.result = this.runError = this.whole = this.shown = undefined;
    this.looks = new Map();
    this.changes = [];
    this.at = 0;
  }

  get lastEvent(): number {
    return this.whole?.events.at(-1)?.id ?? 0;
  }

  seek(event: number): void {
    if (!this.whole) return;
    this.at = Math.min(Math.max(1, event), this.lastEvent);
    this.shown = replayTo(this.whole, this.at);
    this.looks = looks(this.shown);
    this.changed();
  }

  /** The next event at which it stops; the last one when there is none. */
  nextStop(states: ReadonlySet<string>, at: StopsAt): number {
    return (this.whole && pausePoint(this.whole, this.at, states, at)) || this.lastEvent;
  }

  /** Of a visit's own scope as it is entered, as JSON; undefined where there are none. */
  variables(visit: Visit | undefined): string | undefined {
    const all = visit && this.shown ? variablesAt(this.shown, visit, this.changes) : {};
    return Object.keys(all).length === 0 ? undefined : JSON.stringify(all);
  }

  /** What is known of a visit at the event that is shown. */
  inspection(visit: Visit | undefined): Inspection | undefined {
    return inspectionAt(visit, this.result?.inspection, this.at >= this.lastEvent);
  }

  format(content: Content, text: string): Promise<Reply<{ edits: Edit[] }>> {
    return this.engine.call('format', { text, filename: this.filename(content) });
  }

  async explain(code: string): Promise<RuleDoc | undefined> {
    const known = this.rules.get(code);
    if (known) return known;
    const reply = await this.engine.call('rules', { rule: code });
    const doc = reply.ok ? reply.result.rules[0] : undefined;
    if (doc) this.rules.set(code, doc);
    return doc;
  }

  private fail(error: CallError): void {
    this.leave();
    this.runError = error;
    this.changed();
  }
}

/** Expected transitions of each state as a share of the dearest, and as text. */
function heatOf(cost: CostReport | undefined): { shares: Map<string, number>; badges: Map<string, string> } {
  const shares = new Map<string, number>();
  const badges = new Map<string, string>();
  const rows = cost?.ledger ?? [];
  const most = rows.reduce((sum, { transitions }) => (typeof transitions === 'number' ? Math.max(sum, transitions) : sum), 0);
  for (const row of rows) {
    if (row.transitions === 'unbounded') badges.set(row.state, '∞');
    else if (most > 0) {
      shares.set(row.state, row.transitions / most);
      badges.set(row.state, `${Math.round(row.transitions * 100) / 100}×`);
    }
  }
  return { shares, badges };
}

/** What a file that was brought along holds: an exported history, or a text with definitions. */
export function historyIn(text: string): HistoryEvent[] | undefined {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return undefined;
  }
  const events = Array.isArray(value) ? value : (value as { events?: unknown } | null)?.events;
  if (!Array.isArray(events) || events.length === 0) return undefined;
  const good = events.every((event) => typeof event === 'object' && event !== null && typeof event.id === 'number' && typeof event.type === 'string');
  return good ? [...(events as HistoryEvent[])].sort((a, b) => a.id - b.id) : undefined;
}
