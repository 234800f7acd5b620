// What a machine costs, with every assumption in reach: change one where it stands and see what it does.

import { LitElement, css, html, nothing, type TemplateResult } from 'lit';
import type { CallError, CostReport, Json, LedgerRow, Spread } from '../engine/protocol.js';
import { define } from './define.js';
import { send } from './events.js';
import { count, usd } from './money.js';
import { duration, ownMember } from './text.js';
import { tables, tokens } from './tokens.js';

type Record_ = { [key: string]: Json };
/** How an assumption is asked for. Lists of probabilities are typed as "90, 10". */
const kFields: Record<string, { label: string; unit: string; scale: number }> = {
  items: { label: 'items', unit: '', scale: 1 },
  failure_rate: { label: 'fails', unit: '%', scale: 100 },
  duration_seconds: { label: 'takes', unit: 's', scale: 1 },
  rounds: { label: 'rounds', unit: '', scale: 1 },
  max_rounds: { label: 'at most', unit: 'rounds', scale: 1 },
  choices: { label: 'shares', unit: '%', scale: 100 },
};
const kLargestSlider = 9;
/** Below this many pixels a row of the ledger takes two lines. */
const kNarrow = 560;

export class CostView extends LitElement {
  static override properties = { report: { attribute: false }, error: { attribute: false }, assumptions: { attribute: false }, selected: {}, level: { attribute: false }, narrow: { state: true } };
  declare report: CostReport | undefined;
  declare error: CallError | undefined;
  declare assumptions: Json | undefined;
  /** The state that is selected: its row is marked. */
  declare selected: string | undefined;
  /** How deep its heading stands in the page. */
  declare level: number;
  /** What a sum rests on stands below it. */
  declare narrow: boolean;
  private resize: ResizeObserver | undefined;

  constructor() {
    super();
    this.level = 2;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.resize = new ResizeObserver(() => (this.narrow = this.clientWidth < kNarrow));
    this.resize.observe(this);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.resize?.disconnect();
  }

  private all(): Record_ {
    const { assumptions } = this;
    return typeof assumptions === 'object' && assumptions !== null && !Array.isArray(assumptions) ? assumptions : {};
  }

  private of(state: string): Record_ {
    const states = this.all()['states'];
    const own = typeof states === 'object' && states !== null && !Array.isArray(states) ? ownMember(states, state) : undefined;
    return typeof own === 'object' && own !== null && !Array.isArray(own) ? own : {};
  }

  private assume(change: (all: Record_) => void): void {
    const all = structuredClone(this.all());
    change(all);
    send(this, 'stepglass-assume', { assumptions: all });
  }

  private assumeOf(state: string, name: string, value: Json | undefined): void {
    this.assume((all) => {
      const states = (all['states'] ??= {}) as Record_;
      const { [name]: _, ...rest } = this.of(state);
      const own = value === undefined ? rest : { ...rest, [name]: value };
      if (Object.keys(own).length === 0) delete states[state];
      // States have any name, and "__proto__" is assigned otherwise.
      else Object.defineProperty(states, state, { value: own, enumerable: true, configurable: true, writable: true });
      if (Object.keys(states).length === 0) delete all['states'];
    });
  }

