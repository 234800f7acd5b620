// What happened when: a lane for each state, a bar for each visit, attempts and retries inside of it, waits folded.

import { LitElement, css, html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import type { Replay, Visit } from '../model/replay.js';
import { define } from './define.js';
import { send } from './events.js';
import { duration, kStatus, plural } from './text.js';
import { kMaxLanes, lanesOf, placeOf, stretches, type Lane, type Stretch } from './timeline-model.js';
import { tokens } from './tokens.js';

/** Failures that one lane shows, and other visits; of more than that, some. */
const kMaxBars = 120;

export class Timeline extends LitElement {
  static override properties = { replay: { attribute: false }, at: { type: Number }, selected: {} };
  declare replay: Replay | undefined;
  declare at: number;
  /** The state that is selected: its lanes are marked. */
  declare selected: string | undefined;

  private scale: Stretch[] = [];
  /** No time passes in all of the run: then the order of the events is what there is to see. Their number; 0 otherwise. */
  private ordered = 0;
  private lanes: (Lane & { shown: Visit[] })[] = [];
  /** The bar that Tab leads to: of the visit with this index. */
  private current: number | undefined;
  /** Depth of the visit that the event shown belongs to. */
  private depth = -1;

  constructor() {
    super();
    this.at = 0;
  }

  protected override willUpdate(changed: PropertyValues): void {
    if (!changed.has('replay') || !this.replay) return;
    const { events, start, end } = this.replay;
    this.ordered = start === end ? (events.at(-1)?.id ?? 0) : 0;
    this.scale = stretches(this.replay);
    this.lanes = lanesOf(this.replay).map((lane) => (lane.visits.length > kMaxBars ? { ...lane, shown: thinned(lane.visits) } : { ...lane, shown: lane.visits }));
    this.current = undefined;
  }

  /** Where an event at a time stands, 0 to 1. */
  private place(time: number, event: number): number {
    return this.ordered > 1 ? (event - 1) / (this.ordered - 1) : placeOf(time, this.scale);
  }

  /** Along a lane, and to the bar in the next lane that is nearest in time. */
  private onKey(event: KeyboardEvent): void {
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    const lane = this.lanes.findIndex(({ shown }) => shown.some((visit) => visit.index === this.current));
    const shown = this.lanes[lane]?.shown ?? [];
    const at = shown.findIndex((visit) => visit.index === this.current);
    const start = shown[at]?.start ?? 0;
    const nearest = (visits: readonly Visit[] = []) => visits.reduce<Visit | undefined>((best, visit) => (best && Math.abs(best.start - start) <= Math.abs(visit.start - start) ? best : visit), undefined);
    const to = { ArrowRight: shown[at + 1], ArrowLeft: shown[at - 1], ArrowDown: nearest(this.lanes.slice(0, kMaxLanes)[lane + 1]?.shown), ArrowUp: nearest(this.lanes[lane - 1]?.shown), Home: shown[0], End: shown.at(-1) }[event.key];
    if (!to) return;
    event.preventDefault();
    this.current = to.index;
    this.requestUpdate();
    void this.updateComplete.then(() => this.renderRoot.querySelector<HTMLElement>('.bar[tabindex="0"]')?.focus());
  }

  protected override render(): TemplateResult {
    const { replay } = this;
    if (!replay || replay.visits.length === 0) return html`<p class="empty">Run the machine to see what happens when.</p>`;
    const { scale, lanes } = this;
    const shown = replay.events.find((event) => event.id === this.at);
    const now = shown?.time;
    this.depth = shown?.visit === undefined ? -1 : (replay.visits[shown.visit]?.depth ?? -1);
    this.current ??= (shown?.visit !== undefined && lanes.some((lane) => lane.shown.some((visit) => visit.index === shown.visit)) ? shown.visit : undefined) ?? lanes[0]?.shown[0]?.index;
    return html`
      <div class="lanes" role="list" aria-label="Timeline" @keydown=${this.onKey}>
        <div class="axis" aria-hidden="true">
          ${scale
            .filter((stretch) => stretch.folded && stretch.width > 0.04)
            .map((stretch) => html`<span class="fold" .style=${span(stretch.x, stretch.width)} title="waiting is folded"><span>${duration(stretch.to - stretch.from)}</span></span>`)}
        </div>
        ${lanes.slice(0, kMaxLanes).map((lane) => this.lane(lane, replay))}
        ${now === undefined ? nothing : html`<div class="cursor" aria-hidden="true"><i .style=${`left:${100 * this.place(now, this.at)}%`}></i></div>`}
      </div>
      ${this.ordered > 1 ? html`<p class="muted more">No time passes: events stand in their order.</p>` : nothing}
      ${lanes.length > kMaxLanes ? html`<p class="muted more">${plural(lanes.length - kMaxLanes, 'lane')} more in the event list</p>` : nothing}
    `;
  }

  private lane(lane: Lane & { shown: Visit[] }, replay: Replay): TemplateResult {
    const failed = lane.visits.filter((visit) => visit.status === 'failed').length;
    const isSelected = this.selected !== undefined && lane.visits[0]?.state === this.selected;
    return html`<div class="lane${isSelected ? ' selected' : ''}" role="listitem" aria-current=${isSelected ? 'true' : nothing}>
      <span class="label" title=${lane.label} .style=${`padding-left:${12 + lane.depth * 14}px`}>${lane.label}${lane.items ? html` <span class="muted">${plural(lane.items, 'item')}${failed ? `, ${failed} failed` : ''}</span>` : nothing}</span>
      <span class="track" @click=${(event: MouseEvent) => this.onTrack(event, lane)}>${lane.shown.map((visit) => this.bar(visit, replay))}</span>
    </div>`;
  }

  /** Beside the bars of a lane the nearest one is meant: some are narrow. */
  private onTrack({ target, currentTarget, clientX }: MouseEvent, lane: { shown: Visit[] }): void {
    if (target !== currentTarget) return;
    const bars = [...(currentTarget as HTMLElement).querySelectorAll('.bar')];
    const distance = (bar: Element) => {
      const { left, right } = bar.getBoundingClientRect();
      return Math.max(left - clientX, clientX - right);
    };
    const [nearest] = bars.map((bar, i) => [distance(bar), lane.shown[i]] as const).sort(([a], [b]) => a - b);
    if (nearest?.[1]) send(this, 'stepglass-seek', { event: nearest[1].entered });
  }

  private bar(visit: Visit, replay: Replay): TemplateResult {
    const end = visit.end ?? replay.end;
    const lastEvent = visit.exited ?? replay.events.at(-1)?.id ?? 0;
    const x = this.place(visit.start, visit.entered);
    const width = this.place(end, lastEvent) - x;
    const status = kStatus[visit.status];
    const what = `${visit.state}${visit.iteration === undefined ? '' : `, item ${visit.iteration}`}, ${status.word}, from ${duration(visit.start - replay.start)}, takes ${duration(end - visit.start)}${visit.attempts.length > 1 ? `, ${plural(visit.attempts.length, 'attempt')}` : ''}${visit.error ? `, ${visit.error}` : ''}`;
    const isAt = this.at >= visit.entered && this.at <= (visit.exited ?? Infinity) && visit.depth === this.depth;
    return html`<button
      class="bar ${visit.status}${isAt ? ' current' : ''}"
      .style=${span(x, width)}
      title=${what}
      aria-label=${what}
      tabindex=${visit.index === this.current ? 0 : -1}
      @click=${() => send(this, 'stepglass-seek', { event: visit.entered })}
      @focus=${() => {
        this.current = visit.index;
        send(this, 'stepglass-select', { state: visit.state });
      }}
    >
      ${visit.attempts.length > 1
        ? visit.attempts.map((attempt, i) => {
            const from = this.place(attempt.start, attempt.event);
            const to = this.place(attempt.end ?? end, visit.attempts[i + 1]?.event ?? lastEvent);
            return html`<i class=${attempt.error === undefined ? 'good' : 'bad'} .style=${span(width > 0 ? (from - x) / width : 0, width > 0 ? (to - from) / width : 1)}></i>`;
          })
        : nothing}
      <span aria-hidden="true" class="sign">${visit.status === 'succeeded' ? '' : status.sign}</span>
    </button>`;
  }

  static override styles = [
    tokens,
    css`
      :host {
        display: block;
        overflow: auto;
        padding: 4px 0 12px;
      }
      .lanes {
        position: relative;
        --label: clamp(96px, 26%, 220px);
      }
      .lane,
      .axis {
        position: relative;
        height: 26px;
      }
      .lane:hover {
        background: var(--bg-soft);
      }
      .selected {
        background: var(--accent-bg);
        box-shadow: inset 3px 0 0 var(--accent);
      }
      .label {
        position: absolute;
        inset-block: 0;
        left: 0;
        width: var(--label);
        overflow: hidden;
        text-overflow: ellipsis;
        white-space: nowrap;
        line-height: 26px;
      }
      .track,
      .axis,
      .cursor {
        position: absolute;
        inset-block: 0;
        left: calc(var(--label) + 12px);
        right: 20px;
      }
      .axis {
        position: relative;
        left: 0;
        right: 0;
        margin: 0 20px 0 calc(var(--label) + 12px);
        border-bottom: 1px solid var(--border);
      }
      .fold {
        position: absolute;
        bottom: 3px;
        overflow: hidden;
        border-inline: 1px dashed var(--line);
        color: var(--muted);
        font-size: 11px;
        text-align: center;
        white-space: nowrap;
        text-overflow: ellipsis;
      }
      .cursor {
        pointer-events: none;
      }
      .cursor i {
        position: absolute;
        inset-block: 0;
        width: 2px;
        margin-left: -1px;
        background: var(--accent);
      }
      .bar {
        position: absolute;
        top: 5px;
        height: 16px;
        min-width: 7px;
        min-height: 0;
        padding: 0;
        overflow: hidden;
        border: 1px solid var(--line);
        border-radius: 4px;
        background: var(--bg-soft);
        line-height: 14px;
      }
      .bar.succeeded {
        border-color: var(--ok);
        background: var(--ok-bg);
      }
      .bar.failed {
        border-color: var(--error);
        background: var(--error-bg);
        color: var(--error);
      }
      .bar.caught {
        border-color: var(--warn);
        border-style: dashed;
        background: var(--warn-bg);
        color: var(--warn);
      }
      .bar.running {
        border-color: var(--accent);
        background: var(--accent-bg);
        color: var(--accent);
      }
      .bar.aborted {
        border-style: dashed;
      }
      .bar.current {
        box-shadow: 0 0 0 2px var(--accent);
      }
      .bar i {
        position: absolute;
        inset-block: 0;
        min-width: 2px;
        background: var(--ok);
        opacity: 0.45;
      }
      .bar i.bad {
        background: repeating-linear-gradient(45deg, var(--error) 0 2px, transparent 2px 4px);
        opacity: 0.8;
      }
      .sign {
        position: relative;
        font-size: 10px;
      }
      .more {
        padding: 0 12px;
      }
      @media (pointer: coarse) {
        .lane {
          height: 46px;
        }
        .label {
          line-height: 46px;
        }
        .bar:not(.link) {
          min-width: 7px;
          height: 44px;
          top: 1px;
        }
      }
    `,
  ];
}

function span(x: number, width: number): string {
  return `left:${100 * x}%;width:${100 * Math.max(0, width)}%`;
}

/** As many failures, and as many others, as there is room for, from all of the lane. */
function thinned(visits: Visit[]): Visit[] {
  const some = (all: Visit[]) => {
    const step = Math.ceil(all.length / kMaxBars);
    return all.filter((_, i) => i % step === 0);
  };
  const failed = some(visits.filter((visit) => visit.status === 'failed'));
  const others = some(visits.filter((visit) => visit.status !== 'failed'));
  return [...failed, ...others].sort((a, b) => a.index - b.index);
}

define('stepglass-timeline', Timeline);
