// What the palette offers, by name.

import { html, type TemplateResult } from 'lit';
import { statesOf } from '../model/drawing.js';
import { act } from './actions.js';
import type { Playground } from './app.js';
import { kExamples } from './examples.js';
import { kExports } from './exports.js';
import { mark } from './findings.js';
import { closePopovers, openPopover } from './menus.js';
import { example, workflow } from './opening.js';
import type { Command } from './palette.js';
import { kShortcuts } from './shortcuts.js';

export function palette(app: Playground): TemplateResult {
  const commands: Command[] = [
    ...kShortcuts.filter((shortcut) => shortcut.action !== 'palette' && shortcut.action !== 'find').map((shortcut): Command => [shortcut.what, () => act(app, shortcut.action)]),
    ['Snapshots: save, open, compare', () => openPopover(app, 'snapshots')],
    ['Where it stops: errors, Choices, states', () => act(app, 'stops')],
    [`Theme: ${app.theme}, change it`, () => app.nextTheme()],
    ...kExports.map(([kind, word]): Command => [`Export: ${word}`, () => void app.exportAs(kind)]),
    ...app.served.map((machine, i): Command => [`Workflow: ${machine.name} in ${machine.file}`, () => workflow(app, i)]),
    ...kExamples.map(({ name }, i): Command => [`Example: ${name}`, () => void example(app, i)]),
    ...states(app).map(([name, act]): Command => [`State: ${name}`, act]),
  ];
  return list(app, 'Command or state', commands, 12);
}

/** The states alone. */
export function stateFinder(app: Playground): TemplateResult {
  return list(app, 'State', states(app), 50);
}

function states(app: Playground): Command[] {
  return [...statesOf(app.session.drawing)].map(({ name }) => [
    name,
    () => {
      app.show('graph');
      app.selected = name;
      mark(app, name, false);
    },
  ]);
}

function list(app: Playground, label: string, commands: Command[], most: number): TemplateResult {
  const filter = (text: string) => commands.filter(([word]) => word.toLowerCase().includes(text.toLowerCase())).slice(0, most);
  return html`<stepglass-palette .label=${label} .filter=${filter} @stepglass-done=${() => closePopovers(app)}></stepglass-palette>`;
}
