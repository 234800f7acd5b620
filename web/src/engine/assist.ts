// What an editor asks of a place in its text: what can be written there, and what it means.

import type { Engine } from './client.js';
import type { Calls, Completions, Hover } from './protocol.js';

type Question = 'complete' | 'hover';

export class Assist {
  private readonly asking = new Map<Question, AbortController>();

  /** `filename` tells the format of what is typed. */
  constructor(
    private readonly engine: () => Engine | Promise<Engine>,
    private readonly filename: (text: string) => string,
  ) {}

  complete(text: string, line: number, column: number): Promise<Completions | undefined> {
    return this.ask('complete', text, line, column);
  }

  /** Undefined where nothing is known. */
  async hover(text: string, line: number, column: number): Promise<Hover | undefined> {
    return (await this.ask('hover', text, line, column))?.hover;
  }

  /** A question ends the one of its kind before. */
  private async ask<Q extends Question>(question: Q, text: string, line: number, column: number): Promise<Calls[Q][1] | undefined> {
    this.asking.get(question)?.abort();
    const asking = new AbortController();
    this.asking.set(question, asking);
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
