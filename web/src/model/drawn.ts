// Apart from what else is asked of a drawing: players, which ask no engine, do not load it.

import type { Calls, Drawing } from '../engine/protocol.js';

/** What was asked for as "drawing". */
export function drawn({ graph }: Calls['graph'][1]): Drawing | undefined {
  return graph && 'scope' in graph ? graph : undefined;
}
