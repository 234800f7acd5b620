// What a terminal would show of the same: the commands, and what they print. The engine writes it, with the code of the program.

import { LitElement, css, html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import type { Engine } from '../engine/client.js';
import { copyText } from '../view/copy.js';
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
  static override properties = { engine: { attribute: false }, content: { attribute: false }, printed: { state: true }, stale: { state: true }, told: { state: true } };
  declare engine: Engine | undefined;
  declare content: Content | undefined;
  /** By the words of the command. */
  declare printed: ReadonlyMap<string, string>;
  /** Of other content, until it is printed anew. */
  declare stale: ReadonlySet<string>;
  /** Of what was to be copied last: the command, and what became of it. */
  declare told: { line: string; word: string } | undefined;
  private asking: AbortController | undefined;

  constructor() {
    super();
    this.printed = new Map();
    this.stale = new Set();
  }

  override connectedCallback(): void {
    super.connectedCallback();
    // What it had asked was ended when it left the page.
    if (this.hasUpdated) void this.ask();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.asking?.abort();
  }

  protected override willUpdate(changed: PropertyValues): void {
    if (changed.has('content')) this.stale = new Set(this.printed.keys());
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
        this.stale = new Set([...this.stale].filter((line) => line !== command.line));
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
    void copyText(line).then((isCopied) => (this.told = { line, word: isCopied ? 'Copied' : 'Could not be copied' }));
  }

  private command({ line }: Command): TemplateResult {
    const text = this.printed.get(line);
    const isStale = this.stale.has(line);
    return html`<section>
      <div class="command"><pre>$ ${line}</pre><span class="muted" role="status">${this.told?.line === line ? this.told.word : ''}</span><button aria-label=${`Copy ${line}`} @click=${() => this.copy(line)}>Copy</button></div>
      ${text === undefined ? html`<p class="muted">…</p>` : html`<pre class="printed" tabindex="0" role="region" aria-busy=${isStale} aria-label=${`What ${line} prints`}>${text}</pre>`}
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
      .printed[aria-busy='true'] {
        opacity: 0.5;
      }
      .ruler {
        position: absolute;
        visibility: hidden;
      }
    `,
  ];
}

define('stepglass-terminal', TerminalPane);
