// What the palette offers, by name.

import { html, type TemplateResult } from 'lit';
import { statesOf } from '../model/drawing.js';
import { act } from './actions.js';
import type { Playground } from './app.js';
import { kExamples } from './examples.js';
import { kExports } from './exports.js';
import { mark } from './findings.js';
import { closePopovers } from './menus.js';
import { example, workflow } from './opening.js';
import { kShortcuts } from './shortcuts.js';

export function palette(app: Playground): TemplateResult {
  const commands: [string, () => void][] = [
    ...kShortcuts.filter((shortcut) => shortcut.action !== 'palette' && shortcut.action !== 'find').map((shortcut): [string, () => void] => [shortcut.what, () => act(app, shortcut.action)]),
    [`Theme: ${app.theme}, change it`, () => app.nextTheme()],
    ...kExports.map(([kind, word]): [string, () => void] => [`Export: ${word}`, () => void app.exportAs(kind)]),
    ...app.served.map((machine, i): [string, () => void] => [`Workflow: ${machine.name} in ${machine.file}`, () => workflow(app, i)]),
    ...kExamples.map(({ name }, i): [string, () => void] => [`Example: ${name}`, () => void example(app, i)]),
    ...[...statesOf(app.session.drawing)].map(({ name }): [string, () => void] => [`State: ${name}`, () => {
      app.show('graph');
      app.selected = name;
      mark(app, name, false);
    }]),
  ];
  const filter = (text: string) => commands.filter(([word]) => word.toLowerCase().includes(text.toLowerCase())).slice(0, 12);
  return html`<stepglass-palette .filter=${filter} @stepglass-done=${() => closePopovers(app)}></stepglass-palette>`;
}
