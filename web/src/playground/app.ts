// The playground: the text on the left, what it means on the right, the run below. On a narrow screen one of them at a time.

import { LitElement, html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { startEngine } from '../engine/browser.js';
import type { Diagnostic, Fix, Json, ListedMachine, MockEntry, Range } from '../engine/protocol.js';
import { formatOf, stateAt, statesOf } from '../model/drawing.js';
import { visitAt } from '../model/replay.js';
import { decodeShare } from '../model/share.js';
import { define } from '../view/define.js';
import type { Editor, KeptText } from '../view/editor.js';
import { kViewEvents, type ViewEvents } from '../view/events.js';
import type { GraphView } from '../view/graph-view.js';
import '../view/graph-view.js';
import '../view/timeline.js';
import '../view/event-list.js';
import '../view/data-view.js';
import '../view/problems.js';
import '../view/cost-view.js';
import '../view/outline.js';
import { duration, ownMember, plural } from '../view/text.js';
import { onTabKey } from '../view/tabs.js';
import { statuses, tables, tokens } from '../view/tokens.js';
import './expression-pane.js';
import './share-panel.js';
import type { ImportPanel } from './import-panel.js';
import './import-panel.js';
import './palette.js';
import './run-bar.js';
import './splitter.js';
import { appStyles } from './app-styles.js';
import { kExamples } from './examples.js';
import { commandLines } from './command-line.js';
import { Desk } from './desk.js';
import { exportAs, kExports, saveFile, type Export } from './exports.js';
import { kShortcuts, shortcutOf, type Action } from './shortcuts.js';
import { Session, historyIn } from './session.js';
import { contentOf, contentWith, firstContent, fromShared, load, loadPanes, loadTheme, parsedMocks, savePanes, saveTheme, toShared, type Content, type Theme } from './store.js';

const kViews = ['graph', 'timeline', 'events', 'cost', 'outline'] as const;
const kPanels = ['state', 'problems', 'expression', 'terminal'] as const;
const kSources = ['definition', 'input', 'mocks'] as const;
type View = (typeof kViews)[number];
type Panel = (typeof kPanels)[number];
type Source = (typeof kSources)[number];
const kWords: Record<View | Panel | Source, string> = {
  graph: 'Graph',
  timeline: 'Timeline',
  events: 'Events',
  cost: 'Cost',
  outline: 'Outline',
  state: 'State',
  problems: 'Problems',
  expression: 'Expression',
  terminal: 'Terminal',
  definition: 'Definition',
  input: 'Input',
  mocks: 'Mocks',
};
const kNoHeat: Session['heat'] = { shares: new Map(), badges: new Map() };
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
    theme: { state: true },
    narrow: { state: true },
    left: { state: true },
    bottom: { state: true },
    menu: { state: true },
    note: { state: true },
    editorReady: { state: true },
    dragging: { state: true },
    heat: { state: true },
    sharing: { state: true },
    choosing: { state: true },
  };
  declare content: Content;
  declare view: View;
  declare panel: Panel;
  declare source: Source;
  /** On a narrow screen: what is shown. */
  declare column: 'code' | 'view' | 'panel';
  declare selected: string | undefined;
  declare breakpoints: Set<string>;
  declare theme: Theme;
  declare narrow: boolean;
  /** Shares of the window, in percent. */
  declare left: number;
  declare bottom: number;
  declare menu: { state: string; x: number; y: number } | undefined;
  declare note: string;
  declare editorReady: boolean;
  declare dragging: boolean;
  declare heat: boolean;
  declare sharing: boolean;
  /** The list of examples is open. */
  declare choosing: boolean;

  private readonly session = new Session(startEngine(), () => this.requestUpdate());
  /** Of the texts that were open, for as long as this content is. */
  private editorStates = new Map<string, KeptText>();
  private readonly desk = new Desk(() => this.content);
  /** A link that could not be read. */
  private unread = '';
  /** The event that the link leads to, once it has run. */
  private linkedEvent: number | undefined;
  private marked: Range | undefined;
  private served: ListedMachine[] = [];
  private resize: ResizeObserver | undefined;

  constructor() {
    super();
    this.content = firstContent();
    this.view = 'graph';
    this.panel = 'state';
    this.source = 'definition';
    this.column = 'view';
    this.breakpoints = new Set();
    this.theme = loadTheme();
    this.narrow = window.innerWidth < kNarrow;
    ({ left: this.left, bottom: this.bottom } = loadPanes());
    this.note = '';
    this.editorReady = false;
    this.dragging = false;
    this.heat = false;
    this.sharing = false;
    this.choosing = false;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    void this.begin();
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
    void import('../view/editor.js').then(() => (this.editorReady = true));
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.resize?.disconnect();
    window.removeEventListener('keydown', this.onKey);
    window.removeEventListener('hashchange', this.onHash);
    window.removeEventListener('pagehide', this.desk.flush);
    for (const type of ['dragover', 'dragleave', 'drop'] as const) window.removeEventListener(type, this.onDrag);
    this.session.engine.close();
  }

  /** What the link holds, else what was worked on last, else the first workflow of the folder that is served, else an example
   *  that has run. */
  private async begin(): Promise<void> {
    const listed = servedWorkflows();
    if (location.hash.length > 1) {
      await this.open(location.hash);
      this.served = await listed;
      this.requestUpdate();
      return;
    }
    this.served = await listed;
    const kept = load();
    const { origin } = kept ?? {};
    // Of a folder that is served, what it holds counts: what was typed here stays as long as the file does.
    const goesOn = this.served.length === 0 || this.served.some((machine) => nameOf(machine) === origin?.file && machine.definition === origin.text);
    if (kept && goesOn) {
      this.replace(kept);
      this.desk.goOn();
    } else if (this.served.length > 0) {
      this.workflow(0);
    } else {
      await this.example(0);
    }
  }

  private readonly onHash = () => {
    if (location.hash.length > 1) void this.open(location.hash);
  };

  /** A link fills the page, and runs nothing until somebody asks. */
  private async open(hash: string): Promise<void> {
    if (hash.startsWith('#u=')) return this.openUrl(hash.slice(3));
    const decoded = await decodeShare(hash);
    if (!decoded.ok) {
      this.unread = hash;
      history.replaceState(null, '', location.pathname + location.search);
      if (!this.session.drawing) await this.begin();
      this.note = `This link cannot be opened: ${decoded.reason}.`;
      return;
    }
    this.unread = '';
    const { shared } = decoded;
    this.replace(fromShared(shared));
    if (shared.v && (kViews as readonly string[]).includes(shared.v)) this.view = shared.v as View;
    this.selected = shared.s;
    this.linkedEvent = shared.e;
  }

  /** A file of this site: the page's policy lets it load from nowhere else, so that nothing it holds can be sent away. */
  private async openUrl(written: string): Promise<void> {
    history.replaceState(null, '', location.pathname + location.search);
    let url: URL | undefined;
    try {
      url = new URL(decodeURIComponent(written), location.href);
    } catch {
      // It is no address: told below.
    }
    if (!this.session.drawing) await this.begin();
    if (url?.origin !== location.origin) {
      this.note = 'This page loads files of its own site only. Open the file there, and paste it into Import.';
      return;
    }
    const response = await fetch(url).catch(() => undefined);
    if (!response?.ok) {
      this.note = `${url.pathname} cannot be loaded${response ? `: ${response.status}` : ''}.`;
      return;
    }
    await this.takeIn(await response.text(), url.pathname.split('/').at(-1) ?? '');
  }

  private replace(content: Content): void {
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

  private workflow(index: number): void {
    const machine = this.served[index];
    if (!machine) return;
    const text = machine.definition ?? '';
    this.replace({ ...contentWith(text, formatOf(text)), type: machine.type ?? 'STANDARD', origin: { file: nameOf(machine), text } });
    this.note = `${machine.file}:${machine.line}`;
  }

  /** Back to what was worked on before something else took its place. */
  private goBack(): void {
    const { earlier, untouched } = this.desk;
    if (!earlier) return;
    this.replace(earlier);
    if (untouched) this.desk.goOn();
    else this.desk.changed();
  }

  private async example(index: number): Promise<void> {
    const example = kExamples[index];
    if (!example) return;
    this.replace(contentOf(example));
    if (example.broken) {
      this.panel = 'problems';
      return;
    }
    await this.run();
  }

  private change(part: Partial<Content>): void {
    this.content = { ...this.content, ...part };
    this.linkedEvent = undefined;
    this.session.edited();
    if (part.text !== undefined || part.format !== undefined || part.type !== undefined) void this.session.check(this.content);
    this.desk.changed();
  }

  // ------------------------------------------------------------------------------------------------------------- run

  /** False when there is no run to look at: it did not start, or was stopped, or another one came. */
  private async run(at = Infinity): Promise<boolean> {
    this.note = '';
    if (at === Infinity) this.session.changes = [];
    const isShown = await this.session.run(this.content, at);
    const { result, runError } = this.session;
    const linked = this.linkedEvent;
    this.linkedEvent = undefined;
    if (!isShown) {
      if (runError) this.panel = runError.diagnostics ? 'problems' : 'state';
      return false;
    }
    if (linked !== undefined && at === Infinity) {
      this.session.seek(linked);
      this.note = `The link leads to event ${this.session.at} of ${this.session.lastEvent}.`;
      this.follow();
      return true;
    }
    if (!result || at !== Infinity) return true;
    const failed = result.status === 'FAILED' ? this.session.whole?.visits.findLast((visit) => visit.status === 'failed') : undefined;
    const waits = result.stopped?.state;
    this.selected = failed?.state ?? waits ?? visitAt(this.session.shown)?.state;
    this.panel = 'state';
    return true;
  }

  private async step(by: 1 | -1): Promise<void> {
    const { session } = this;
    if (session.whole && !session.stale) session.seek(session.at + by);
    else if (!(await this.run(1))) return;
    this.follow();
  }

  private async goOn(): Promise<void> {
    const { session } = this;
    if ((!session.whole || session.stale) && !(await this.run(1))) return;
    session.seek(session.nextStop(this.breakpoints));
    this.follow();
  }

  /** Selects the state that the event shown is about. */
  private follow(): void {
    const visit = visitAt(this.session.shown);
    if (visit) this.selected = visit.state;
    this.panel = 'state';
  }

  private mock(state: string, entry: MockEntry, replaces = false): void {
    const mocks = parsedMocks(this.content) ?? {};
    const entries = replaces ? [] : (ownMember(mocks, state) ?? []);
    this.change({ mocks: JSON.stringify({ ...mocks, [state]: [entry, ...entries] }, undefined, 2) });
  }

  // ---------------------------------------------------------------------------------------------------------- events

  private readonly onView = (event: Event): void => {
    const { type, detail } = event as CustomEvent<unknown>;
    const as = <Name extends keyof ViewEvents>() => detail as ViewEvents[Name];
    switch (type as keyof ViewEvents) {
      case 'stepglass-select':
        this.selected = as<'stepglass-select'>().state;
        if (this.panel === 'terminal' || this.panel === 'expression') this.panel = 'state';
        this.mark(this.selected, false);
        break;
      case 'stepglass-seek':
        this.session.seek(as<'stepglass-seek'>().event);
        this.follow();
        break;
      case 'stepglass-breakpoint': {
        const breakpoints = new Set(this.breakpoints);
        const { state } = as<'stepglass-breakpoint'>();
        if (!breakpoints.delete(state)) breakpoints.add(state);
        this.breakpoints = breakpoints;
        event.preventDefault();
        break;
      }
      case 'stepglass-menu':
        event.preventDefault();
        this.menu = as<'stepglass-menu'>();
        void this.updateComplete.then(() => {
          const menu = this.renderRoot.querySelector<HTMLElement>('#state-menu');
          menu?.showPopover();
          menu?.querySelector('button')?.focus();
        });
        break;
      case 'stepglass-goto':
        this.goto(as<'stepglass-goto'>().range);
        break;
      case 'stepglass-fix':
        this.fix(as<'stepglass-fix'>().fixes);
        break;
      case 'stepglass-assume':
        this.content = { ...this.content, assumptions: as<'stepglass-assume'>().assumptions };
        this.desk.changed();
        void this.session.estimate(this.content);
        break;
      case 'stepglass-change': {
        const { event: id, data } = as<'stepglass-change'>();
        void this.goOnWith(id, data);
        break;
      }
    }
  };

  /** Runs again with other data in one place, and stays there. */
  private async goOnWith(event: number, data: Json): Promise<void> {
    this.session.changes = [...this.session.changes.filter((change) => change.event < event), { event, data }];
    if (await this.run(event)) this.note = `Data changed at event ${event}. Step, or go on from here; Run begins again without it.`;
  }

  private mark(state: string | undefined, focus: boolean): void {
    this.marked = state === undefined ? undefined : this.rangeOf(state);
    if (this.marked && this.source === 'definition') this.editor()?.goto(this.marked, focus);
  }

  private rangeOf(state: string): Range | undefined {
    return [...statesOf(this.session.drawing)].find((one) => one.name === state)?.range;
  }

  private editor(): Editor | null {
    return this.renderRoot.querySelector<Editor>('stepglass-editor.definition');
  }

  private goto(range: Range): void {
    this.source = 'definition';
    this.column = 'code';
    void this.updateComplete.then(() => this.editor()?.goto(range));
  }

  private fix(fixes: Fix[]): void {
    this.source = 'definition';
    this.column = 'code';
    void this.updateComplete.then(() => this.editor()?.apply(fixes));
  }

  private problem(step: 1 | -1): void {
    const { diagnostics } = this.session;
    if (diagnostics.length === 0) return;
    if (diagnostics !== this.walked) this.problemAt = step > 0 ? -1 : 0;
    this.walked = diagnostics;
    const sorted = [...diagnostics].sort((a, b) => a.range.start.offset - b.range.start.offset);
    this.problemAt = (this.problemAt + step + sorted.length) % sorted.length;
    const one = sorted[this.problemAt];
    if (one) this.goto(one.range);
  }
  private problemAt = -1;
  /** The findings that `problemAt` counts. */
  private walked: readonly Diagnostic[] = [];

  // ------------------------------------------------------------------------------------------------------- shortcuts

  private readonly onKey = (event: KeyboardEvent): void => {
    if (event.defaultPrevented) return;
    const action = shortcutOf(event);
    // Esc closes what is open where nothing runs.
    if (!action || (action === 'stop' && !this.session.running)) return;
    event.preventDefault();
    this.act(action);
  };

  private act(action: Action): void {
    switch (action) {
      case 'run':
        void this.run();
        break;
      case 'step':
        void this.step(1);
        break;
      case 'back':
        void this.step(-1);
        break;
      case 'continue':
        void this.goOn();
        break;
      case 'breakpoint':
        if (this.selected !== undefined) this.onView(new CustomEvent('stepglass-breakpoint', { detail: { state: this.selected } }));
        break;
      case 'stop':
        this.session.stop();
        break;
      case 'share':
        this.openPopover('share');
        break;
      case 'palette':
        this.openPopover('palette');
        break;
      case 'help':
        this.openPopover('help');
        break;
      case 'find':
        this.openPopover('palette');
        break;
      case 'fix': {
        const fix = this.session.diagnostics.flatMap((one) => one.fixes)[0];
        if (fix) this.fix([fix]);
        break;
      }
      case 'next-problem':
        this.problem(1);
        break;
      case 'previous-problem':
        this.problem(-1);
        break;
      case 'view-1':
      case 'view-2':
      case 'view-3':
      case 'view-4':
      case 'view-5':
        this.show(kViews[Number(action.slice(5)) - 1] ?? 'graph');
        break;
    }
  }

  private show(view: View): void {
    this.view = view;
    this.column = 'view';
  }

  private openPopover(id: string): void {
    const element = this.renderRoot.querySelector<HTMLElement>(`#${id}`);
    element?.showPopover();
    element?.querySelector<HTMLElement>('stepglass-palette, [autofocus], input, button')?.focus();
  }

  private closePopovers(): void {
    for (const element of this.renderRoot.querySelectorAll<HTMLElement>('[popover]:popover-open')) element.hidePopover();
  }

  // ---------------------------------------------------------------------------------------------------------- import

  private readonly onDrag = (event: DragEvent): void => {
    if (event.type === 'dragleave') {
      if (event.relatedTarget === null) this.dragging = false;
      return;
    }
    if (!event.dataTransfer?.types.includes('Files')) return;
    event.preventDefault();
    this.dragging = event.type === 'dragover';
    const file = event.dataTransfer.files[0];
    if (event.type === 'drop' && file) void file.text().then((text) => this.takeIn(text, file.name));
  };

  /** Brings in a text; of several machines in it one is asked for. */
  private async takeIn(text: string, name: string): Promise<void> {
    const panel = this.renderRoot.querySelector<ImportPanel>('stepglass-import');
    await panel?.take(text, name);
    if (panel && panel.machines.length > 0) this.openPopover('import');
  }

  /** Takes a text: an exported execution, a definition, or a file that holds some. */
  async bring(text: string, name: string): Promise<{ name: string; definition: string }[] | undefined> {
    const history = historyIn(text);
    if (history) {
      this.closePopovers();
      this.session.show(history);
      this.note = `An execution with ${plural(history.length, 'event')} is shown. It is a recording: run the definition to leave it.`;
      this.follow();
      return undefined;
    }
    const reply = await this.session.engine.call('list', { text, filename: name, definitions: true });
    const machines = reply.ok ? reply.result.machines.filter((machine) => machine.definition !== undefined) : [];
    const format = /\.ya?ml$/.test(name) ? 'yaml' : formatOf(text);
    const [first] = machines;
    if (!first) {
      this.replace(contentWith(text, format));
      this.note = `${name} holds no state machine that can be read; its text is shown as it is.`;
    } else if (first.form === 'file') {
      this.replace(contentWith(text, format));
    } else if (machines.length === 1) {
      this.replace(contentWith(first.definition ?? '', 'json'));
      this.note = `"${first.name}" was taken out of ${name}.`;
    } else {
      return machines.map((machine) => ({ name: machine.name, definition: machine.definition ?? '' }));
    }
    this.closePopovers();
    this.column = 'view';
    return undefined;
  }

  // ---------------------------------------------------------------------------------------------------------- export

  private async exportAs(kind: Export): Promise<void> {
    this.closePopovers();
    if ((kind === 'svg' || kind === 'png') && this.view !== 'graph') {
      this.show('graph');
      await this.updateComplete;
    }
    const dark = getComputedStyle(this).colorScheme === 'dark' || (this.theme === 'auto' && matchMedia('(prefers-color-scheme: dark)').matches);
    const graph = this.renderRoot.querySelector<GraphView>('stepglass-graph-view');
    await exportAs(kind, this.content, this.session, async () => (await graph?.toSVG(dark ? 'dark' : 'light')) ?? '');
  }

  // ------------------------------------------------------------------------------------------------------- rendering

  protected override willUpdate(changed: PropertyValues): void {
    // It moves with the text.
    this.marked = this.selected === undefined ? undefined : this.rangeOf(this.selected);
    if (this.hasUpdated && (changed.has('left') || changed.has('bottom'))) savePanes({ left: this.left, bottom: this.bottom });
    if (changed.has('theme')) {
      this.dataset['theme'] = this.theme;
      saveTheme(this.theme);
    }
  }

  protected override render(): TemplateResult {
    return html`
      ${this.header()}
      ${this.note ? html`<p class="note" role="status">${this.note} ${this.unread ? html`<button @click=${() => saveFile('link.txt', 'text/plain', this.unread)}>Save what it holds</button>` : nothing}<button class="quiet" aria-label="Close this note" @click=${() => ((this.note = ''), (this.unread = ''))}>✕</button></p>` : nothing}
      ${this.narrow ? this.narrowBody() : this.wideBody()}
      <p class="sr" role="status" aria-live="polite">${this.spokenResult()}</p>
      ${this.popovers()}
      ${this.dragging ? html`<div class="drop">Drop a definition, a template or an exported execution</div>` : nothing}
    `;
  }

  private header(): TemplateResult {
    return html`<header class=${this.narrow ? 'narrow' : ''}>
      <h1><span class="logo" aria-hidden="true"></span><span class=${this.narrow ? 'sr' : ''}>Stepglass</span></h1>
      <span class="grow"></span>
      <button popovertarget="examples">Examples</button>
      <button popovertarget="import">Import</button>
      <button popovertarget="export">Export</button>
      <button class="primary" popovertarget="share" title="Share (Ctrl S)">Share</button>
      <button class="quiet" aria-label=${`Theme: ${this.theme}`} title="Theme" ?hidden=${this.narrow} @click=${() => this.nextTheme()}>${{ auto: '◐', light: '☀', dark: '☾' }[this.theme]}</button>
      <button class="quiet" popovertarget="palette" title="Commands (Ctrl K)" aria-label="Commands">⌘</button>
    </header>`;
  }

  private nextTheme(): void {
    this.theme = this.theme === 'auto' ? 'light' : this.theme === 'light' ? 'dark' : 'auto';
  }

  private wideBody(): TemplateResult {
    return html`<main .style=${`--left:${this.left}%;--bottom:${this.bottom}%`}>
      <section class="code" aria-label="Source">${this.tabs('source', kSources, this.source, (source) => (this.source = source))}${this.sourceBody()}</section>
      <stepglass-splitter class="left" upright .value=${this.left} label="Width of the source" @stepglass-moved=${(event: CustomEvent<{ value: number }>) => (this.left = event.detail.value)}></stepglass-splitter>
      <section class="view" aria-label="Machine">${this.tabs('view', kViews, this.view, (view) => this.show(view))}${this.viewBody()}</section>
      <section class="lower" aria-label="Run">
        <stepglass-splitter class="bottom" .value=${this.bottom} label="Height of the run" @stepglass-moved=${(event: CustomEvent<{ value: number }>) => (this.bottom = event.detail.value)}></stepglass-splitter>
        ${this.runBar()}${this.tabs('panel', kPanels, this.panel, (panel) => (this.panel = panel))}${this.panelBody()}
      </section>
    </main>`;
  }

  private narrowBody(): TemplateResult {
    const isProblems = this.column === 'panel' && this.panel === 'problems';
    const columns: { id: string; word: string; on: boolean; go: () => void }[] = [
      { id: 'code', word: 'Code', on: this.column === 'code', go: () => (this.column = 'code') },
      { id: 'view', word: 'Machine', on: this.column === 'view', go: () => (this.column = 'view') },
      {
        id: 'run',
        word: 'Run',
        on: this.column === 'panel' && !isProblems,
        go: () => {
          this.column = 'panel';
          if (this.panel === 'problems') this.panel = 'state';
        },
      },
      {
        id: 'problems',
        word: this.panelWord('problems'),
        on: isProblems,
        go: () => {
          this.column = 'panel';
          this.panel = 'problems';
        },
      },
    ];
    const body = () => {
      switch (this.column) {
        case 'code':
          return html`${this.tabs('source', kSources, this.source, (source) => (this.source = source))}${this.source === 'definition' ? html`<div class="bar">${this.sourceTools()}</div>` : nothing}${this.sourceBody()}`;
        case 'view':
          return html`${this.tabs('view', kViews, this.view, (view) => this.show(view))}${this.viewBody()}`;
        case 'panel':
          return html`${isProblems ? nothing : this.tabs('panel', kPanels.filter((panel) => panel !== 'problems'), this.panel, (panel) => (this.panel = panel))}${this.panelBody()}`;
      }
    };
    return html`<main class="narrow">
      <div class="tabs columns" role="tablist" aria-label="Parts" @keydown=${onTabKey}>
        ${columns.map((tab) => html`<button role="tab" id=${`tab-${tab.id}`} aria-selected=${tab.on} aria-controls="body" tabindex=${tab.on ? 0 : -1} @click=${tab.go}>${tab.word}</button>`)}
      </div>
      <section id="body" role="tabpanel" class="body" aria-label=${columns.find((tab) => tab.on)?.word ?? ''}>${body()}</section>
      ${this.runBar()}
    </main>`;
  }

  private panelWord(panel: Panel): string {
    const { diagnostics } = this.session;
    if (panel === 'problems' && diagnostics.length > 0) return `Problems ${diagnostics.length}`;
    if (panel === 'state' && this.selected !== undefined) return `State: ${this.selected.length > 24 ? `${this.selected.slice(0, 23)}…` : this.selected}`;
    return kWords[panel];
  }

  private tabs<Name extends View | Panel | Source>(id: string, names: readonly Name[], current: Name, go: (name: Name) => void): TemplateResult {
    return html`<div class="bar"><div class="tabs" role="tablist" aria-label=${{ source: 'Source', view: 'Machine', panel: 'Run' }[id] ?? id} @keydown=${onTabKey}>
      ${names.map(
        (name) => html`<button role="tab" id=${`tab-${name}`} aria-selected=${name === current} aria-controls=${`${id}-body`} tabindex=${name === current ? 0 : -1} @click=${() => go(name)}>${id === 'panel' ? this.panelWord(name as Panel) : kWords[name]}</button>`,
      )}
      </div><span class="grow"></span>${id === 'source' ? (this.narrow ? nothing : this.sourceTools()) : id === 'view' ? this.viewTools() : nothing}
    </div>`;
  }

  private viewTools(): TemplateResult | typeof nothing {
    return this.view === 'graph' ? html`<label class="check"><input type="checkbox" .checked=${this.heat} @change=${() => (this.heat = !this.heat)} /> cost</label>` : nothing;
  }

  private sourceTools(): TemplateResult {
    return html`<select aria-label="Format of the definition" .value=${this.content.format} @change=${(event: Event) => this.change({ format: (event.target as HTMLSelectElement).value as Content['format'] })}>
        <option value="json" ?selected=${this.content.format === 'json'}>JSON</option>
        <option value="yaml" ?selected=${this.content.format === 'yaml'}>YAML</option>
      </select>
      <select aria-label="Type of the machine" .value=${this.content.type} @change=${(event: Event) => this.change({ type: (event.target as HTMLSelectElement).value as Content['type'] })}>
        <option value="STANDARD" ?selected=${this.content.type === 'STANDARD'}>Standard</option>
        <option value="EXPRESS" ?selected=${this.content.type === 'EXPRESS'}>Express</option>
      </select>`;
  }

  private sourceBody(): TemplateResult {
    const { content, session } = this;
    return html`<div class="pane" id="source-body" role="tabpanel" aria-labelledby=${`tab-${this.source}`} @stepglass-source=${this.onSource} @stepglass-caret=${this.onCaret}>
      ${
        this.source === 'input'
          ? html`<div class="inputs">
              ${content.inputs.map(
                (input, i) => html`<button aria-pressed=${i === content.selectedInput} @click=${() => this.change({ selectedInput: i })}>${input.n}</button>`,
              )}
              <button class="quiet" @click=${() => this.change({ inputs: [...content.inputs, { n: `input ${content.inputs.length + 1}`, v: '{}' }], selectedInput: content.inputs.length })}>+ Input</button>
            </div>`
          : this.source === 'mocks'
            ? html`<div class="inputs">
                <label>Tasks without a mock <select aria-label="Tasks without a mock" @change=${(event: Event) => this.change({ defaultMock: (event.target as HTMLSelectElement).value as Content['defaultMock'] })}>
                  ${(['ask', 'sample', 'echo'] as const).map((word) => html`<option value=${word} ?selected=${content.defaultMock === word}>${{ ask: 'stop the run and ask', sample: 'answer with sample data', echo: 'answer with their input' }[word]}</option>`)}
                </select></label>
              </div>`
            : nothing
      }
      ${
        this.editorReady
          ? html`<stepglass-editor
              class=${this.source}
              .label=${kWords[this.source]}
              .document=${this.source === 'input' ? `input ${content.selectedInput}` : this.source}
              .states=${this.editorStates}
              .language=${this.source === 'definition' ? content.format : 'json'}
              .value=${this.source === 'definition' ? content.text : this.source === 'input' ? (content.inputs[content.selectedInput]?.v ?? '') : content.mocks}
              .diagnostics=${this.source === 'definition' ? session.diagnostics : []}
              .marked=${this.source === 'definition' ? this.marked : undefined}
              .complete=${this.source === 'definition' ? (text: string, line: number, column: number) => session.complete(this.content, text, line, column) : undefined}
            ></stepglass-editor>`
          : html`<pre class="loading">${content.text}</pre>`
      }
    </div>`;
  }

  private readonly onSource = (event: CustomEvent<{ text: string }>): void => {
    const { text } = event.detail;
    if (this.source === 'definition') this.change({ text });
    else if (this.source === 'mocks') this.change({ mocks: text });
    else this.change({ inputs: this.content.inputs.map((input, i) => (i === this.content.selectedInput ? { ...input, v: text } : input)) });
  };

  private readonly onCaret = (event: CustomEvent<{ line: number; column: number }>): void => {
    if (this.source !== 'definition') return;
    const state = stateAt(this.session.drawing, event.detail.line, event.detail.column);
    if (state !== undefined) this.selected = state;
  };

  private viewBody(): TemplateResult {
    const { session } = this;
    const { shares, badges } = this.heat ? session.heat : kNoHeat;
    const body = () => {
      switch (this.view) {
        case 'graph':
          return html`<stepglass-graph-view .drawing=${session.drawing} .looks=${session.looks} .problems=${session.problems} .heat=${shares} .badges=${badges} .selected=${this.selected} .breakpoints=${this.breakpoints}></stepglass-graph-view>`;
        case 'timeline':
          return html`<stepglass-timeline .replay=${session.whole} .at=${session.at}></stepglass-timeline>`;
        case 'events':
          return html`<stepglass-events .replay=${session.whole} .at=${session.at}></stepglass-events>`;
        case 'cost':
          return html`<stepglass-cost .report=${session.cost} .error=${session.costError} .assumptions=${this.content.assumptions}></stepglass-cost>`;
        case 'outline':
          return html`<stepglass-outline .drawing=${session.drawing} .looks=${session.looks} .selected=${this.selected}></stepglass-outline>`;
      }
    };
    return html`<div class="pane" id="view-body" role="tabpanel" aria-labelledby=${`tab-${this.view}`} tabindex=${this.view === 'graph' ? nothing : 0}>${body()}</div>`;
  }

  private panelBody(): TemplateResult {
    const { session } = this;
    const visit = visitAt(session.shown, this.selected);
    const body = () => {
      switch (this.panel) {
        case 'state':
          return html`${this.stopped()}<stepglass-data .visit=${visit} .inspection=${session.inspection(visit)} .editable=${!session.imported && !session.stale} .empty=${session.whole || this.selected === undefined ? undefined : `Run to see the data of “${this.selected}”.`}></stepglass-data>`;
        case 'problems':
          return html`<stepglass-problems .diagnostics=${session.diagnostics} .explain=${(code: string) => session.explain(code)}></stepglass-problems>`;
        case 'expression':
          return html`<stepglass-expression .engine=${session.engine} .data=${visit?.input ?? this.content.inputs[this.content.selectedInput]?.v ?? '{}'}></stepglass-expression>`;
        case 'terminal':
          return html`<div class="terminal">
            <p class="muted">The same in a terminal. Save the files with Export.</p>
            ${commandLines(this.content).map((line) => html`<pre>$ ${line}</pre>`)}
            <button @click=${() => void this.exportAs('definition')}>Save definition</button>
            <button @click=${() => void this.exportAs('mocks')}>Save mocks</button>
          </div>`;
      }
    };
    return html`<div class="pane" id="panel-body" role="tabpanel" aria-labelledby=${`tab-${this.panel}`} tabindex="0">${body()}</div>`;
  }

  /** Why there is no run, or it does not go on, and what to do. */
  private stopped(): TemplateResult | typeof nothing {
    const { runError, result } = this.session;
    if (runError) return html`<div class="stopped" role="note"><strong>The run does not start.</strong> ${runError.message}</div>`;
    const stopped = result?.stopped;
    if (!stopped || this.session.at < this.session.lastEvent) return nothing;
    const { state, mock_sample: sample } = stopped;
    return html`<div class="stopped" role="note">
      <strong>The run waits.</strong> ${state === undefined ? stopped.message : html`The task “${state}” has no mock.`}
      ${
        state === undefined
          ? nothing
          : html`<div class="choices">
              <button class="primary" @click=${() => (this.mock(state, { return: sample ?? {} }, true), void this.run())}>Answer with a sample</button>
              <button @click=${() => (this.mock(state, { error: 'States.TaskFailed', cause: 'made to fail' }, true), void this.run())}>Let it fail</button>
              <button @click=${() => (this.change({ defaultMock: 'sample' }), void this.run())}>Samples for all tasks</button>
            </div>`
      }
    </div>`;
  }

  private runBar(): TemplateResult {
    return html`<stepglass-run-bar .session=${this.session} .version=${this.session.version} ?narrow=${this.narrow} @stepglass-act=${(event: CustomEvent<{ action: Action }>) => this.act(event.detail.action)}></stepglass-run-bar>`;
  }

  private spokenResult(): string {
    const { result, runError, running } = this.session;
    if (running) return '';
    if (runError) return `The run does not start: ${runError.message}`;
    if (!result) return '';
    if (result.stopped) return `The run waits: ${result.stopped.message}`;
    return `${result.status === 'SUCCEEDED' ? 'Succeeded' : `${result.status.toLowerCase().replace('_', ' ')}${result.error ? ` with ${result.error}` : ''}`} after ${plural(result.transitions, 'transition')} and ${duration(result.duration_seconds * 1000)}`;
  }

  private popovers(): TemplateResult {
    const { menu } = this;
    const isTask = menu && [...statesOf(this.session.drawing)].find((state) => state.name === menu.state)?.type === 'Task';
    const item = (word: string, act: () => void, hint = '') =>
      html`<button class="quiet" @click=${() => {
        this.closePopovers();
        act();
      }}>${word}${hint ? html`<span class="muted">${hint}</span>` : nothing}</button>`;
    return html`
      <div id="examples" popover class="menu" role="region" aria-label="Examples" @toggle=${(event: ToggleEvent) => (this.choosing = event.newState === 'open')}>${this.choosing && this.desk.earlier ? item('What was here before', () => this.goBack()) : nothing}${this.served.slice(0, 30).map((machine, i) => item(machine.name, () => this.workflow(i), machine.file))}${kExamples.map((example, i) => item(example.name, () => void this.example(i), example.teaches))}</div>
      <div id="export" popover class="menu" role="region" aria-label="Export">
        ${kExports.map(([kind, word]) => item(word, () => void this.exportAs(kind)))}
      </div>
      <div id="import" popover class="panel" role="region" aria-label="Import" @toggle=${(event: ToggleEvent) => {
        if (event.newState === 'closed') this.renderRoot.querySelector<ImportPanel>('stepglass-import')?.reset();
      }}>
        <stepglass-import .bring=${(text: string, name: string) => this.bring(text, name)} @stepglass-take=${(event: CustomEvent<{ definition: string; name: string }>) => {
          this.closePopovers();
          this.replace(contentWith(event.detail.definition, 'json'));
          this.note = `"${event.detail.name}" was taken out of the file.`;
        }}></stepglass-import>
      </div>
      <div id="share" popover class="panel" role="region" aria-label="Share" @toggle=${(event: ToggleEvent) => (this.sharing = event.newState === 'open')}>
        ${this.sharing ? html`<stepglass-share .shared=${{ ...toShared(this.content), ...(this.view === 'graph' ? {} : { v: this.view }), ...(this.selected === undefined ? {} : { s: this.selected }), ...(this.session.at > 0 && this.session.at < this.session.lastEvent && !this.session.imported ? { e: this.session.at } : {}) }} @stepglass-masked=${(event: CustomEvent<{ mask: (text: string) => string }>) => {
          const { mask } = event.detail;
          this.change({ text: mask(this.content.text), mocks: mask(this.content.mocks), inputs: this.content.inputs.map((input) => ({ ...input, v: mask(input.v) })) });
        }}></stepglass-share>` : nothing}
      </div>
      <div id="help" popover class="panel" role="region" aria-label="Keys">
        <h2>Keys</h2>
        <table class="keys"><tbody>${kShortcuts.map((shortcut) => html`<tr><td><kbd>${shortcut.shown}</kbd></td><td>${shortcut.what}</td></tr>`)}</tbody></table>
        <p class="muted">In the graph: arrows follow transitions, Enter shows a state, B sets a breakpoint, M opens its menu, + − 0 zoom.</p>
      </div>
      <div id="palette" popover class="panel palette" role="region" aria-label="Commands">${this.palette()}</div>
      <div id="state-menu" popover class="menu" role="region" aria-label="State" @toggle=${(event: ToggleEvent) => {
        // By mouse the focus has gone where the click was.
        if (event.newState === 'closed' && this.view === 'graph' && (this.renderRoot as ShadowRoot).activeElement === null) this.renderRoot.querySelector<GraphView>('stepglass-graph-view')?.focus();
      }} .style=${menu ? `left:${menu.x}px;top:${menu.y}px` : ''}>
        ${
          menu
            ? html`<p class="muted">${menu.state}</p>
                ${item('Show in the source', () => ((this.column = 'code'), (this.source = 'definition'), void this.updateComplete.then(() => this.mark(menu.state, true))))}
                ${item(this.breakpoints.has(menu.state) ? 'Remove breakpoint' : 'Stop here', () => this.onView(new CustomEvent('stepglass-breakpoint', { detail: { state: menu.state } })))}
                ${isTask ? nothing : html`<p class="muted">Only tasks have mocks.</p>`}
                ${!isTask ? nothing : html`${item('Write what it answers first', () => (this.mock(menu.state, { return: {} }), (this.source = 'mocks'), (this.column = 'code')))}
                ${item('Fail here and run', () => (this.mock(menu.state, { error: 'States.TaskFailed', cause: 'made to fail' }, true), void this.run()))}
                ${item('Time out here and run', () => (this.mock(menu.state, { error: 'States.Timeout', outcome: 'TaskTimedOut' }, true), void this.run()))}`}`
            : nothing
        }
      </div>
    `;
  }

  private palette(): TemplateResult {
    const commands: [string, () => void][] = [
      ...kShortcuts.filter((shortcut) => shortcut.action !== 'palette' && shortcut.action !== 'find').map((shortcut): [string, () => void] => [shortcut.what, () => this.act(shortcut.action)]),
      [`Theme: ${this.theme}, change it`, () => this.nextTheme()],
      ...kExports.map(([kind, word]): [string, () => void] => [`Export: ${word}`, () => void this.exportAs(kind)]),
      ...this.served.map((machine, i): [string, () => void] => [`Workflow: ${machine.name} in ${machine.file}`, () => this.workflow(i)]),
      ...kExamples.map((example, i): [string, () => void] => [`Example: ${example.name}`, () => void this.example(i)]),
      ...[...statesOf(this.session.drawing)].map(({ name }): [string, () => void] => [`State: ${name}`, () => {
        this.show('graph');
        this.selected = name;
        this.mark(name, false);
      }]),
    ];
    const filter = (text: string) => commands.filter(([word]) => word.toLowerCase().includes(text.toLowerCase())).slice(0, 12);
    return html`<stepglass-palette .filter=${filter} @stepglass-done=${() => this.closePopovers()}></stepglass-palette>`;
  }

  static override styles = [tokens, tables, statuses, appStyles];
}

/** A machine in the folder that is served. */
function nameOf(machine: ListedMachine): string {
  return `${machine.file}#${machine.name}`;
}

/** The workflows that `stepglass serve` has found, if it serves this page. */
async function servedWorkflows(): Promise<ListedMachine[]> {
  const url = document.querySelector<HTMLMetaElement>('meta[name="stepglass-workflows"]')?.content;
  const response = url === undefined ? undefined : await fetch(url).catch(() => undefined);
  return response?.ok ? ((await response.json()) as { workflows: ListedMachine[] }).workflows : [];
}

define('stepglass-playground', Playground);
