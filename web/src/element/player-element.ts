// <stepglass-machine> as far as it needs no engine: replays a recorded run. What runs machines builds on it (machine.ts).

import { LitElement, css, html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import type { Drawing, Inspection, Json, Mocks, Severity } from '../engine/protocol.js';
import { pointerOf } from '../model/drawing.js';
import { pausePoint } from '../model/stepping.js';
import { inspectionAt, looks, replay, replayTo, visitAt, type Replay, type StateLook } from '../model/replay.js';
import { GraphView } from '../view/graph-view.js';
import { onTabKey } from '../view/tabs.js';
import { statuses, tokens } from '../view/tokens.js';
import { choice, kControls, kRareControls, kViewNames, named, oneOf, type Control, type ViewName } from './choices.js';
import { hasTrace, readSource, type Given, type Source, type Trace } from './sources.js';
import { watchTheme } from './theme.js';

/** Views that are loaded when they are opened. */
export const kLoaders: Partial<Record<ViewName, () => Promise<unknown>>> = {
  code: () => import('../view/code-view.js'),
  timeline: () => import('../view/timeline.js'),
  events: () => import('../view/event-list.js'),
  data: () => import('../view/data-view.js'),
  outline: () => import('../view/outline.js'),
};

/** From this width on, picture and data stand side by side. */
const kSplitWidth = 900;
/** What an event is shown for at least when a run is played. */
const kLeastMs = 80;

/** What a machine is read from: when one of them changes, it is read again. */
const kSources = ['definition', 'src', 'for', 'input', 'inputSrc', 'mocks', 'mocksSrc', 'trace', 'traceSrc', 'format', 'machine', 'engine'];

export type Status = 'idle' | 'loading' | 'ready' | 'running' | 'succeeded' | 'failed' | 'invalid';

/** Frameworks hand in data again whenever they render: what says the same is the same. */
const differs = (value: unknown, before: unknown): boolean => value !== before && JSON.stringify(value) !== JSON.stringify(before);
const data = { attribute: false, hasChanged: differs };

export class PlayerElement extends LitElement implements Given {
  static override properties = {
    definition: data,
    src: {},
    for: {},
    input: { hasChanged: differs },
    inputSrc: { attribute: 'input-src' },
    mocks: data,
    mocksSrc: { attribute: 'mocks-src' },
    trace: data,
    traceSrc: { attribute: 'trace-src' },
    format: {},
    pauseOn: { attribute: 'pause-on' },
    view: { reflect: true },
    views: {},
    state: {},
    at: { type: Number },
    theme: {},
    label: {},
    controls: {},
    layout: {},
    speed: { type: Number },
    idleLimit: { type: Number, attribute: 'idle-limit' },
    loading: {},
    headingLevel: { type: Number, attribute: 'heading-level' },
    drawing: { attribute: false },
    text: { state: true },
    status: { state: true },
    message: { state: true },
    loaded: { state: true },
    wide: { state: true },
    playing: { state: true },
  };
  /** What is shown, as text or as the data itself. It goes before `src`. */
  declare definition: Json | undefined;
  /** Where the definition lies, and the rest, as the attributes of these names. */
  declare src: string | undefined;
  declare for: string | undefined;
  declare input: Json | undefined;
  declare inputSrc: string | undefined;
  declare mocks: Mocks | undefined;
  declare mocksSrc: string | undefined;
  declare trace: Trace | undefined;
  declare traceSrc: string | undefined;
  declare format: 'auto' | 'json' | 'yaml' | undefined;
  /** Where a run that is played stops: states, "error", "choice". */
  declare pauseOn: string;
  declare view: ViewName;
  declare views: string;
  /** The state that is selected. */
  declare state: string | undefined;
  /** The event that is shown. */
  declare at: number;
  declare theme: 'auto' | 'light' | 'dark';
  declare label: string | undefined;
  declare controls: string;
  /** auto: side by side where there is room for both. */
  declare layout: 'auto' | 'tabs' | 'split' | 'stack';
  /** How much faster than its clock a run is played. */
  declare speed: number;
  /** Seconds that a wait takes at most when a run is played. */
  declare idleLimit: number;
  declare loading: 'lazy' | 'eager' | 'click';
  /** How deep headings of the views stand in the page: 1 to 6. */
  declare headingLevel: number;
  declare drawing: Drawing | undefined;
  /** The definition as it is now. */
  declare text: string;
  declare status: Status;
  /** What went wrong, for the reader. */
  declare message: string;
  /** Views whose code is there. */
  declare loaded: Set<ViewName>;
  declare wide: boolean;
  declare playing: boolean;

  protected whole: Replay | undefined;
  protected shown: Replay | undefined;
  protected looks = new Map<string, StateLook>();
  protected inspection: Inspection[] | undefined;
  protected source: Source | undefined;
  protected spoken = '';
  /** The theme of the page around; undefined is the reader's own. */
  private around: 'light' | 'dark' | undefined;
  private internals: ElementInternals;
  private ends: (() => void)[] = [];
  /** The reading of the sources, once it has begun. */
  private reads: Promise<void> | undefined;
  /** What the sources say now is what is shown, or being read. */
  private isRead = false;
  /** It was on the screen, or close to it. */
  protected isSeen = false;
  /** The colour scheme: a style sheet of its own, since the attributes of the element are the page's. */
  private readonly scheme = new CSSStyleSheet();
  /** The event that `looks` are of. */
  private shownAt = 0;
  /** The event that the page wants a run to be shown at; 0: its end. */
  private wanted = 0;
  protected reading: AbortController | undefined;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private resolveReady: () => void = () => undefined;
  /** Resolves when the machine is shown. */
  readonly ready: Promise<void> = new Promise((done) => (this.resolveReady = done));

  constructor() {
    super();
    this.internals = this.attachInternals();
    // These are for the views and the element: a page gets the element's own events.
    for (const name of ['stepglass-seek', 'stepglass-goto', 'stepglass-fix', 'stepglass-assume', 'stepglass-caret'] as const) {
      this.addEventListener(name, (event) => event.stopPropagation());
    }
    this.view = 'graph';
    this.views = '';
    this.pauseOn = '';
    this.at = 0;
    this.theme = 'auto';
    this.controls = 'auto';
    this.layout = 'auto';
    this.speed = 1;
    this.idleLimit = 0.4;
    this.wide = false;
    this.playing = false;
    this.loading = 'lazy';
    this.headingLevel = 3;
    this.text = '';
    this.status = 'idle';
    this.message = '';
    this.loaded = new Set(['graph']);
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.ends.push(
      watchTheme(this, (theme) => {
        this.around = theme;
        this.showTheme();
      }),
    );
    const resize = new ResizeObserver(() => (this.wide = this.clientWidth >= kSplitWidth));
    resize.observe(this);
    this.ends.push(() => resize.disconnect());
    this.ends.push(() => this.pause());
    const observer = new IntersectionObserver(
      (entries) => {
        if (this.isSeen || !entries.some((entry) => entry.isIntersecting)) return;
        this.isSeen = true;
        this.startIfDue();
      },
      { rootMargin: '200px' },
    );
    observer.observe(this);
    this.ends.push(() => observer.disconnect());
    this.startIfDue();
  }

  /** It starts without being seen. */
  protected get isEager(): boolean {
    return choice('loading', this.loading) === 'eager';
  }

  /** A recorded run costs no engine: it waits for no click. */
  private get waitsForClick(): boolean {
    return choice('loading', this.loading) === 'click' && !hasTrace(this);
  }

  protected startIfDue(): void {
    if (this.isConnected && (this.isEager || (this.isSeen && !this.waitsForClick))) void this.start();
  }

  protected override createRenderRoot(): HTMLElement | DocumentFragment {
    const root = super.createRenderRoot() as ShadowRoot;
    root.adoptedStyleSheets.push(this.scheme);
    return root;
  }

  private showTheme(): void {
    this.scheme.replaceSync(`:host{color-scheme:${(this.theme === 'auto' ? this.around : this.theme) ?? 'light dark'}}`);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    for (const end of this.ends.splice(0)) end();
  }

  /** Reads what the page gives and shows it. Once, unless the sources change; then it gives the reading that goes on. */
  protected start(): Promise<void> {
    return this.reads ?? this.reload();
  }

  reload(): Promise<void> {
    return (this.reads = this.readAll());
  }

  private async readAll(): Promise<void> {
    this.reading?.abort();
    const reading = (this.reading = new AbortController());
    this.leave();
    this.tell('loading');
    // What is set until then is read with it.
    this.isRead = false;
    await this.updateComplete;
    this.isRead = true;
    try {
      const source = await readSource(this, reading.signal);
      if (reading.signal.aborted) return;
      this.source = source;
      this.text = source.text ?? '';
      if (source.trace) this.play(source.trace.drawing, source.trace.history, source.trace.inspection);
      await this.sourceRead(source, reading.signal);
      if (reading.signal.aborted) return;
      this.resolveReady();
      this.emit('stepglass-ready', {});
    } catch (error) {
      if (!reading.signal.aborted) this.fail('source', error instanceof Error ? error.message : String(error));
    }
  }

  /** Another machine is going to be shown: nothing of this one stays. */
  protected leave(): void {
    this.pause();
    if (this.shownAt === 0) this.wanted = Number(this.at) || 0;
    this.whole = this.shown = this.inspection = this.drawing = this.source = undefined;
    this.text = '';
    this.looks = new Map();
    this.message = '';
    this.at = this.wanted;
    this.shownAt = 0;
  }

  /** Tells what comes of the sources; the engine adds to it. Behind `signal` it does nothing more. */
  protected sourceRead(source: Source, _signal: AbortSignal): Promise<void> {
    if (!source.trace) this.fail('trace', 'There is no recorded run, and no engine that could make one.');
    return Promise.resolve();
  }

  /** Shows a run at its end, or where `at` and `pause-on` say. */
  protected play(drawing: Drawing | undefined, history: Parameters<typeof replay>[0], inspection: Inspection[] | undefined): void {
    this.pause();
    if (drawing) this.drawing = drawing;
    this.whole = replay(history);
    this.inspection = inspection;
    if (this.shownAt === 0) this.wanted = Number(this.at) || 0;
    const at = this.wanted || this.pausePoint(0) || this.lastEvent;
    // Where the page wants the first run to be shown; others end where they end.
    this.wanted = 0;
    this.seek(at);
    const last = this.whole.events.at(-1)?.type;
    this.tell(last === 'ExecutionSucceeded' ? 'succeeded' : last === 'ExecutionFailed' || last === 'ExecutionTimedOut' ? 'failed' : 'ready');
  }

  get lastEvent(): number {
    return this.whole?.events.at(-1)?.id ?? 0;
  }

  /** The next event that `pause-on` names: states, "error", "choice". */
  private pausePoint(after: number): number {
    const words = this.pauseOn.split(/\s*,\s*/);
    return this.whole ? pausePoint(this.whole, after, new Set(words), { error: words.includes('error'), choice: words.includes('choice') }) : 0;
  }

  /** Goes to an event, to the first entering of a state, or to a time in seconds. */
  seek(to: number | { state: string } | { time: number }): void {
    const { whole } = this;
    if (!whole) return;
    const event =
      typeof to === 'number'
        ? to
        : 'state' in to
          ? (whole.visits.find((visit) => visit.state === to.state)?.entered ?? this.at)
          : (whole.events.findLast((one) => one.time - whole.start <= to.time * 1000)?.id ?? 1);
    this.shownAt = this.at = Math.min(Math.max(1, event), this.lastEvent);
    this.shown = replayTo(whole, this.at);
    this.looks = looks(this.shown);
    this.requestUpdate();
    const shown = whole.events.find((one) => one.id === this.at);
    if (shown) this.emit('stepglass-event', { index: this.at, event: shown.raw });
  }

  step(by = 1): void {
    this.seek(this.at + by);
    const visit = visitAt(this.shown);
    if (visit) this.select(visit.state);
  }

  reset(): void {
    this.pause();
    this.seek(1);
  }

  /** Plays the run from here, at its own pace: waits are cut short, `pause-on` is kept. From its end it begins again. */
  resume(): void {
    if (!this.whole) return;
    this.pause();
    if (this.at >= this.lastEvent) this.seek(1);
    this.playing = true;
    const stop = this.pausePoint(this.at) || this.lastEvent;
    const next = (): void => {
      if (!this.playing || this.at >= stop) {
        this.playing = false;
        return;
      }
      const now = this.whole?.events[this.at - 1]?.time ?? 0;
      const then = this.whole?.events[this.at]?.time ?? now;
      // Events of the same moment are shown one after the other.
      const wait = Math.min(this.idleLimit * 1000, Math.max(kLeastMs, (then - now) / Math.max(0.01, this.speed)));
      this.timer = setTimeout(() => {
        this.step(1);
        next();
      }, wait);
    };
    next();
  }

  pause(): void {
    clearTimeout(this.timer);
    this.playing = false;
  }

  /** Shows all of the picture: now, or when it is opened. */
  async fit(): Promise<void> {
    await this.updateComplete;
    this.graphView?.fit();
  }

  /** The picture as a file, whatever view is open. What has not started does so. */
  async toSVG({ theme }: { theme?: 'light' | 'dark' } = {}): Promise<string> {
    if (!this.drawing) await this.start();
    await this.updateComplete;
    const { graphView, drawing, looks, problems } = this;
    if (graphView) return graphView.toSVG(theme);
    const hidden = Object.assign(new GraphView(), { className: 'sr', drawing, looks, problems, label: this.name });
    this.renderRoot.append(hidden);
    try {
      await hidden.updateComplete;
      return await hidden.toSVG(theme);
    } finally {
      hidden.remove();
    }
  }

  /** To the picture, where it is open, else to the first control. */
  override focus(): void {
    (this.graphView ?? this.renderRoot.querySelector<HTMLElement>('button:not(:disabled),[tabindex="0"]'))?.focus();
  }

  private get graphView(): GraphView | null {
    return this.renderRoot.querySelector<GraphView>('stepglass-graph-view');
  }

  /** For screen readers. */
  private get name(): string {
    return this.label ?? 'State machine';
  }

  protected select(state: string | undefined): void {
    this.state = state;
    this.emit('stepglass-select', { state, pointer: state && pointerOf(this.drawing?.scope, this.text, state) });
  }

  protected emit(name: string, detail: unknown, cancelable = false): boolean {
    return this.dispatchEvent(new CustomEvent(name, { detail, bubbles: true, composed: true, cancelable }));
  }

  /** Something that the reader should know; a page that shows it itself cancels the event. */
  protected fail(code: string, message: string): void {
    this.tell('invalid');
    this.message = this.emit('stepglass-error', { code, message }, true) ? message : '';
    this.resolveReady();
  }

  protected tell(status: Status): void {
    this.status = status;
    const states = (this.internals as { states?: Set<string> }).states;
    try {
      states?.clear();
      if (status !== 'idle') states?.add(status);
    } catch {
      // Browsers before custom states of this form.
    }
  }

  // ------------------------------------------------------------------------------------------------------- rendering

  protected offered(): ViewName[] {
    const asked = named(this.views);
    const possible = this.possible();
    if (asked.length === 0) return possible.filter((name) => name === this.view || ['graph', 'code', 'timeline', 'data'].includes(name));
    return asked.includes('all') ? possible : asked.flatMap((name) => possible.find((one) => one === name) ?? []);
  }

  /** The picture stays, and the tabs are what stands beside or below it. */
  private get splits(): boolean {
    return this.offered().length > 1 && (this.layout === 'split' || this.layout === 'stack' || (this.layout === 'auto' && this.wide));
  }

  /** What the tabs show: where the picture stays beside them, something else. */
  private get tab(): ViewName {
    if (!this.splits || this.view !== 'graph') return this.view;
    const offered = this.offered();
    return offered.includes('data') ? 'data' : (offered.find((name) => name !== 'graph') ?? 'graph');
  }

  protected possible(): ViewName[] {
    // Before it is read nobody knows whether there is a text.
    return ['graph', ...(this.text !== '' || !this.source ? (['code'] as const) : []), 'timeline', 'events', 'data', 'outline'];
  }

  protected has(control: Control): boolean {
    return this.controls === 'auto' ? !kRareControls.includes(control) : named(this.controls).includes(control);
  }

  /** The worst finding of each state. */
  protected problems: ReadonlyMap<string, Severity> = new Map();

  protected override willUpdate(changed: PropertyValues): void {
    for (const name of ['view', 'theme', 'layout'] as const) {
      if (changed.has(name)) Object.assign(this, { [name]: choice(name, this[name]) });
    }
    if (changed.has('headingLevel')) this.headingLevel = Number(choice('heading-level', String(this.headingLevel ?? 3)));
    if (changed.has('controls')) for (const name of named(this.controls)) oneOf(name, ['auto', 'none', ...kControls], 'controls');
    if (changed.has('views')) for (const name of named(this.views)) oneOf(name, ['all', ...kViewNames], 'views');
    const offered = this.offered();
    if (!offered.includes(this.view)) this.view = offered[0] ?? 'graph';
    if (changed.has('theme') && this.isConnected) this.showTheme();
    const view = this.tab;
    if (!this.loaded.has(view)) {
      void (kLoaders[view]?.() ?? Promise.resolve()).then(() => (this.loaded = new Set([...this.loaded, view])));
    }
  }

  protected override updated(changed: PropertyValues): void {
    if (changed.has('view')) this.renderRoot.querySelector('[role=tab][aria-selected=true]')?.scrollIntoView({ block: 'nearest', inline: 'nearest' });
    if (changed.has('view') && changed.get('view') !== undefined) this.emit('stepglass-view', { view: this.view });
    this.startIfDue();
    // What is named later is read then, and a position that the page sets is gone to.
    if (this.isRead && kSources.some((name) => changed.has(name))) void this.reload();
    else if (changed.has('at') && this.whole && (Number(this.at) || 0) !== this.shownAt) this.seek(Number(this.at) || 0);
  }

  protected override render(): TemplateResult {
    const { splits, tab } = this;
    const offered = splits ? this.offered().filter((view) => view !== 'graph') : this.offered();
    const { name } = this;
    if (this.status === 'idle' || (this.status === 'loading' && !this.drawing)) {
      return html`<div class="frame" role="group" aria-label=${name}>
        ${this.status === 'idle' && this.waitsForClick ? html`<div class="bar" part="toolbar"><button class="primary" part="button" @click=${() => void this.start()}>Start</button></div>` : nothing}
        <div class="fallback" tabindex="0"><slot name="poster"></slot><slot></slot></div>
      </div>`;
    }
    const views = html`${
        offered.length > 1
          ? html`<div class="tabs" role="tablist" aria-label=${name} @keydown=${onTabKey}>
              ${offered.map((view) => html`<button part="tab" role="tab" id=${`tab-${view}`} aria-selected=${view === tab} aria-controls="panel" tabindex=${view === tab ? 0 : -1} @click=${() => (this.view = view)}>${view}</button>`)}
            </div>`
          : nothing
      }
      <div id="panel" class="panel" part="panel" role=${offered.length > 1 ? 'tabpanel' : nothing} aria-labelledby=${offered.length > 1 ? `tab-${tab}` : nothing} tabindex=${tab === 'graph' || tab === 'code' ? nothing : 0}>
        ${this.message ? html`<p class="message" role="note">${this.message}</p>` : nothing}
        ${this.drawing || tab !== 'graph' ? this.panel(tab) : html`<slot name="poster"></slot><slot></slot>`}
      </div>`;
    return html`<div class="frame" role="group" aria-label=${name} @stepglass-select=${this.onSelect} @stepglass-seek=${this.onSeek}>
      ${this.controls === 'none' ? nothing : html`<div class="bar" part="toolbar" role="toolbar" aria-label="Replay"><slot name="toolbar-start"></slot>${this.tools()}<slot name="toolbar-end"></slot></div>`}
      ${this.below()}
      ${
        splits
          ? html`<div class=${this.layout === 'stack' ? 'both stack' : 'both'}><div class="panel" part="panel">${this.panel('graph')}</div><div class="beside">${views}</div></div>`
          : views
      }
      <slot name="footer"></slot>
      <p class="sr" role="status" aria-live="polite">${this.spoken}</p>
    </div>`;
  }

  /** What stands below the toolbar. */
  protected below(): TemplateResult | typeof nothing {
    return nothing;
  }

  protected panel(view: ViewName): TemplateResult | typeof nothing {
    if (!this.loaded.has(view)) return html`<p class="empty">…</p>`;
    switch (view) {
      case 'graph':
        return html`<stepglass-graph-view exportparts="graph, node, edge, label, name, status, succeeded, running, failed, caught, aborted, task, pass, choice, wait, succeed, fail, parallel, map, unknown" .label=${this.name} .drawing=${this.drawing} .looks=${this.looks} .problems=${this.problems} .zoomable=${this.has('zoom')} .selected=${this.state}></stepglass-graph-view>`;
      case 'code':
        return html`<stepglass-code part="editor" .text=${this.text}></stepglass-code>`;
      case 'timeline':
        return html`<stepglass-timeline part="timeline" .replay=${this.whole} .at=${this.at} .selected=${this.state}></stepglass-timeline>`;
      case 'events':
        return html`<stepglass-events exportparts="event" .replay=${this.whole} .at=${this.at} .selected=${this.state}></stepglass-events>`;
      case 'outline':
        return html`<stepglass-outline .drawing=${this.drawing} .looks=${this.looks} .selected=${this.state}></stepglass-outline>`;
      case 'data': {
        const visit = visitAt(this.shown, this.state ?? undefined);
        return html`<stepglass-data .level=${this.headingLevel} .visit=${visit} .inspection=${inspectionAt(visit, this.inspection, this.at >= this.lastEvent)}></stepglass-data>`;
      }
      default:
        return nothing;
    }
  }

  protected tools(): TemplateResult {
    const last = this.lastEvent;
    return html`
      ${this.has('reset') && last > 1 ? html`<button part="button" ?disabled=${this.at <= 1} @click=${() => this.reset()}>Reset</button>` : nothing}
      ${
        this.has('play') && last > 1
          ? html`<button part="button" aria-pressed=${this.playing} @click=${() => (this.playing ? this.pause() : this.resume())}>${this.playing ? 'Pause' : 'Play'}</button>`
          : nothing
      }
      ${
        this.has('step')
          ? html`<button part="button" aria-label="Step back" title="Step back" ?disabled=${this.at <= 1} @click=${() => this.step(-1)}>◂</button>
              <button part="button" aria-label="Step" title="Step" ?disabled=${this.at >= last} @click=${() => this.step(1)}>▸</button>`
          : nothing
      }
      ${this.has('seek') ? html`<input type="range" min="1" max=${Math.max(1, last)} .value=${String(this.at)} ?disabled=${last === 0} aria-label="Event" aria-valuetext=${`event ${this.at} of ${last}`} @input=${(event: Event) => this.seek(Number((event.target as HTMLInputElement).value))} />` : nothing}
      ${last > 0 ? html`<span class="muted count">${this.at}/${last}</span>` : nothing}
      ${this.has('full') ? html`<button part="button" @click=${() => void (document.fullscreenElement ? document.exitFullscreen() : this.requestFullscreen())}>Full screen</button>` : nothing}
    `;
  }

  private readonly onSelect = (event: CustomEvent<{ state: string | undefined }>): void => {
    // The element tells its page itself.
    event.stopPropagation();
    this.select(event.detail.state);
  };
  private readonly onSeek = (event: CustomEvent<{ event: number }>): void => {
    this.seek(event.detail.event);
  };

  static override styles = [
    tokens,
    statuses,
    css`
      :host {
        display: block;
        height: var(--stepglass-height, 420px);
        min-height: var(--stepglass-min-height, 240px);
        margin: 1rem 0;
        contain: layout style;
      }
      :host([hidden]) {
        display: none;
      }
      .frame {
        display: flex;
        flex-direction: column;
        height: 100%;
        overflow: hidden;
        border: 1px solid var(--border);
        border-radius: var(--radius);
        background: var(--bg);
      }
      .fallback {
        flex: 1;
        overflow: auto;
        padding: 12px;
      }
      .bar,
      .tabs {
        display: flex;
        flex: none;
        align-items: center;
        gap: 6px;
        padding: 5px 8px;
        border-bottom: 1px solid var(--border);
        overflow-x: auto;
        scrollbar-width: none;
      }
      .bar {
        background: var(--bg-soft);
      }
      .bar > * {
        flex: none;
      }
      .bar input[type='range'] {
        flex: 1 1 60px;
        min-width: 50px;
      }
      .tabs {
        gap: 2px;
        padding-block: 3px;
      }
      .tabs button {
        border-color: transparent;
        background: transparent;
        color: var(--muted);
        text-transform: capitalize;
      }
      .tabs [aria-selected='true'] {
        border-color: var(--border);
        background: var(--bg-soft);
        color: var(--fg);
        font-weight: 600;
      }
      .panel {
        display: flex;
        flex: 1;
        flex-direction: column;
        min-height: 0;
        overflow: auto;
      }
      .panel > stepglass-graph-view,
      .panel > stepglass-code,
      .panel > stepglass-events,
      .panel > stepglass-editor {
        flex: 1;
      }
      .both {
        display: flex;
        flex: 1;
        min-height: 0;
      }
      .both > * {
        flex: 1;
        min-width: 0;
      }
      .both.stack {
        flex-direction: column;
      }
      .beside {
        display: flex;
        flex-direction: column;
        min-height: 0;
        border-inline-start: 1px solid var(--border);
      }
      .stack > .beside {
        border-inline-start: 0;
        border-block-start: 1px solid var(--border);
      }
      .count {
        white-space: nowrap;
      }
      .message {
        margin: 0;
        padding: 6px 12px;
        border-inline-start: 3px solid var(--warn);
        background: var(--warn-bg);
      }
    `,
  ];
}
