// A machine as a picture that lives: statuses of a run, findings, breakpoints, cost. The engine says where everything
// stands, for this picture and for its own SVG; this file draws it, and lets a person walk through it by mouse and keyboard.

import { LitElement, css, html, nothing, svg, type PropertyValues, type TemplateResult } from 'lit';
import type { DrawnEdge, DrawnScope, DrawnState, DrawnText, Drawing, Severity } from '../engine/protocol.js';
import type { StateLook } from '../model/replay.js';
import { define } from './define.js';
import { send } from './events.js';
import { kStatus, plural } from './text.js';
import { tokens } from './tokens.js';

const kLineHeight = 16;
const kDotRadius = 6;
const kMaxZoom = 3;
const kMinZoom = 0.1;
const kLeastReadable = 0.75;

interface Placed {
  state: DrawnState;
  scope: DrawnScope;
  parent: DrawnState | undefined;
  /** The machine, or the branch, can end here. */
  ends: boolean;
  /** Transitions out of and into the state, by the name of the other one. */
  next: { name: string; edge: DrawnEdge }[];
  before: string[];
}

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

  private placed = new Map<string, Placed>();
  /** The one that Tab leads to. */
  private current: string | undefined;
  private fitted = true;
  private resize: ResizeObserver | undefined;
  private drag: { x: number; y: number; left: number; top: number; id: number } | undefined;

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
    if (changed.has('drawing')) {
      this.placed = this.drawing ? place(this.drawing.scope) : new Map();
      if (this.current === undefined || !this.placed.has(this.current)) this.current = this.first();
    }
    if (changed.has('selected') && this.selected !== undefined && this.placed.has(this.selected)) {
      this.current = this.selected;
    }
  }

  protected override updated(changed: PropertyValues): void {
    if (changed.has('drawing') && this.fitted) this.fit();
    if (changed.has('selected') && this.selected !== undefined) this.reveal(this.selected);
  }

  /** Shows all of it, no larger than life. */
  fit(): void {
    const { drawing } = this;
    const frame = this.renderRoot.querySelector('.frame');
    if (!drawing || !frame || frame.clientWidth === 0) return;
    this.fitted = true;
    const whole = Math.min(1, (frame.clientWidth - 8) / drawing.width, (frame.clientHeight - 8) / drawing.height);
    // Smaller than this no name can be read: then a part is shown, and one scrolls.
    this.zoom = Math.max(kLeastReadable, whole);
  }

  zoomBy(factor: number): void {
    this.fitted = false;
    this.zoom = Math.min(kMaxZoom, Math.max(kMinZoom, this.zoom * factor));
  }

  override focus(): void {
    this.node(this.current)?.focus();
  }

  /** The picture as a file of its own, with its colours written into it. */
  async toSVG(theme: 'light' | 'dark' = 'light'): Promise<string> {
    const { pictureOf } = await import('./picture.js');
    const before = this.style.colorScheme;
    this.style.colorScheme = theme;
    try {
      const source = this.renderRoot.querySelector<SVGSVGElement>('svg.picture');
      const frame = this.renderRoot.querySelector('.frame');
      return source && frame ? pictureOf(source, getComputedStyle(frame).backgroundColor) : '';
    } finally {
      this.style.colorScheme = before;
    }
  }

  private first(): string | undefined {
    const start = this.drawing?.scope.edges.find((edge) => edge.kind === 'start');
    return this.drawing?.scope.states.find((state) => state.id === start?.to)?.name ?? this.drawing?.scope.states[0]?.name;
  }

  private node(name: string | undefined): SVGGElement | undefined {
    if (name === undefined) return undefined;
    const id = this.placed.get(name)?.state.id;
    return id === undefined ? undefined : (this.renderRoot.querySelector<SVGGElement>(`g.state[data-id="${id}"]`) ?? undefined);
  }

  private reveal(name: string): void {
    const frame = this.renderRoot.querySelector('.frame');
    const state = this.placed.get(name)?.state;
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

  private onKey(event: KeyboardEvent): void {
    const at = this.current === undefined ? undefined : this.placed.get(this.current);
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const to = at && this.target(event.key, at);
    if (to !== undefined) {
      this.current = to;
      this.requestUpdate();
      void this.updateComplete.then(() => {
        this.focus();
        this.reveal(to);
      });
      event.preventDefault();
      return;
    }
    switch (event.key.length === 1 ? event.key.toLowerCase() : event.key) {
      case '+':
      case '=':
        this.zoomBy(1.25);
        break;
      case '-':
        this.zoomBy(0.8);
        break;
      case '0':
        this.fit();
        break;
      case 'Enter':
      case ' ':
        if (at) send(this, 'stepglass-select', { state: at.state.name });
        break;
      case 'b':
      case 'F9':
        // Where the page has no breakpoints, or no menu, the key stays the page's.
        if (!at || send(this, 'stepglass-breakpoint', { state: at.state.name })) return;
        break;
      case 'm':
      case 'ContextMenu':
        if (!at || !this.menu(at.state.name)) return;
        break;
      default:
        return;
    }
    event.preventDefault();
    event.stopPropagation();
  }

  /** Where a key leads: along transitions, into scopes and out of them. */
  private target(key: string, at: Placed): string | undefined {
    switch (key) {
      case 'ArrowDown':
        return at.next[0]?.name;
      case 'ArrowUp':
        return at.before[0];
      case 'ArrowRight': {
        const inner = at.state.scopes?.[0];
        if (inner) return entry(inner);
        return beside(at, 1);
      }
      case 'ArrowLeft':
        return beside(at, -1) ?? at.parent?.name;
      case 'Home':
        return entry(at.scope);
      case 'End':
        return at.scope.states.findLast((state) => this.placed.get(state.name)?.ends)?.name;
      default:
        return undefined;
    }
  }

  /** True when the page shows one. */
  private menu(state: string, x?: number, y?: number): boolean {
    const box = this.node(state)?.getBoundingClientRect();
    return !send(this, 'stepglass-menu', { state, x: x ?? (box ? box.x + box.width / 2 : 0), y: y ?? (box ? box.bottom : 0) });
  }

  private onWheel(event: WheelEvent): void {
    if (!event.ctrlKey && !event.metaKey) return;
    event.preventDefault();
    this.zoomBy(Math.exp(-event.deltaY / 300));
  }

  private onPointerDown(event: PointerEvent): void {
    const frame = event.currentTarget as HTMLElement;
    if (event.button !== 0 || event.pointerType !== 'mouse' || (event.target as Element).closest('g.state')) return;
    this.drag = { x: event.clientX, y: event.clientY, left: frame.scrollLeft, top: frame.scrollTop, id: event.pointerId };
  }

  private onPointerMove(event: PointerEvent): void {
    const { drag } = this;
    if (!drag || drag.id !== event.pointerId) return;
    const frame = event.currentTarget as HTMLElement;
    frame.scrollLeft = drag.left - (event.clientX - drag.x);
    frame.scrollTop = drag.top - (event.clientY - drag.y);
  }

  // --------------------------------------------------------------------------------------------------------- drawing

  protected override render(): TemplateResult {
    const { drawing } = this;
    if (!drawing) return html`<p class="empty">There is no state to draw yet.</p>`;
    const states = [...this.placed.values()];
    const loops = states.reduce((sum, one) => sum + one.next.filter(({ edge }) => edge.back).length, 0);
    return html`
      <div
        class="frame"
        @wheel=${this.onWheel}
        @pointerdown=${this.onPointerDown}
        @pointermove=${this.onPointerMove}
        @pointerup=${() => (this.drag = undefined)}
        @pointerleave=${() => (this.drag = undefined)}
      >
        <svg
          class="picture"
          part="graph"
          width=${drawing.width * this.zoom}
          height=${drawing.height * this.zoom}
          viewBox="0 0 ${drawing.width} ${drawing.height}"
          role="graphics-document"
          aria-roledescription="state machine"
          aria-label=${`${this.label}: ${plural(states.length, 'state')}${loops ? `, ${plural(loops, 'loop')}` : ''}, starts at ${this.first() ?? 'nothing'}`}
          @keydown=${this.onKey}
        >
          ${this.scope(drawing.scope)}
        </svg>
      </div>
      ${
        this.zoomable
          ? html`<div class="tools" role="group" aria-label="Zoom">
              <button class="quiet" @click=${() => this.zoomBy(0.8)} aria-label="Zoom out" title="Zoom out (−)">−</button>
              <button class="quiet" @click=${() => this.fit()} title="Show all of it (0)">Fit</button>
              <button class="quiet" @click=${() => this.zoomBy(1.25)} aria-label="Zoom in" title="Zoom in (+)">+</button>
            </div>`
          : nothing
      }
    `;
  }

  private scope(scope: DrawnScope): TemplateResult {
    const names = new Map(scope.states.map((state) => [state.id, state.name]));
    const edges = [...scope.edges].sort((a, b) => Number(a.kind === 'catch') - Number(b.kind === 'catch'));
    const states = [...scope.states].sort((a, b) => a.box[1] - b.box[1] || a.box[0] - b.box[0]);
    return svg`<g class="scope" role="group">
      ${edges.map((edge) => this.edge(edge, names))}
      ${scope.start ? svg`<circle class="dot" cx=${scope.start[0]} cy=${scope.start[1]} r=${kDotRadius} />` : nothing}
      ${
        scope.end
          ? svg`<circle class="ring" cx=${scope.end[0]} cy=${scope.end[1]} r=${kDotRadius} /><circle class="dot" cx=${scope.end[0]} cy=${scope.end[1]} r=${kDotRadius - 3} />`
          : nothing
      }
      ${states.map((state) => this.state(state))}
    </g>` as unknown as TemplateResult;
  }

  private edge(edge: DrawnEdge, names: Map<string, string>): unknown {
    const from = edge.from === null ? undefined : names.get(edge.from);
    const to = edge.to === null ? undefined : names.get(edge.to);
    const taken = this.isTaken(edge, from, to);
    const title = `${from ?? 'start'} → ${to ?? 'end'}${edge.label ? `: ${edge.label.text}` : ''}`;
    return svg`<g class="edge ${edge.kind}${taken ? ' taken' : ''}" part="edge" aria-hidden="true"><title>${title}</title>
      <path class="line" d=${path(edge)} />
      ${edge.jump ? nothing : svg`<path class="head" d=${head(edge)} />`}
      ${[edge.label, edge.jump].map((label) =>
        label
          ? svg`<rect class="under" x=${label.box[0] - 1} y=${label.box[1]} width=${label.box[2] + 2} height=${label.box[3]} rx="2" />${text(label, 'start', label.box[0], 'label')}`
          : nothing,
      )}
    </g>`;
  }

  /** As far as visits of both ends tell: the one came behind the other. */
  private isTaken(edge: DrawnEdge, from: string | undefined, to: string | undefined): boolean {
    if (from === undefined) return to !== undefined && this.looks.has(to);
    const look = this.looks.get(from);
    if (!look || look.last.exited === undefined) return false;
    return to === undefined ? edge.kind === 'end' && look.status !== 'failed' : look.next.has(to) && (edge.kind === 'catch') === look.caught.has(to);
  }

  private state(state: DrawnState): unknown {
    const { name } = state;
    const look = this.looks.get(name);
    const problem = this.problems.get(name);
    const badge = this.badges.get(name) ?? (look && look.visits > 1 ? `${look.visits}×` : undefined);
    const heat = this.heat.get(name);
    const [x, y, width] = state.box;
    const middle = state.label.box[0] + state.label.box[2] / 2;
    const classes = ['state', state.type.toLowerCase()];
    if (look) classes.push(look.status);
    if (name === this.selected) classes.push('selected');
    const isCurrent = name === this.current;
    return svg`<g
      class=${classes.join(' ')}
      part=${['node', state.type.toLowerCase(), look?.status ?? ''].join(' ').trim()}
      role=${state.scopes ? 'graphics-object' : 'graphics-symbol'}
      aria-label=${this.spoken(state)}
      data-id=${state.id}
      tabindex=${isCurrent ? 0 : -1}
      @click=${(event: Event) => {
        event.stopPropagation();
        this.current = name;
        send(this, 'stepglass-select', { state: name });
      }}
      @focus=${() => (this.current = name)}
      @contextmenu=${(event: MouseEvent) => {
        event.stopPropagation();
        // Where the page has no menu of its own, the browser's stays.
        if (this.menu(name, event.clientX, event.clientY)) event.preventDefault();
      }}
    ><title>${name}</title>
      ${shape(state, heat)}
      <text class="type" x=${middle} y=${state.label.box[1] - 4} text-anchor="middle">${state.type}</text>
      ${text(state.label, 'middle', middle, 'name')}
      ${look ? mark(kStatus[look.status].sign, x + width - 2, y + 1, `status ${look.status}`) : nothing}
      ${problem ? mark(problem === 'info' ? 'i' : '!', x + 2, y + 1, `problem ${problem}`) : nothing}
      ${this.breakpoints.has(name) ? svg`<circle class="breakpoint" cx=${x - 1} cy=${y + state.box[3] / 2} r="5" />` : nothing}
      ${badge ? svg`<g class="badge"><rect x=${x + width - 8 - badge.length * 6.5} y=${y + Math.min(state.box[3], 60) - 9} width=${badge.length * 6.5 + 10} height="16" rx="8" /><text x=${x + width - 3 - badge.length * 3.25} y=${y + Math.min(state.box[3], 60) + 3} text-anchor="middle">${badge}</text></g>` : nothing}
      ${(state.scopes ?? []).map((inner) => this.scope(inner))}
    </g>`;
  }

  /** "Charge, Task; next Notify; on Card.Declined go to Refund; failed, caught; visited twice" */
  private spoken(state: DrawnState): string {
    const parts = [`${state.name}, ${state.type}`];
    for (const { name, edge } of this.placed.get(state.name)?.next ?? []) {
      if (edge.kind === 'choice') parts.push(`if ${edge.label?.text ?? ''} go to ${name}`);
      else if (edge.kind === 'default') parts.push(`else go to ${name}`);
      else if (edge.kind === 'catch') parts.push(`on ${edge.label?.text ?? 'error'} go to ${name}`);
      else parts.push(`next ${name}`);
    }
    if (this.placed.get(state.name)?.ends) parts.push('ends');
    const look = this.looks.get(state.name);
    if (look) {
      parts.push(kStatus[look.status].word);
      if (look.visits > 1) parts.push(`visited ${look.visits} times`);
      if (look.retries > 0) parts.push(`retried ${plural(look.retries, 'time')}`);
    }
    const problem = this.problems.get(state.name);
    if (problem) parts.push(`has ${problem === 'info' ? 'a note' : `an ${problem}`.replace('an w', 'a w')}`);
    if (this.breakpoints.has(state.name)) parts.push('breakpoint');
    return parts.join('; ');
  }

  static override styles = [
    tokens,
    css`
      :host {
        display: block;
        position: relative;
        min-height: 120px;
        overflow: hidden;
      }
      .frame {
        position: absolute;
        inset: 0;
        overflow: auto;
        display: grid;
        place-items: safe center;
        padding: 4px;
        background: var(--bg);
        overscroll-behavior: contain;
        touch-action: pan-x pan-y pinch-zoom;
      }
      .tools {
        position: absolute;
        right: 8px;
        bottom: 8px;
        display: flex;
        border: 1px solid var(--border);
        border-radius: var(--radius);
        background: var(--bg-raised);
      }
      svg {
        display: block;
        font: 13px var(--font);
      }
      text {
        fill: var(--fg);
        stroke: none;
      }
      .name {
        font-weight: 500;
      }
      .type {
        fill: var(--muted);
        font-size: 11px;
      }
      .box {
        fill: var(--bg-soft);
        stroke: var(--line);
      }
      .map > .box,
      .parallel > .box {
        fill: color-mix(in srgb, var(--bg-soft) 60%, var(--bg));
      }
      .line,
      .ring {
        fill: none;
        stroke: var(--line);
      }
      .head,
      .dot {
        fill: var(--line);
        stroke: none;
      }
      .under {
        fill: var(--bg);
        stroke: none;
      }
      .map .under,
      .parallel .under {
        fill: color-mix(in srgb, var(--bg-soft) 60%, var(--bg));
      }
      .label {
        font-size: 12px;
        fill: var(--muted);
      }
      .catch .line {
        stroke: var(--error);
        stroke-dasharray: 5 3;
      }
      .catch .head {
        fill: var(--error);
      }
      .catch .label {
        fill: var(--error);
      }
      .taken > .line {
        stroke: var(--fg);
        stroke-width: 2;
      }
      .taken > .head {
        fill: var(--fg);
      }
      .taken.catch > .line {
        stroke: var(--error);
      }
      .taken.catch > .head {
        fill: var(--error);
      }
      .fail > .box {
        stroke: var(--error);
      }
      .succeeded > .box {
        fill: var(--ok-bg);
        stroke: var(--ok);
      }
      .running > .box {
        fill: var(--accent-bg);
        stroke: var(--accent);
        stroke-width: 2;
      }
      .failed > .box {
        fill: var(--error-bg);
        stroke: var(--error);
        stroke-width: 2;
      }
      .caught > .box {
        fill: var(--warn-bg);
        stroke: var(--warn);
      }
      .aborted > .box {
        stroke-dasharray: 3 3;
      }
      .selected > .box {
        stroke: var(--accent);
        stroke-width: 2.5;
      }
      .state {
        cursor: pointer;
        outline: none;
      }
      .state:focus-visible > .box {
        stroke: var(--accent);
        stroke-width: 3;
      }
      .state:hover > .box {
        stroke-width: 2;
      }
      .mark circle {
        stroke: var(--bg);
        stroke-width: 1.5;
      }
      .mark text {
        fill: var(--bg);
        font-size: 10px;
        font-weight: 700;
      }
      .status.succeeded circle {
        fill: var(--ok);
      }
      .status.running circle {
        fill: var(--accent);
      }
      .status.failed circle,
      .problem.error circle {
        fill: var(--error);
      }
      .status.caught circle,
      .problem.warning circle {
        fill: var(--warn);
      }
      .status.aborted circle {
        fill: var(--muted);
      }
      .problem.info circle {
        fill: var(--info);
      }
      .breakpoint {
        fill: var(--error);
        stroke: var(--bg);
        stroke-width: 1.5;
      }
      .badge rect {
        fill: var(--bg-raised);
        stroke: var(--line);
      }
      .badge text {
        font-size: 11px;
      }
      .heat {
        fill: var(--warn);
        stroke: none;
      }
      @media (forced-colors: active) {
        .box,
        .line,
        .ring {
          stroke: CanvasText;
        }
        text {
          fill: CanvasText;
        }
        .selected > .box {
          stroke: Highlight;
        }
      }
    `,
  ];
}

