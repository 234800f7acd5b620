// What an execution looks like at an event of its history: which states were visited, which are running, which attempts
// they made. From the history alone, so that one exported from the service can be replayed as well as one of ours.

import type { HistoryEvent, Inspection } from '../engine/protocol.js';

export type VisitStatus = 'running' | 'succeeded' | 'failed' | 'caught' | 'aborted';

/** One try of a Task, a Parallel or a Map. */
export interface Attempt {
  /** Milliseconds since 1970, as all times here. */
  start: number;
  end: number | undefined;
  /** Id of its first event. */
  event: number;
  error: string | undefined;
  cause: string | undefined;
}

/** A stay in a state, from …StateEntered to …StateExited. */
export interface Visit {
  index: number;
  state: string;
  /** "Pass", "Task", … */
  type: string;
  entered: number;
  /** The event that led here. */
  previous: number;
  exited: number | undefined;
  start: number;
  end: number | undefined;
  /** The visit of the Parallel or Map around it. */
  parent: number | undefined;
  depth: number;
  /** Of the innermost Map around it. */
  iteration: number | undefined;
  status: VisitStatus;
  input: string | undefined;
  output: string | undefined;
  attempts: Attempt[];
  error: string | undefined;
  cause: string | undefined;
}

/** An event with what every view asks of it. */
export interface ReplayEvent {
  id: number;
  type: string;
  time: number;
  previous: number;
  /** Of the event's details. */
  details: Record<string, unknown>;
  /** Index into Replay.visits; undefined for events of the execution itself. */
  visit: number | undefined;
  raw: HistoryEvent;
}

export interface Replay {
  events: ReplayEvent[];
  visits: Visit[];
  start: number;
  end: number;
}

/** The …EventDetails of an event. */
export function eventDetails(event: HistoryEvent): Record<string, unknown> {
  for (const [key, value] of Object.entries(event)) {
    if (key.endsWith('EventDetails') && value && typeof value === 'object') return value as Record<string, unknown>;
  }
  return {};
}

