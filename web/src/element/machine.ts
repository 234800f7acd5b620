// <stepglass-machine>: a workflow that runs in a page. The engine comes when the machine is seen, since it draws and checks
// it; the editor when somebody is going to type.

import { css, html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { Assist } from '../engine/assist.js';
import type { Engine } from '../engine/client.js';
import { kMaxTransitions, type CallError, type CostReport, type Diagnostic, type Json, type MachineType, type Mocks, type RuleDoc, type RunResult, type Severity } from '../engine/protocol.js';
import { formatOf, problemsOf } from '../model/drawing.js';
import { drawn } from '../model/drawn.js';
import { encodeShare, maskedIn, sensitiveIn, type Shared } from '../model/share.js';
import type { Editor, KeptText } from '../view/editor.js';
import type { ViewEvents } from '../view/events.js';
import { choice, type Choice, type ViewName } from './choices.js';
import { copyText } from '../view/copy.js';
import { EngineUse } from './engine.js';
import type { InputsPanel, OwnData, OwnTexts } from './inputs-panel.js';
import { kLoaders, PlayerElement } from './player-element.js';
import { question, type Sensitive } from './share-question.js';
import type { Source } from './sources.js';

export interface RunInput {
  input?: Json;
  mocks?: Mocks;
  signal?: AbortSignal;
}

Object.assign(kLoaders, {
  cost: () => import('../view/cost-view.js'),
  problems: () => import('../view/problems.js'),
});

/** Words of the button that opens them: as the first of them, and as the second. */
const kOwn = { input: ['Input'], mocks: ['Mocks', ' and mocks'] } as const;

const kUnchecked = 'The definition could not be checked';

const kSeverities: Severity[] = ['error', 'warning', 'info'];

export class MachineElement extends PlayerElement {
  static override properties = {
    ...PlayerElement.properties,
    machine: {},
    type: {},
    editable: { type: Boolean },
    playground: {},
    engine: {},
    runWhen: { attribute: 'run' },
    lintLevel: { attribute: 'lint' },
    chosen: { state: true },
    editor: { state: true },
    texts: { state: true },
    doubts: { state: true },
  };
  declare machine: string | undefined;
  declare type: 'standard' | 'express';
  declare editable: boolean;
  declare playground: string | undefined;
  declare engine: Choice<'engine'>;
  /** What the attributes "run" and "lint" say: methods have those names. */
  declare runWhen: string | null | undefined;
  declare lintLevel: string | null | undefined;
  /** Which of the inputs. */
  declare chosen: number;
  declare editor: boolean;
  /** Input and mocks in their panel, while it is open. */
  declare texts: OwnTexts | undefined;
  /** What the reader is asked about before a link exists. */
  declare doubts: { parts: readonly string[]; answer(choice: Sensitive | undefined): void } | undefined;

  /** The findings from the level on that `lint` says. */
  diagnostics: Diagnostic[] = [];
  execution: RunResult | undefined;
  /** None before the engine has answered. */
  private findings: Diagnostic[] | undefined;
  /** Why there are none. */
  private unchecked: string | undefined;
  /** The source as the page has it; the reader may write input and mocks of their own. */
  private page: Source | undefined;
  private prepared: Promise<boolean> | undefined;
  private report: CostReport | undefined;
  private costError: CallError | undefined;
  private assumptions: Json = {};
  private use: EngineUse | undefined;
  /** Of the check that is not over yet. */
  private asking: AbortController | undefined;
  private found: Promise<void> | undefined;
  private runs: AbortController | undefined;
  /** The text has changed since it ran. */
  private stale = false;
  private editorStates = new Map<string, KeptText>();
  /** What is made up for when it is back in a page: it was taken out before it knew everything. */
  private interrupted: 'reading' | 'checking' | undefined;

  constructor() {
    super();
    this.type = 'standard';
    this.engine = 'auto';
    this.editable = false;
    this.chosen = 0;
    this.editor = false;
    this.addEventListener('stepglass-assume', (event) => {
      this.assumptions = (event as CustomEvent<{ assumptions: Json }>).detail.assumptions;
      void this.price();
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
      this.interrupted = this.status === 'loading' ? 'reading' : this.asking && 'checking';
      this.doubts?.answer(undefined);
      this.reading?.abort();
      this.asking?.abort();
      this.runs?.abort();
      this.release();
    });
  }

  override connectedCallback(): void {
    super.connectedCallback();
    const { interrupted } = this;
    this.interrupted = undefined;
    if (interrupted === 'reading') void this.reload();
    else if (interrupted) void this.recheck().catch(() => undefined);
  }

  private get hasEngine(): boolean {
    return choice('engine', this.engine) !== 'off';
  }

  /** It has what can be run; before it is read nobody knows. */
  private get isRunnable(): boolean {
    return this.hasEngine && (this.text !== '' || !this.source);
  }

  /** The engine of the page; started when first asked for. */
  private startedEngine(): Promise<Engine> {
    // Nobody would end it.
    if (!this.isConnected) return Promise.reject(new Error('the element is in no page'));
    const chosen = choice('engine', this.engine);
    const mode = chosen === 'off' ? 'auto' : chosen;
    if (this.use?.mode !== mode) this.release();
    return (this.use ??= new EngineUse(mode)).get();
  }

  private release(): void {
    this.use?.release();
    this.use = undefined;
  }

  protected override leave(): void {
    super.leave();
    if (!this.hasEngine) this.release();
    this.asking?.abort();
    this.runs?.abort();
    this.stale = false;
    this.editorStates = new Map();
    this.doubts?.answer(undefined);
    this.asking = this.runs = this.execution = this.report = this.costError = this.page = this.prepared = this.texts = this.findings = undefined;
    this.diagnostics = [];
    this.problems = new Map();
  }

  protected override async sourceRead(source: Source, signal: AbortSignal): Promise<void> {
    this.page = source;
    if (!this.hasEngine) return super.sourceRead(source, signal);
    // The engine comes for a recorded run when something asks for it.
    if (source.trace) {
      this.prepareFor(this.view);
    } else if (source.text === undefined) {
      this.fail('source', 'No definition was given: name one with src, or put one inside.');
    } else if (await this.prepare()) {
      await this.runByItself();
    }
  }

  /** The definition taken out of its template, checked and drawn, once; false when it was not, which is told. */
  private async prepare(): Promise<boolean> {
    if (!this.source) await this.start();
    if (this.prepared) return this.prepared;
    const prepared = this.takeOutAndCheck(this.source, this.reading?.signal);
    this.prepared = prepared;
    // An engine that could not be had may be there for the next one who asks.
    const forget = (): void => {
      if (this.prepared === prepared) this.prepared = undefined;
    };
    prepared.then((done) => done || forget(), forget);
    return prepared;
  }

  private async takeOutAndCheck(source: Source | undefined, signal: AbortSignal | undefined): Promise<boolean> {
    if (source?.text === undefined) {
      if (source?.trace) this.message = 'There is no definition here, only a recorded run.';
      return false;
    }
    const text = await this.takeOut(source, source.text);
    if (signal?.aborted) return false;
    this.text = text;
    return (await this.check()) && !signal?.aborted;
  }

  /** What a view needs of the engine. */
  private prepareFor(view: ViewName): void {
    const { source } = this;
    if (!source || !this.isRunnable) return;
    const needs = view === 'problems' || (view === 'code' && (this.editable || !isDefinition(source, this.machine)));
    const done = view === 'cost' ? this.cost() : needs ? this.prepare() : undefined;
    done?.catch((error: unknown) => this.source === source && this.fail('source', messageOf(error)));
  }

  /** Runs when the page asks for it, once: at the start, or as soon as it is seen. */
  private async runByItself(): Promise<void> {
    const when = choice('run', this.runWhen);
    if (this.runs || !this.source || this.source.trace || !(when === 'load' || (when === 'visible' && this.isSeen))) return;
    this.runs = new AbortController();
    if (await this.prepare()) await this.begin();
  }

  protected override get isEager(): boolean {
    return super.isEager || (choice('run', this.runWhen) === 'load' && choice('loading', this.loading) !== 'click');
  }

  protected override startIfDue(): void {
    super.startIfDue();
    if (this.isSeen) void this.runByItself().catch(() => undefined);
  }

  /** Of a template, the machine that is meant. */
  private async takeOut(source: Source, text: string): Promise<string> {
    if (isDefinition(source, this.machine)) return text;
    const reply = await (await this.startedEngine()).call('list', { text, filename: source.filename, definitions: true });
    const machines = reply.ok ? reply.result.machines.filter((one) => one.definition !== undefined) : [];
    const found = !this.machine ? machines[0] : machines.find((one) => one.name === this.machine);
    if (found?.definition !== undefined && found.form !== 'file') return found.definition;
    if (this.machine && !found) throw new Error(`${source.filename} has no state machine "${this.machine}"; it has ${machines.map((one) => one.name).join(', ') || 'none'}`);
    return text;
  }

  private get machineType(): MachineType {
    return choice('type', String(this.type).toLowerCase()) === 'express' ? 'EXPRESS' : 'STANDARD';
  }

  /** What was checked before is checked again: a page may have changed what it is checked as. */
  private recheck(): Promise<boolean> {
    return this.prepared ? this.prepared.then(() => this.check()) : this.prepare();
  }

  /** Findings and picture of the text; false when another check, or the end of the element, came first. */
  private async check(): Promise<boolean> {
    this.asking?.abort();
    const asking = (this.asking = new AbortController());
    const { signal } = asking;
    const over = (): void => {
      if (!signal.aborted && this.asking === asking) this.asking = undefined;
    };
    try {
      const engine = await this.startedEngine();
      const filename = `definition.asl.${formatOf(this.text)}`;
      // The picture first: unlike the findings, it takes the first part of the engine alone.
      const graph = await engine.call('graph', { definition: this.text, format: 'drawing' }, { signal });
      if (!graph.ok && graph.error.code.startsWith('Engine')) throw new Error(graph.error.message);
      const drawing = graph.ok ? drawn(graph.result) : undefined;
      if (drawing && drawing.scope.states.length > 0) this.drawing = drawing;
      this.found = this.find(engine, filename, signal);
      this.found.then(over, over);
      if (!this.drawing) {
        await this.found;
        const worst = this.findings?.find((one) => one.severity === 'error');
        if (worst) {
          this.fail('definition', `Line ${worst.range.start.line}: ${worst.message}`);
          return true;
        }
      }
      // What was wrong with the text before is over.
      if (this.status === 'loading' || this.status === 'idle' || this.status === 'invalid') {
        this.message = '';
        this.tell('ready');
      }
      if (this.view === 'cost') await this.price();
      return true;
    } catch (error) {
      if (signal.aborted) return false;
      over();
      // A page that forbids WebAssembly still shows the recorded run.
      if (this.source?.trace) this.message = 'The engine cannot start here; this is the recorded run.';
      else this.fail('engine', `The engine cannot start here: ${messageOf(error)}`);
      return false;
    }
  }

  /** Findings of the text, where somebody sees them. Rejects when the engine could not check it, which is told. */
  private async find(engine: Engine, filename: string, signal: AbortSignal): Promise<void> {
    this.unchecked = undefined;
    const isUnseen = choice('lint', this.lintLevel) === 'off' && this.drawing !== undefined;
    try {
      const lint = isUnseen ? undefined : await engine.call('lint', { text: this.text, filename, type: this.machineType }, { signal });
      if (lint && !lint.ok) throw new Error(lint.error.message);
      this.findings = lint?.result.diagnostics ?? [];
      if (this.message.startsWith(kUnchecked)) this.message = '';
      this.showFindings();
    } catch (error) {
      if (signal.aborted) return;
      this.findings = undefined;
      this.unchecked = messageOf(error);
      this.message = `${kUnchecked}: ${this.unchecked}`;
      throw error;
    }
  }

  private showFindings(): void {
    const least = choice('lint', this.lintLevel);
    const shown = least === 'off' ? 0 : kSeverities.indexOf(least) + 1;
    this.diagnostics = (this.findings ?? []).filter((one) => kSeverities.indexOf(one.severity) < shown);
    this.problems = problemsOf(this.drawing, this.diagnostics);
    this.requestUpdate();
    this.emit('stepglass-lint', { diagnostics: this.diagnostics });
  }

  get run(): (options?: RunInput) => Promise<RunResult | undefined> {
    return this.runNow;
  }
  /** Frameworks set what is a property of an element instead of its attribute of the same name. */
  set run(value: string | null | undefined) {
    this.runWhen = value;
  }
  get lint(): () => Promise<Diagnostic[]> {
    return this.lintNow;
  }
  set lint(value: string | null | undefined) {
    this.lintLevel = value;
  }

  private readonly lintNow = async (): Promise<Diagnostic[]> => {
    await this.recheck();
    await this.found;
    return this.diagnostics;
  };

  /** Runs the machine and shows the run. What cannot be run is told, and gives undefined; a run that is stopped, by `signal`,
   *  by the reader, or by another one, rejects with the reason. */
  private readonly runNow = async ({ input, mocks, signal }: RunInput = {}): Promise<RunResult | undefined> => {
    signal?.throwIfAborted();
    if (!(await this.prepare())) return undefined;
    signal?.throwIfAborted();
    this.runs?.abort();
    const runs = (this.runs = new AbortController());
    const stop = (): void => runs.abort(signal?.reason);
    signal?.addEventListener('abort', stop);
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
      })
      .finally(() => signal?.removeEventListener('abort', stop));
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
    if (this.inputsPanel?.check() === false) return;
    // Behind a recorded run the engine has yet to come.
    if (!this.prepared) this.message = 'The engine is loading.';
    try {
      await this.run();
    } catch (error) {
      if (!(error instanceof DOMException && error.name === 'AbortError')) this.fail('run', messageOf(error));
    }
  }

  private get inputsPanel(): InputsPanel | null {
    return this.renderRoot.querySelector<InputsPanel>('stepglass-inputs');
  }

  // ------------------------------------------------------------------------------------------ input and mocks of a reader

  /** Opens the panel, or shows in it what is used now. */
  private async showInputs(): Promise<void> {
    await import('./inputs-panel.js');
    const { source, chosen } = this;
    this.texts = {
      ...(this.has('input') ? { input: source?.inputs[chosen]?.text.trim() ?? '{}' } : {}),
      ...(this.has('mocks') ? { mocks: JSON.stringify(source?.mocks ?? {}, undefined, 2) } : {}),
    };
  }

  private readonly toggleInputs = async (): Promise<void> => {
    if (this.texts) {
      this.texts = undefined;
      await this.updateComplete;
      this.renderRoot.querySelector<HTMLElement>('#own')?.focus();
      return;
    }
    await this.showInputs();
    await this.updateComplete;
    await this.inputsPanel?.updateComplete;
    this.inputsPanel?.focus();
  };

  private readonly onOwn = ({ detail: { input, mocks } }: CustomEvent<OwnData>): void => {
    const { source, page } = this;
    if (!source || !page) return;
    const inputs = input === undefined ? source.inputs : [...page.inputs, { label: 'yours', text: input }];
    this.source = { ...source, inputs, ...(mocks === undefined ? {} : { mocks }) };
    if (input !== undefined) this.chosen = inputs.length - 1;
    this.stale = this.execution !== undefined;
    this.requestUpdate();
  };

  private readonly onOwnReset = (): void => {
    this.source = this.page;
    this.chosen = 0;
    void this.showInputs();
  };

  override reload(): Promise<void> {
    this.chosen = 0;
    return super.reload();
  }

  async cost(assumptions: Json = this.assumptions): Promise<CostReport | undefined> {
    return (await this.prepare()) ? this.price(assumptions) : undefined;
  }

  private async price(assumptions = this.assumptions): Promise<CostReport | undefined> {
    const reply = await (await this.startedEngine()).call('cost', { definition: this.text, type: this.machineType, assumptions });
    this.report = reply.ok ? reply.result : undefined;
    this.costError = reply.ok ? undefined : reply.error;
    this.requestUpdate();
    return this.report;
  }

  /** A link to the playground with what is here. Where that holds what looks secret, the reader chooses first, unless
   *  `sensitive` says it. Undefined when there is no playground, when it is too much for a link, and when the reader
   *  wants none. */
  async toURL({ sensitive }: { sensitive?: Sensitive } = {}): Promise<string | undefined> {
    const link = await this.link(sensitive);
    return link === 'too large' || link === 'unwanted' ? undefined : link;
  }

  private async link(sensitive: Sensitive | undefined): Promise<string | undefined> {
    const base = this.playground;
    if (!base || base === 'off') return undefined;
    if (!this.source) await this.start();
    const { source } = this;
    if (source && !isDefinition(source, this.machine)) await this.prepare();
    let shared: Shared = {
      d: this.text,
      f: formatOf(this.text),
      i: source?.inputs.map(({ label, text }) => ({ n: label, v: text })) ?? [],
      sel: this.chosen,
      ...(source?.mocks ? { m: source.mocks } : {}),
      dm: 'sample',
      ...(JSON.stringify(this.assumptions) === '{}' ? {} : { a: this.assumptions }),
      ...(this.machineType === 'EXPRESS' ? { t: this.machineType } : {}),
      ...(this.view === 'graph' ? {} : { v: this.view }),
      ...(this.state ? { s: this.state } : {}),
      ...(this.at > 0 && this.at < this.lastEvent ? { e: this.at } : {}),
    };
    const parts = sensitive === 'keep' ? [] : sensitiveIn(shared);
    if (parts.length > 0) {
      const answer = sensitive ?? (await this.ask(parts));
      if (!answer) return 'unwanted';
      if (answer === 'mask') shared = maskedIn(shared, parts);
    }
    const fragment = await encodeShare(shared);
    return fragment ? `${base.split('#')[0]}#${fragment}` : 'too large';
  }

  /** Nothing when the reader wants no link, asks for another one, or the element is in no page any more. */
  private async ask(parts: readonly string[]): Promise<Sensitive | undefined> {
    this.doubts?.answer(undefined);
    if (!this.isConnected) return undefined;
    const back = this.shadowRoot?.activeElement as HTMLElement | null | undefined;
    let own: MachineElement['doubts'];
    const answered = new Promise<Sensitive | undefined>((answer) => (this.doubts = own = { parts, answer }));
    await this.updateComplete;
    this.renderRoot.querySelector<HTMLElement>('.question button')?.focus();
    const choice = await answered;
    if (this.doubts === own) {
      this.doubts = undefined;
      back?.focus();
    }
    return choice;
  }

  private async open(copies = false): Promise<void> {
    const url = await this.link(undefined);
    if (url === undefined || url === 'unwanted') return;
    if (url === 'too large') {
      this.message = 'This machine is too large for a link.';
    } else if (this.emit('stepglass-share', { url }, true)) {
      const told = (text: string) => (this.spoken = this.message = text);
      if (copies) told((await copyText(url)) ? 'The link was copied.' : 'The link could not be copied.');
      else window.open(url, '_blank', 'noopener');
    }
  }

  protected override possible(): ViewName[] {
    const all: ViewName[] = ['graph', 'code', 'timeline', 'events', 'data', 'cost', 'outline', 'problems'];
    return this.isRunnable ? all : super.possible();
  }

  protected override updated(changed: PropertyValues): void {
    super.updated(changed);
    if (changed.has('type') && changed.get('type') !== undefined) void this.prepared?.then(() => this.check()).catch(() => undefined);
    if (changed.has('lintLevel')) void this.prepared?.then(() => this.check()).catch(() => undefined);
    if (changed.has('runWhen')) void this.runByItself().catch(() => undefined);
    if (changed.has('view')) this.prepareFor(this.view);
    if (changed.has('view') && this.view === 'code' && this.editable && !this.editor) void this.showCode();
  }

  protected override panel(view: ViewName): TemplateResult | typeof nothing {
    switch (view) {
      case 'code':
        return this.editor
          ? html`<stepglass-editor part="editor" .value=${this.text} .language=${formatOf(this.text)} .diagnostics=${this.diagnostics} .assist=${this.assist} .states=${this.editorStates} @stepglass-source=${this.onSource}></stepglass-editor>`
          : super.panel(view);
      case 'cost':
        return this.loaded.has('cost') ? html`<stepglass-cost .level=${this.headingLevel} .report=${this.report} .error=${this.costError} .assumptions=${this.assumptions} .selected=${this.state}></stepglass-cost>` : nothing;
      case 'problems':
        return this.loaded.has('problems') ? html`<stepglass-problems exportparts="problem" .diagnostics=${this.findings && this.diagnostics} .error=${this.unchecked} .retry=${() => void this.lintNow().catch(() => undefined)} .text=${this.text} .fixable=${this.editable && this.offered().includes('code')} .explain=${(code: string) => this.explain(code)}></stepglass-problems>` : nothing;
      default:
        return super.panel(view);
    }
  }

  private async explain(rule: string): Promise<RuleDoc | undefined> {
    const reply = await (await this.startedEngine()).call('rules', { rule });
    return reply.ok ? reply.result.rules[0] : undefined;
  }

  private readonly assist = new Assist(
    () => this.startedEngine(),
    (text) => `definition.asl.${formatOf(text)}`,
  );

  private readonly onSource = (event: CustomEvent<{ text: string }>): void => {
    this.text = event.detail.text;
    // From here on it is what the reader wrote.
    this.prepared = Promise.resolve(true);
    this.stale = this.execution !== undefined;
    void this.check();
  };

  private choose(index: number): void {
    this.chosen = index;
    if (this.texts) void this.showInputs();
    void this.begin();
  }

  protected override below(): TemplateResult {
    const { doubts, texts } = this;
    return html`${doubts ? question(doubts.parts, (choice) => doubts.answer(choice)) : nothing}
    ${texts ? html`<stepglass-inputs .texts=${texts} @own=${this.onOwn} @run=${() => void this.begin()} @reset=${this.onOwnReset} @close=${this.toggleInputs}></stepglass-inputs>` : nothing}`;
  }

  protected override tools(): TemplateResult {
    const inputs = this.source?.inputs ?? [];
    const url = this.playground;
    const runs = this.isRunnable && choice('run', this.runWhen) !== 'off';
    const own = runs ? (['input', 'mocks'] as const).filter((name) => this.has(name)) : [];
    return html`
      ${
        !runs || !this.has('run')
          ? nothing
          : this.status === 'running'
            ? html`<button class="primary" part="button" @click=${() => this.runs?.abort()}>Stop</button>`
            : html`<button class="primary" part="button" @click=${() => void this.begin()}>Run</button>`
      }
      ${
        inputs.length > 1 && this.has('input')
          ? html`<select aria-label="Input" @change=${(event: Event) => this.choose((event.target as HTMLSelectElement).selectedIndex)}>
              ${inputs.map((input, i) => html`<option .selected=${i === this.chosen}>${input.label}</option>`)}
            </select>`
          : nothing
      }
      ${own.length > 0 ? html`<button id="own" part="button" aria-expanded=${this.texts !== undefined} @click=${this.toggleInputs}>${own.map((name, i) => kOwn[name][i])}</button>` : nothing}
      ${super.tools()}
      ${this.execution ? html`<span class="badge ${this.status}">${this.execution.status === 'SUCCEEDED' ? '✓' : this.execution.status === 'FAILED' ? '✕' : '●'} ${this.execution.status}${this.stale ? ' · changed since' : ''}</span>` : nothing}
      ${url && url !== 'off' && this.has('share') ? html`<button part="button" @click=${() => void this.open(true)}>Copy link</button>` : nothing}
      ${url && url !== 'off' && this.has('open') ? html`<button part="button" @click=${() => void this.open()}>Open</button>` : nothing}
    `;
  }

  static override styles = [
    ...PlayerElement.styles,
    css`
      .question p {
        margin: 0 0 6px;
        overflow-wrap: anywhere;
      }
    `,
  ];
}

/** What needs not be taken out of a template. */
function isDefinition(source: Source, machine: string | undefined): boolean {
  return !machine && /\.asl(\.|$)|^definition\./.test(source.filename);
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
