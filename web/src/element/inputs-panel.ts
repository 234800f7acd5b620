// Input and mocks of a run, as a reader writes them. What is no JSON is told where it stands, and is not used.

import { LitElement, css, html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import type { Mocks } from '../engine/protocol.js';
import { runDataFault, runDataText, type RunData } from '../model/run-data.js';
import { define } from '../view/define.js';
import { tokens } from '../view/tokens.js';

export type OwnTexts = { [field in RunData]?: string };
/** What was written: the input as text, since a large number is more than JavaScript holds. */
export interface OwnData {
  input?: string;
  mocks?: Mocks;
}

const kLabels: Record<RunData, string> = { input: 'Input (JSON)', mocks: 'Mocks (JSON): what tasks answer, by state' };

/** What is wrong with a text; empty when nothing is. */
function faultOf(field: RunData, text: string): string {
  const fault = runDataFault(text, field);
  return fault?.kind === 'syntax' ? `This is no JSON: ${fault.message}` : (fault?.message ?? '');
}

/** Sends "own" with what can be used, as it is written; "run", "reset" and "close". */
export class InputsPanel extends LitElement {
  static override properties = { texts: { attribute: false }, faults: { state: true } };
  /** What the fields begin with; a field that is not there is not shown. */
  declare texts: OwnTexts;
  declare faults: OwnTexts;

  constructor() {
    super();
    this.texts = {};
    this.faults = {};
  }

  private get fields(): RunData[] {
    return (['input', 'mocks'] as const).filter((field) => this.texts[field] !== undefined);
  }

  private area(field: RunData): HTMLTextAreaElement | null {
    return this.renderRoot.querySelector<HTMLTextAreaElement>(`#${field}`);
  }

  /** Whether all that is written can be used. Else it says why, and leads there. */
  check(): boolean {
    this.faults = Object.fromEntries(this.fields.map((field) => [field, faultOf(field, this.area(field)?.value ?? '')]));
    const wrong = this.fields.find((field) => this.faults[field]);
    if (wrong) this.area(wrong)?.focus();
    return wrong === undefined;
  }

  override focus(): void {
    const [first] = this.fields;
    if (first) this.area(first)?.focus();
  }

  protected override willUpdate(changed: PropertyValues): void {
    if (changed.has('texts')) this.faults = {};
  }

  protected override updated(changed: PropertyValues): void {
    if (changed.has('texts')) for (const field of this.fields) Object.assign(this.area(field) ?? {}, { value: this.texts[field] });
  }

  private write(field: RunData, left: boolean): void {
    const text = runDataText(this.area(field)?.value ?? '');
    const fault = faultOf(field, text);
    // While somebody writes, it is never JSON.
    if (left || !fault) this.faults = { ...this.faults, [field]: fault };
    if (!fault && !left) this.tell('own', field === 'input' ? { input: text } : { mocks: JSON.parse(text) as Mocks });
  }

  private tell(name: 'own' | 'run' | 'reset' | 'close', detail: OwnData = {}): void {
    this.dispatchEvent(new CustomEvent(name, { detail }));
  }

  private onKey(event: KeyboardEvent): void {
    if (event.key === 'Escape') this.tell('close');
    else if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) this.tell('run');
    else return;
    event.preventDefault();
    event.stopPropagation();
  }

  protected override render(): TemplateResult {
    return html`<div class="fields" @keydown=${this.onKey}>
        ${this.fields.map(
          (field) => html`<div>
            <label for=${field}>${kLabels[field]}</label>
            <textarea class="mono" id=${field} rows="5" spellcheck="false" autocapitalize="off" aria-invalid=${Boolean(this.faults[field])} aria-describedby=${this.faults[field] ? `${field}-fault` : nothing} @input=${() => this.write(field, false)} @change=${() => this.write(field, true)}></textarea>
            ${this.faults[field] ? html`<p id=${`${field}-fault`} role="alert">${this.faults[field]}</p>` : nothing}
          </div>`,
        )}
      </div>
      <div class="actions">
        <button @click=${() => this.tell('reset')}>As the page has it</button>
        <button class="quiet" @click=${() => this.tell('close')}>Close</button>
      </div>`;
  }

  static override styles = [
    tokens,
    css`
      :host {
        flex: none;
        max-height: 60%;
        overflow: auto;
        padding: 8px;
        border-bottom: 1px solid var(--border);
        background: var(--bg-soft);
      }
      .fields,
      .actions {
        display: flex;
        flex-wrap: wrap;
        gap: 8px;
      }
      .fields > div {
        flex: 1 1 220px;
        min-width: 0;
      }
      .actions {
        margin-top: 6px;
      }
      label {
        color: var(--muted);
      }
      textarea {
        display: block;
        width: 100%;
        padding: 6px 8px;
        resize: vertical;
      }
      textarea[aria-invalid='true'] {
        border-color: var(--error);
      }
      p {
        margin: 4px 0 0;
        color: var(--error);
        overflow-wrap: anywhere;
      }
    `,
  ];
}

define('stepglass-inputs', InputsPanel);
