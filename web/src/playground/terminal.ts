// What a terminal would show of the same: the commands, and what they print. The engine writes it, with the code of the program.

import { LitElement, css, html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import type { Engine } from '../engine/client.js';
import { define } from '../view/define.js';
import { tokens } from '../view/tokens.js';
import { commands, type Command } from './command-line.js';
import type { Content } from './store.js';

/** Columns of the terminal, at least and at most; what fits in between is taken. */
const kLeastColumns = 40;
const kMostColumns = 120;
/** After an edit it waits this long, as for one who types. */
const kPauseMs = 300;

export class TerminalPane extends LitElement {
  static override properties = { engine: { attribute: false }, content: { attribute: false }, printed: { state: true }, copied: { state: true } };
  declare engine: Engine | undefined;
  declare content: Content | undefined;
  /** By the words of the command. */
  declare printed: ReadonlyMap<string, string>;
  declare copied: string;
  private asking: AbortController | undefined;

  constructor() {
    super();
    this.printed = new Map();
    this.copied = '';
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.asking?.abort();
  }

  protected override updated(changed: PropertyValues): void {
    if (changed.has('content')) void this.ask();
  }

  private async ask(): Promise<void> {
    this.asking?.abort();
    const { signal } = (this.asking = new AbortController());
    const { engine, content } = this;
    if (!engine || !content) return;
    if (this.printed.size > 0) await new Promise((done) => setTimeout(done, kPauseMs));
    try {
      for (const command of commands(content)) {
        signal.throwIfAborted();
        const reply = await engine.text(command.op, command.request, this.columns(), { signal });
        this.printed = new Map(this.printed).set(command.line, reply.ok ? reply.result.text : `error: ${reply.error.message}\n`);
      }
    } catch (error) {
      if (!signal.aborted) throw error;
    }
  }

  /** As many as fit. */
  private columns(): number {
    const ruler = this.renderRoot.querySelector('.ruler');
    const width = (ruler?.getBoundingClientRect().width ?? 0) / 10;
    return Math.round(Math.min(kMostColumns, Math.max(kLeastColumns, width > 0 ? (this.clientWidth - 32) / width : 80)));
  }

  private copy(line: string): void {
    void navigator.clipboard?.writeText(line).then(() => (this.copied = line));
  }

  private command({ line }: Command): TemplateResult {
    const text = this.printed.get(line);
    return html`<section>
      <div class="command"><pre>$ ${line}</pre><button aria-label=${`Copy ${line}`} @click=${() => this.copy(line)}>${this.copied === line ? 'Copied' : 'Copy'}</button></div>
      ${text === undefined ? html`<p class="muted">…</p>` : html`<pre class="printed" tabindex="0" role="region" aria-label=${`What ${line} prints`}>${text}</pre>`}
    </section>`;
  }

  protected override render(): TemplateResult {
    return html`<p class="muted">The same in a terminal. <slot></slot></p>
      <span class="ruler mono" aria-hidden="true">0123456789</span>
      ${this.content ? commands(this.content).map((command) => this.command(command)) : nothing}`;
  }

  static override styles = [
    tokens,
    css`
      :host {
        display: block;
        padding: 12px 16px;
      }
      p {
        margin: 0 0 12px;
      }
      section {
        margin-bottom: 16px;
      }
      .command {
        display: flex;
        gap: 8px;
        align-items: start;
      }
      .command pre {
        flex: 1;
        padding: 8px;
        border-radius: var(--radius);
        background: var(--bg-soft);
      }
      .printed {
        margin: 8px;
        overflow-x: auto;
        white-space: pre;
        overflow-wrap: normal;
      }
      .ruler {
        position: absolute;
        visibility: hidden;
      }
    `,
  ];
}

define('stepglass-terminal', TerminalPane);
