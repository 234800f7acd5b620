// <stepglass-machine>: a workflow that runs in a page. The engine comes when the machine is seen, since it draws and checks
// it; the editor when somebody is going to type.

import { html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import type { Engine } from '../engine/client.js';
import { kMaxTransitions, type CallError, type Completions, type CostReport, type Diagnostic, type Json, type MachineType, type Mocks, type RuleDoc, type RunResult, type Severity } from '../engine/protocol.js';
import { formatOf, problemsOf } from '../model/drawing.js';
import { encodeShare } from '../model/share.js';
import type { Editor, KeptText } from '../view/editor.js';
import type { ViewEvents } from '../view/events.js';
import { EngineUse } from './engine.js';
import { PlayerElement, type ViewName } from './player-element.js';
import type { Source } from './sources.js';

export interface RunInput {
  input?: Json;
  mocks?: Mocks;
  signal?: AbortSignal;
}

const kSeverities: Severity[] = ['error', 'warning', 'info'];

export class MachineElement extends PlayerElement {
  static override properties = {
    ...PlayerElement.properties,
    machine: { reflect: true },
    type: {},
    editable: { type: Boolean },
    playground: {},
    text: { state: true },
    chosen: { state: true },
    editor: { state: true },
  };
  declare machine: string | undefined;
  declare type: 'standard' | 'express';
  declare editable: boolean;
  declare playground: string | undefined;
  /** The definition as it is now. */
  declare text: string;
  /** Which of the inputs. */
  declare chosen: number;
  declare editor: boolean;

  diagnostics: Diagnostic[] = [];
  execution: RunResult | undefined;
  private report: CostReport | undefined;
  private costError: CallError | undefined;
  private assumptions: Json = {};
  private use: EngineUse | undefined;
  private asking: AbortController | undefined;
  private runs: AbortController | undefined;
  private completing: AbortController | undefined;
  /** The text has changed since it ran. */
  private stale = false;
  private editorStates = new Map<string, KeptText>();
  /** It was taken out of the page before it knew everything. */
  private interrupted = false;

  constructor() {
    super();
    this.type = 'standard';
    this.editable = false;
    this.text = '';
    this.chosen = 0;
    this.editor = false;
    this.addEventListener('stepglass-assume', (event) => {
      this.assumptions = (event as CustomEvent<{ assumptions: Json }>).detail.assumptions;
      void this.cost();
    });
    this.addEventListener('stepglass-goto', (event) => {
      const { range } = (event as CustomEvent<ViewEvents['stepglass-goto']>).detail;
      void this.showCode().then((editor) => editor?.goto(range));
    });
    this.addEventListener('stepglass-fix', (event) => {
      const { fixes } = (event as CustomEvent<ViewEvents['stepglass-fix']>).detail;
      void this.showCode().then((editor) => editor?.apply(fixes));
    });
  }

  /** Opens the code, where it is offered; gives the editor of a machine that is editable. */
  private async showCode(): Promise<Editor | undefined> {
    if (!this.offered().includes('code')) return undefined;
    if (this.editable && !this.editor) {
      await import('../view/editor.js');
      this.editor = true;
    }
    this.view = 'code';
    await this.updateComplete;
    const editor = this.renderRoot.querySelector('stepglass-editor');
    await editor?.updateComplete;
    return editor ?? undefined;
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    // An element that is only moved is connected again at once, and keeps its engine.
    queueMicrotask(() => {
      if (this.isConnected) return;
      this.interrupted = this.status === 'loading';
      this.reading?.abort();
      this.asking?.abort();
      this.runs?.abort();
      this.use?.release();
      this.use = undefined;
    });
  }

  override connectedCallback(): void {
    super.connectedCallback();
    if (!this.interrupted) return;
    this.interrupted = false;
    void this.reload();
  }

  private get hasEngine(): boolean {
    return this.choice('engine') !== 'off';
  }

  /** The engine of the page; started when first asked for. */
  private startedEngine(): Promise<Engine> {
    // Nobody would end it.
    if (!this.isConnected) return Promise.reject(new Error('the element is in no page'));
    const mode = this.choice('engine');
    return (this.use ??= new EngineUse(mode === 'off' ? 'auto' : mode)).get();
  }

  protected override leave(): void {
    super.leave();
    this.asking?.abort();
    this.runs?.abort();
    this.stale = false;
    this.editorStates = new Map();
    this.execution = this.report = this.costError = undefined;
    this.diagnostics = [];
    this.problems = new Map();
  }

  protected override async sourceRead(source: Source, signal: AbortSignal): Promise<void> {
    if (!this.hasEngine) return super.sourceRead(source, signal);
    if (source.text === undefined) {
      if (source.trace) return;
      this.fail('source', 'No definition was given: name one with src, or put one inside.');
      return;
    }
    const text = await this.takeOut(source, source.text);
    if (signal.aborted) return;
    this.text = text;
    if (!(await this.check()) || signal.aborted) return;
    const run = this.choice('run');
    if ((run === 'load' || run === 'visible') && !source.trace) await this.begin();
  }

  /** Of a template, the machine that is meant. */
  private async takeOut(source: Source, text: string): Promise<string> {
    if (this.machine === undefined && /\.asl(\.|$)|^definition\./.test(source.filename)) return text;
    const reply = await (await this.startedEngine()).call('list', { text, filename: source.filename, definitions: true });
    const machines = reply.ok ? reply.result.machines.filter((one) => one.definition !== undefined) : [];
    const found = this.machine === undefined ? machines[0] : machines.find((one) => one.name === this.machine);
    if (found?.definition !== undefined && found.form !== 'file') return found.definition;
    if (this.machine !== undefined && !found) throw new Error(`${source.filename} has no state machine "${this.machine}"; it has ${machines.map((one) => one.name).join(', ') || 'none'}`);
    return text;
  }

  private get machineType(): MachineType {
    return this.choice('type', String(this.type).toLowerCase()) === 'express' ? 'EXPRESS' : 'STANDARD';
  }

  /** Findings and picture of the text; false when another check, or the end of the element, came first. */
  private async check(): Promise<boolean> {
    this.asking?.abort();
    const { signal } = (this.asking = new AbortController());
    try {
      const engine = await this.startedEngine();
      const filename = `definition.asl.${formatOf(this.text)}`;
      const [lint, graph] = await Promise.all([
        engine.call('lint', { text: this.text, filename, type: this.machineType }, { signal }),
        engine.call('graph', { definition: this.text, format: 'drawing' }, { signal }),
      ]);
      if (!lint.ok && lint.error.code.startsWith('Engine')) throw new Error(lint.error.message);
      const least = this.choice('lint');
      const shown = least === 'off' ? 0 : kSeverities.indexOf(least) + 1;
      this.diagnostics = lint.ok ? lint.result.diagnostics.filter((one) => kSeverities.indexOf(one.severity) < shown) : [];
      if (graph.ok && graph.result.graph && graph.result.graph.scope.states.length > 0) this.drawing = graph.result.graph;
      this.problems = problemsOf(this.drawing, this.diagnostics);
      this.emit('stepglass-lint', { diagnostics: this.diagnostics });
      const worst = lint.ok ? lint.result.diagnostics.find((one) => one.severity === 'error') : undefined;
      if (!this.drawing && worst) {
        this.fail('definition', `Line ${worst.range.start.line}: ${worst.message}`);
        return true;
      }
      // What was wrong with the text before is over.
      if (this.status === 'loading' || this.status === 'idle' || this.status === 'invalid') {
        this.message = '';
        this.tell('ready');
      }
      if (this.view === 'cost') await this.cost();
      return true;
    } catch (error) {
      if (signal.aborted) return false;
      // A page that forbids WebAssembly still shows the recorded run.
      if (this.source?.trace) this.message = 'The engine cannot start here; this is the recorded run.';
      else this.fail('engine', `The engine cannot start here: ${error instanceof Error ? error.message : String(error)}`);
      return false;
    }
  }

  get run(): (options?: RunInput) => Promise<RunResult | undefined> {
    return this.runNow;
  }
  /** Frameworks set what is a property of an element instead of its attribute of the same name. */
  set run(value: string | null | undefined) {
    this.setOrRemove('run', value);
  }
  get lint(): () => Promise<Diagnostic[]> {
    return this.lintNow;
  }
  set lint(value: string | null | undefined) {
    this.setOrRemove('lint', value);
  }
  private setOrRemove(name: string, value: string | null | undefined): void {
    if (value === null || value === undefined) this.removeAttribute(name);
    else this.setAttribute(name, value);
  }

  private readonly lintNow = async (): Promise<Diagnostic[]> => {
    await this.check();
    return this.diagnostics;
  };

  /** Runs the machine and shows the run. What cannot be run is told, and gives undefined; a run that is stopped, by `signal`,
   *  by the reader, or by another one, rejects with the reason. */
  private readonly runNow = async ({ input, mocks, signal }: RunInput = {}): Promise<RunResult | undefined> => {
    signal?.throwIfAborted();
    this.runs?.abort();
    const runs = (this.runs = new AbortController());
    signal?.addEventListener('abort', () => runs.abort(signal.reason), { signal: runs.signal });
    const text = input === undefined ? (this.source?.inputs[this.chosen]?.text ?? '{}') : JSON.stringify(input);
    this.emit('stepglass-run', { input: text });
    const { status } = this;
    this.tell('running');
    this.message = '';
    const given = mocks ?? this.source?.mocks;
    const reply = await this.startedEngine()
      .then((engine) =>
        engine.call(
          'run',
          {
            definition: this.text,
            input_text: text,
            type: this.machineType,
            mocks: given ?? {},
            default_mock: 'sample',
            inspection: 'DEBUG',
            max_transitions: kMaxTransitions,
            until: { stopped: true },
          },
          { signal: runs.signal },
        ),
      )
      .catch((error: unknown) => {
        // Another run that has begun tells how it stands itself.
        if (this.runs === runs && this.status === 'running') this.tell(status === 'running' ? 'ready' : status);
        throw error;
      });
    if (!reply.ok) {
      this.fail('run', reply.error.message);
      return undefined;
    }
    const { result } = reply;
    this.execution = result;
    this.stale = false;
    this.play(undefined, result.history ?? [], result.inspection);
    this.message = result.stopped?.message ?? '';
    const failed = result.status === 'FAILED' || result.status === 'TIMED_OUT' ? this.whole?.visits.findLast((visit) => visit.status === 'failed') : undefined;
    if (result.error !== undefined) this.message = `${failed ? `${failed.state} failed` : 'It failed'}: ${result.error}${result.cause ? `, ${result.cause}` : ''}`;
    if (failed) this.select(failed.state);
    this.spoken = `${result.status.toLowerCase()}${result.error ? ` with ${result.error}` : ''} after ${result.transitions} transitions`;
    this.emit('stepglass-end', { status: result.status, output: result.output, error: result.error });
    return result;
  };

  /** As a reader runs it: that it was stopped is no fault. */
  private async begin(): Promise<void> {
    try {
      await this.run();
    } catch (error) {
      if (!(error instanceof DOMException && error.name === 'AbortError')) this.fail('run', String(error));
    }
  }

  override async reload(): Promise<void> {
    this.chosen = 0;
    await super.reload();
  }

  async cost(assumptions: Json = this.assumptions): Promise<CostReport | undefined> {
    const reply = await (await this.startedEngine()).call('cost', { definition: this.text, type: this.machineType, assumptions });
    this.report = reply.ok ? reply.result : undefined;
    this.costError = reply.ok ? undefined : reply.error;
    this.requestUpdate();
    return this.report;
  }

  /** A link to the playground with what is here. */
  async toURL(): Promise<string | undefined> {
    const base = this.playground;
    if (base === undefined || base === 'off') return undefined;
    const fragment = await encodeShare({
      d: this.text,
      f: formatOf(this.text),
      i: this.source?.inputs.map(({ label, text }) => ({ n: label, v: text })) ?? [],
      sel: this.chosen,
      ...(this.source?.mocks ? { m: this.source.mocks } : {}),
      dm: 'sample',
      ...(JSON.stringify(this.assumptions) === '{}' ? {} : { a: this.assumptions }),
      ...(this.machineType === 'EXPRESS' ? { t: this.machineType } : {}),
      ...(this.view === 'graph' ? {} : { v: this.view }),
      ...(this.state === undefined ? {} : { s: this.state }),
      ...(this.at > 0 && this.at < this.lastEvent ? { e: this.at } : {}),
    });
    return fragment && `${base.split('#')[0]}#${fragment}`;
  }

  private async open(copies = false): Promise<void> {
    const url = await this.toURL();
    if (url === undefined) {
      this.message = 'This machine is too large for a link.';
    } else if (this.emit('stepglass-share', { url }, true)) {
      const told = (text: string) => (this.spoken = this.message = text);
      if (copies) await navigator.clipboard.writeText(url).then(() => told('The link was copied.'), () => told('The link could not be copied.'));
      else window.open(url, '_blank', 'noopener');
    }
  }

  protected override possible(): ViewName[] {
    const all: ViewName[] = ['graph', 'code', 'timeline', 'events', 'data', 'cost', 'outline', 'problems'];
    return this.hasEngine ? all : super.possible();
  }

  protected override updated(changed: PropertyValues): void {
    super.updated(changed);
    if (changed.has('type') && changed.get('type') !== undefined && this.text !== '') void this.check();
    if (changed.has('view') && this.view === 'cost' && this.text !== '') void this.cost();
    if (changed.has('view') && this.view === 'code' && this.editable && !this.editor) void this.showCode();
  }

  protected override panel(view: ViewName): TemplateResult | typeof nothing {
    switch (view) {
      case 'code':
        return this.editor
          ? html`<stepglass-editor part="editor" .value=${this.text} .language=${formatOf(this.text)} .diagnostics=${this.diagnostics} .complete=${this.complete} .states=${this.editorStates} @stepglass-source=${this.onSource}></stepglass-editor>`
          : html`<pre class="code" part="editor" tabindex="0" aria-label="Definition">${this.text}</pre>`;
      case 'cost':
        return this.loaded.has('cost') ? html`<stepglass-cost .report=${this.report} .error=${this.costError} .assumptions=${this.assumptions}></stepglass-cost>` : nothing;
      case 'problems':
        return this.loaded.has('problems') ? html`<stepglass-problems .diagnostics=${this.diagnostics} .fixable=${this.editable && this.offered().includes('code')} .explain=${(code: string) => this.explain(code)}></stepglass-problems>` : nothing;
      default:
        return super.panel(view);
    }
  }

  private async explain(rule: string): Promise<RuleDoc | undefined> {
    const reply = await (await this.startedEngine()).call('rules', { rule });
    return reply.ok ? reply.result.rules[0] : undefined;
  }

  private readonly complete = async (text: string, line: number, column: number): Promise<Completions | undefined> => {
    this.completing?.abort();
    const { signal } = (this.completing = new AbortController());
    try {
      const reply = await (await this.startedEngine()).call('complete', { text, filename: `definition.asl.${formatOf(text)}`, line, column }, { signal });
      return reply.ok ? reply.result : undefined;
    } catch (error) {
      if (signal.aborted) return undefined;
      throw error;
    }
  };

  private readonly onSource = (event: CustomEvent<{ text: string }>): void => {
    this.text = event.detail.text;
    this.stale = this.execution !== undefined;
    void this.check();
  };

  protected override tools(): TemplateResult {
    const inputs = this.source?.inputs ?? [];
    const url = this.playground;
    return html`
      ${
        !this.hasEngine || !this.has('run') || this.choice('run') === 'off'
          ? nothing
          : this.status === 'running'
            ? html`<button class="primary" part="button" @click=${() => this.runs?.abort()}>Stop</button>`
            : html`<button class="primary" part="button" @click=${() => void this.begin()}>Run</button>`
      }
      ${
        inputs.length > 1 && this.has('input')
          ? html`<select aria-label="Input" @change=${(event: Event) => ((this.chosen = (event.target as HTMLSelectElement).selectedIndex), void this.begin())}>
              ${inputs.map((input) => html`<option>${input.label}</option>`)}
            </select>`
          : nothing
      }
      ${super.tools()}
      ${this.execution ? html`<span class="badge ${this.status}">${this.execution.status === 'SUCCEEDED' ? '✓' : this.execution.status === 'FAILED' ? '✕' : '●'} ${this.execution.status}${this.stale ? ' · changed since' : ''}</span>` : nothing}
      ${url !== undefined && url !== 'off' && this.has('share') ? html`<button part="button" @click=${() => void this.open(true)}>Copy link</button>` : nothing}
      ${url !== undefined && url !== 'off' && this.has('open') ? html`<button part="button" @click=${() => void this.open()}>Open</button>` : nothing}
    `;
  }
}
