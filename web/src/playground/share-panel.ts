// A link to what is seen. It is made in the browser and kept nowhere; what looks secret is named before it is shared.

import { LitElement, css, html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { encodeShare, masked, maskedIn, sensitiveIn, sensitiveParts, shareFile, type Shared } from '../model/share.js';
import { copyText } from '../view/copy.js';
import { escaped } from '../model/markup.js';
import { define } from '../view/define.js';
import { plural } from '../view/text.js';
import { tokens } from '../view/tokens.js';
import { saveFile } from './exports.js';

/** What chats and issue trackers take without cutting. */
const kLongLink = 8000;

export class SharePanel extends LitElement {
  static override properties = { shared: { attribute: false }, trace: { attribute: false }, choice: { state: true }, link: { state: true }, copied: { state: true } };
  declare shared: Shared | undefined;
  /** What happened in the run, as text. */
  declare trace: string;
  /** What becomes of parts that should perhaps not be shared. Before it is chosen, there is no link. */
  declare choice: 'mask' | 'keep' | undefined;
  /** Undefined while it is made; empty when there is too much for one. */
  declare link: string | undefined;
  declare copied: string;
  /** What the link is made of, as text: the page hands in another object whenever it renders. */
  private made = '';
  private parts: string[] = [];
  /** What is shared: as it is, or masked. */
  private given: Shared | undefined;

  constructor() {
    super();
    this.trace = '';
    this.copied = '';
  }

  protected override willUpdate(changed: PropertyValues): void {
    if (!changed.has('shared') && !changed.has('choice')) return;
    const { shared } = this;
    this.parts = shared ? [...new Set([...sensitiveIn(shared), ...sensitiveParts(this.trace)])] : [];
    this.given = this.parts.length === 0 || this.choice === 'keep' ? shared : this.choice === 'mask' && shared ? maskedIn(shared, this.parts) : undefined;
    void this.encode();
  }

  protected override updated(changed: PropertyValues): void {
    if (changed.has('link') && changed.get('link') === undefined) this.renderRoot.querySelector('input')?.focus();
  }

  private async encode(): Promise<void> {
    const { given } = this;
    const text = JSON.stringify(given) ?? '';
    if (text === this.made) return;
    this.made = text;
    this.copied = '';
    this.link = undefined;
    if (!given) return;
    const fragment = await encodeShare(given);
    if (text === this.made) this.link = fragment === undefined ? '' : `${location.href.split('#')[0]}#${fragment}`;
  }

  private copy(what: string, text: string): void {
    void copyText(text).then((isCopied) => (this.copied = isCopied ? `${what} copied.` : `${what} could not be copied: the browser does not let this page.`));
  }

  protected override render(): TemplateResult {
    const { link, given, parts } = this;
    const choose = (choice: 'mask' | 'keep', word: string) => html`<button aria-pressed=${this.choice === choice} @click=${() => (this.choice = choice)}>${word}</button>`;
    return html`
      <h2>Share</h2>
      <p class="muted">The link holds all of it: definition, inputs and mocks. Nothing is sent anywhere; who has the link can read it.</p>
      ${
        parts.length > 0
          ? html`<div class="warn">${plural(parts.length, 'part')} should perhaps not be shared: ${parts.slice(0, 3).map((part) => html`<code>${part.length > 14 ? `${part.slice(0, 4)}…` : part}</code> `)}
              <div class="actions">${choose('mask', 'Mask in what is shared')}${choose('keep', 'Share as it is')}</div></div>`
          : nothing
      }
      ${
        link === undefined || !given
          ? nothing
          : html`${
              link === ''
                ? html`<p class="warn">This is too large for a link.</p>`
                : html`<input class="link mono" readonly autofocus aria-label="Link" .value=${link} @focus=${(event: Event) => (event.target as HTMLInputElement).select()} />
                    <div class="actions">
                      <button class="primary" @click=${() => this.copy('Link', link)}>Copy link</button>
                      <button @click=${() => this.copy('Markdown', `[Open in Stepglass](${link})`)}>Markdown</button>
                      <button @click=${() => this.copy('Element', elementFor(given))}>Element for a page</button>
                    </div>`
            }
            <div class="actions">
              ${link === '' || link.length > kLongLink ? html`<button class=${link === '' ? 'primary' : ''} @click=${() => saveFile('workflow.stepglass.json', 'application/json', shareFile(given))}>Save as one file</button>` : nothing}
              <button @click=${() => this.copy('Markdown', issueFor(given, link, masked(this.trace, this.choice === 'mask' ? parts : [])))}>Markdown issue with trace</button>
            </div>
            <p class="muted">${link === '' ? '' : `${link.length.toLocaleString('en-US')} characters${link.length > kLongLink ? '; some chats and trackers cut links of this length. Import reads the file' : ''}.`} <span role="status">${this.copied}</span></p>`
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
      .link {
        width: 100%;
        text-overflow: ellipsis;
      }
      .actions {
        display: flex;
        flex-wrap: wrap;
        gap: 6px;
        margin: 8px 0;
      }
      .warn {
        padding: 6px 10px;
        border-inline-start: 3px solid var(--warn);
        background: var(--warn-bg);
      }
      [aria-pressed='true'] {
        border-color: var(--accent);
        background: var(--accent-bg);
      }
    `,
  ];
}

/** For a documentation page; the definition stands in it as text, with its inputs and mocks. */
function elementFor({ d, i = [], m, t }: Shared): string {
  // In a script nothing is escaped, and only "<" could end it, which JSON can write otherwise.
  const script = (step: string, text: string, label = '') => `  <script type="application/json" data-step="${step}"${label}>${text.replaceAll('<', '\\u003c')}</script>\n`;
  return `<stepglass-machine run="visible"${t ? ' type="express"' : ''}>
  <pre><code>${escaped(d)}</code></pre>
${i.map(({ n, v }) => script('input', v, ` data-label="${escaped(n)}"`)).join('')}${m ? script('mocks', JSON.stringify(m)) : ''}</stepglass-machine>`;
}

/** For a tracker: what is there, what happened, and the link to both. */
function issueFor({ d, f = 'json', i = [], sel = 0 }: Shared, link: string, trace: string): string {
  // A fence is longer than any inside of it.
  const fence = (word: string, text: string) => {
    const ticks = '`'.repeat(Math.max(3, ...[...text.matchAll(/`+/g)].map(([run]) => run.length + 1)));
    return `${ticks}${word}\n${text.trimEnd()}\n${ticks}`;
  };
  const input = i[sel]?.v.trim() || '{}';
  return `${[link === '' ? '' : `[Open in Stepglass](${link})`, '### Definition', fence(f, d), '### Input', fence('json', input), trace && '### What happened', trace && fence('', trace)].filter((part) => part !== '').join('\n\n')}\n`;
}

define('stepglass-share', SharePanel);
