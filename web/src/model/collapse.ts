// A drawing with some of its Maps and Parallels drawn as one node. Nothing is laid out again: each of them shrinks to the
// middle of where it stood, and the rows and columns that nothing else needs are taken out, so that people find everything
// where it was, and pages without the engine can do it, too.
//
//   ┌ Each ─────────┐                    ┌ Each ─────┐
//   │ [A] → [B]     │  becomes           │ +2 states │     ids stay
//   └───────────────┘                    └───────────┘

import type { Box, DrawnEdge, DrawnScope, DrawnState, DrawnText, Drawing, Point, Severity } from '../engine/protocol.js';
import { startOf, statesOf, worse } from './drawing.js';
import type { StateLook, VisitStatus } from './replay.js';

const kPadding = 12;
const kLine = 15;
const kLeastWidth = 84;
const kScopeGap = 20;
/** Room that is kept beside boxes and lines. */
const kBesideBox = 14;
const kBesideLine = 7;

/** A stretch of one axis. */
type Stretch = [from: number, to: number];

/** Where a place of one axis is when `gone` is taken out. */
type Shift = (at: number) => number;

function without(gone: readonly Stretch[], kept: readonly Stretch[]): Stretch[] {
  let left = [...gone];
  for (const [from, to] of kept) {
    left = left.flatMap(([a, b]): Stretch[] => (to <= a || from >= b ? [[a, b]] : [[a, from] as Stretch, [to, b] as Stretch].filter(([x, y]) => y > x)));
  }
  return left;
}

function shiftBy(gone: Stretch[]): Shift {
  // Two containers may give up the same stretch.
  const merged: Stretch[] = [];
  for (const [from, to] of gone.sort((a, b) => a[0] - b[0])) {
    const last = merged.at(-1);
    if (last && from <= last[1]) last[1] = Math.max(last[1], to);
    else merged.push([from, to]);
  }
  return (at) => at - merged.reduce((sum, [from, to]) => sum + Math.max(0, Math.min(at, to) - from), 0);
}

const movedBox = ([x, y, width, height]: Box, dx: number, dy: number): Box => [x + dx, y + dy, width, height];
const movedText = (text: DrawnText, dx: number, dy: number): DrawnText => ({ ...text, box: movedBox(text.box, dx, dy) });

function movedState(state: DrawnState, dx: number, dy: number): DrawnState {
  if (dx === 0 && dy === 0) return state;
  return {
    ...state,
    box: movedBox(state.box, dx, dy),
    label: movedText(state.label, dx, dy),
    ...(state.scopes && { scopes: state.scopes.map((scope) => movedScope(scope, dx, dy)) }),
  };
}

function movedScope(scope: DrawnScope, dx: number, dy: number): DrawnScope {
  const point = ([x, y]: Point): Point => [x + dx, y + dy];
  return {
    ...scope,
    box: movedBox(scope.box, dx, dy),
    ...(scope.start && { start: point(scope.start) }),
    ...(scope.end && { end: point(scope.end) }),
    ...(scope.missing && { missing: scope.missing.map((one) => ({ ...one, box: movedBox(one.box, dx, dy), label: movedText(one.label, dx, dy) })) }),
    states: scope.states.map((state) => movedState(state, dx, dy)),
    edges: scope.edges.map((edge) => ({
      ...edge,
      points: edge.points.map(point),
      ...(edge.label && { label: movedText(edge.label, dx, dy) }),
      ...(edge.jump && { jump: movedText(edge.jump, dx, dy) }),
    })),
  };
}

