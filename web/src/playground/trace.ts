// What happened in a run, for people to read where there are no pictures.

import { clock } from '../view/text.js';
import type { Session } from './session.js';

/** An issue with more of it is read by nobody. */
const kMaxLines = 200;

/** An event a line, up to the one that is shown; empty where nothing has run. */
export function traceOf({ result, shown, stale }: Session): string {
  if (!result || !shown || stale) return '';
  const lines = shown.events.map((event) => {
    const state = event.visit === undefined ? undefined : shown.visits[event.visit]?.state;
    const { error, cause } = event.details;
    return [String(event.id).padStart(5), clock(event.time - shown.start), event.type, state, error, cause].filter((part) => part !== undefined).join('  ');
  });
  const left = lines.length - kMaxLines;
  // How it ended is what an issue is about.
  return [...(left > 0 ? [`… ${left} events before`] : []), ...lines.slice(-kMaxLines), `${result.status}${result.error === undefined ? '' : ` ${result.error}`}`].join('\n');
}
