// What opens over the page: menus, panels, the palette.

import { html, nothing, type TemplateResult } from 'lit';
import type { Shared } from '../model/share.js';
import type { StopsAt } from '../model/stepping.js';
import { act } from './actions.js';
import type { Playground } from './app.js';
import { palette, stateFinder } from './commands.js';
import { kExamples } from './examples.js';
import { kExports } from './exports.js';
import type { ImportPanel } from './import-panel.js';
import { bring } from './importing.js';
import { example, goBack, workflow } from './opening.js';
import { loadLater } from './loading.js';
import { kShortcuts, type Shortcut } from './shortcuts.js';
import { stateMenu } from './state-menu.js';
import { kVersion } from '../version.js';
import { traceOf } from './trace.js';
import { contentWith, toShared, type Content } from './store.js';

export function openPopover(app: Playground, id: string): void {
  const element = app.renderRoot.querySelector<HTMLElement>(`#${id}`);
  element?.showPopover();
  element?.querySelector<HTMLElement>('stepglass-palette, [autofocus], input, button')?.focus();
}

/** What is there from the first screen on. */
const kFirst = ['help', 'palette', 'find'];

/** Other panels are loaded after the first screen. */
export function onBeforeToggle(app: Playground, event: ToggleEvent): void {
  const { id, classList } = event.target as HTMLElement;
  if (event.newState === 'open' && classList.contains('panel') && !kFirst.includes(id)) void loadLater(app);
}

export function closePopovers(app: Playground): void {
  for (const element of app.renderRoot.querySelectorAll<HTMLElement>('[popover]:popover-open')) element.hidePopover();
}

/** A line of a menu, which closes it. */
export function menuItem(app: Playground, word: string, act: () => void, hint = ''): TemplateResult {
  return html`<button class="quiet" @click=${() => {
    closePopovers(app);
    act();
  }}>${word}${hint ? html`<span class="muted">${hint}</span>` : nothing}</button>`;
}

/** Where a run that goes on stops: at errors, at Choices, at states. */
function stopsMenu(app: Playground): TemplateResult {
  const box = (kind: keyof StopsAt, word: string) =>
    html`<label class="check"><input type="checkbox" .checked=${app.stopsAt[kind] ?? false} @change=${() => (app.stopsAt = { ...app.stopsAt, [kind]: !app.stopsAt[kind] })} /> ${word}</label>`;
  return html`${box('error', 'Where something fails')} ${box('choice', 'At every Choice')}
    ${[...app.breakpoints].map((state) => html`<button class="quiet" aria-label=${`Do not stop at ${state}`} @click=${() => app.toggleBreakpoint(state)}>${state}<span class="muted">✕</span></button>`)}
    ${app.breakpoints.size === 0 ? html`<p class="muted">“Stop here” of a state, or F9, adds one.</p>` : nothing}`;
}

/** What is there, and how it is looked at. */
function sharedNow({ content, view, selected, session }: Playground): Shared {
  return {
    ...toShared(content),
    r: kVersion,
    ...(view === 'graph' ? {} : { v: view }),
    ...(selected === undefined ? {} : { s: selected }),
    ...(session.at > 0 && session.at < session.lastEvent && !session.imported ? { e: session.at } : {}),
  };
}

export function popovers(app: Playground): TemplateResult {
  const { menu } = app;
  // What comes first on a phone are keys that its keyboard may have.
  const isFar = ({ key }: Shortcut) => Number(app.narrow && /^F\d/.test(key));
  const keys = [...kShortcuts].sort((a, b) => isFar(a) - isFar(b));
  const item = (word: string, act: () => void, hint = '') => menuItem(app, word, act, hint);
  return html`
    <div id="examples" popover class="menu" role="region" aria-label="Examples" @toggle=${(event: ToggleEvent) => (app.choosing = event.newState === 'open')}>${app.choosing && app.desk.earlier ? item('What was here before', () => goBack(app)) : nothing}${app.served.slice(0, 30).map((machine, i) => item(machine.name, () => workflow(app, i), machine.file))}${kExamples.map(({ name, teaches }, i) => item(name, () => void example(app, i), teaches))}</div>
    <div id="export" popover class="menu" role="region" aria-label="Export">
      ${kExports.map(([kind, word]) => item(word, () => void app.exportAs(kind)))}
    </div>
    <div id="import" popover class="panel" role="region" aria-label="Import" @toggle=${(event: ToggleEvent) => {
      if (event.newState === 'closed') app.renderRoot.querySelector<ImportPanel>('stepglass-import')?.reset();
    }}>
      <stepglass-import .bring=${(text: string, name: string) => bring(app, text, name)} @stepglass-take=${(event: CustomEvent<{ definition: string; name: string }>) => {
        closePopovers(app);
        app.replace(contentWith(event.detail.definition, 'json'));
        app.note = `"${event.detail.name}" was taken out of the file.`;
      }}></stepglass-import>
    </div>
    <div id="more" popover class="menu" role="region" aria-label="More">
      ${(['step-into', 'step-over', 'step-out'] as const).map((action) => item(`Step ${action.slice(5)}`, () => act(app, action)))}
      ${item('Snapshots', () => openPopover(app, 'snapshots'))} ${item('Theme', () => app.nextTheme(), app.theme)} ${item('Commands', () => openPopover(app, 'palette'))} ${item('Keys', () => openPopover(app, 'help'))}
    </div>
    <div id="snapshots" popover class="panel" role="region" aria-label="Snapshots" @toggle=${(event: ToggleEvent) => (app.keeping = event.newState === 'open')}>
      ${app.keeping ? html`<stepglass-snapshots .content=${app.content} @stepglass-take=${(event: CustomEvent<{ name: string; content: Content }>) => {
        closePopovers(app);
        app.replace(event.detail.content);
        app.desk.changed();
        app.note = `"${event.detail.name}" is open. What was here before is among the examples.`;
      }}></stepglass-snapshots>` : nothing}
    </div>
    <div id="stops" popover class="menu" role="region" aria-label="Where it stops">${stopsMenu(app)}</div>
    <div id="share" popover class="panel" role="region" aria-label="Share" @toggle=${(event: ToggleEvent) => (app.sharing = event.newState === 'open')}>
      ${app.sharing ? html`<stepglass-share .shared=${sharedNow(app)} .trace=${traceOf(app.session)}></stepglass-share>` : nothing}
    </div>
    <div id="help" popover autofocus tabindex="0" class="panel" role="region" aria-label="Keys">
      <h2>Keys</h2>
      <p class="muted">Stepglass ${kVersion}</p>
      <table class="keys"><tbody>${keys.map((shortcut) => html`<tr><td><kbd>${shortcut.shown}</kbd></td><td>${shortcut.what}</td></tr>`)}</tbody></table>
      <p class="muted">In the editor: Ctrl Space offers what fits, Shift F1 says what stands at the caret, Ctrl . makes a fix, Esc leaves.</p>
      <p class="muted">In the graph: arrows follow transitions, Home and End lead to the start and the end, Enter shows a state, Space collapses a Map or a Parallel, B sets a breakpoint, M begins a mock, F lets a task fail, the menu key opens its menu, + − 0 zoom.</p>
    </div>
    <div id="palette" popover class="panel palette" role="region" aria-label="Commands">${palette(app)}</div>
    <div id="find" popover class="panel palette" role="region" aria-label="Find a state">${stateFinder(app)}</div>
    <div id="state-menu" popover class="menu" role="region" aria-label="State" .style=${menu ? `left:${menu.x}px;top:${menu.y}px` : ''}>${stateMenu(app)}</div>
  `;
}
