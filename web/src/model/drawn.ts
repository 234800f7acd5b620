// Takes the drawing, with the places of states and transitions, out of what the engine answers to `graph`. Players, which ask no
// engine, load what else is asked of a drawing, and not this.

import type { Calls, Drawing } from '../engine/protocol.js';

/** What was asked for as "drawing". */
export function drawn({ graph }: Calls['graph'][1]): Drawing | undefined {
  return graph && 'scope' in graph ? graph : undefined;
}
