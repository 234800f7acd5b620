// What is loaded after the first screen: at once when that is there, and again when it is used, if it did not come. A connection
// that was lost may be back.

import type { Playground } from './app.js';
import type { Panel, View } from './parts.js';

/** Editor, and then the rest: whoever comes wants to type. */
export async function loadAll(app: Playground): Promise<void> {
  await loadEditor(app);
  // It is asked for again, and told, by those who use it.
  await import('./later.js').catch(() => undefined);
}

export async function loadEditor(app: Playground): Promise<void> {
  app.editor = 'loading';
  app.editor = await import('../view/editor.js').then(
    () => 'ready',
    () => 'missing',
  );
}

/** False when it is not there, which is told. */
export async function loadLater(app: Playground): Promise<boolean> {
  try {
    await import('./later.js');
    return true;
  } catch {
    app.note = 'This part of the page could not be loaded. Look at the connection, and open it again.';
    return false;
  }
}

const kFirst: readonly (View | Panel)[] = ['graph', 'state', 'problems'];

/** Of a view or a panel. */
export function loadFor(app: Playground, part: View | Panel): void {
  if (!kFirst.includes(part)) void loadLater(app);
}