  protected override render(): TemplateResult {
    const { report, error } = this;
    if (error) return html`<p class="fault" role="note"><strong>No estimate:</strong> ${error.message}</p>`;
    if (!report) return html`<p class="empty">The cost shows as soon as the definition can be read.</p>`;
    const executions = report.executions_per_month.value;
    const log = executions > 0 ? Math.log10(executions) : 0;
    return html`
      <div class="head">
        <div class="big">
          <span class="amount">${usd(report.usd_per_month.expected)}</span>
          <span class="muted">a month, from ${usd(report.usd_per_month.min)} to ${usd(report.usd_per_month.max)}</span>
        </div>
        <label class="executions">
          <span>assuming <strong>${count(executions)}</strong> executions a month</span>
          <input type="range" min="0" max=${kLargestSlider} step="0.1" .value=${String(log)} aria-label="Executions a month" aria-valuetext=${`${count(executions)} executions`} @change=${(event: Event) => this.slide(Number((event.target as HTMLInputElement).value))} />
        </label>
      </div>
      <table class="sums">
        <thead>
          <tr><th scope="col">per execution</th><th scope="col" class="number">least</th><th scope="col" class="number">expected</th><th scope="col" class="number">most</th></tr>
        </thead>
        <tbody>
          ${spread('transitions', report.transitions, count)} ${spread('duration', report.seconds, (s) => (typeof s === 'number' ? duration(s * 1000) : count(s)))}
        </tbody>
      </table>
      <p class="muted">
        ${report.type} in ${report.region}, prices of ${report.prices.date}.
        ${report.fails > 0 ? `${(100 * report.fails).toPrecision(3)} % of executions fail.` : ''}
      </p>
      <div class="scroll">
        <table>
          <thead>
            <tr><th scope="col">state</th><th scope="col" class="number">visits</th><th scope="col" class="number">transitions</th><th scope="col" class="number">a month</th>${this.narrow ? nothing : html`<th scope="col">what it rests on</th>`}</tr>
          </thead>
          <tbody>
            ${report.ledger.map((row) => this.row(row))}
          </tbody>
        </table>
      </div>
      ${
        report.levers.length > 0
          ? html`<div class="title" role="heading" aria-level=${this.level}>What matters most</div><ul>${report.levers.map((lever) => html`<li><button class="link" @click=${() => send(this, 'stepglass-select', { state: lever.state })}>${lever.state}</button>: ${lever.change} → ${lever.usd_per_month === 'unbounded' || lever.usd_per_month >= 0 ? '+' : ''}${usd(lever.usd_per_month)} a month</li>`)}</ul>`
          : nothing
      }
      ${
        report.type === 'STANDARD'
          ? html`<div class="title" role="heading" aria-level=${this.level}>As Express</div>
              <p>
                ${
                  report.express.possible
                    ? `${usd(report.express.usd_per_month)} a month${report.express.memory_mb ? ` with ${report.express.memory_mb} MB` : ''}${report.express.break_even_seconds ? `; dearer than Standard when an execution takes more than ${duration(report.express.break_even_seconds * 1000)}` : ''}.`
                    : `Not possible: ${(report.express.obstacles ?? []).join('; ')}.`
                }
              </p>`
          : nothing
      }
      ${report.not_included.length > 0 ? html`<p class="muted">Not included: what ${report.not_included.join(', ')} cost.</p>` : nothing}
      ${report.notes.map((note) => html`<p class="muted">${note}</p>`)}
    `;
  }

  private slide(log: number): void {
    const value = 10 ** log;
    const size = 10 ** Math.max(0, Math.floor(log) - 1);
    this.assume((all) => (all['executions_per_month'] = Math.round(value / size) * size));
  }

  private row(row: LedgerRow): TemplateResult {
    const rests = row.from.map((one) => {
      const field = one.assumption === undefined ? undefined : kFields[one.assumption];
      return field && one.assumption !== undefined
        ? this.field(row.state, one.assumption, field, one.text)
        : html`<span class="muted">${one.text}${one.origin === 'default' || one.origin === 'derived' ? '' : ` (${one.origin})`}</span> `;
    });
    const isSelected = row.state === this.selected;
    return html`<tr class="${this.narrow && rests.length > 0 ? 'goes-on' : ''}${isSelected ? ' selected' : ''}" aria-current=${isSelected ? 'true' : nothing}>
      <td class="name" .style=${`padding-left:${8 + 16 * row.depth}px`}><button class="link" @click=${() => send(this, 'stepglass-select', { state: row.state })}>${row.state}</button> <span class="muted">${row.type}</span></td>
      <td class="number">${count(row.visits)}</td>
      <td class="number">${count(row.transitions)}</td>
      <td class="number">${usd(row.usd_per_month)}</td>
      ${this.narrow ? nothing : html`<td>${rests}</td>`}
    </tr>
    ${this.narrow && rests.length > 0 ? html`<tr><td colspan="4">${rests}</td></tr>` : nothing}`;
  }

