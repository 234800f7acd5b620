// The history as the service lists it. Only the rows that are seen are in the page, so that 25,000 of them scroll freely.

import { LitElement, css, html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import type { Replay, ReplayEvent } from '../model/replay.js';
import { define } from './define.js';
import { send } from './events.js';
import { clock } from './text.js';
import { tokens } from './tokens.js';

/** In pixels; a finger needs more. */
const kRowHeight = globalThis.matchMedia?.('(pointer: coarse)').matches ? 44 : 28;
/** Rows above and below those that are seen. */
const kMargin = 8;

export class EventList extends LitElement {
  static override properties = { replay: { attribute: false }, at: { type: Number }, selected: {}, filter: { state: true }, first: { state: true }, seen: { state: true }, open: { state: true } };
  declare replay: Replay | undefined;
  declare at: number;
  /** The state that is selected: its rows are marked. */
  declare selected: string | undefined;
  declare filter: string;
  declare first: number;
  /** Rows that fit. */
  declare seen: number;
  /** The event whose details are shown. */
  declare open: number | undefined;

  private rows: ReplayEvent[] = [];
  private resize: ResizeObserver | undefined;

  constructor() {
    super();
    this.at = 0;
    this.filter = '';
    this.first = 0;
    this.seen = 30;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.resize = new ResizeObserver(() => (this.seen = Math.ceil(this.clientHeight / kRowHeight)));
    this.resize.observe(this);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.resize?.disconnect();
  }

  protected override willUpdate(changed: PropertyValues): void {
    if (changed.has('replay') || changed.has('filter')) {
      const wanted = this.filter.trim().toLowerCase();
      const events = this.replay?.events ?? [];
      this.rows = wanted === '' ? events : events.filter((event) => `${event.id} ${event.type} ${this.state(event)}`.toLowerCase().includes(wanted));
      if (this.open !== undefined && !this.rows.some((row) => row.id === this.open)) this.open = undefined;
    }
  }

  protected override updated(changed: PropertyValues): void {
    if (changed.has('at')) this.reveal();
  }

  private state(event: ReplayEvent): string {
    return event.visit === undefined ? '' : (this.replay?.visits[event.visit]?.state ?? '');
  }

  private index(): number {
    return this.rows.findIndex((row) => row.id === this.at);
  }

  private reveal(): void {
    const frame = this.renderRoot.querySelector('.frame');
    const index = this.index();
    if (!frame || index < 0) return;
    const top = index * kRowHeight;
    if (top < frame.scrollTop) frame.scrollTop = top;
    else if (top + kRowHeight > frame.scrollTop + frame.clientHeight) frame.scrollTop = top + kRowHeight - frame.clientHeight;
  }

  protected override render(): TemplateResult {
    const { replay } = this;
    if (!replay || replay.events.length === 0) return html`<p class="empty">Run the machine to see its events.</p>`;
    const begin = Math.max(0, this.first - kMargin);
    const end = Math.min(this.rows.length, this.first + this.seen + kMargin);
    const opened = this.rows.find((row) => row.id === this.open);
    return html`
      <div class="bar">
        <input type="search" placeholder="Filter by type or state" aria-label="Filter events" .value=${this.filter} @input=${(event: Event) => (this.filter = (event.target as HTMLInputElement).value)} />
        <span class="muted">${this.rows.length.toLocaleString('en-US')} of ${replay.events.length.toLocaleString('en-US')} events</span>
      </div>
      <div
        class="frame"
        role="grid"
        tabindex="0"
        aria-label="Events"
        aria-rowcount=${this.rows.length}
        aria-activedescendant=${`event-${this.at}`}
        @scroll=${(event: Event) => (this.first = Math.floor((event.target as HTMLElement).scrollTop / kRowHeight))}
        @keydown=${this.onKey}
      >
        <div class="space" role="presentation" .style=${`height:${this.rows.length * kRowHeight}px`}>
          ${this.rows.slice(begin, end).map((row, i) => this.row(row, begin + i, replay.start))}
        </div>
      </div>
      ${
        opened
          ? html`<div class="details">
              <div class="bar"><strong>${opened.id} ${opened.type}</strong><button class="quiet" @click=${() => (this.open = undefined)}>Close</button></div>
              <pre>${JSON.stringify(opened.raw, undefined, 2)}</pre>
            </div>`
          : nothing
      }
    `;
  }

  private row(row: ReplayEvent, index: number, start: number): TemplateResult {
    const failed = /(Failed|TimedOut|Aborted)$/.test(row.type);
    return html`<div
      part="event"
      class="row${row.id === this.at ? ' current' : ''}${this.selected !== undefined && this.state(row) === this.selected ? ' selected' : ''}${failed ? ' failed' : ''}"
      id=${`event-${row.id}`}
      role="row"
      aria-rowindex=${index + 1}
      aria-selected=${row.id === this.at}
      .style=${`top:${index * kRowHeight}px;height:${kRowHeight}px`}
      @click=${() => this.seek(row.id)}
      @dblclick=${() => (this.open = row.id)}
    >
      <span role="gridcell" class="id">${row.id}</span>
      <span role="gridcell" class="time mono">${clock(row.time - start)}</span>
      <span role="gridcell" class="type">${failed ? html`<span aria-hidden="true">✕ </span>` : nothing}${row.type}</span>
      <span role="gridcell" class="state">${this.state(row)}</span>
      <span role="gridcell" class="more"><button class="quiet" tabindex="-1" aria-label=${`Details of event ${row.id}`} @click=${() => (this.open = this.open === row.id ? undefined : row.id)}>…</button></span>
    </div>`;
  }

  private seek(event: number): void {
    this.at = event;
    send(this, 'stepglass-seek', { event });
  }

  private onKey(event: KeyboardEvent): void {
    const steps: Record<string, number> = { ArrowDown: 1, ArrowUp: -1, PageDown: this.seen - 1, PageUp: 1 - this.seen, Home: -Infinity, End: Infinity };
    const step = steps[event.key];
    if (step !== undefined) {
      const to = this.rows[Math.min(this.rows.length - 1, Math.max(0, this.index() + step))];
      if (to) this.seek(to.id);
    } else if (event.key === 'Enter') {
      this.open = this.open === this.at ? undefined : this.at;
    } else {
      return;
    }
    event.preventDefault();
  }

  static override styles = [
    tokens,
    css`
      :host {
        display: flex;
        flex-direction: column;
        min-height: 160px;
      }
      .bar {
        display: flex;
        gap: 12px;
        align-items: center;
        justify-content: space-between;
        padding: 6px 12px;
        border-bottom: 1px solid var(--border);
      }
      .bar input {
        flex: 0 1 260px;
        min-width: 0;
      }
      .frame {
        flex: 1;
        overflow: auto;
        contain: strict;
      }
      .space {
        position: relative;
      }
      .row {
        position: absolute;
        inset-inline: 0;
        display: grid;
        grid-template-columns: 56px 112px minmax(140px, 1.2fr) minmax(60px, 1fr) 44px;
        align-items: center;
        padding: 0 12px;
        cursor: pointer;
        white-space: nowrap;
      }
      .row > * {
        overflow: hidden;
        text-overflow: ellipsis;
      }
      .row:hover {
        background: var(--bg-soft);
      }
      .selected {
        box-shadow: inset 3px 0 0 var(--accent);
      }
      .current {
        background: var(--accent-bg);
        box-shadow: inset 3px 0 0 var(--accent);
      }
      .failed .type {
        color: var(--error);
      }
      .id,
      .time {
        color: var(--muted);
      }
      .row button {
        min-height: 24px;
        padding: 0 6px;
      }
      .details {
        max-height: 45%;
        overflow: auto;
        border-top: 1px solid var(--border);
        background: var(--bg-soft);
      }
      .details pre {
        padding: 8px 12px;
      }
      @media (pointer: coarse) {
        .row button {
          min-height: 44px;
        }
      }
      @media (max-width: 480px) {
        .row {
          grid-template-columns: 40px minmax(120px, 1.4fr) minmax(50px, 1fr) 44px;
        }
        .time {
          display: none;
        }
      }
    `,
  ];
}

define('stepglass-events', EventList);