function place(scope: DrawnScope, parent?: DrawnState, all = new Map<string, Placed>()): Map<string, Placed> {
  const byId = new Map(scope.states.map((state) => [state.id, state]));
  for (const state of scope.states) all.set(state.name, { state, scope, parent, ends: false, next: [], before: [] });
  for (const edge of scope.edges) {
    const from = edge.from === null ? undefined : byId.get(edge.from)?.name;
    const placed = from === undefined ? undefined : all.get(from);
    if (placed && edge.kind === 'end') placed.ends = true;
    const to = edge.to === null ? undefined : byId.get(edge.to)?.name;
    if (from === undefined || to === undefined) continue;
    all.get(from)?.next.push({ name: to, edge });
    if (!edge.back) all.get(to)?.before.push(from);
  }
  for (const state of scope.states) for (const inner of state.scopes ?? []) place(inner, state, all);
  return all;
}

function entry(scope: DrawnScope): string | undefined {
  const start = scope.edges.find((edge) => edge.kind === 'start');
  return (scope.states.find((state) => state.id === start?.to) ?? scope.states[0])?.name;
}

/** The neighbour in the same row, else in the same branch of another scope. */
function beside(at: Placed, step: 1 | -1): string | undefined {
  const row = at.scope.states
    .filter((state) => Math.abs(state.box[1] - at.state.box[1]) < at.state.box[3])
    .sort((a, b) => a.box[0] - b.box[0]);
  const next = row[row.indexOf(at.state) + step];
  if (next) return next.name;
  const scopes = at.parent?.scopes ?? [];
  const other = scopes[scopes.indexOf(at.scope) + step];
  return other && entry(other);
}