  private field(state: string, name: string, field: { label: string; unit: string; scale: number }, text: string): TemplateResult {
    const value = this.of(state)[name];
    const shown = Array.isArray(value) ? value.map((share) => Number(share) * field.scale).join(', ') : typeof value === 'number' ? String(Math.round(value * field.scale * 1e6) / 1e6) : '';
    return html`<label class="field" title=${text}>
      <span class="muted">${field.label}</span>
      <input
        inputmode="decimal"
        size=${name === 'choices' ? 10 : 4}
        placeholder=${/(?:= |takes |, )([\d.]+)/.exec(text)?.[1] ?? (name === 'failure_rate' ? '0' : '?')}
        aria-label=${`${field.label} of ${state}${field.unit ? `, ${field.unit}` : ''}`}
        .value=${shown}
        @change=${(event: Event) => this.typed(state, name, field.scale, event.target as HTMLInputElement)}
      />
      <span class="muted">${field.unit}</span>
    </label>`;
  }

  private typed(state: string, name: string, scale: number, input: HTMLInputElement): void {
    const parts = input.value.split(/[,;\s]+/).filter((part) => part !== '');
    const numbers = parts.map(Number);
    const good = numbers.every((number) => Number.isFinite(number) && number >= 0) && (name === 'choices' || numbers.length <= 1);
    input.setAttribute('aria-invalid', String(!good));
    if (!good) return;
    const scaled = numbers.map((number) => number / scale);
    this.assumeOf(state, name, scaled.length === 0 ? undefined : name === 'choices' ? scaled : scaled[0]);
  }

  static override styles = [
    tokens,
    tables,
    css`
      :host {
        display: block;
        padding: 12px;
        overflow: auto;
      }
      .head {
        display: flex;
        flex-wrap: wrap;
        gap: 8px 32px;
        align-items: end;
        justify-content: space-between;
        margin-bottom: 12px;
      }
      .big {
        display: flex;
        flex-direction: column;
      }
      .amount {
        font-size: 26px;
        font-weight: 650;
        line-height: 1.2;
        letter-spacing: -0.02em;
      }
      .executions {
        display: flex;
        flex-direction: column;
        min-width: 200px;
      }
      .sums {
        width: auto;
        min-width: 60%;
      }
      .scroll {
        overflow-x: auto;
      }
      .name {
        min-width: 130px;
        overflow-wrap: anywhere;
      }
      .field {
        display: inline-flex;
        gap: 4px;
        align-items: center;
        margin-inline-end: 10px;
        white-space: nowrap;
      }
      .field input {
        min-height: 24px;
        padding: 0 6px;
      }
      @media (pointer: coarse) {
        .field input,
        button.link {
          min-width: 44px;
          min-height: 44px;
        }
        .field {
          margin-block: 2px;
        }
        td {
          vertical-align: middle;
        }
      }
      .field input[aria-invalid='true'] {
        border-color: var(--error);
        background: var(--error-bg);
      }
      .title {
        margin: 16px 0 4px;
        font-size: 13px;
        font-weight: 700;
      }
      ul {
        margin: 0;
        padding-inline-start: 18px;
      }
      .fault {
        padding: 8px 12px;
        border-inline-start: 3px solid var(--warn);
        background: var(--warn-bg);
      }
      .selected {
        background: var(--accent-bg);
        box-shadow: inset 3px 0 0 var(--accent);
      }
      .goes-on > td {
        border-bottom: 0;
      }
    `,
  ];
}

function spread(name: string, values: Spread, write: (value: Spread['min']) => string): TemplateResult {
  return html`<tr><th scope="row">${name}</th><td class="number">${write(values.min)}</td><td class="number">${write(values.expected)}</td><td class="number">${write(values.max)}</td></tr>`;
}

define('stepglass-cost', CostView);
