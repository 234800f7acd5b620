// What lint found: worst first, each with its place, its help, its fixes and its rule.

import { LitElement, css, html, nothing, type TemplateResult } from 'lit';
import type { Diagnostic, Fix, RuleDoc, Severity } from '../engine/protocol.js';
import { diffLines, diffStyles } from './diff-lines.js';
import { edited } from '../model/text-edits.js';
import { define } from './define.js';
import { send } from './events.js';
import { lineDiff } from './line-diff.js';
import { tokens } from './tokens.js';

const kOrder: Severity[] = ['error', 'warning', 'info'];
const kSigns: Record<Severity, string> = { error: '✕', warning: '!', info: 'i' };
/** A list longer than this is of one mistake in many places: the rest is counted. */
const kMaxShown = 200;

export class Problems extends LitElement {
  static override properties = { diagnostics: { attribute: false }, error: { attribute: false }, retry: { attribute: false }, text: { attribute: false }, fixable: { attribute: false }, openable: { attribute: false }, explain: { attribute: false }, docs: { state: true }, looked: { state: true } };
  /** Undefined while there is no answer yet. */
  declare diagnostics: Diagnostic[] | undefined;
  /** Why there will be none, and what asks again. */
  declare error: string | undefined;
  declare retry: (() => void) | undefined;
  /** What was checked; without it, a fix is shown as what it writes. */
  declare text: string | undefined;
  /** Whether fixes can be made where this stands. */
  declare fixable: boolean;
  /** Whether the examples of a rule can be opened where this stands. */
  declare openable: boolean;
  declare explain: ((code: string) => Promise<RuleDoc | undefined>) | undefined;
  /** Rules that were asked for, by code. */
  declare docs: Map<string, RuleDoc>;
  /** The fix that is shown and not made yet. */
  declare looked: Fix | undefined;

  constructor() {
    super();
    this.diagnostics = [];
    this.fixable = true;
    this.openable = false;
    this.docs = new Map();
  }

  /** What the fix does to the text; nothing where there is none, or it is of another moment. */
  private mended(fix: Fix): TemplateResult | undefined {
    try {
      return this.text === undefined ? undefined : diffLines(lineDiff(this.text, edited(this.text, [fix])));
    } catch {
      return undefined;
    }
  }

  protected override render(): TemplateResult {
    const { diagnostics } = this;
    if (!diagnostics) {
      return html`<p class="empty" role="status">${this.error === undefined ? 'Checking…' : html`It could not be checked: ${this.error}. ${this.retry ? html`<button @click=${this.retry}>Try again</button>` : nothing}`}</p>`;
    }
    if (diagnostics.length === 0) return html`<p class="empty"><span class="good" aria-hidden="true">✓</span> No problems found.</p>`;
    const sorted = [...diagnostics].sort((a, b) => kOrder.indexOf(a.severity) - kOrder.indexOf(b.severity));
    const safe = diagnostics.flatMap((one) => one.fixes.filter((fix) => fix.safe).slice(0, 1));
    return html`
      ${
        this.fixable && safe.length > 1
          ? html`<p class="all"><button @click=${() => send(this, 'stepglass-fix', { fixes: apart(safe) })}>Fix all that is safe (${safe.length})</button></p>`
          : nothing
      }
      <ul>
        ${sorted.slice(0, kMaxShown).map((one) => this.row(one))}
      </ul>
      ${sorted.length > kMaxShown ? html`<p class="muted">and ${sorted.length - kMaxShown} more</p>` : nothing}
    `;
  }

  private row(one: Diagnostic): TemplateResult {
    const doc = this.docs.get(one.code);
    return html`<li part="problem" class=${one.severity}>
      <span class="sign" aria-hidden="true">${kSigns[one.severity]}</span>
      <div>
        <button class="place" @click=${() => send(this, 'stepglass-goto', { range: one.range })}>
          <span class="sr">${one.severity}: </span>${one.message}
          <span class="muted">line ${one.range.start.line}</span>
        </button>
        ${one.help ? html`<p class="help">${one.help}</p>` : nothing}
        ${one.path && one.path.length > 0 ? html`<p class="muted">by way of ${one.path.join(' → ')}</p>` : nothing}
        ${one.related.map(
          (related) => html`<p><button class="link" @click=${() => send(this, 'stepglass-goto', { range: related.range })}>line ${related.range.start.line}</button> ${related.message}</p>`,
        )}
        <p class="actions">
          ${(this.fixable ? one.fixes : []).map(
            (fix) => html`<button title=${preview(fix)} aria-expanded=${fix.safe ? nothing : fix === this.looked} @click=${() => (fix.safe ? this.make(fix) : fix === this.looked ? (this.looked = undefined) : this.look(fix))}>${fix.title}${fix.safe ? '' : ' (look at it)'}</button>`,
          )}
          <button class="quiet" aria-expanded=${doc !== undefined} @click=${() => void this.toggle(one.code)}>${one.code} ${one.name}</button>
        </p>
        ${this.looked && one.fixes.includes(this.looked) ? this.change(this.looked) : nothing}
        ${
          doc
            ? html`<div class="doc">
                <p>${doc.why}</p>
                ${doc.bad ? this.sample('Found in', doc.bad) : nothing}
                ${doc.good ? this.sample('Not in', doc.good) : nothing}
                ${doc.source ? html`<p class="muted">Source: ${doc.source}</p>` : nothing}
              </div>`
            : nothing
        }
      </div>
    </li>`;
  }

