// Tasks that are answered by code. A run repeats exactly, so it goes like this: run with the answers there are; the first
// call that has none is asked for; run again with one more. The n-th call of a state takes the n-th answer, and the engine
// repeats the last one, so what it does behind the first call without an answer of its own counts for nothing.

import type { Json, MockEntry, Mocks, RunResult } from '../engine/protocol.js';
import { replay } from '../model/replay.js';

/** One attempt of a Task. */
export interface TaskCall {
  state: string;
  /** The effective input: what the service would send. */
  input: Json;
  /** From 1; above it, the state retries. */
  attempt: number;
  /** The item of the innermost Map around it. */
  iteration?: number;
}

/** Gives the result. What it throws fails the task: the name of the error is the error name, its message the cause. */
export type AnswerTask = (call: TaskCall) => Json | Promise<Json>;

interface Answered {
  state: string;
  /** The event that scheduled it. */
  event: number;
  entry: MockEntry;
}

export class TaskCalls {
  private answered: Answered[] = [];

  constructor(private readonly answer: AnswerTask) {}

  /** Mocks of a run, with what was answered so far. */
  mocks(given: Mocks = {}): Mocks {
    const all = { ...given };
    for (const { state, entry } of this.answered) own(all, state, [...(Object.hasOwn(all, state) ? (all[state] ?? []) : []), entry]);
    return all;
  }

  /** Has the first call answered that `result` made without an answer of its own; false when there is none. */
  async answerNext({ history = [], stopped }: RunResult): Promise<boolean> {
    const left = new Map<string, number>();
    if (stopped?.code === 'MissingMock' && stopped.state !== undefined) left.set(stopped.state, 0);
    for (const { state } of this.answered) left.set(state, (left.get(state) ?? 0) + 1);
    const { events, visits } = replay(history);
    for (const event of events) {
      const visit = event.visit === undefined ? undefined : visits[event.visit];
      if (!visit || !/Scheduled$/.test(event.type)) continue;
      const answers = left.get(visit.state);
      if (answers === undefined) continue;
      if (answers > 0) {
        left.set(visit.state, answers - 1);
        continue;
      }
      const attempt = visit.attempts.findIndex((one) => one.event === event.id) + 1;
      const input = JSON.parse(String(event.details['parameters'] ?? event.details['input'] ?? 'null')) as Json;
      const call: TaskCall = { state: visit.state, input, attempt, ...(visit.iteration === undefined ? {} : { iteration: visit.iteration }) };
      this.answered.push({ state: visit.state, event: event.id, entry: await this.entryOf(call) });
      return true;
    }
    return false;
  }

  /** What comes at an event or later will be another call. */
  forget(event: number): void {
    this.answered = this.answered.filter((one) => one.event < event);
  }

  private async entryOf(call: TaskCall): Promise<MockEntry> {
    try {
      return { return: (await this.answer(call)) ?? null };
    } catch (error) {
      return error instanceof Error ? { error: error.name, cause: error.message } : { error: String(error) };
    }
  }
}

/** States have any name, and "__proto__" is assigned otherwise. */
function own(object: Mocks, name: string, value: MockEntry[]): void {
  Object.defineProperty(object, name, { value, enumerable: true, configurable: true, writable: true });
}