function path(edge: DrawnEdge): string {
  const { points } = edge;
  const [first] = points;
  if (!first) return '';
  if (edge.from !== null && edge.from === edge.to && points.length === 4) {
    const [, ...curve] = points;
    return `M${first.join(' ')}C${curve.map((point) => point.join(' ')).join(' ')}`;
  }
  let d = `M${first[0]} ${first[1]}`;
  for (let i = 1; i < points.length; ++i) {
    const from = points[i - 1];
    const to = points[i];
    if (!from || !to) continue;
    if (from[0] === to[0]) d += `V${to[1]}`;
    else {
      const middle = (from[1] + to[1]) / 2;
      d += `C${from[0]} ${middle} ${to[0]} ${middle} ${to[0]} ${to[1]}`;
    }
  }
  return d;
}

function head(edge: DrawnEdge): string {
  const end = edge.points.at(-1);
  const before = edge.points.at(-2);
  if (!end || !before) return '';
  if (edge.from !== null && edge.from === edge.to) return `M${end[0]} ${end[1]}l7 -4v8z`;
  return `M${end[0]} ${end[1]}l-4 ${before[1] <= end[1] ? -7 : 7}h8z`;
}

function text(drawn: DrawnText, anchor: 'start' | 'middle', x: number, kind: string): unknown {
  return svg`<text class=${kind} part=${kind === 'label' ? 'label' : 'name'} text-anchor=${anchor}>${drawn.lines.map(
    (line, i) => svg`<tspan x=${x} y=${drawn.box[1] + kLineHeight * (i + 0.75)}>${line}</tspan>`,
  )}</text>`;
}

