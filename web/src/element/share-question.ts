// What a reader is asked before a link exists: whether account ids and what looks secret go along.

import { html, type TemplateResult } from 'lit';
import { masked, sensitiveParts, type Shared } from '../model/share.js';
import { plural } from '../view/text.js';

/** What happens to what looks secret. */
export type Sensitive = 'mask' | 'keep';

const kShown = 3;

/** What a link would carry that should perhaps not be shared. */
export function sensitiveIn({ d, i = [], m, a }: Shared): string[] {
  const texts = [d, ...i.map(({ v }) => v), JSON.stringify(m ?? {}), JSON.stringify(a ?? {})];
  return [...new Set(texts.flatMap(sensitiveParts))];
}

export function maskedShare(shared: Shared, parts: readonly string[]): Shared {
  const mask = (text: string) => masked(text, parts);
  return {
    ...shared,
    d: mask(shared.d),
    ...(shared.i ? { i: shared.i.map(({ n, v }) => ({ n, v: mask(v) })) } : {}),
    ...(shared.m ? { m: JSON.parse(mask(JSON.stringify(shared.m))) as NonNullable<Shared['m']> } : {}),
    ...(shared.a ? { a: JSON.parse(mask(JSON.stringify(shared.a))) as NonNullable<Shared['a']> } : {}),
  };
}

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
