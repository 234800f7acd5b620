// What a reader is asked before a link exists: whether account ids and what looks secret go along.

import { html, type TemplateResult } from 'lit';
import { plural } from '../view/text.js';

/** What happens to what looks secret. */
export type Sensitive = 'mask' | 'keep';

const kShown = 3;

/** The question; `answer` takes nothing when there is to be no link. */
export function question(parts: readonly string[], answer: (choice: Sensitive | undefined) => void): TemplateResult {
  const shown = parts.slice(0, kShown).map((part) => html`<code>${part.length > 14 ? `${part.slice(0, 4)}…` : part}</code> `);
  return html`<div class="message question" role="group" aria-labelledby="question">
    <p id="question">The link would hold ${plural(parts.length, 'part')} that should perhaps not be shared: ${shown}${parts.length > kShown ? '…' : ''}</p>
    <button class="primary" @click=${() => answer('mask')}>Mask and go on</button>
    <button @click=${() => answer('keep')}>Share as it is</button>
    <button class="quiet" @click=${() => answer(undefined)}>Cancel</button>
  </div>`;
}
