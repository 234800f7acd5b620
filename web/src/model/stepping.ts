// Where a step of a debugger leads in a history: to the next state of any depth, past what is within a state, or out of it.

import type { Change, Json } from '../engine/protocol.js';
import type { Replay, ReplayEvent, Visit } from './replay.js';

/** into: the next state that is entered, of any depth. over: past what is within this one, in its own branch and item. out: to
 *  what comes behind the branches or items that it is in. */
export type Step = 'into' | 'over' | 'out';

const kOfState = /State(Entered|Exited)$/;

function last(whole: Replay): number {
  return whole.events.at(-1)?.id ?? 0;
}

/** The event that a step from event `at` leads to; the last one when there is none. */
export function stepTo(whole: Replay, at: number, step: Step): number {
  const { visits } = whole;
  const own = whole.events.find((event) => event.id === at)?.visit;
  const here = own === undefined ? undefined : visits[own];
  const from = step === 'out' ? (here?.parent === undefined ? undefined : visits[here.parent]) : here;
  if (step === 'out' && !from) return last(whole);
  // The visits around it: a step over the last state of a branch ends in what is around.
  const around: Visit[] = [];
  for (let visit = from; visit; visit = visit.parent === undefined ? undefined : visits[visit.parent]) around.push(visit);
  const isBeside = (visit: Visit | undefined) =>
    visit !== undefined && (around.length === 0 ? visit.depth === 0 : around.some((one) => visit.parent === one.parent && visit.iteration === one.iteration));
  const found = whole.events.find(
    (event) => event.id > at && (step === 'into' ? event.type.endsWith('StateEntered') : kOfState.test(event.type) && isBeside(event.visit === undefined ? undefined : visits[event.visit])),
  );
  return found?.id ?? last(whole);
}

/** Where a run stops besides the states that are named. */
export interface StopsAt {
  /** Where something fails, also when it is going to be retried or caught. */
  error?: boolean;
  /** Where a Choice is entered. */
  choice?: boolean;
}

/** The next event behind `after` at which a run stops; 0 when there is none. */
export function pausePoint(whole: Replay, after: number, states: ReadonlySet<string>, at: StopsAt): number {
  const stops = ({ id, type, details }: ReplayEvent) =>
    id > after &&
    ((type.endsWith('StateEntered') && states.has(String(details['name']))) || (at.choice && type === 'ChoiceStateEntered') || (at.error && /(Failed|TimedOut)$/.test(type)));
  return whole.events.find(stops)?.id ?? 0;
}

/** What is no JSON, in a history from elsewhere, is shown as it is. */
function valueOf(text: string): Json {
  try {
    return JSON.parse(text) as Json;
  } catch {
    return text;
  }
}

/** The variables of a visit's own scope as it is entered, from what the states before it assign. */
export function variablesAt(whole: Replay, visit: Visit, changes: readonly Change[]): Record<string, Json> {
  const changed = (event: number) => changes.find((change) => change.event === event)?.variables;
  const exits = new Map(whole.events.filter((event) => event.type.endsWith('StateExited')).map((event) => [event.id, event]));
  const assigned: Record<string, Json>[] = [];
  for (let at: Visit | undefined = visit; at; ) {
    const own = changed(at.entered);
    if (own) assigned.push(own);
    const exit: ReplayEvent | undefined = own ? undefined : exits.get(at.previous);
    const before: Visit | undefined = exit?.visit === undefined ? undefined : whole.visits[exit.visit];
    if (!exit || before?.parent !== visit.parent) break;
    const texts = (exit.details['assignedVariables'] ?? {}) as Record<string, string>;
    assigned.push(Object.fromEntries(Object.entries(texts).map(([name, text]) => [name, valueOf(text)])));
    at = before;
  }
  return Object.assign({}, ...assigned.reverse()) as Record<string, Json>;
}
