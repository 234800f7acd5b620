// The playground: the text on the left, what it means on the right, the run below. On a narrow screen one of them at a time.

import { LitElement, html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { Assist } from '../engine/assist.js';
import { startEngine } from '../engine/browser.js';
import type { Change, Diagnostic, ListedMachine, MockEntry, Range } from '../engine/protocol.js';
import { formatOf } from '../model/drawing.js';
import { visitAt } from '../model/replay.js';
import { stepTo, type Step, type StopsAt } from '../model/stepping.js';
import { define } from '../view/define.js';
import type { KeptText } from '../view/editor.js';
import { kViewEvents, type ViewEvents } from '../view/events.js';
import type { GraphView } from '../view/graph-view.js';
import '../view/graph-view.js';
import '../view/data-view.js';
import '../view/problems.js';
import { duration, ownMember, plural } from '../view/text.js';
import { statuses, tables, tokens } from '../view/tokens.js';
import './palette.js';
import './run-bar.js';
import './splitter.js';
import { onKey } from './actions.js';
import { appStyles } from './app-styles.js';
import { Desk } from './desk.js';
import { exportAs, saveFile, type Export } from './exports.js';
import { fix, goto, mark, rangeOf } from './findings.js';
import { returnFocus } from './focus.js';
import { onDrag } from './importing.js';
import { header, narrowBody, wideBody } from './layout.js';
import { loadAll, loadFor } from './loading.js';
import { closePopovers, onBeforeToggle, popovers } from './menus.js';
import { begin, open } from './opening.js';
import type { Panel, Source, View } from './parts.js';
import { Session } from './session.js';
import { mockOrFail, openStateMenu } from './state-menu.js';
import { contentWith, firstContent, loadPanes, loadTheme, parsedMocks, savePanes, saveTheme, type Content, type Theme } from './store.js';

/** Below this many pixels there is room for one thing at a time. */
const kNarrow = 820;

export class Playground extends LitElement {
  static override properties = {
    content: { state: true },
    view: { state: true },
    panel: { state: true },
    source: { state: true },
    column: { state: true },
    selected: { state: true },
    breakpoints: { state: true },
    stopsAt: { state: true },
    theme: { state: true },
    narrow: { state: true },
    left: { state: true },
    bottom: { state: true },
    menu: { state: true },
    note: { state: true },
    editor: { state: true },
    dragging: { state: true },
    heat: { state: true },
    sharing: { state: true },
    choosing: { state: true },
    keeping: { state: true },
  };
  declare content: Content;
  declare view: View;
  declare panel: Panel;
  declare source: Source;
  /** On a narrow screen: what is shown. */
  declare column: 'code' | 'view' | 'panel';
  declare selected: string | undefined;
  declare breakpoints: Set<string>;
  declare stopsAt: StopsAt;
  declare theme: Theme;
  declare narrow: boolean;
  /** Shares of the window, in percent. */
  declare left: number;
  declare bottom: number;
  declare menu: { state: string; x: number; y: number } | undefined;
  declare note: string;
  declare editor: 'loading' | 'ready' | 'missing';
  declare dragging: boolean;
  declare heat: boolean;
  declare sharing: boolean;
  /** The list of examples is open. */
  declare choosing: boolean;
  /** Snapshots are shown. */
  declare keeping: boolean;

  readonly session = new Session(startEngine(), () => this.requestUpdate());
  readonly assist = new Assist(
    () => this.session.engine,
    () => this.session.filename(this.content),
  );
  /** Of the texts that were open, for as long as this content is. */
  editorStates = new Map<string, KeptText>();
  readonly desk = new Desk(() => this.content);
  /** How many inputs were removed: those behind them have other places since. */
  removed = 0;
  /** A link that could not be read. */
  unread = '';
  /** The event that the link leads to, once it has run. */
  linkedEvent: number | undefined;
  marked: Range | undefined;
  served: ListedMachine[] = [];
  private resize: ResizeObserver | undefined;
  private readonly onKey = (event: KeyboardEvent): void => onKey(this, event);
  private readonly onHash = (): void => {
    if (location.hash.length > 1) void open(this, location.hash);
  };
  private readonly onDrag = (event: DragEvent): void => onDrag(this, event);

  constructor() {
    super();
    this.content = firstContent();
    this.view = 'graph';
    this.panel = 'state';
    this.source = 'definition';
    this.column = 'view';
    this.breakpoints = new Set();
    this.stopsAt = {};
    this.theme = loadTheme();
    this.narrow = window.innerWidth < kNarrow;
    ({ left: this.left, bottom: this.bottom } = loadPanes());
    this.note = '';
    this.editor = 'loading';
    this.dragging = false;
    this.heat = false;
    this.sharing = false;
    this.choosing = false;
    this.keeping = false;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    // One that is moved goes on with what it has.
    if (!this.hasUpdated) void begin(this);
    this.resize = new ResizeObserver(([entry]) => {
      const narrow = (entry?.contentRect.width ?? Infinity) < kNarrow;
      if (narrow !== this.narrow) this.narrow = narrow;
    });
    this.resize.observe(this);
    window.addEventListener('keydown', this.onKey);
    window.addEventListener('hashchange', this.onHash);
    window.addEventListener('pagehide', this.desk.flush);
    for (const type of ['dragover', 'dragleave', 'drop'] as const) window.addEventListener(type, this.onDrag);
    for (const name of kViewEvents) this.addEventListener(name, this.onView);
    void loadAll(this);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.resize?.disconnect();
    window.removeEventListener('keydown', this.onKey);
    window.removeEventListener('hashchange', this.onHash);
    window.removeEventListener('pagehide', this.desk.flush);
    for (const type of ['dragover', 'dragleave', 'drop'] as const) window.removeEventListener(type, this.onDrag);
    // A page that is only moved is connected again at once, and keeps its engine.
    queueMicrotask(() => {
      if (!this.isConnected) this.session.engine.close();
    });
  }

  replace(content: Content): void {
    this.desk.clear();
    this.content = content;
    this.editorStates = new Map();
    this.session.clear();
    this.selected = undefined;
    this.breakpoints = new Set();
    this.note = '';
    this.linkedEvent = undefined;
    void this.session.check(content);
  }

  change(part: Partial<Content>): void {
    this.content = { ...this.content, ...part };
    this.linkedEvent = undefined;
    this.session.edited();
    if (part.text !== undefined || part.format !== undefined || part.type !== undefined) void this.session.check(this.content);
    this.desk.changed();
  }

  // ------------------------------------------------------------------------------------------------------------- run

  /** False when there is no run to look at: it did not start, or was stopped, or another one came. */
  async run(at = Infinity): Promise<boolean> {
    this.note = '';
    if (at === Infinity) this.session.changes = [];
    const { panel, column } = this;
    const isShown = await this.session.run(this.content, at);
    const { result, runError } = this.session;
    const linked = this.linkedEvent;
    this.linkedEvent = undefined;
    // Who has gone elsewhere meanwhile is left there.
    const stayed = this.panel === panel && this.column === column;
    if (!isShown) {
      if (runError && stayed) this.reveal(runError.diagnostics ? 'problems' : 'state');
      return false;
    }
    if (linked !== undefined && at === Infinity) {
      this.session.seek(linked);
      this.note = `The link leads to event ${this.session.at} of ${this.session.lastEvent}.`;
      this.follow();
      return true;
    }
    if (!result || at !== Infinity) return true;
    const failed = result.status === 'FAILED' || result.status === 'TIMED_OUT' ? this.session.whole?.visits.findLast((visit) => visit.status === 'failed') : undefined;
    const waits = result.stopped?.state;
    this.selected = failed?.state ?? waits ?? visitAt(this.session.shown)?.state;
    if (!stayed) return true;
    if (failed || waits !== undefined) this.reveal('state');
    // What runs has no problems that matter more than what it did.
    else if (panel === 'problems') this.panel = 'state';
    return true;
  }

  /** Opens a panel, also where there is room for nothing else. */
  reveal(panel: Panel): void {
    this.panel = panel;
    this.column = 'panel';
  }

  async step(by: 1 | -1): Promise<void> {
    const { session } = this;
    if (session.whole && !session.stale) session.seek(session.at + by);
    else if (!(await this.run(1))) return;
    this.follow();
  }

  async stepTo(step: Step): Promise<void> {
    const { session } = this;
    if ((!session.whole || session.stale) && !(await this.run(1))) return;
    if (session.whole) session.seek(stepTo(session.whole, session.at, step));
    this.follow();
  }

  async goOn(): Promise<void> {
    const { session } = this;
    if ((!session.whole || session.stale) && !(await this.run(1))) return;
    session.seek(session.nextStop(this.breakpoints, this.stopsAt));
    this.follow();
  }

  /** Selects the state that the event shown is about. */
  follow(): void {
    const visit = visitAt(this.session.shown);
    if (visit) this.selected = visit.state;
    this.panel = 'state';
  }

  toggleBreakpoint(state: string): void {
    const breakpoints = new Set(this.breakpoints);
    if (!breakpoints.delete(state)) breakpoints.add(state);
    this.breakpoints = breakpoints;
  }

  /** Puts it before the mocks that the state has; gives how many that are. */
  mock(state: string, entry: MockEntry): number {
    const mocks = parsedMocks(this.content);
    if (!mocks) {
      // What is half typed is not written over: it says what is wrong with it.
      this.source = 'mocks';
      this.column = 'code';
      return 0;
    }
    const entries = [ownMember(mocks, state) ?? []].flat();
    this.change({ mocks: JSON.stringify({ ...mocks, [state]: [entry, ...entries] }, undefined, 2) });
    return entries.length;
  }

  // ---------------------------------------------------------------------------------------------------------- events

  readonly onView = (event: Event): void => {
    const { type, detail } = event as CustomEvent<unknown>;
    const as = <Name extends keyof ViewEvents>() => detail as ViewEvents[Name];
    switch (type as keyof ViewEvents) {
      case 'stepglass-select':
        this.selected = as<'stepglass-select'>().state;
        this.panel = 'state';
        mark(this, this.selected, false);
        break;
      case 'stepglass-seek':
        this.session.seek(as<'stepglass-seek'>().event);
        this.follow();
        break;
      case 'stepglass-breakpoint':
        this.toggleBreakpoint(as<'stepglass-breakpoint'>().state);
        event.preventDefault();
        break;
      case 'stepglass-menu':
        event.preventDefault();
        void openStateMenu(this, as<'stepglass-menu'>());
        break;
      case 'stepglass-mock':
      case 'stepglass-fail':
        event.preventDefault();
        mockOrFail(this, as<'stepglass-mock'>().state, type === 'stepglass-mock' ? 'mock' : 'fail');
        break;
      case 'stepglass-goto':
        goto(this, as<'stepglass-goto'>().range);
        break;
      case 'stepglass-fix':
        fix(this, as<'stepglass-fix'>().fixes);
        break;
      case 'stepglass-open': {
        const { definition } = as<'stepglass-open'>();
        this.replace(contentWith(definition, formatOf(definition)));
        break;
      }
      case 'stepglass-assume':
        this.content = { ...this.content, assumptions: as<'stepglass-assume'>().assumptions };
        this.desk.changed();
        void this.session.estimate(this.content);
        break;
      case 'stepglass-change': {
        void this.goOnWith(as<'stepglass-change'>());
        break;
      }
    }
  };

  /** Runs again with other data in one place, and stays there. */
  private async goOnWith(change: Change): Promise<void> {
    const { event } = change;
    const { changes } = this.session;
    this.session.changes = [...changes.filter((one) => one.event < event), { ...changes.find((one) => one.event === event), ...change }];
    if (await this.run(event)) this.note = `Data changed at event ${event}. Step, or go on from here; Run begins again without it.`;
  }

  /** The finding that F8 led to last. */
  walked: Diagnostic | undefined;

  show(view: View): void {
    this.view = view;
    this.column = 'view';
  }

  // ---------------------------------------------------------------------------------------------------------- export

  async exportAs(kind: Export): Promise<void> {
    closePopovers(this);
    if ((kind === 'svg' || kind === 'png') && this.view !== 'graph') {
      this.show('graph');
      await this.updateComplete;
    }
    const dark = getComputedStyle(this).colorScheme === 'dark' || (this.theme === 'auto' && matchMedia('(prefers-color-scheme: dark)').matches);
    const graph = this.renderRoot.querySelector<GraphView>('stepglass-graph-view');
    const waits = kind === 'test' ? 'Making the test…' : '';
    this.note = waits;
    const said = await exportAs(kind, this.content, this.session, async () => (await graph?.toSVG(dark ? 'dark' : 'light')) ?? '').catch(
      (error: unknown) => `Nothing was exported: ${error instanceof Error ? error.message : String(error)}.`,
    );
    // What was said meanwhile stays where there is nothing to say.
    if (said || this.note === waits) this.note = said;
  }

  // ------------------------------------------------------------------------------------------------------- rendering

  protected override firstUpdated(): void {
    this.renderRoot.addEventListener('beforetoggle', (event) => onBeforeToggle(this, event as ToggleEvent), true);
    returnFocus(this.renderRoot as ShadowRoot, () => this.renderRoot.querySelector<GraphView>('stepglass-graph-view')?.focus());
  }

  protected override willUpdate(changed: PropertyValues): void {
    // It moves with the text.
    this.marked = this.selected === undefined ? undefined : rangeOf(this, this.selected);
    if (this.hasUpdated && (changed.has('left') || changed.has('bottom'))) savePanes({ left: this.left, bottom: this.bottom });
    if (changed.has('view')) loadFor(this, this.view);
    if (changed.has('panel')) loadFor(this, this.panel);
    if (changed.has('theme')) {
      this.dataset['theme'] = this.theme;
      saveTheme(this.theme);
    }
  }

  protected override render(): TemplateResult {
    return html`
      ${header(this)}
      ${this.note ? html`<p class="note" role="status">${this.note} ${this.unread ? html`<button @click=${() => saveFile('link.txt', 'text/plain', this.unread)}>Save what it holds</button>` : nothing}<button class="quiet" aria-label="Close this note" @click=${() => ((this.note = ''), (this.unread = ''))}>✕</button></p>` : nothing}
      ${this.narrow ? narrowBody(this) : wideBody(this)}
      <p class="sr" role="status" aria-live="polite">${this.spokenResult()}</p>
      ${popovers(this)}
      ${this.dragging ? html`<div class="drop">Drop a definition, a template or an exported execution</div>` : nothing}
    `;
  }

  nextTheme(): void {
    this.theme = this.theme === 'auto' ? 'light' : this.theme === 'light' ? 'dark' : 'auto';
  }

  private spokenResult(): string {
    const { result, runError, running } = this.session;
    if (running) return '';
    if (runError) return `The run does not start: ${runError.message}`;
    if (!result) return '';
    if (result.stopped) return `The run waits: ${result.stopped.message}`;
    return `${result.status === 'SUCCEEDED' ? 'Succeeded' : `${result.status.toLowerCase().replace('_', ' ')}${result.error ? ` with ${result.error}` : ''}`} after ${plural(result.transitions, 'transition')} and ${duration(result.duration_seconds * 1000)}`;
  }

  static override styles = [tokens, tables, statuses, appStyles];
}

define('stepglass-playground', Playground);
