// A state of a picture in words: what the engine says of it, and what is known of it here.

import type { DrawnState } from '../engine/protocol.js';
import type { Shown } from './graph-paint.js';
import { kStatus, plural } from './text.js';

/** "Charge, Task, Lambda, step 3 of 11, next Notify, on Card.Declined go to Refund, failed, retried 2 times" */
export function spoken(state: DrawnState, shown: Omit<Shown, 'spoken'>): string {
  const { name } = state;
  // A recorded run may be older than these words.
  const parts = [state.spoken ?? `${name}, ${state.type}`];
  if (state.scopes) parts.push('expanded');
  const look = shown.looks.get(name);
  if (look) {
    parts.push(kStatus[look.status].word);
    if (look.visits > 1) parts.push(`visited ${look.visits} times`);
    if (look.retries > 0) parts.push(`retried ${plural(look.retries, 'time')}`);
  }
  const problem = shown.problems.get(name);
  if (problem) parts.push(`finding: ${problem}`);
  if (shown.breakpoints.has(name)) parts.push('breakpoint');
  if (name === shown.holds) parts.push('holds the selected state');
  return parts.join(', ');
}
