// A link to what is seen. It is made in the browser and kept nowhere; what looks secret is named before it is shared.

import { LitElement, css, html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { encodeShare, masked, sensitiveParts, type Shared } from '../model/share.js';
import { define } from '../view/define.js';
import { plural } from '../view/text.js';
import { tokens } from '../view/tokens.js';

/** What chats and issue trackers take without cutting. */
const kLongLink = 8000;

export class SharePanel extends LitElement {
  static override properties = { shared: { attribute: false }, link: { state: true }, copied: { state: true } };
  declare shared: Shared | undefined;
  /** Undefined while it is made; empty when there is too much for one. */
  declare link: string | undefined;
  declare copied: string;
  /** What the link is made of, as text: the page hands in another object whenever it renders. */
  private made = '';

  constructor() {
    super();
    this.copied = '';
  }

  protected override updated(changed: PropertyValues): void {
    if (changed.has('shared')) void this.encode();
    if (changed.has('link') && changed.get('link') === undefined) this.renderRoot.querySelector('input')?.focus();
  }

  private async encode(): Promise<void> {
    const { shared } = this;
    const text = JSON.stringify(shared);
    if (!shared || text === this.made) return;
    this.made = text;
    const fragment = await encodeShare(shared);
    if (text !== this.made) return;
    this.link = fragment === undefined ? '' : `${location.href.split('#')[0]}#${fragment}`;
    this.copied = '';
  }

  private copy(what: string, text: string): void {
    void navigator.clipboard?.writeText(text).then(() => (this.copied = `${what} copied.`));
  }

  protected override render(): TemplateResult {
    const { link, shared } = this;
    const texts = shared ? [shared.d, JSON.stringify(shared.m ?? {}), ...(shared.i ?? []).map((input) => input.v)] : [];
    const parts = [...new Set(texts.flatMap(sensitiveParts))];
    return html`
      <h2>Share</h2>
      <p class="muted">The link holds all of it: definition, inputs and mocks. Nothing is sent anywhere; who has the link can read it.</p>
      ${
        parts.length > 0
          ? html`<p class="warn">${plural(parts.length, 'part')} should perhaps not be shared: ${parts.slice(0, 3).map((part) => html`<code>${part.length > 14 ? `${part.slice(0, 4)}…` : part}</code> `)}
              <button @click=${() => this.dispatchEvent(new CustomEvent('stepglass-masked', { detail: { mask: (text: string) => masked(text, parts) } }))}>Mask</button></p>`
          : nothing
      }
      ${
        link === undefined
          ? nothing
          : link === ''
          ? html`<p class="warn">This is too large for a link. Export the files instead.</p>`
          : html`<input class="link mono" readonly autofocus aria-label="Link" .value=${link} @focus=${(event: Event) => (event.target as HTMLInputElement).select()} />
              <div class="actions">
                <button class="primary" @click=${() => this.copy('Link', link)}>Copy link</button>
                <button @click=${() => this.copy('Markdown', `[Open in Stepglass](${link})`)}>Markdown</button>
                <button @click=${() => this.copy('Element', shared ? elementFor(shared) : '')}>Element for a page</button>
              </div>
              <p class="muted">${link.length.toLocaleString('en-US')} characters${link.length > kLongLink ? '; some chats and trackers cut links of this length' : ''}. <span role="status">${this.copied}</span></p>`
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
    `,
  ];
}

/** For a documentation page; the definition stands in it as text, with its inputs and mocks. */
function elementFor({ d, i = [], m, t }: Shared): string {
  const escaped = (text: string) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');
  // In a script nothing is escaped, and only "<" could end it, which JSON can write otherwise.
  const script = (step: string, text: string, label = '') => `  <script type="application/json" data-step="${step}"${label}>${text.replaceAll('<', '\\u003c')}</script>\n`;
  return `<stepglass-machine run="visible"${t ? ' type="express"' : ''}>
  <pre><code>${escaped(d)}</code></pre>
${i.map(({ n, v }) => script('input', v, ` data-label="${escaped(n)}"`)).join('')}${m ? script('mocks', JSON.stringify(m)) : ''}</stepglass-machine>`;
}

define('stepglass-share', SharePanel);
