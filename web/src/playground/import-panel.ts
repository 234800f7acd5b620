// Brings a text into the playground: pasted, or from a file. Of a file with several machines one is chosen.

import { LitElement, css, html, nothing, type TemplateResult } from 'lit';
import { define } from '../view/define.js';
import { tokens } from '../view/tokens.js';

export interface Machine {
  name: string;
  definition: string;
}

export class ImportPanel extends LitElement {
  static override properties = { bring: { attribute: false }, machines: { state: true }, fault: { state: true } };
  /** Takes the text; gives machines to choose from where there are several, or why it cannot be taken. */
  declare bring: ((text: string, name: string) => Promise<Machine[] | string | undefined>) | undefined;
  declare machines: Machine[];
  declare fault: string;

  constructor() {
    super();
    this.machines = [];
    this.fault = '';
  }

  /** Brings it in, or shows what there is to choose from. */
  async take(text: string, name: string): Promise<void> {
    const brought = (await this.bring?.(text, name)) ?? [];
    this.machines = typeof brought === 'string' ? [] : brought;
    this.fault = typeof brought === 'string' ? brought : '';
  }

  /** Nothing is left of what was brought in before. */
  reset(): void {
    this.machines = [];
    this.fault = '';
    for (const field of this.renderRoot.querySelectorAll<HTMLInputElement | HTMLTextAreaElement>('input, textarea')) field.value = '';
  }

  protected override render(): TemplateResult {
    return html`
      <h2>Import</h2>
      <p class="muted">A definition in JSON or YAML, a SAM, CloudFormation, CDK or Terraform file, serverless.yml, an exported execution, or a file that was saved by Share.</p>
      <label class="file">From a file <input type="file" @change=${(event: Event) => {
        const file = (event.target as HTMLInputElement).files?.[0];
        if (file) void file.text().then((text) => this.take(text, file.name));
      }} /></label>
      <textarea class="mono" rows="8" placeholder="or paste it here" aria-label="Text to import"></textarea>
      <button class="primary" @click=${() => {
        const text = this.renderRoot.querySelector('textarea')?.value ?? '';
        void this.take(text, /^\s*[{[]/.test(text) ? 'pasted.json' : /^\s*resource\s+"/m.test(text) ? 'pasted.tf' : 'pasted.yaml');
      }}>Import</button>
      ${this.fault ? html`<p class="fault" role="alert">${this.fault}</p>` : nothing}
      ${
        this.machines.length > 0
          ? html`<h2>Which machine?</h2><ul>${this.machines.map((machine) => html`<li><button class="link" @click=${() => this.dispatchEvent(new CustomEvent('stepglass-take', { detail: machine }))}>${machine.name}</button></li>`)}</ul>`
          : nothing
      }
    `;
  }

  static override styles = [
    tokens,
    css`
      h2 {
        margin: 0 0 4px;
        font-size: 14px;
      }
      p {
        margin: 0 0 8px;
      }
      textarea {
        display: block;
        width: 100%;
        margin: 8px 0;
      }
      .file input {
        max-width: 100%;
        border: 0;
      }
      ul {
        margin: 4px 0 0;
      }
      .fault {
        margin: 8px 0 0;
        color: var(--error);
      }
    `,
  ];
}

define('stepglass-import', ImportPanel);
