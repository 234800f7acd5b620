// What an editor asks of a place in its text: what can be written there, and what it means.

import type { Engine } from './client.js';
import type { Calls, Completions, Hover } from './protocol.js';

type Question = 'complete' | 'hover';
type Asks = 'pointer' | 'caret';

export class Assist {
  private readonly asking = new Map<string, AbortController>();

  /** `filename` tells the format of what is typed. */
  constructor(
    private readonly engine: () => Engine | Promise<Engine>,
    private readonly filename: (text: string) => string,
  ) {}

  complete(text: string, line: number, column: number): Promise<Completions | undefined> {
    return this.ask('complete', text, line, column, 'caret');
  }

  /** Null where nothing is known; undefined without an answer, as when the next question came before it. */
  async hover(text: string, line: number, column: number, asks: Asks): Promise<Hover | null | undefined> {
    const told = await this.ask('hover', text, line, column, asks);
    return told && (told.hover ?? null);
  }

  /** A question ends the one of its kind before, from the same place. */
  private async ask<Q extends Question>(question: Q, text: string, line: number, column: number, asks: Asks): Promise<Calls[Q][1] | undefined> {
    const key = `${question} ${asks}`;
    this.asking.get(key)?.abort();
    const asking = new AbortController();
    this.asking.set(key, asking);
    const { signal } = asking;
    try {
      const reply = await (await this.engine()).call(question, { text, filename: this.filename(text), line, column } as Calls[Q][0], { signal });
      return reply.ok ? reply.result : undefined;
    } catch (error) {
      if (signal.aborted) return undefined;
      throw error;
    }
  }
}