function text(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

/** Milliseconds since 1970 of a timestamp as text, or as the seconds that the AWS command line writes. */
function timeOf(event: HistoryEvent): number {
  const stamp: unknown = event.timestamp;
  if (typeof stamp === 'number') return stamp * 1000;
  const time = Date.parse(String(stamp));
  return Number.isNaN(time) ? 0 : time;
}

const kFailed = /(Failed|TimedOut)$/;
/** Events of a Parallel or Map that come from inside: what led to them belongs to a state within. */
const kFromInside = /^(MapIteration(Succeeded|Failed|Aborted)|ParallelState(Succeeded|Failed)|MapState(Succeeded|Failed))$/;
/** Behind these a state inside of a Parallel or Map is entered. */
const kScopeStart = /^(ParallelStateStarted|MapStateStarted|MapIterationStarted)$/;
const kOfExecution = /^Execution/;
const kAttemptStart = /(Scheduled|StateStarted|MapRunStarted)$/;

/** A history as visits. Histories that are cut or out of order give what can be told. */
export function replay(history: readonly HistoryEvent[]): Replay {
  return follow(
    history.map((raw) => ({
      id: raw.id,
      type: raw.type,
      time: timeOf(raw),
      previous: raw.previousEventId ?? 0,
      details: eventDetails(raw),
      visit: undefined,
      raw,
    })),
  );
}

/** What is known of a run at event `upTo`, as if nothing had come later. */
export function replayTo(whole: Replay, upTo: number): Replay {
  if (upTo >= (whole.events.at(-1)?.id ?? 0)) return whole;
  return follow(whole.events.filter((event) => event.id <= upTo).map((event) => ({ ...event, visit: undefined })));
}

/** Finds the visits that the events tell of. */
function follow(events: ReplayEvent[]): Replay {
  const visits: Visit[] = [];
  const visitOf = new Map<number, number>();
  const typeOf = new Map<number, string>();
  // Of the event that starts an iteration: its index.
  const iterationOf = new Map<number, number>();
  let last = 0;
  for (const event of events) {
    last = Math.max(last, event.time);
    typeOf.set(event.id, event.type);
    const before = visitOf.get(event.previous);
    const beforeVisit = before === undefined ? undefined : visits[before];
    if (event.type.endsWith('StateEntered')) {
      // Behind another state it stands beside it; behind the start of a scope it stands inside.
      const inside = kScopeStart.test(typeOf.get(event.previous) ?? '');
      const parent = inside ? before : beforeVisit?.parent;
      const iteration = inside ? iterationOf.get(event.previous) : beforeVisit?.iteration;
      const parentVisit = parent === undefined ? undefined : visits[parent];
      event.visit = visits.length;
      visits.push({
        index: visits.length,
        state: text(event.details['name']) ?? '',
        type: event.type.slice(0, -'StateEntered'.length),
        entered: event.id,
        previous: event.previous,
        exited: undefined,
        start: event.time,
        end: undefined,
        parent,
        depth: parentVisit ? parentVisit.depth + 1 : 0,
        iteration: iteration ?? parentVisit?.iteration,
        status: 'running',
        input: text(event.details['input']),
        output: undefined,
        attempts: [],
        error: undefined,
        cause: undefined,
      });
      visitOf.set(event.id, event.visit);
      continue;
    }
    if (kOfExecution.test(event.type)) {
      endExecution(event, visits);
      continue;
    }
    event.visit = ownVisit(event, before, visits);
    if (event.visit === undefined) continue;
    visitOf.set(event.id, event.visit);
    const visit = visits[event.visit];
    if (!visit) continue;
    if (event.type === 'MapIterationStarted') {
      const index = event.details['index'];
      if (typeof index === 'number') iterationOf.set(event.id, index);
    }
    change(visit, event, visits);
  }
  const first = events[0]?.time ?? 0;
  return { events, visits, start: first, end: last };
}

/** The visit that an event tells of. */
function ownVisit(event: ReplayEvent, before: number | undefined, visits: Visit[]): number | undefined {
  if (before === undefined) return undefined;
  const named = text(event.details['name']);
  let visit = visits[before];
  if (named !== undefined || kFromInside.test(event.type)) {
    const type = event.type.startsWith('Parallel') ? 'Parallel' : event.type.startsWith('Map') ? 'Map' : undefined;
    for (let at: Visit | undefined = visit; at; at = at.parent === undefined ? undefined : visits[at.parent]) {
      if (named !== undefined ? at.state === named : at.type === type && (at.exited === undefined || at === visit)) {
        // A Map that has ended cannot be what an iteration around it belongs to.
        if (named === undefined && at.exited !== undefined) continue;
        return at.index;
      }
    }
  }
  visit = visits[before];
  return visit?.index;
}

/** Changes `visit` by what `event` tells of it. */
function change(visit: Visit, event: ReplayEvent, visits: Visit[]): void {
  const attempt = visit.attempts.at(-1);
  if (kAttemptStart.test(event.type) && !(event.type === 'MapRunStarted' && attempt && attempt.end === undefined)) {
    visit.status = 'running';
    visit.error = visit.cause = undefined;
    visit.attempts.push({ start: event.time, end: undefined, event: event.id, error: undefined, cause: undefined });
  } else if (event.type.endsWith('StateExited')) {
    visit.exited = event.id;
    visit.end = event.time;
    visit.output = text(event.details['output']);
    visit.status = visit.error === undefined ? 'succeeded' : 'caught';
    if (attempt && attempt.end === undefined) attempt.end = event.time;
  } else if (event.type.endsWith('Aborted')) {
    if (event.type.endsWith('StateAborted')) {
      visit.status = 'aborted';
      visit.end = event.time;
      if (attempt && attempt.end === undefined) attempt.end = event.time;
    }
  } else if (kFailed.test(event.type) && event.type !== 'MapIterationFailed') {
    visit.error = text(event.details['error']) ?? visit.error ?? (event.type.endsWith('TimedOut') ? 'States.Timeout' : inner(visit, visits));
    visit.cause = text(event.details['cause']) ?? visit.cause;
    visit.status = 'failed';
    if (attempt && attempt.end === undefined) {
      attempt.end = event.time;
      attempt.error = visit.error;
      attempt.cause = visit.cause;
    }
  } else if (event.type.endsWith('Succeeded') && event.type !== 'MapIterationSucceeded') {
    if (attempt && attempt.end === undefined) attempt.end = event.time;
  }
}

/** The error of the last state within that failed, which is why the one around it did. */
function inner(visit: Visit, visits: Visit[]): string {
  for (let i = visits.length - 1; i > visit.index; --i) {
    const other = visits[i];
    if (other?.parent === visit.index && other.status === 'failed' && other.error !== undefined) return other.error;
  }
  return 'States.TaskFailed';
}

/** What was running when the execution failed did so with it. */
function endExecution(event: ReplayEvent, visits: Visit[]): void {
  if (event.type === 'ExecutionStarted' || event.type === 'ExecutionRedriven') return;
  for (const visit of visits) {
    if (visit.status === 'failed' && visit.end === undefined) visit.end = event.time;
    if (visit.status !== 'running') continue;
    visit.end = event.time;
    visit.status = event.type === 'ExecutionFailed' || event.type === 'ExecutionTimedOut' ? 'failed' : 'aborted';
    visit.error ??= text(event.details['error']);
    visit.cause ??= text(event.details['cause']);
    const attempt = visit.attempts.at(-1);
    if (attempt) attempt.end ??= event.time;
  }
}

/** How a state looks at the end of `at`: that of its last visit, and how often it was visited. */
export interface StateLook {
  status: VisitStatus;
  visits: number;
  retries: number;
  last: Visit;
  /** The states that were entered from it, and those of them that took an error. */
  next: Set<string>;
  caught: Set<string>;
}

/** By the name of the state. */
export function looks(at: Replay): Map<string, StateLook> {
  const all = new Map<string, StateLook>();
  const leftBy = new Map<number, Visit>();
  for (const visit of at.visits) if (visit.exited !== undefined) leftBy.set(visit.exited, visit);
  for (const visit of at.visits) {
    const before = all.get(visit.state);
    // One that still runs is what a person looks for.
    const status = before?.status === 'running' ? 'running' : visit.status;
    all.set(visit.state, {
      status,
      visits: (before?.visits ?? 0) + 1,
      retries: (before?.retries ?? 0) + Math.max(0, visit.attempts.length - 1),
      last: visit,
      next: before?.next ?? new Set(),
      caught: before?.caught ?? new Set(),
    });
    const previous = leftBy.get(visit.previous);
    const left = previous && all.get(previous.state);
    left?.next.add(visit.state);
    if (previous?.status === 'caught') left?.caught.add(visit.state);
  }
  return all;
}

/** The visit that the last event of `at` belongs to, or that a state made last. */
export function visitAt(at: Replay | undefined, state?: string): Visit | undefined {
  const visits = at?.visits ?? [];
  const index = at?.events.at(-1)?.visit;
  const own = index === undefined ? undefined : visits[index];
  if (state === undefined || own?.state === state) return own ?? visits.at(-1);
  return visits.findLast((visit) => visit.state === state);
}

/** The stages of a visit, of a run that was inspected as a whole. `ended`: all of it is shown; before that, only the input of
 *  a visit that has not ended is known. */
export function inspectionAt(visit: Visit | undefined, all: readonly Inspection[] | undefined, ended: boolean): Inspection | undefined {
  const whole = visit && all?.find((inspection) => inspection.eventId === visit.entered);
  if (!whole || ended || visit.exited !== undefined) return whole;
  return { ...whole, inspectionData: { input: whole.inspectionData?.['input'] ?? visit.input ?? '' } };
}
