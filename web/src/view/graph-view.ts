// A machine as a picture that lives: statuses of a run, findings, breakpoints, cost. The engine says where everything
// stands, for this picture and for its own SVG. How it is painted, told and handled stands in the files graph-… beside this.

import { LitElement, html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import type { DrawnState, Drawing, Severity } from '../engine/protocol.js';
import { startOf, statesOf } from '../model/drawing.js';
import type { StateLook } from '../model/replay.js';
import { define } from './define.js';
import { send } from './events.js';
import type { Hands } from './graph-hands.js';
import { paintScope, type Shown } from './graph-paint.js';
import { graphStyles } from './graph-styles.js';
import { spoken } from './graph-words.js';
import { tokens } from './tokens.js';

const kMaxZoom = 3;
const kMinZoom = 0.1;
const kLeastReadable = 0.75;

export class GraphView extends LitElement {
  static override properties = {
    drawing: { attribute: false },
    looks: { attribute: false },
    problems: { attribute: false },
    heat: { attribute: false },
    badges: { attribute: false },
    selected: {},
    breakpoints: { attribute: false },
    label: {},
    zoomable: { attribute: false },
    zoom: { state: true },
    collapsed: { state: true },
  };
  declare drawing: Drawing | undefined;
  declare looks: Map<string, StateLook>;
  declare problems: ReadonlyMap<string, Severity>;
  /** 0 to 1 by the name of the state. */
  declare heat: Map<string, number>;
  declare badges: Map<string, string>;
  declare selected: string | undefined;
  declare breakpoints: Set<string>;
  declare label: string;
  /** Has buttons for it; keys and wheel zoom in any case. */
  declare zoomable: boolean;
  declare zoom: number;
  /** Names of the Maps and Parallels that are one node. */
  declare collapsed: ReadonlySet<string>;

  /** What is shown of the drawing. */
  picture: Drawing | undefined;
  /** The state that Tab leads to. */
  current: DrawnState | undefined;
  /** Can collapse. */
  folds: typeof import('../model/collapse.js') | undefined;

  /** The states of the picture by their names. */
  private placed = new Map<string, DrawnState>();
  /** Hidden states, and the nodes that hold them, by their names. */
  private holders: ReadonlyMap<string, string> = new Map();
  private hands: Hands | undefined;
  private reaching: Promise<Hands | undefined> | undefined;
  private fitted = true;
  private resize: ResizeObserver | undefined;

  constructor() {
    super();
    this.looks = new Map();
    this.problems = new Map();
    this.heat = new Map();
    this.badges = new Map();
    this.breakpoints = new Set();
    this.label = 'State machine';
    this.zoomable = true;
    this.zoom = 1;
    this.collapsed = new Set();
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.resize = new ResizeObserver(() => {
      if (this.fitted) this.fit();
    });
    this.resize.observe(this);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.resize?.disconnect();
  }

  protected override willUpdate(changed: PropertyValues): void {
    const { drawing, folds } = this;
    const before = changed.get('drawing') as Drawing | undefined;
    // Names that were collapsed in another machine say nothing of this one.
    if (before && !(drawing && folds?.isSameMachine(before, drawing))) this.collapsed = new Set();
    const { collapsed } = this;
    if (changed.has('drawing') || changed.has('collapsed')) {
      const folded = drawing && folds && collapsed.size > 0;
      this.picture = folded ? folds.collapse(drawing, collapsed) : drawing;
      this.holders = folded ? folds.holdersOf(drawing, collapsed) : new Map();
      const states = [...statesOf(this.picture)];
      this.placed = new Map(states.map((state) => [state.name, state]));
      const { current } = this;
      this.current = (current && (states.find(({ id, name }) => id === current.id && name === current.name) ?? this.place(current.name))) ?? (this.picture && startOf(this.picture.scope));
    }
    if (changed.has('selected')) this.current = this.place(this.selected) ?? this.current;
  }

  protected override updated(changed: PropertyValues): void {
    if ((changed.has('drawing') || changed.has('collapsed')) && this.fitted) this.fit();
    if (changed.has('selected')) this.reveal(this.place(this.selected));
  }

  /** Shows all of it, no larger than life. */
  fit(): void {
    const { picture, frame } = this;
    if (!picture || !frame || frame.clientWidth === 0) return;
    this.fitted = true;
    const whole = Math.min(1, (frame.clientWidth - 8) / picture.width, (frame.clientHeight - 8) / picture.height);
    // Smaller than this no name can be read: then a part is shown, and one scrolls.
    this.zoom = Math.max(kLeastReadable, whole);
  }

  /** About a point of the window, else about the middle of what is seen. */
  zoomBy(factor: number, x?: number, y?: number): void {
    const before = this.zoom;
    this.fitted = false;
    this.zoom = Math.min(kMaxZoom, Math.max(kMinZoom, before * factor));
    const { frame } = this;
    if (!frame) return;
    const box = frame.getBoundingClientRect();
    const dx = x === undefined ? box.width / 2 : x - box.x;
    const dy = y === undefined ? box.height / 2 : y - box.y;
    const left = ((frame.scrollLeft + dx) * this.zoom) / before - dx;
    const top = ((frame.scrollTop + dy) * this.zoom) / before - dy;
    void this.updateComplete.then(() => frame.scrollTo(left, top));
  }

  override focus(): void {
    this.node(this.current)?.focus();
  }

  /** The picture as a file of its own, with its colours written into it. */
  async toSVG(theme: 'light' | 'dark' = 'light'): Promise<string> {
    const picture = await import('./picture.js');
    const before = this.style.colorScheme;
    this.style.colorScheme = theme;
    try {
      const source = this.renderRoot.querySelector<SVGSVGElement>('svg.picture');
      const { frame } = this;
      return source && frame ? picture.pictureOf(source, getComputedStyle(frame).backgroundColor, this.label, this.summary()) : '';
    } finally {
      this.style.colorScheme = before;
    }
  }

  get frame(): Element | null {
    return this.renderRoot.querySelector('.frame');
  }

  /** The state, or the node that holds it. */
  private place(name: string | undefined): DrawnState | undefined {
    return name === undefined ? undefined : (this.placed.get(name) ?? this.placed.get(this.holders.get(name) ?? ''));
  }

  private summary(): string {
    return this.drawing?.summary ?? '';
  }

  private containers(): string[] {
    return [...statesOf(this.drawing)].filter(({ scopes }) => scopes).map(({ name }) => name);
  }

  private node(state: DrawnState | undefined): SVGGElement | null {
    return state ? this.renderRoot.querySelector<SVGGElement>(`g.state[data-id="${state.id}"]`) : null;
  }

  reveal(state: DrawnState | undefined): void {
    const { frame } = this;
    if (!frame || !state) return;
    const [x, y, width] = state.box;
    const left = x * this.zoom;
    const top = y * this.zoom;
    if (left < frame.scrollLeft || left + width * this.zoom > frame.scrollLeft + frame.clientWidth) {
      frame.scrollLeft = left - frame.clientWidth / 3;
    }
    if (top < frame.scrollTop || top + 40 * this.zoom > frame.scrollTop + frame.clientHeight) {
      frame.scrollTop = top - frame.clientHeight / 3;
    }
  }

  // ---------------------------------------------------------------------------------------------------------- input

  /** Hands, which are loaded when they are needed first; none where they do not load, and the next use tries again. */
  private readonly reach = (): Promise<Hands | undefined> =>
    (this.reaching ??= import('./graph-hands.js').then(
      (hands) => (this.hands = new hands.Hands(this)),
      () => (this.reaching = undefined),
    ));

  private readonly onKey = (event: KeyboardEvent): void => {
    if (this.hands) return this.hands.key(event);
    // It is the page's as well, which would mean another state.
    const isOurs = event.key === 'F9';
    if (isOurs) {
      event.preventDefault();
      event.stopPropagation();
    }
    // What the page has done with it while they were on their way is done.
    if (event.key !== 'Tab') void this.reach().then((hands) => (isOurs || !event.defaultPrevented) && hands?.key(event));
  };

  /** Of a state that holds others: whether they are shown. */
  expanded(state: DrawnState): boolean | undefined {
    return state.scopes ? true : this.collapsed.has(state.name) ? false : undefined;
  }

  /** True when the page shows one. */
  menu(state: DrawnState, x?: number, y?: number): boolean {
    const box = this.node(state)?.getBoundingClientRect();
    return !send(this, 'stepglass-menu', { state: state.name, x: x ?? (box ? box.x + box.width / 2 : 0), y: y ?? (box ? box.bottom : 0) });
  }

  // --------------------------------------------------------------------------------------------------------- drawing

  /** What is known of the states; nodes tell what they hide. */
  private shown(): Shown {
    const { looks, problems, heat, badges, breakpoints, selected, folds, holders } = this;
    const known = {
      ...(folds && holders.size > 0 ? folds.liftedAll({ looks, problems, heat, breakpoints }, holders) : { looks, problems, heat, breakpoints }),
      badges,
      selected,
      holds: holders.get(selected ?? ''),
      current: this.current?.id,
      zoom: this.zoom,
      expanded: (state: DrawnState) => this.expanded(state),
      chosen: (state: DrawnState) => {
        this.current = state;
        send(this, 'stepglass-select', { state: state.name });
      },
      focused: (state: DrawnState) => {
        this.current = state;
      },
      toggled: async (state: DrawnState) => (await this.reach())?.collapse([state.name], !!state.scopes),
      asked: (state: DrawnState, x: number, y: number) => this.menu(state, x, y),
    };
    return { ...known, spoken: (state) => spoken(state, known) };
  }

  protected override render(): TemplateResult {
    const { picture, zoom } = this;
    if (!picture) return html`<p class="empty">There is no state to draw yet.</p>`;
    return html`
      <div
        class="frame"
        @pointerenter=${this.reach}
        @focusin=${this.reach}
      >
        <svg
          class="picture"
          part="graph"
          width=${picture.width * zoom}
          height=${picture.height * zoom}
          viewBox="0 0 ${picture.width} ${picture.height}"
          role="graphics-document"
          aria-roledescription="state machine"
          aria-label=${`${this.label}: ${this.summary()}`}
          @keydown=${this.onKey}
        >
          ${paintScope(picture.scope, this.shown())}
        </svg>
      </div>
      ${this.zoomable ? this.tools() : nothing}
    `;
  }

  private tools(): TemplateResult {
    const containers = this.containers();
    const collapses = !containers.some((name) => this.collapsed.has(name));
    const word = collapses ? 'Collapse all' : 'Expand all';
    return html`<div class="tools" role="group" aria-label="Zoom">
      ${containers.length > 0 ? html`<button class="quiet" @click=${async () => (await this.reach())?.collapse(containers, collapses)} aria-label=${word} title="${word} (one: Space)">${collapses ? '⊟' : '⊞'}</button>` : nothing}
      <button class="quiet" @click=${() => this.zoomBy(0.8)} aria-label="Zoom out" title="Zoom out (−)">−</button>
      <button class="quiet" @click=${() => this.fit()} title="Show all of it (0)">Fit</button>
      <button class="quiet" @click=${() => this.zoomBy(1.25)} aria-label="Zoom in" title="Zoom in (+)">+</button>
    </div>`;
  }

  static override styles = [tokens, graphStyles];
}

define('stepglass-graph-view', GraphView);

declare global {
  interface HTMLElementTagNameMap {
    'stepglass-graph-view': GraphView;
  }
}
