// Texts that are dropped or brought in by hand.

import { formatOf } from '../model/drawing.js';
import { readShareFile } from '../model/share.js';
import { plural } from '../view/text.js';
import type { Playground } from './app.js';
import type { ImportPanel, Machine } from './import-panel.js';
import { loadLater } from './loading.js';
import { closePopovers, openPopover } from './menus.js';
import { historyIn } from './session.js';
import { contentWith, fromShared } from './store.js';

export function onDrag(app: Playground, event: DragEvent): void {
  if (event.type === 'dragleave') {
    if (event.relatedTarget === null) app.dragging = false;
    return;
  }
  if (!event.dataTransfer?.types.includes('Files')) return;
  event.preventDefault();
  app.dragging = event.type === 'dragover';
  const file = event.dataTransfer.files[0];
  if (event.type === 'drop' && file) void file.text().then((text) => takeIn(app, text, file.name));
}

/** Brings in a text; of several machines in it one is asked for. */
export async function takeIn(app: Playground, text: string, name: string): Promise<void> {
  const brought = await bring(app, text, name);
  if (typeof brought === 'string') app.note = brought;
  // Only where there is something to choose from the panel is needed.
  if (!Array.isArray(brought) || !(await loadLater(app))) return;
  const panel = app.renderRoot.querySelector<ImportPanel>('stepglass-import');
  if (panel) panel.machines = brought;
  openPopover(app, 'import');
}

/** Takes a text: an exported execution, what was shared as a file, a definition, or a file that holds some. Gives machines to
 *  choose from where there are several, and why it cannot be taken as text: then what was there stays. */
export async function bring(app: Playground, text: string, name: string): Promise<Machine[] | string | undefined> {
  if (text.trim() === '') return `${name} is empty.`;
  const history = historyIn(text);
  if (history) {
    closePopovers(app);
    app.session.show(history);
    app.note = `An execution with ${plural(history.length, 'event')} is shown. It is a recording: run the definition to leave it.`;
    app.follow();
    return undefined;
  }
  const shared = readShareFile(text);
  if (shared) {
    closePopovers(app);
    app.replace(fromShared(shared));
    return undefined;
  }
  const reply = await app.session.engine.call('list', { text, filename: name, definitions: true });
  if (!reply.ok) return `${name} could not be read: ${reply.error.message}. Try again.`;
  const machines = reply.result.machines.filter((machine) => machine.definition !== undefined);
  const format = /\.ya?ml$/.test(name) ? 'yaml' : formatOf(text);
  const [first] = machines;
  if (!first) {
    app.replace(contentWith(text, format));
    app.note = `${name} holds no state machine that can be read; its text is shown as it is.`;
  } else if (first.form === 'file') {
    app.replace(contentWith(text, format));
  } else if (machines.length === 1) {
    app.replace(contentWith(first.definition ?? '', 'json'));
    app.note = `"${first.name}" was taken out of ${name}.`;
  } else {
    return machines.map((machine) => ({ name: machine.name, definition: machine.definition ?? '' }));
  }
  closePopovers(app);
  app.column = 'view';
  return undefined;
}
