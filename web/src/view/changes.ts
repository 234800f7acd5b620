// What became of a machine: its states, their fields, and what it costs. What was added, removed, renamed or changed is told by a
// sign and a word, not by colour alone.

import { LitElement, css, html, nothing, type TemplateResult } from 'lit';
import type { FieldChange, Json, MachineDiff, StateChange } from '../engine/protocol.js';
import { define } from './define.js';
import { count, usd } from './money.js';
import { plural } from './text.js';
import { tokens } from './tokens.js';

/** How the list, and nodes of a picture beside it, tell what became of a state. */
export const kSigns: Record<StateChange['change'], string> = { added: '+', removed: '−', renamed: '→', changed: '~' };
/** Characters of a value; the rest is in its tooltip. */
const kMostShown = 200;

/** "2 states added, 1 changed" */
export function summary(diff: MachineDiff): string {
  if (diff.same) return 'Nothing has changed.';
  const parts = (Object.keys(kSigns) as StateChange['change'][]).flatMap((change) => {
    const number = diff.states.filter((one) => one.change === change).length;
    return number > 0 ? [{ change, number }] : [];
  });
  return parts.map(({ change, number }, i) => `${i === 0 ? plural(number, 'state') : number} ${change}`).join(', ') || 'No state has changed.';
}

function value(json: Json | undefined): TemplateResult {
  if (json === undefined) return html`<span class="muted">none</span>`;
  const text = JSON.stringify(json);
  return html`<code title=${text.length > kMostShown ? text : nothing}>${text.length > kMostShown ? `${text.slice(0, kMostShown)}…` : text}</code>`;
}

function fields(changes: readonly FieldChange[]): TemplateResult | typeof nothing {
  if (changes.length === 0) return nothing;
  return html`<dl>
    ${changes.map(({ field, before, after }) => html`<div><dt>${field}</dt><dd>${value(before)} <span aria-label="became">→</span> ${value(after)}</dd></div>`)}
  </dl>`;
}

export class ChangesView extends LitElement {
  static override properties = { diff: { attribute: false }, selected: {} };
  declare diff: MachineDiff | undefined;
  /** The state that is selected: its change is marked. */
  declare selected: string | undefined;

  private choose(change: StateChange): void {
    this.dispatchEvent(new CustomEvent('stepglass-select', { detail: { state: change.name }, bubbles: true, composed: true }));
  }

  private change(change: StateChange): TemplateResult {
    const { name, former_name: former, type, inside } = change;
    const about = [type, inside.length > 0 ? `in ${inside.join(' / ')}` : undefined, former === undefined ? undefined : `was “${former}”`].filter((one) => one !== undefined);
    return html`<li class="${change.change}${name === this.selected ? ' selected' : ''}">
      <span class="sign" aria-hidden="true">${kSigns[change.change]}</span>
      <div>
        ${change.change === 'removed' ? html`<strong>${name}</strong>` : html`<button class="link" @click=${() => this.choose(change)}>${name}</button>`}
        <span class="word">${change.change}</span> <span class="muted">${about.join(', ')}</span>
        ${fields(change.fields)}
      </div>
    </li>`;
  }

  private cost(): TemplateResult | typeof nothing {
    const { before, after, change, reasons } = this.diff?.cost ?? {};
    if (change !== 'changed' || !before || !after) return nothing;
    return html`<p class="cost">
      Cost: ${count(before.transitions.expected)} → ${count(after.transitions.expected)} transitions,
      ${usd(before.usd_per_month.expected)} → ${usd(after.usd_per_month.expected)} a month
      ${reasons?.length ? html`<span class="muted">(${reasons.join('; ')})</span>` : nothing}
    </p>`;
  }

  protected override render(): TemplateResult | typeof nothing {
    const { diff } = this;
    if (!diff) return nothing;
    return html`<p class="summary" role="status">${summary(diff)}</p>
      ${this.cost()} ${fields(diff.fields)}
      ${diff.states.length > 0 ? html`<ul>${diff.states.map((change) => this.change(change))}</ul>` : nothing}`;
  }

  static override styles = [
    tokens,
    css`
      :host {
        display: block;
        padding: 12px 16px;
      }
      p {
        margin: 0 0 8px;
      }
      .summary {
        font-weight: 600;
      }
      ul {
        margin: 0;
        padding: 0;
        list-style: none;
      }
      li {
        display: flex;
        gap: 10px;
        padding: 8px 6px;
        border-top: 1px solid var(--border);
      }
      li > div {
        min-width: 0;
        flex: 1;
      }
      .selected {
        background: var(--accent-bg);
      }
      .sign {
        width: 1em;
        font: 700 15px/1.3 var(--mono);
        text-align: center;
      }
      .added {
        --mark: var(--ok);
      }
      .removed {
        --mark: var(--error);
      }
      .changed {
        --mark: var(--warn);
      }
      .renamed {
        --mark: var(--accent);
      }
      .sign,
      .word {
        color: var(--mark);
      }
      dl {
        margin: 4px 0 0;
      }
      dl > div {
        display: flex;
        flex-wrap: wrap;
        gap: 0 12px;
      }
      dt {
        color: var(--muted);
        overflow-wrap: anywhere;
      }
      dd {
        margin: 0;
        min-width: 0;
        overflow-wrap: anywhere;
      }
    `,
  ];
}

define('stepglass-changes', ChangesView);
