// <stepglass-diff>: what became of a machine between two files: the later picture with what is new marked, and a list of changes.

import { LitElement, css, html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import type { Engine } from '../engine/client.js';
import type { Drawing, MachineDiff } from '../engine/protocol.js';
import { drawn } from '../model/drawn.js';
import { kSigns } from '../view/changes.js';
import '../view/graph-view.js';
import { tokens } from '../view/tokens.js';
import { choice } from './choices.js';
import { EngineUse } from './engine.js';
import { fetched } from './sources.js';
import { watchTheme } from './theme.js';

/** From this width on, picture and list stand side by side. */
const kSplitWidth = 720;
const kSides = ['before', 'after'] as const;
type Side = (typeof kSides)[number];

const fileOf = (url: string | undefined): string => url?.split(/[?#]/)[0]?.split('/').at(-1) || 'definition.asl.json';

export class DiffElement extends LitElement {
  static override properties = {
    // Elements have methods of these names.
    beforeSrc: { attribute: 'before' },
    afterSrc: { attribute: 'after' },
    machine: {},
    theme: {},
    loading: {},
    engine: {},
    label: {},
    beforeText: { attribute: false },
    afterText: { attribute: false },
    selected: { state: true },
    diff: { state: true },
    drawing: { state: true },
    message: { state: true },
    wide: { state: true },
  };
  /** Where the definitions lie, or the files that hold them. */
  declare beforeSrc: string | undefined;
  declare afterSrc: string | undefined;
  /** Which machine of a template. */
  declare machine: string | undefined;
  declare theme: string | undefined;
  declare loading: string | undefined;
  declare engine: string | undefined;
  declare label: string | undefined;
  /** The same as texts, where a page has them; they go before the files. */
  declare beforeText: string | undefined;
  declare afterText: string | undefined;
  declare selected: string | undefined;
  declare diff: MachineDiff | undefined;
  declare drawing: Drawing | undefined;
  declare message: string;
  declare wide: boolean;

  private readonly scheme = new CSSStyleSheet();
  private readonly ends: (() => void)[] = [];
  private around: 'light' | 'dark' | undefined;
  private isSeen = false;
  private comparing: AbortController | undefined;
  private use: EngineUse | undefined;

  constructor() {
    super();
    this.message = '';
    this.wide = false;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.ends.push(watchTheme(this, (theme) => ((this.around = theme), this.showTheme())));
    const resize = new ResizeObserver(() => (this.wide = this.clientWidth >= kSplitWidth));
    resize.observe(this);
    const seen = new IntersectionObserver((entries) => entries.some((entry) => entry.isIntersecting) && this.see(), { rootMargin: '200px' });
    seen.observe(this);
    this.ends.push(
      () => resize.disconnect(),
      () => seen.disconnect(),
    );
    // What it is to compare is compared when it is rendered first.
    if (choice('loading', this.loading) === 'eager') this.isSeen = true;
    if (this.isSeen && this.hasUpdated && !this.diff) void this.compare();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    for (const end of this.ends.splice(0)) end();
    this.comparing?.abort();
    this.use?.release();
    this.use = undefined;
  }

  private see(): void {
    if (this.isSeen) return;
    this.isSeen = true;
    void this.compare();
  }

  private showTheme(): void {
    const theme = choice('theme', this.theme);
    this.scheme.replaceSync(`:host{color-scheme:${(theme === 'auto' ? this.around : theme) ?? 'light dark'}}`);
  }

  protected override createRenderRoot(): HTMLElement | DocumentFragment {
    const root = super.createRenderRoot() as ShadowRoot;
    root.adoptedStyleSheets = [...root.adoptedStyleSheets, this.scheme];
    return root;
  }

  protected override updated(changed: PropertyValues): void {
    if (changed.has('theme')) this.showTheme();
    // Frameworks set properties when the element is there already.
    const sources = ['beforeSrc', 'afterSrc', 'beforeText', 'afterText', 'machine'];
    if (this.isSeen && sources.some((name) => changed.has(name))) void this.compare();
  }

  private async definition(engine: Engine, side: Side, signal: AbortSignal): Promise<string> {
    const url = this[`${side}Src`];
    const text = this[`${side}Text`] ?? (url === undefined ? undefined : await fetched(url, signal));
    if (text === undefined) throw new Error(`No definition was given: name one with ${side}.`);
    const reply = await engine.call('list', { text, filename: fileOf(url), definitions: true }, { signal });
    const machines = reply.ok ? reply.result.machines.filter((one) => one.definition !== undefined) : [];
    const found = this.machine ? machines.find((one) => one.name === this.machine) : machines[0];
    if (this.machine && machines.length > 1 && !found) throw new Error(`${fileOf(url)} has no state machine "${this.machine}"; it has ${machines.map((one) => one.name).join(', ')}.`);
    return (found ?? machines[0])?.definition ?? text;
  }

  private async compare(): Promise<void> {
    this.comparing?.abort();
    const { signal } = (this.comparing = new AbortController());
    const mode = choice('engine', this.engine);
    try {
      if (mode === 'off') throw new Error('The engine is off here.');
      const engine = await (this.use ??= new EngineUse(mode)).get();
      const [before, after] = await Promise.all(kSides.map((side) => this.definition(engine, side, signal)));
      const [diff, graph] = await Promise.all([
        engine.call('diff', { before: before ?? '', after: after ?? '' }, { signal }),
        engine.call('graph', { definition: after ?? '', format: 'drawing' }, { signal }),
      ]);
      if (!diff.ok) throw new Error(diff.error.message);
      this.diff = diff.result;
      this.drawing = graph.ok ? drawn(graph.result) : undefined;
      this.message = '';
      this.emit('stepglass-ready', { diff: diff.result });
    } catch (error) {
      if (signal.aborted) return;
      const message = error instanceof Error ? error.message : String(error);
      if (this.emit('stepglass-error', { code: 'diff', message })) this.message = message;
    }
  }

  /** False when the page has cancelled it. */
  private emit(name: string, detail: object): boolean {
    return this.dispatchEvent(new CustomEvent(name, { detail, bubbles: true, composed: true, cancelable: name === 'stepglass-error' }));
  }

  /** What is said of the nodes of the later picture. */
  private badges(): Map<string, string> {
    return new Map(this.diff?.states.filter((one) => one.change !== 'removed').map(({ name, change }) => [name, kSigns[change]]));
  }

  protected override render(): TemplateResult {
    if (this.message) return html`<p class="message" role="alert">${this.message}</p>`;
    if (!this.diff) return html`<slot></slot>`;
    return html`<div class=${this.wide ? 'both wide' : 'both'} @stepglass-select=${(event: CustomEvent<{ state?: string }>) => (this.selected = event.detail.state)}>
      ${
        this.drawing
          ? html`<stepglass-graph-view exportparts="graph, node, edge, label" .label=${this.label ?? 'The later state machine'} .drawing=${this.drawing} .badges=${this.badges()} .selected=${this.selected}></stepglass-graph-view>`
          : nothing
      }
      <stepglass-changes .diff=${this.diff} .selected=${this.selected}></stepglass-changes>
    </div>`;
  }

  static override styles = [
    tokens,
    css`
      :host {
        display: block;
        min-height: var(--stepglass-min-height, 0);
        margin: 1rem 0;
        border: 1px solid var(--border);
        border-radius: var(--radius);
        background: var(--bg);
        overflow: hidden;
      }
      .wide {
        display: grid;
        grid-template-columns: 1fr 1fr;
      }
      stepglass-graph-view {
        height: var(--stepglass-height, 420px);
      }
      .wide stepglass-changes {
        max-height: var(--stepglass-height, 420px);
        overflow: auto;
        border-inline-start: 1px solid var(--border);
      }
      .both:not(.wide) stepglass-changes {
        border-top: 1px solid var(--border);
      }
      .message {
        margin: 0;
        padding: 12px 16px;
        color: var(--error);
      }
    `,
  ];
}
