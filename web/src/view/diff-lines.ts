// Lines that came, went or stayed, as a person reads them: by sign and by colour.

import { css, html, nothing, type TemplateResult } from 'lit';
import type { Diff } from './json-diff.js';
import { plural } from './text.js';

const kSigns = { same: ' ', added: '+', removed: '−' };

export function diffLines({ lines, left }: Diff): TemplateResult {
  return html`<pre class="diff">${lines.map((line) =>
    line.kind === 'folded'
      ? html`<span class="muted">${' '.repeat(2 + 2 * line.depth)}… ${line.count} unchanged</span>\n`
      : html`<span class=${line.kind}>${kSigns[line.kind]} ${' '.repeat(2 * line.depth)}${line.text}</span>\n`,
  )}${left > 0 ? html`<span class="muted">  … ${plural(left, 'line')} more</span>` : nothing}</pre>`;
}

export const diffStyles = css`
  .diff {
    padding: 8px;
    border-radius: var(--radius);
    background: var(--bg-soft);
    line-height: 1.6;
    max-height: 24em;
    overflow: auto;
  }
  .added {
    color: var(--ok);
    background: var(--ok-bg);
  }
  .removed {
    color: var(--error);
    background: var(--error-bg);
  }
`;
