// One engine for all machines of a page: it starts with the first that asks, and ends with the last that leaves.

import type { EngineMode } from '../engine/browser.js';
import type { Engine } from '../engine/client.js';
import { startConfigured } from '../engine/configure.js';

interface Shared {
  engine: Promise<Engine>;
  users: number;
}
const shared = new Map<EngineMode, Shared>();

/** A machine's hold on the engine. */
export class EngineUse {
  private held: Shared | undefined;

  constructor(readonly mode: EngineMode) {}

  /** Rejects when the code of the engine does not load; the next one that asks tries again. */
  get(): Promise<Engine> {
    if (!this.held) {
      const { mode } = this;
      const one = shared.get(mode) ?? { engine: startConfigured(mode), users: 0 };
      shared.set(mode, one);
      one.users += 1;
      one.engine.catch(() => {
        if (shared.get(mode) === one) shared.delete(mode);
        if (this.held === one) this.held = undefined;
      });
      this.held = one;
    }
    return this.held.engine;
  }

  release(): void {
    const { held, mode } = this;
    this.held = undefined;
    if (!held || --held.users > 0) return;
    if (shared.get(mode) === held) shared.delete(mode);
    void held.engine.then(
      (engine) => engine.close(),
      () => undefined,
    );
  }
}