/** In the middle of where it stood; the same state where nothing of it is collapsed. */
function shrunk(state: DrawnState, collapsed: ReadonlySet<string>): DrawnState {
  if (!state.scopes) return state;
  const isCollapsed = collapsed.has(state.name);
  const scopes = isCollapsed ? [] : state.scopes.map((inner) => shrunkScope(inner, collapsed));
  if (!isCollapsed && scopes.every((inner, i) => inner === state.scopes?.[i])) return state;
  const [x, y, width, height] = state.box;
  const tallest = (all: readonly DrawnScope[]) => Math.max(...all.map(({ box }) => box[3]));
  const inside = scopes.reduce((sum, { box }) => sum + box[2], kScopeGap * Math.max(0, scopes.length - 1));
  const newWidth = Math.max(kLeastWidth, Math.max(state.label.box[2], inside) + 2 * kPadding);
  const newHeight = isCollapsed ? state.label.box[1] + state.label.box[3] - y + kLine + kPadding / 2 : height - tallest(state.scopes) + tallest(scopes);
  const box: Box = [x + (width - newWidth) / 2, y + (height - newHeight) / 2, newWidth, newHeight];
  const down = box[1] - y;
  let left = box[0] + (newWidth - inside) / 2;
  const moved = scopes.map((inner) => {
    const at = movedScope(inner, left - inner.box[0], down);
    left += inner.box[2] + kScopeGap;
    return at;
  });
  const { scopes: hidden, ...rest } = state;
  const small = { ...rest, box, label: movedText(state.label, 0, down) };
  if (!isCollapsed) return { ...small, scopes: moved };
  const count = hidden?.reduce((sum, scope) => sum + [...statesOf({ scope })].length, 0) ?? 0;
  return { ...small, hidden: count, spoken: `${state.spoken ?? `${state.name}, ${state.type}`}, collapsed, +${count} state${count === 1 ? '' : 's'}` };
}

function shrunkScope(scope: DrawnScope, collapsed: ReadonlySet<string>): DrawnScope {
  const states = scope.states.map((state) => shrunk(state, collapsed));
  const smaller = new Map(states.flatMap((state, i) => (state === scope.states[i] ? [] : [[state.id, { now: state.box, then: scope.states[i]?.box ?? state.box }] as const])));
  if (smaller.size === 0) return scope;
  const boxes = [...states, ...(scope.missing ?? []), ...scope.edges.flatMap(({ label, jump }) => [label, jump].filter((one) => one !== undefined))].map(({ box }) => box);
  for (const dot of [scope.start, scope.end]) if (dot) boxes.push([dot[0] - 6, dot[1] - 6, 12, 12]);
  // Upright lines keep their columns. In a row of boxes they only become shorter.
  const lines = scope.edges.flatMap(({ points }) => points.map(([x]): Stretch => [x - kBesideLine, x + kBesideLine]));
  const given = [...smaller.values()].map(({ then }) => then);
  const x = shiftBy(without(given.map(([left, , width]): Stretch => [left, left + width]), [...boxes.map(([left, , width]): Stretch => [left - kBesideBox, left + width + kBesideBox]), ...lines]));
  const y = shiftBy(without(given.map(([, top, , height]): Stretch => [top, top + height]), boxes.map(([, top, , height]): Stretch => [top, top + height])));
  const by = ([left, top]: readonly number[]): [number, number] => [x(left ?? 0) - (left ?? 0), y(top ?? 0) - (top ?? 0)];
  /** An arrow ends at the border of what shrank. */
  const end = ([atX, atY]: Point, id: string | null): Point => {
    const change = id === null ? undefined : smaller.get(id);
    if (!change) return [x(atX), y(atY)];
    const { now, then } = change;
    const isTop = Math.abs(atY - then[1]) < Math.abs(atY - then[1] - then[3]);
    return [x(Math.min(Math.max(atX, now[0] + 6), now[0] + now[2] - 6)), y(isTop ? now[1] : now[1] + now[3])];
  };
  /** A loop stays beside what it leads back to. */
  const beside = (edge: DrawnEdge, { now, then }: { now: Box; then: Box }): DrawnEdge => {
    const dx = x(now[0] + now[2]) - then[0] - then[2];
    const dy = y(now[1] + now[3] / 2) - then[1] - then[3] / 2;
    return { ...edge, points: edge.points.map(([atX, atY]): Point => [atX + dx, atY + dy]), ...(edge.label && { label: movedText(edge.label, dx, dy) }) };
  };
  const [left, top, width, height] = scope.box;
  return {
    box: [x(left), y(top), x(left + width) - x(left), y(top + height) - y(top)],
    ...(scope.start && { start: [x(scope.start[0]), y(scope.start[1])] as Point }),
    ...(scope.end && { end: [x(scope.end[0]), y(scope.end[1])] as Point }),
    ...(scope.missing && { missing: scope.missing.map((one) => ({ ...one, box: movedBox(one.box, ...by(one.box)), label: movedText(one.label, ...by(one.box)) })) }),
    states: states.map((state) => movedState(state, ...by(state.box))),
    edges: scope.edges.map((edge) => {
      const looped = edge.from === edge.to && edge.from !== null ? smaller.get(edge.from) : undefined;
      if (looped) return beside(edge, looped);
      return {
      ...edge,
      points: edge.points.map((point, i) => (i === 0 ? end(point, edge.from) : i === edge.points.length - 1 ? end(point, edge.to) : ([x(point[0]), y(point[1])] as Point))),
      ...(edge.label && { label: movedText(edge.label, ...by(edge.label.box)) }),
      ...(edge.jump && { jump: movedText(edge.jump, ...by(edge.jump.box)) }),
      };
    }),
  };
}

