// Where things stand on a timeline on which nobody waits: idle time is folded, so that three days take as much room as
// half a second, and both can be told apart by what is written there.

import type { Replay, Visit } from '../model/replay.js';

/** A stretch of time, from and to in milliseconds of the execution, and how wide it is drawn. */
export interface Stretch {
  from: number;
  to: number;
  /** Of the whole width, as 0 to 1. */
  x: number;
  width: number;
  folded: boolean;
}

export interface Lane {
  visits: Visit[];
  label: string;
  depth: number;
  /** Iterations that are one lane because there are many. */
  items: number | undefined;
}

/** Iterations of one Map that have lanes of their own. */
export const kMaxItemLanes = 12;
export const kMaxLanes = 300;

/** The scale of a history. Time between events counts by its logarithm, so that no step hides the others. */
export function stretches(replay: Replay): Stretch[] {
  const times = [...new Set(replay.events.map((event) => event.time))].sort((a, b) => a - b);
  if (times.length < 2) return [{ from: replay.start, to: replay.start, x: 0, width: 1, folded: false }];
  const gaps: { from: number; to: number; weight: number; folded: boolean }[] = [];
  const spans = times.slice(1).map((time, i) => time - (times[i] ?? 0));
  const sorted = [...spans].sort((a, b) => a - b);
  const median = sorted[Math.floor(sorted.length / 2)] ?? 1;
  const limit = Math.max(median * 8, 1);
  for (let i = 1; i < times.length; ++i) {
    const from = times[i - 1] ?? 0;
    const to = times[i] ?? 0;
    const span = to - from;
    const folded = span > limit && times.length > 3;
    gaps.push({ from, to, weight: folded ? limit * (1 + Math.log10(span / limit) / 4) : Math.max(span, limit / 16), folded });
  }
  // What is folded shows that it is long, and leaves the room to the rest.
  const lively = gaps.reduce((sum, gap) => sum + (gap.folded ? 0 : gap.weight), 0);
  for (const gap of gaps) if (gap.folded && lively > 0) gap.weight = Math.min(gap.weight, lively / 4);
  const all = gaps.reduce((sum, gap) => sum + gap.weight, 0);
  let x = 0;
  return gaps.map(({ from, to, weight, folded }) => {
    const width = weight / all;
    const stretch = { from, to, x, width, folded };
    x += width;
    return stretch;
  });
}

/** Where a time stands, 0 to 1. */
export function placeOf(time: number, all: readonly Stretch[]): number {
  let low = 0;
  let high = all.length - 1;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((all[middle]?.to ?? 0) < time) low = middle + 1;
    else high = middle;
  }
  const at = all[low];
  if (!at) return 0;
  const span = at.to - at.from;
  return Math.min(1, Math.max(0, at.x + at.width * (span === 0 ? 0 : (time - at.from) / span)));
}

/** Visits of one state in one place of the machine share a lane; items of a Map have lanes of their own while they are few. */
export function lanesOf(replay: Replay): Lane[] {
  const lanes: Lane[] = [];
  const byKey = new Map<string, Lane>();
  const itemsOf = new Map<number, number>();
  for (const visit of replay.visits) {
    if (visit.parent !== undefined && visit.iteration !== undefined) {
      itemsOf.set(visit.parent, Math.max(itemsOf.get(visit.parent) ?? 0, visit.iteration + 1));
    }
  }
  for (const visit of replay.visits) {
    const items = visit.parent === undefined ? undefined : itemsOf.get(visit.parent);
    const many = items !== undefined && items > kMaxItemLanes;
    const item = visit.iteration === undefined || many ? '' : `[${visit.iteration}] `;
    const key = `${visit.parent ?? ''}/${item}${visit.state}`;
    let lane = byKey.get(key);
    if (!lane) {
      lane = { visits: [], label: item + visit.state, depth: visit.depth, items: many ? items : undefined };
      byKey.set(key, lane);
      lanes.push(lane);
    }
    lane.visits.push(visit);
  }
  return lanes;
}
