// Run, stop, step, scrub, and how the run stands. It shows the session and asks the page to act.

import { LitElement, css, html, nothing, type TemplateResult } from 'lit';
import { define } from '../view/define.js';
import { clock, duration, kStatus, plural } from '../view/text.js';
import { statuses, tokens } from '../view/tokens.js';
import { send } from '../view/events.js';
import type { Session } from './session.js';
import type { Action } from './shortcuts.js';

/** Drawn, since fonts differ in which of these signs they have. */
const icon = (d: string) => html`<svg viewBox="0 0 16 16" width="14" height="14" aria-hidden="true"><path d=${d} /></svg>`;
const kIcons = {
  run: icon('M4 2.5v11l9-5.5z'),
  stop: icon('M3 3h10v10H3z'),
  step: icon('M2.5 3v10l7-5zM11 3h2.2v10H11z'),
  back: icon('M13.5 3v10l-7-5zM2.8 3H5v10H2.8z'),
  into: icon('M7 2h2v6h3l-4 4-4-4h3zM3 13h10v1.6H3z'),
  over: icon('M2 9a6 6 0 0 1 11-3.3L14.6 4v5h-5L11.600 7A4 4 0 0 0 4 9zM6.500 11h3v3h-3z'),
  out: icon('M7 12h2V6h3L8 2 4 6h3zM3 13h10v1.6H3z'),
  stops: icon('M8 3a5 5 0 1 0 0 10A5 5 0 1 0 8 3z'),
  next: icon('M2 3v10l5-5zM7 3v10l5-5zM12.5 3h1.8v10h-1.8z'),
};

export class RunBar extends LitElement {
  static override properties = { session: { attribute: false }, version: { attribute: false }, narrow: { type: Boolean, reflect: true } };
  /** It is one object that changes: `version` says when. */
  declare session: Session | undefined;
  declare version: number;
  declare narrow: boolean;

  private act(action: Action): void {
    this.dispatchEvent(new CustomEvent('stepglass-act', { detail: { action } }));
  }

  protected override render(): TemplateResult | typeof nothing {
    const { session } = this;
    if (!session) return nothing;
    const { at, lastEvent: last, result } = session;
    const isAtEnd = session.whole !== undefined && !session.stale && at >= last;
    const now = session.shown ? session.shown.end - session.shown.start : 0;
    const status = result && (at >= last ? result.status : 'PAUSED');
    const tone = status === 'SUCCEEDED' ? 'succeeded' : status === 'FAILED' || status === 'TIMED_OUT' ? 'failed' : 'running';
    return html`<div class="run" role="toolbar" aria-label="Run">
      ${
        session.running
          ? html`<button class="primary" @click=${() => this.act('stop')}>${kIcons.stop} Stop</button>`
          : html`<button class="primary" title="Run to the end (Ctrl Enter)" @click=${() => this.act('run')}>${kIcons.run} Run</button>`
      }
      <button title="Step back (Shift F10)" aria-label="Step back" ?disabled=${!session.whole || at <= 1} @click=${() => this.act('back')}>${kIcons.back}</button>
      <button title="Step (F10)" aria-label="Step" ?disabled=${isAtEnd} @click=${() => this.act('step')}>${kIcons.step}</button>
      <span class="steps">
        <button title="Step into: to the next state (F11)" aria-label="Step into" ?disabled=${isAtEnd} @click=${() => this.act('step-into')}>${kIcons.into}</button>
        <button title="Step over what is within the state (Ctrl F10)" aria-label="Step over" ?disabled=${isAtEnd} @click=${() => this.act('step-over')}>${kIcons.over}</button>
        <button title="Step out of branch or item (Shift F11)" aria-label="Step out" ?disabled=${isAtEnd} @click=${() => this.act('step-out')}>${kIcons.out}</button>
      </span>
      <button class="stops" title="Where it stops" aria-label="Where it stops" @click=${() => this.act('stops')}>${kIcons.stops}</button>
      ${session.whole && at < last ? html`<button title="On to the next breakpoint, or to the end (F5)" aria-label="Go on" @click=${() => this.act('continue')}>${kIcons.next} <span class="wide-only">Go on</span></button>` : nothing}
      <input class="scrub" type="range" min="1" max=${Math.max(1, last)} .value=${String(at)} ?disabled=${last === 0} aria-label="Event" aria-valuetext=${`event ${at} of ${last}`} @input=${(event: Event) => send(this, 'stepglass-seek', { event: Number((event.target as HTMLInputElement).value) })} />
      <span class="clock mono" title="virtual clock">${clock(now)}</span>
      <span class="muted counts">${at}/${last}</span>
      ${status ? html`<span class="badge ${tone}">${kStatus[tone].sign} ${status === 'RUNNING' ? 'WAITS' : status}</span>` : nothing}
      ${session.stale ? html`<span class="badge stale">changed since</span>` : nothing}
      ${session.imported ? html`<span class="badge stale">recording</span>` : nothing}
      ${result && !session.imported ? html`<span class="muted wide-only">${plural(result.transitions, 'transition')}, ${duration(result.duration_seconds * 1000)}</span>` : nothing}
    </div>`;
  }

  static override styles = [
    tokens,
    statuses,
    css`
      :host {
        display: block;
        flex: none;
        background: var(--bg-soft);
        border-bottom: 1px solid var(--border);
      }
      :host([narrow]) {
        border-top: 1px solid var(--border);
        border-bottom: 0;
      }
      .run {
        display: flex;
        flex-wrap: wrap;
        align-items: center;
        gap: 8px;
        padding: 6px 12px;
      }
      svg {
        fill: currentColor;
        vertical-align: -2px;
      }
      .scrub {
        flex: 1;
        min-width: 60px;
      }
      .clock,
      .counts {
        white-space: nowrap;
      }
      .badge.stale {
        border-style: dashed;
      }
      :host([narrow]) .run {
        gap: 6px;
      }
      .steps {
        display: inline-flex;
        gap: 4px;
      }
      .stops {
        color: var(--error);
      }
      @media (max-width: 1100px) {
        .wide-only {
          display: none;
        }
      }
      /* They stand in the menu "More". */
      :host([narrow]) .steps {
        display: none;
      }
    `,
  ];
}

define('stepglass-run-bar', RunBar);
