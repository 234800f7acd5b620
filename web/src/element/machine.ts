// <stepglass-machine>: a workflow that runs in a page. The engine comes when the machine is seen, since it draws and checks
// it; the editor when somebody is going to type.

import { html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import type { Engine } from '../engine/client.js';
import type { CallError, CostReport, Diagnostic, Json, MachineType, Mocks, RuleDoc, RunResult, Severity } from '../engine/protocol.js';
import { formatOf, problemsOf } from '../model/drawing.js';
import { encodeShare } from '../model/share.js';
import type { Editor } from '../view/editor.js';
import type { ViewEvents } from '../view/events.js';
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
    machine: {},
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
  private engine: Promise<Engine> | undefined;
  private asking: AbortController | undefined;

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
      this.asking?.abort();
      void this.engine?.then((engine) => engine.close());
      this.engine = undefined;
    });
  }

  /** The engine of this element; started when first asked for. */
  private startedEngine(): Promise<Engine> {
    return (this.engine ??= import('../engine/browser.js').then(({ startEngine }) => startEngine()));
  }

  protected override async sourceRead(source: Source): Promise<void> {
    if (this.getAttribute('engine') === 'off') return super.sourceRead(source);
    if (source.text === undefined) {
      if (source.trace) return;
      this.fail('source', 'No definition was given: name one with src, or put one inside.');
      return;
    }
    this.text = source.text;
    await this.takeOut(source);
    await this.check();
    const run = this.getAttribute('run');
    if ((run === 'load' || run === 'visible') && !source.trace) await this.run();
  }

  /** Of a template, the machine that is meant. */
  private async takeOut(source: Source): Promise<void> {
    if (this.machine === undefined && /\.asl(\.|$)|^definition\./.test(source.filename)) return;
    const reply = await (await this.startedEngine()).call('list', { text: this.text, filename: source.filename, definitions: true });
    const machines = reply.ok ? reply.result.machines.filter((one) => one.definition !== undefined) : [];
    const found = this.machine === undefined ? machines[0] : machines.find((one) => one.name === this.machine);
    if (found?.definition !== undefined && found.form !== 'file') this.text = found.definition;
    else if (this.machine !== undefined && !found) throw new Error(`${source.filename} has no state machine "${this.machine}"; it has ${machines.map((one) => one.name).join(', ') || 'none'}`);
  }

  private get machineType(): MachineType {
    return this.type === 'express' ? 'EXPRESS' : 'STANDARD';
  }

  /** Findings and picture of the text. */
  private async check(): Promise<void> {
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
      const least = this.getAttribute('lint') ?? 'warning';
      const shown = least === 'off' ? 0 : kSeverities.indexOf(least as Severity) + 1 || 2;
      this.diagnostics = lint.ok ? lint.result.diagnostics.filter((one) => kSeverities.indexOf(one.severity) < shown) : [];
      if (graph.ok && graph.result.graph && graph.result.graph.scope.states.length > 0) this.drawing = graph.result.graph;
      this.emit('stepglass-lint', { diagnostics: this.diagnostics });
      if (this.status === 'loading' || this.status === 'idle') this.tell('ready');
      if (this.view === 'cost') await this.cost();
    } catch (error) {
      if (signal.aborted) return;
      // A page that forbids WebAssembly still shows the recorded run.
      if (this.source?.trace) this.message = 'The engine cannot start here; this is the recorded run.';
      else this.fail('engine', `The engine cannot start here: ${error instanceof Error ? error.message : String(error)}`);
    }
  }

  /** Runs the machine and shows the run. What cannot be run is told, and gives undefined. */
  async run({ input, mocks, signal }: RunInput = {}): Promise<RunResult | undefined> {
    const engine = await this.startedEngine();
    const text = input === undefined ? (this.source?.inputs[this.chosen]?.text ?? '{}') : JSON.stringify(input);
    this.emit('stepglass-run', { input: text });
    this.tell('running');
    this.message = '';
    const given = mocks ?? this.source?.mocks;
    const reply = await engine.call(
      'run',
      {
        definition: this.text,
        input_text: text,
        type: this.machineType,
        mocks: given ?? {},
        default_mock: 'sample',
        inspection: 'DEBUG',
        until: { stopped: true },
      },
      signal ? { signal } : {},
    );
    if (!reply.ok) {
      this.fail('run', reply.error.message);
      return undefined;
    }
    const { result } = reply;
    this.execution = result;
    this.play(undefined, result.history ?? [], result.inspection);
    this.message = result.stopped ? result.stopped.message : '';
    this.spoken = `${result.status.toLowerCase()}${result.error ? ` with ${result.error}` : ''} after ${result.transitions} transitions`;
    this.emit('stepglass-end', { status: result.status, output: result.output, error: result.error });
    return result;
  }

  override async reload(): Promise<void> {
    this.chosen = 0;
    await super.reload();
  }

  async lint(): Promise<Diagnostic[]> {
    await this.check();
    return this.diagnostics;
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
    });
    return fragment && `${base.split('#')[0]}#${fragment}`;
  }

  private async open(): Promise<void> {
    const url = await this.toURL();
    if (url !== undefined && this.emit('stepglass-share', { url }, true)) window.open(url, '_blank', 'noopener');
  }

  protected override problems(): Map<string, Severity> {
    return problemsOf(this.drawing, this.diagnostics);
  }

  protected override possible(): ViewName[] {
    const all: ViewName[] = ['graph', 'code', 'timeline', 'events', 'data', 'cost', 'outline', 'problems'];
    return this.getAttribute('engine') === 'off' ? super.possible() : all;
  }

  protected override updated(changed: PropertyValues): void {
    super.updated(changed);
    if (changed.has('view') && this.view === 'cost' && this.text !== '') void this.cost();
    if (changed.has('view') && this.view === 'code' && this.editable && !this.editor) void this.showCode();
  }

  protected override panel(view: ViewName): TemplateResult | typeof nothing {
    switch (view) {
      case 'code':
        return this.editor
          ? html`<stepglass-editor .value=${this.text} .language=${formatOf(this.text)} .diagnostics=${this.diagnostics} @stepglass-source=${this.onSource}></stepglass-editor>`
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

  private readonly onSource = (event: CustomEvent<{ text: string }>): void => {
    this.text = event.detail.text;
    void this.check();
  };

  protected override tools(): TemplateResult {
    const off = this.getAttribute('engine') === 'off';
    const inputs = this.source?.inputs ?? [];
    const url = this.playground;
    return html`
      ${off || !this.has('run') ? nothing : html`<button class="primary" part="button" @click=${() => void this.run()}>Run</button>`}
      ${
        inputs.length > 1 && this.has('input')
          ? html`<select aria-label="Input" @change=${(event: Event) => ((this.chosen = (event.target as HTMLSelectElement).selectedIndex), void this.run())}>
              ${inputs.map((input) => html`<option>${input.label}</option>`)}
            </select>`
          : nothing
      }
      ${super.tools()}
      ${this.execution ? html`<span class="badge ${this.status}">${this.execution.status === 'SUCCEEDED' ? '✓' : this.execution.status === 'FAILED' ? '✕' : '●'} ${this.execution.status}</span>` : nothing}
      ${url !== undefined && url !== 'off' && this.has('open') ? html`<button part="button" @click=${() => void this.open()}>Open</button>` : nothing}
    `;
  }
}
