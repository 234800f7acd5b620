// A scratch pad for expressions: JSONata, as it is or as states take it, and JSONPath.

import { LitElement, css, html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import type { Engine } from '../engine/client.js';
import type { Json } from '../engine/protocol.js';
import { define } from '../view/define.js';
import { parse, pretty } from '../view/text.js';
import { tokens } from '../view/tokens.js';

type Language = 'jsonata' | 'states' | 'path';

export class ExpressionPane extends LitElement {
  static override properties = { engine: { attribute: false }, data: { attribute: false }, own: { state: true }, expression: { state: true }, language: { state: true }, value: { state: true }, fault: { state: true } };
  declare engine: Engine | undefined;
  /** JSON text: the input of what is selected, until a person types other data. */
  declare data: string;
  declare own: string | undefined;
  declare expression: string;
  declare language: Language;
  declare value: string | undefined;
  declare fault: string | undefined;

  private asking: AbortController | undefined;

  constructor() {
    super();
    this.data = '{}';
    this.expression = '$sum([1, 2, 3])';
    this.language = 'jsonata';
  }

  protected override updated(changed: PropertyValues): void {
    if (['data', 'own', 'expression', 'language', 'engine'].some((name) => changed.has(name))) void this.evaluate();
  }

  private async evaluate(): Promise<void> {
    this.asking?.abort();
    const { signal } = (this.asking = new AbortController());
    const data = parse(this.own ?? this.data);
    if (data === undefined) {
      this.value = undefined;
      this.fault = 'The data is no JSON.';
      return;
    }
    try {
      const [value, fault] = this.language === 'path' ? await this.path(data, signal) : await this.jsonata(data, signal);
      this.value = value;
      this.fault = fault;
    } catch (error) {
      if (!signal.aborted) throw error;
    }
  }

  private async path(data: Json, signal: AbortSignal): Promise<[string | undefined, string | undefined]> {
    const reply = await this.engine?.call('path', { path: this.expression, data }, { signal });
    if (!reply) return [undefined, undefined];
    if (!reply.ok) return [undefined, reply.error.message];
    return reply.result.error === undefined ? [JSON.stringify(reply.result.value, undefined, 2), undefined] : [undefined, reply.result.message ?? reply.result.error];
  }

  private async jsonata(data: Json, signal: AbortSignal): Promise<[string | undefined, string | undefined]> {
    const states = this.language === 'states';
    const reply = await this.engine?.call('jsonata', states ? { expression: this.expression, dialect: 'states', bindings: { states: { input: data } } } : { expression: this.expression, data }, { signal });
    if (!reply) return [undefined, undefined];
    if (!reply.ok) return [undefined, reply.error.message];
    const { result } = reply;
    if (result.error) return [undefined, `${result.error.code} at ${result.error.position}: ${result.error.message}`];
    if (result.undefined) return ['undefined', undefined];
    return [result.function ? 'a function' : JSON.stringify(result.value, undefined, 2), undefined];
  }

  protected override render(): TemplateResult {
    return html`
      <div class="row">
        <select aria-label="Language" @change=${(event: Event) => (this.language = (event.target as HTMLSelectElement).value as Language)}>
          <option value="jsonata">JSONata</option>
          <option value="states">JSONata in a state</option>
          <option value="path">JSONPath</option>
        </select>
        <input class="mono" spellcheck="false" aria-label="Expression" .value=${this.expression} @input=${(event: Event) => (this.expression = (event.target as HTMLInputElement).value)} />
      </div>
      <div class="columns">
        <label>Data ${this.own === undefined ? html`<span class="muted">of the selected state</span>` : html`<button class="link" @click=${() => (this.own = undefined)}>take that of the selected state</button>`}
          <textarea class="mono" spellcheck="false" .value=${this.own ?? pretty(this.data)} @input=${(event: Event) => (this.own = (event.target as HTMLTextAreaElement).value)}></textarea>
        </label>
        <div>
          <span>Result${this.language === 'states' ? html` <span class="muted">the data is $states.input</span>` : nothing}</span>
          ${this.fault === undefined ? html`<pre class="result">${this.value ?? ''}</pre>` : html`<pre class="result fault" role="note">${this.fault}</pre>`}
        </div>
      </div>
    `;
  }

  static override styles = [
    tokens,
    css`
      :host {
        display: flex;
        flex: 1;
        flex-direction: column;
        gap: 8px;
        padding: 8px 12px;
        min-height: 180px;
      }
      .row,
      .columns {
        display: flex;
        flex-wrap: wrap;
        gap: 8px;
      }
      .row input {
        flex: 1 1 220px;
        min-width: 0;
      }
      .columns {
        flex: 1;
        min-height: 0;
      }
      .columns > * {
        flex: 1 1 240px;
        display: flex;
        flex-direction: column;
        min-width: 0;
      }
      textarea,
      .result {
        flex: 1;
        min-height: 90px;
        margin: 2px 0 0;
        padding: 6px 8px;
        border: 1px solid var(--border);
        border-radius: var(--radius);
        overflow: auto;
        resize: none;
      }
      .result {
        background: var(--bg-soft);
      }
      .fault {
        border-color: var(--error);
        color: var(--error);
      }
    `,
  ];
}

define('stepglass-expression', ExpressionPane);
