// Where a key leads in a drawing: ↓ and ↑ along transitions, ← and → to what stands beside and to where else the transitions
// of the state lead that one came from, → into a container and out of it at its last state, ← out of it at its first.
//
//   ↓ from Check leads to Pay, → to Refund: both are targets of Check, though they need not stand in one row.
//
// From StartAt every state can be reached: ↓ leads to a target; → and ← from there to all others, since each step goes on in
// one order, from the left, and takes the state along that one came from; what no transition leads to is beside StartAt.

import type { DrawnScope, DrawnState, Drawing } from '../engine/protocol.js';
import { startOf } from './drawing.js';

/** The state from which one came to another, by the other's id: along a transition, or against it. */
export type Trail = ReadonlyMap<string, { id: string; way: 'next' | 'before' }>;

interface Spot {
  state: DrawnState;
  scope: DrawnScope;
  parent: Spot | undefined;
  /** Ids of the states that transitions lead to, those that lead down first; and of those from which one leads down to it. */
  next: Set<string>;
  before: Set<string>;
  ends: boolean;
}

type Spots = Map<string, Spot>;

function spotsOf(scope: DrawnScope, parent?: Spot, all: Spots = new Map()): Spots {
  for (const state of scope.states) all.set(state.id, { state, scope, parent, next: new Set(), before: new Set(), ends: false });
  for (const back of [false, true]) {
    for (const edge of scope.edges) {
      const from = all.get(edge.from ?? '');
      const to = all.get(edge.to ?? '');
      if (from && edge.kind === 'end') from.ends = true;
      if (!from || !to || from === to || edge.back !== back) continue;
      from.next.add(to.state.id);
      if (!back) to.before.add(from.state.id);
    }
  }
  for (const { id, scopes } of scope.states) for (const inner of scopes ?? []) spotsOf(inner, all.get(id), all);
  return all;
}

/** From the left; of what stands in one column from above. */
function isBefore({ box: a, id }: DrawnState, { box: b, id: other }: DrawnState): boolean {
  return a[0] === b[0] ? (a[1] === b[1] ? id < other : a[1] < b[1]) : a[0] < b[0];
}

/** Where one begins: at the start, and at what cannot be reached from there, or from another of these. */
function heads(scope: DrawnScope, spots: Spots): string[] {
  const found: string[] = [];
  const reached = new Set<string>();
  for (const head of [startOf(scope), ...[...scope.states].sort((a, b) => a.box[1] - b.box[1])]) {
    if (!head || reached.has(head.id)) continue;
    found.push(head.id);
    const open = [head.id];
    for (let id = open.pop(); id !== undefined; id = open.pop()) {
      if (reached.has(id)) continue;
      reached.add(id);
      open.push(...(spots.get(id)?.next ?? []));
    }
  }
  return found;
}

/** Where `key` leads from the state `at`; undefined when it leads nowhere. */
export function walk(drawing: Drawing, at: string, key: string, trail: Trail): { at: string; trail: Trail } | undefined {
  const spots = spotsOf(drawing.scope);
  const here = spots.get(at);
  if (!here) return undefined;
  const to = (id: string | undefined, from?: { id: string; way: 'next' | 'before' }) => {
    if (id === undefined) return undefined;
    const longer = new Map(trail);
    if (from) longer.set(id, from);
    else longer.delete(id);
    return { at: id, trail: longer };
  };
  const along = (way: 'next' | 'before') => {
    const came = trail.get(at);
    // Back to where one came from, else on.
    const target = came && came.way !== way && here[way].has(came.id) ? came.id : [...here[way]][0];
    return to(target, { id: at, way });
  };
  const beside = (spot: Spot, step: 1 | -1): ReturnType<typeof walk> => {
    const { state, scope, parent } = spot;
    const [first] = spot.before;
    const came = trail.get(state.id) ?? (first === undefined ? undefined : { id: first, way: 'next' as const });
    const begins = heads(scope, spots);
    const others = new Set([...(came ? (spots.get(came.id)?.[came.way] ?? []) : []), ...(begins.includes(state.id) ? begins : [])]);
    const [, y, , height] = state.box;
    let nearest: DrawnState | undefined;
    for (const one of scope.states) {
      const inRow = Math.abs(one.box[1] + one.box[3] / 2 - y - height / 2) < Math.max(one.box[3], height) / 2;
      if (one === state || !(inRow || others.has(one.id))) continue;
      if (step === 1 ? isBefore(one, state) : isBefore(state, one)) continue;
      if (!nearest || (step === 1 ? isBefore(one, nearest) : isBefore(nearest, one))) nearest = one;
    }
    if (nearest) return to(nearest.id, came);
    if (!parent) return undefined;
    const branches = (parent.state.scopes ?? []).filter((inner) => inner === scope || inner.states.length > 0);
    const branch = branches[branches.indexOf(scope) + step];
    if (branch) return to(startOf(branch)?.id);
    return step === 1 ? beside(parent, 1) : { at: parent.state.id, trail };
  };
  switch (key) {
    case 'ArrowDown':
      return along('next');
    case 'ArrowUp':
      return along('before');
    case 'ArrowRight': {
      const inner = here.state.scopes?.find(({ states }) => states.length > 0);
      return inner ? to(startOf(inner)?.id) : beside(here, 1);
    }
    case 'ArrowLeft':
      return beside(here, -1);
    case 'Home':
      // Again, from the start of a scope: to that of the scope around it.
      for (let spot: Spot | undefined = here; spot; spot = spot.parent) {
        const start = startOf(spot.scope);
        if (start && start.id !== at) return to(start.id);
      }
      return undefined;
    case 'End':
      return to(here.scope.states.findLast(({ id }) => spots.get(id)?.ends)?.id);
    default:
      return undefined;
  }
}
