// Lines that came, went or stayed, as a person reads them: by sign and by colour.

import { css, html, nothing, type TemplateResult } from 'lit';
import type { Diff } from './json-diff.js';
import { plural } from './text.js';

const kSigns = { same: ' ', added: '+', removed: '−' };

/** Where a line is wrapped it goes on behind its indentation; that of the deepest leaves room for it. */
function hanging(depth: number): string {
  const columns = Math.min(20, 4 + 2 * depth);
  return `padding-left:${columns}ch;text-indent:-${columns}ch`;
}

export function diffLines({ lines, left }: Diff): TemplateResult {
  return html`<pre class="diff">${lines.map((line) =>
    line.kind === 'folded'
      ? html`<span class="line muted">${' '.repeat(2 + 2 * line.depth)}… ${line.count} unchanged\n</span>`
      : html`<span class="line ${line.kind}" .style=${hanging(line.depth)}>${kSigns[line.kind]} ${' '.repeat(2 * line.depth)}${line.text}\n</span>`,
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
  .line {
    display: block;
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