/** `drawing` with the Maps and Parallels of these names as one node each. */
export function collapse(drawing: Drawing, collapsed: ReadonlySet<string>): Drawing {
  const scope = shrunkScope(drawing.scope, collapsed);
  return { ...drawing, width: drawing.width + scope.box[2] - drawing.scope.box[2], height: drawing.height + scope.box[3] - drawing.scope.box[3], scope };
}

/** Whether it is the machine of before, as somebody writes on: it starts alike, or half of its outer states stay. */
export function isSameMachine({ scope: before }: Drawing, { scope: now }: Drawing): boolean {
  const names = new Set(now.states.map(({ name }) => name));
  return startOf(before)?.name === startOf(now)?.name || before.states.filter(({ name }) => names.has(name)).length * 2 >= before.states.length;
}

/** The name of each hidden state, and of the node that holds it. */
export function holdersOf(drawing: Drawing, collapsed: ReadonlySet<string>): Map<string, string> {
  const holders = new Map<string, string>();
  for (const state of statesOf(drawing)) {
    const holder = holders.get(state.name) ?? (collapsed.has(state.name) && state.scopes ? state.name : undefined);
    if (holder === undefined) continue;
    for (const scope of state.scopes ?? []) for (const inner of scope.states) holders.set(inner.name, holder);
  }
  return holders;
}

/** What is said of states by their names, where a node stands for those that it holds. */
function lifted<T>(all: ReadonlyMap<string, T>, holders: ReadonlyMap<string, string>, merge: (a: T, b: T) => T): Map<string, T> {
  const up = new Map<string, T>();
  // Nodes themselves first.
  for (const [name, value] of all) if (!holders.has(name)) up.set(name, value);
  for (const [name, value] of all) {
    const holder = holders.get(name);
    if (holder === undefined) continue;
    const before = up.get(holder);
    up.set(holder, before === undefined ? value : merge(before, value));
  }
  return up;
}

const kWorst: VisitStatus[] = ['succeeded', 'aborted', 'caught', 'running', 'failed'];

/** What is known of states by their names. */
interface Known {
  looks: ReadonlyMap<string, StateLook>;
  problems: ReadonlyMap<string, Severity>;
  heat: ReadonlyMap<string, number>;
  breakpoints: ReadonlySet<string>;
}

/** A node that holds one that failed has failed, and so on. */
export function liftedAll({ looks, problems, heat, breakpoints }: Known, holders: ReadonlyMap<string, string>): Known {
  return {
    looks: lifted(looks, holders, (node, inner) => (kWorst.indexOf(inner.status) > kWorst.indexOf(node.status) ? { ...node, status: inner.status } : node)),
    problems: lifted(problems, holders, worse),
    heat: lifted(heat, holders, (a, b) => Math.min(1, a + b)),
    breakpoints: new Set([...breakpoints].map((name) => holders.get(name) ?? name)),
  };
}
