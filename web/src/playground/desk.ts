// What a person works on: kept in the browser when typing pauses, and put aside when something else takes its place. What came
// from elsewhere and was not changed is nobody's work, and is not kept.

import { putAside } from './slots.js';
import { load, save, type Content } from './store.js';

/** What is typed is kept when typing pauses for so long. */
const kSaveMs = 400;

export class Desk {
  private saving: ReturnType<typeof setTimeout> | undefined;
  /** What lies there is nobody's work. */
  untouched = true;

  /** `content` gives what lies there now. */
  constructor(private readonly content: () => Content) {}

  /** Something else is going to lie there. Before it does, what was worked on is kept. */
  clear(): void {
    this.flush();
    this.untouched = true;
  }

  /** What lies there now is what was worked on last. */
  goOn(): void {
    this.untouched = false;
  }

  /** It was changed: from now on it is what is worked on. */
  changed(): void {
    if (this.untouched) {
      this.untouched = false;
      putAside();
      // A link that it came from holds something else.
      if (location.hash !== '') history.replaceState(null, '', location.pathname + location.search);
    }
    clearTimeout(this.saving);
    this.saving = setTimeout(this.flush, kSaveMs);
  }

  /** What was worked on before: what nobody has changed has put nothing aside. */
  get earlier(): Content | undefined {
    return load(this.untouched ? 'now' : 'before');
  }

  /** Keeps what is not kept yet. */
  readonly flush = (): void => {
    if (this.saving === undefined) return;
    clearTimeout(this.saving);
    this.saving = undefined;
    save(this.content());
  };
}