function mark(sign: string, x: number, y: number, kind: string): unknown {
  return svg`<g class="mark ${kind}" part="status" aria-hidden="true"><circle cx=${x} cy=${y} r="8" /><text x=${x} y=${y + 3.5} text-anchor="middle">${sign}</text></g>`;
}

/** Kinds differ without colour, too. */
function shape(state: DrawnState, heat: number | undefined): unknown {
  const [x, y, width, height] = state.box;
  const box = (inset: number, radius: number, dash = '') =>
    svg`<rect class="box" x=${x + inset} y=${y + inset} width=${width - 2 * inset} height=${height - 2 * inset} rx=${radius} stroke-dasharray=${dash || nothing} stroke-linecap=${dash ? 'round' : nothing} />`;
  const bar = heat === undefined ? nothing : svg`<rect class="heat" x=${x} y=${y + height - 4} width=${Math.max(2, width * heat)} height="3" rx="1.5" />`;
  switch (state.type) {
    case 'Choice': {
      const cut = Math.min(10, height / 4);
      return svg`<path class="box" d="M${x + cut} ${y}H${x + width - cut}L${x + width} ${y + cut}V${y + height - cut}L${x + width - cut} ${y + height}H${x + cut}L${x} ${y + height - cut}V${y + cut}Z" />${bar}`;
    }
    case 'Succeed':
      return svg`${box(0, height / 2)}${bar}`;
    case 'Fail':
      return svg`${box(0, height / 2)}${box(3, height / 2 - 3)}${bar}`;
    case 'Wait':
      return svg`${box(0, 6, '1 3')}${bar}`;
    case 'Map':
      return svg`<path class="box" d="M${x + width} ${y + 4}h4v${height}h${-width}v-4" />${box(0, 6)}${bar}`;
    default:
      return svg`${box(0, 6)}${bar}`;
  }
}

define('stepglass-graph-view', GraphView);

declare global {
  interface HTMLElementTagNameMap {
    'stepglass-graph-view': GraphView;
  }
}
