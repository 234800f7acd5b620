// A definition to read: keys, strings and other values apart, as far as a line of JSON or YAML tells.

import { LitElement, css, html, type TemplateResult } from 'lit';
import { define } from './define.js';
import { tokens } from './tokens.js';

/** A string with the colon that makes it a key, a bare key of YAML, or a value that is no string. */
const kToken = /("(?:[^"\\\n]|\\.)*"|'[^'\n]*'|(?<=^[ \t-]*)[\w.$-]+(?=:\s))(\s*:)?|(?<=[:\s,[])(?:-?\d[\d.eE+-]*|true|false|null)(?=[\s,\]}]|$)/gm;
/** A longer text is shown without: each part is an element of the page. */
const kMaxColoured = 100_000;

export class CodeView extends LitElement {
  static override properties = { text: { attribute: false } };
  declare text: string;

  constructor() {
    super();
    this.text = '';
  }

  protected override render(): TemplateResult {
    return html`<pre tabindex="0" role="group" aria-label="Definition">${this.parts()}</pre>`;
  }

  private parts(): unknown[] {
    const { text } = this;
    if (text.length > kMaxColoured) return [text];
    const parts: unknown[] = [];
    let from = 0;
    for (const match of text.matchAll(kToken)) {
      const [all, word, colon] = match;
      const kind = word === undefined ? 'value' : colon !== undefined || !/^["']/.test(word) ? 'key' : 'string';
      parts.push(text.slice(from, match.index), html`<span class=${kind}>${word ?? all}</span>`, colon ?? '');
      from = match.index + all.length;
    }
    return [...parts, text.slice(from)];
  }

  static override styles = [
    tokens,
    css`
      :host {
        display: block;
      }
      pre {
        min-height: 100%;
        padding: 8px 12px;
      }
      .key {
        color: var(--accent);
      }
      .string {
        color: var(--ok);
      }
      .value {
        color: var(--info);
      }
    `,
  ];
}

define('stepglass-code', CodeView);