  private sample(word: string, definition: string): TemplateResult {
    return html`<p class="muted">${word} ${this.openable ? html`<button @click=${() => send(this, 'stepglass-open', { definition })}>Open</button>` : nothing}</p>
      <pre>${definition}</pre>`;
  }

  /** Shows what a fix changes, and asks whether to make it. */
  look(fix: Fix): void {
    this.looked = fix;
    void this.updateComplete.then(() => {
      const make = this.renderRoot.querySelector<HTMLElement>('.change button');
      make?.scrollIntoView({ block: 'nearest' });
      make?.focus();
    });
  }

  private make(fix: Fix): void {
    this.looked = undefined;
    send(this, 'stepglass-fix', { fixes: [fix] });
  }

  private change(fix: Fix): TemplateResult {
    return html`<div class="change">
      <p class="muted">This may change what the definition does.</p>
      ${this.mended(fix) ?? html`<p>${preview(fix)}</p>`}
      <p class="actions"><button class="primary" @click=${() => this.make(fix)}>Make this change</button><button @click=${() => (this.looked = undefined)}>Leave it</button></p>
    </div>`;
  }

  private async toggle(code: string): Promise<void> {
    const doc = this.docs.has(code) ? undefined : await this.explain?.(code);
    const docs = new Map(this.docs);
    if (doc) docs.set(code, doc);
    else docs.delete(code);
    this.docs = docs;
  }

  static override styles = [
    tokens,
    diffStyles,
    css`
      :host {
        display: block;
        padding: 4px 0;
      }
      ul {
        margin: 0;
        padding: 0;
        list-style: none;
      }
      li {
        display: flex;
        gap: 10px;
        padding: 6px 12px;
        border-bottom: 1px solid var(--border);
      }
      li > div {
        min-width: 0;
        flex: 1;
      }
      p {
        margin: 2px 0;
      }
      .all {
        padding: 4px 12px;
      }
      .sign {
        flex: none;
        width: 18px;
        height: 18px;
        margin-top: 1px;
        border-radius: 50%;
        color: var(--bg);
        font: 700 11px/18px var(--font);
        text-align: center;
      }
      .error > .sign {
        background: var(--error);
      }
      .warning > .sign {
        background: var(--warn);
      }
      .info > .sign {
        background: var(--info);
      }
      .place {
        min-height: 0;
        padding: 0;
        border: 0;
        background: none;
        font-weight: 600;
        text-align: start;
        overflow-wrap: anywhere;
      }
      @media (pointer: coarse) {
        button.place,
        button.link {
          min-width: 44px;
          min-height: 44px;
        }
      }
      .place:hover {
        text-decoration: underline;
      }
      .place .muted {
        font-weight: 400;
        white-space: nowrap;
      }
      .actions {
        display: flex;
        flex-wrap: wrap;
        gap: 4px 8px;
        align-items: center;
      }
      .actions button.quiet {
        padding-inline: 4px;
        color: var(--muted);
        font: 12px var(--mono);
      }
      .doc {
        margin-top: 4px;
        padding: 8px 12px;
        border-radius: var(--radius);
        background: var(--bg-soft);
      }
      .good {
        color: var(--ok);
      }
    `,
  ];
}

/** What the fix writes, for the button's tip. */
function preview(fix: Fix): string {
  return `line ${fix.range.start.line}: ${fix.replacement === '' ? 'delete' : `write ${fix.replacement.trim()}`}`;
}

/** Of fixes that overlap the first stays. */
function apart(fixes: Fix[]): Fix[] {
  const kept: Fix[] = [];
  for (const fix of [...fixes].sort((a, b) => a.range.start.offset - b.range.start.offset)) {
    const last = kept.at(-1);
    if (!last || fix.range.start.offset >= last.range.end.offset) kept.push(fix);
  }
  return kept;
}

define('stepglass-problems', Problems);
