// What the page begins with, and what takes its place: a link, what was kept, a served workflow, an example.

import type { ListedMachine } from '../engine/protocol.js';
import { formatOf, statesOf } from '../model/drawing.js';
import { decodeShare } from '../model/share.js';
import { kVersion } from '../version.js';
import type { GraphView } from '../view/graph-view.js';
import type { Playground } from './app.js';
import { kExamples } from './examples.js';
import { takeIn } from './importing.js';
import { kViews, type View } from './parts.js';
import { contentOf, contentWith, fromShared, load } from './store.js';

/** What the link holds, else what was worked on last, else the first workflow of the folder that is served, else an example
 *  that has run. */
export async function begin(app: Playground): Promise<void> {
  const listed = servedWorkflows();
  if (location.hash.length > 1) {
    await open(app, location.hash);
    takeServed(app, await listed);
    return;
  }
  const workflows = await listed;
  app.served = workflows ?? [];
  const kept = load();
  const { origin } = kept ?? {};
  // Of a folder that is served, what it holds counts: what was typed here stays as long as the file does.
  const goesOn = app.served.length === 0 || app.served.some((machine) => nameOf(machine) === origin?.file && machine.definition === origin.text);
  if (kept && goesOn) {
    app.replace(kept);
    app.desk.goOn();
  } else if (app.served.length > 0) {
    workflow(app, 0);
  } else {
    await example(app, 0);
    await showStart(app);
  }
  takeServed(app, workflows);
}

/** Who comes for the first time sees where the machine begins, and not where its run has ended. */
async function showStart(app: Playground): Promise<void> {
  await app.updateComplete;
  const graph = app.renderRoot.querySelector<GraphView>('stepglass-graph-view');
  await graph?.updateComplete;
  const start = app.session.whole?.visits[0]?.state;
  graph?.reveal([...statesOf(app.session.drawing)].find(({ name }) => name === start));
}

/** Nothing: they cannot be read, which is told. */
function takeServed(app: Playground, workflows: ListedMachine[] | undefined): void {
  app.served = workflows ?? [];
  if (!workflows) app.note = 'The workflows of the folder that is served cannot be read. See what stepglass serve says, and load the page again.';
  app.requestUpdate();
}

/** A link fills the page, and runs nothing until somebody asks. */
export async function open(app: Playground, hash: string): Promise<void> {
  if (hash.startsWith('#u=')) return openUrl(app, hash.slice(3));
  const decoded = await decodeShare(hash);
  if (!decoded.ok) {
    app.unread = hash;
    history.replaceState(null, '', location.pathname + location.search);
    if (!app.session.drawing) await begin(app);
    app.note = `This link cannot be opened: ${decoded.reason}.`;
    return;
  }
  app.unread = '';
  const { shared } = decoded;
  app.replace(fromShared(shared));
  if (shared.v && (kViews as readonly string[]).includes(shared.v)) app.view = shared.v as View;
  app.selected = shared.s;
  app.linkedEvent = shared.e;
  if (shared.r !== undefined && shared.r !== kVersion) app.note = `This link was made with Stepglass ${shared.r}; this is ${kVersion}, which may find other things.`;
}

/** A file of this site: the page's policy lets it load from nowhere else, so that nothing it holds can be sent away. */
async function openUrl(app: Playground, written: string): Promise<void> {
  history.replaceState(null, '', location.pathname + location.search);
  let url: URL | undefined;
  try {
    url = new URL(decodeURIComponent(written), location.href);
  } catch {
    // It is no address: told below.
  }
  if (!app.session.drawing) await begin(app);
  if (url?.origin !== location.origin) {
    app.note = 'This page loads files of its own site only. Open the file there, and paste it into Import.';
    return;
  }
  const response = await fetch(url).catch(() => undefined);
  if (!response?.ok) {
    app.note = `${url.pathname} cannot be loaded${response ? `: ${response.status}` : ''}.`;
    return;
  }
  await takeIn(app, await response.text(), url.pathname.split('/').at(-1) ?? '');
}

export function workflow(app: Playground, index: number): void {
  const machine = app.served[index];
  if (!machine) return;
  const text = machine.definition ?? '';
  app.replace({ ...contentWith(text, formatOf(text)), type: machine.type ?? 'STANDARD', origin: { file: nameOf(machine), text } });
  app.note = `${machine.file}:${machine.line}`;
}

/** Back to what was worked on before something else took its place. */
export function goBack(app: Playground): void {
  const { earlier, untouched } = app.desk;
  if (!earlier) return;
  app.replace(earlier);
  if (untouched) app.desk.goOn();
  else app.desk.changed();
}

export async function example(app: Playground, index: number): Promise<void> {
  const chosen = kExamples[index];
  if (!chosen) return;
  app.replace(contentOf(chosen));
  if (chosen.broken) app.panel = 'problems';
  else await app.run();
}

/** A machine in the folder that is served. */
function nameOf(machine: ListedMachine): string {
  return `${machine.file}#${machine.name}`;
}

/** The workflows that `stepglass serve` has found, if it serves this page; nothing where they cannot be read. */
async function servedWorkflows(): Promise<ListedMachine[] | undefined> {
  const url = document.querySelector<HTMLMetaElement>('meta[name="stepglass-workflows"]')?.content;
  if (url === undefined) return [];
  try {
    const response = await fetch(url);
    const { workflows } = (await response.json()) as { workflows?: ListedMachine[] };
    return Array.isArray(workflows) ? workflows : undefined;
  } catch {
    return undefined;
  }
}
