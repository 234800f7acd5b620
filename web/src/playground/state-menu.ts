// What can be done with a state: the menu of its node, and the buttons above its data, which need no mouse.

import { html, nothing, type TemplateResult } from 'lit';
import type { MockEntry } from '../engine/protocol.js';
import { statesOf } from '../model/drawing.js';
import type { Playground } from './app.js';
import { mark } from './findings.js';
import { closePopovers, menuItem, openPopover } from './menus.js';
import { sampleOf } from './samples.js';
import { plural } from '../view/text.js';

/** How a task fails unless something else is said. */
const kFailure = { error: 'States.TaskFailed', cause: 'made to fail' };

function isTask(app: Playground, state: string): boolean {
  return [...statesOf(app.session.drawing)].find((one) => one.name === state)?.type === 'Task';
}

/** Opens the menu of a state at a point of the window, or where there is room for it. */
export async function openStateMenu(app: Playground, menu: { state: string; x: number; y: number }): Promise<void> {
  app.menu = menu;
  await app.updateComplete;
  openPopover(app, 'state-menu');
  const element = app.renderRoot.querySelector('#state-menu');
  if (!element) return;
  const { width, height } = element.getBoundingClientRect();
  const room = (at: number, size: number, all: number) => Math.max(4, Math.min(at, all - size - 4));
  app.menu = { ...menu, x: room(menu.x, width, window.innerWidth), y: room(menu.y, height, window.innerHeight) };
}

function showSource(app: Playground, state: string): void {
  app.column = 'code';
  app.source = 'definition';
  void app.updateComplete.then(() => mark(app, state, true));
}

/** Begins its mock with a result in the shape of what it calls. */
async function writeMock(app: Playground, state: string): Promise<void> {
  const sample = await sampleOf(app.session.engine, app.content, state);
  if (!sample.ok) {
    app.note = `There is no sample for “${state}”: ${sample.error.message}.`;
    return;
  }
  app.mock(state, { return: sample.result });
  app.source = 'mocks';
  app.column = 'code';
}

/** What it was told to answer stays behind that. */
function answerAndRun(app: Playground, state: string, entry: MockEntry): void {
  const behind = app.mock(state, entry);
  void app.run();
  if (behind > 0) app.note = `This stands before the ${plural(behind, 'mock')} that “${state}” had; without the first entry of its mocks it is as before.`;
}

/** What is not said is as usual. */
export function failHere(app: Playground, state: string, { error, cause } = kFailure): void {
  answerAndRun(app, state, { error: error || kFailure.error, ...(cause === '' ? {} : { cause }) });
}

/** By keys in the graph, of a task: its mock is begun, or it fails. */
export function mockOrFail(app: Playground, state: string, what: 'mock' | 'fail'): void {
  if (what === 'mock') void writeMock(app, state);
  else failHere(app, state);
}

export function stateMenu(app: Playground): TemplateResult | typeof nothing {
  const { menu } = app;
  if (!menu) return nothing;
  const { state } = menu;
  return html`<p class="muted">${state}</p>
    ${menuItem(app, 'Show in the source', () => showSource(app, state))}
    ${menuItem(app, app.breakpoints.has(state) ? 'Remove breakpoint' : 'Stop here', () => app.toggleBreakpoint(state))}
    ${
      isTask(app, state)
        ? html`${menuItem(app, 'Write what it answers first', () => void writeMock(app, state))}
            ${menuItem(app, 'Time out here and run', () => answerAndRun(app, state, { error: 'States.Timeout', outcome: 'TaskTimedOut' }))}
            <form @submit=${(event: SubmitEvent) => {
              event.preventDefault();
              const [error = '', cause = ''] = [...(event.target as HTMLFormElement).querySelectorAll('input')].map((input) => input.value.trim());
              closePopovers(app);
              failHere(app, state, { error, cause });
            }}>
              <label>Error <input class="mono" value=${kFailure.error} spellcheck="false" autocapitalize="off" /></label>
              <label>Cause <input value=${kFailure.cause} /></label>
              <button>Fail here and run</button>
            </form>`
        : html`<p class="muted">Only tasks have mocks.</p>`
    }`;
}

/** The same as buttons, for the state that is selected. */
export function stateActions(app: Playground): TemplateResult | typeof nothing {
  const { selected: state } = app;
  if (state === undefined) return nothing;
  return html`<span class="state-actions">
    <button @click=${() => showSource(app, state)}>Source</button>
    <button aria-pressed=${app.breakpoints.has(state)} @click=${() => app.toggleBreakpoint(state)}>Stop here</button>
    ${
      isTask(app, state)
        ? html`<button @click=${() => void writeMock(app, state)}>Mock</button>
            <button aria-haspopup="menu" @click=${(event: Event) => {
              const { left, bottom } = (event.currentTarget as HTMLElement).getBoundingClientRect();
              void openStateMenu(app, { state, x: left, y: bottom });
            }}>Fail…</button>`
        : nothing
    }
  </span>`;
}
