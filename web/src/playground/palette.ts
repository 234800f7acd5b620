// Commands and states by their names.

import { LitElement, css, html, type TemplateResult } from 'lit';
import { define } from '../view/define.js';
import { tokens } from '../view/tokens.js';

export type Command = [word: string, act: () => void];

export class Palette extends LitElement {
  static override properties = { label: {}, filter: { attribute: false }, text: { state: true }, at: { state: true } };
  declare label: string;
  declare filter: ((text: string) => Command[]) | undefined;
  declare text: string;
  declare at: number;

  constructor() {
    super();
    this.label = '';
    this.text = '';
    this.at = 0;
  }

  override focus(): void {
    this.renderRoot.querySelector('input')?.focus();
  }

  protected override updated(): void {
    this.renderRoot.querySelector('[aria-selected=true]')?.scrollIntoView({ block: 'nearest' });
  }

  private onKey(event: KeyboardEvent): void {
    const rows = this.filter?.(this.text) ?? [];
    if (event.key === 'ArrowDown') this.at = Math.min(rows.length - 1, this.at + 1);
    else if (event.key === 'ArrowUp') this.at = Math.max(0, this.at - 1);
    else if (event.key === 'Enter') this.choose(rows[this.at]);
    else return;
    event.preventDefault();
    event.stopPropagation();
  }

  private choose(row: Command | undefined): void {
    if (!row) return;
    this.text = '';
    this.at = 0;
    this.dispatchEvent(new CustomEvent('stepglass-done'));
    row[1]();
  }

  protected override render(): TemplateResult {
    const rows = this.filter?.(this.text) ?? [];
    return html`
      <input role="combobox" aria-expanded="true" aria-controls="rows" aria-activedescendant=${`row-${this.at}`} aria-label=${this.label} placeholder=${this.label} .value=${this.text} @input=${(event: Event) => {
        this.text = (event.target as HTMLInputElement).value;
        this.at = 0;
      }} @keydown=${this.onKey} />
      <div id="rows" role="listbox" aria-label=${this.label}>
        ${rows.map((row, i) => html`<div role="option" id=${`row-${i}`} aria-selected=${i === this.at} @click=${() => this.choose(row)}>${row[0]}</div>`)}
      </div>
    `;
  }

  static override styles = [
    tokens,
    css`
      input {
        width: 100%;
        min-height: 36px;
      }
      #rows {
        margin-top: 6px;
      }
      [role='option'] {
        padding: 5px 10px;
        border-radius: var(--radius);
        cursor: pointer;
        overflow-wrap: anywhere;
      }
      @media (pointer: coarse) {
        [role='option'] {
          padding-block: 12px;
        }
      }
      [role='option']:hover {
        background: var(--bg-soft);
      }
      [role='option'][aria-selected='true'] {
        background: var(--accent-bg);
        box-shadow: inset 3px 0 0 var(--accent);
      }
    `,
  ];
}

define('stepglass-palette', Palette);
