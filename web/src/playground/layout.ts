// How the page is laid out: side by side, or one part at a time; the tabs and what stands beside them.

import { html, nothing, type TemplateResult } from 'lit';
import { onTabKey } from '../view/tabs.js';
import { act } from './actions.js';
import type { Playground } from './app.js';
import { panelBody, sourceBody, viewBody } from './panes.js';
import { kPanels, kSources, kViews, kWords, type Panel, type Source, type View } from './parts.js';
import type { Action } from './shortcuts.js';
import type { Content } from './store.js';

export function header(app: Playground): TemplateResult {
  return html`<header class=${app.narrow ? 'narrow' : ''}>
    <h1><span class="logo" aria-hidden="true"></span><span class=${app.narrow ? 'sr' : ''}>Stepglass</span></h1>
    <span class="grow"></span>
    <button popovertarget="examples">Examples</button>
    <button popovertarget="import">Import</button>
    <button popovertarget="export">Export</button>
    ${app.narrow ? nothing : html`<button popovertarget="snapshots">Snapshots</button>`}
    <button class="primary" popovertarget="share" title="Share (Ctrl S)">Share</button>
    ${
      app.narrow
        ? html`<button class="quiet" popovertarget="more" aria-label="More">⋯</button>`
        : html`<button class="quiet" aria-label=${`Theme: ${app.theme}`} title="Theme" @click=${() => app.nextTheme()}>${{ auto: '◐', light: '☀', dark: '☾' }[app.theme]}</button>
            <button class="quiet" popovertarget="palette" title="Commands (Ctrl K)" aria-label="Commands">⌘</button>`
    }
  </header>`;
}

export function wideBody(app: Playground): TemplateResult {
  return html`<main .style=${`--left:${app.left}%;--bottom:${app.bottom}%`}>
    <section class="code" aria-label="Source">${tabs(app, 'source', kSources, app.source, (source) => (app.source = source))}${sourceBody(app)}</section>
    <stepglass-splitter class="left" upright .value=${app.left} label="Width of the source" @stepglass-moved=${(event: CustomEvent<{ value: number }>) => (app.left = event.detail.value)}></stepglass-splitter>
    <section class="view" aria-label="Machine">${tabs(app, 'view', kViews, app.view, (view) => app.show(view))}${viewBody(app)}</section>
    <section class="lower" aria-label="Run">
      <stepglass-splitter class="bottom" .value=${app.bottom} label="Height of the run" @stepglass-moved=${(event: CustomEvent<{ value: number }>) => (app.bottom = event.detail.value)}></stepglass-splitter>
      ${runBar(app)}${tabs(app, 'panel', kPanels, app.panel, (panel) => (app.panel = panel))}${panelBody(app)}
    </section>
  </main>`;
}

export function narrowBody(app: Playground): TemplateResult {
  const isProblems = app.column === 'panel' && app.panel === 'problems';
  const columns: { id: string; word: string; on: boolean; go: () => void }[] = [
    { id: 'code', word: 'Code', on: app.column === 'code', go: () => (app.column = 'code') },
    { id: 'view', word: 'Machine', on: app.column === 'view', go: () => (app.column = 'view') },
    {
      id: 'run',
      word: 'Run',
      on: app.column === 'panel' && !isProblems,
      go: () => {
        app.column = 'panel';
        if (app.panel === 'problems') app.panel = 'state';
      },
    },
    {
      id: 'problems',
      word: panelWord(app, 'problems'),
      on: isProblems,
      go: () => {
        app.column = 'panel';
        app.panel = 'problems';
      },
    },
  ];
  const body = () => {
    switch (app.column) {
      case 'code':
        return html`${tabs(app, 'source', kSources, app.source, (source) => (app.source = source))}${app.source === 'definition' ? html`<div class="bar">${sourceTools(app)}</div>` : nothing}${sourceBody(app)}`;
      case 'view':
        return html`${tabs(app, 'view', kViews, app.view, (view) => app.show(view))}${viewBody(app)}`;
      case 'panel':
        return html`${isProblems ? nothing : tabs(app, 'panel', kPanels.filter((panel) => panel !== 'problems'), app.panel, (panel) => (app.panel = panel))}${panelBody(app)}`;
    }
  };
  return html`<main class="narrow">
    <div class="tabs columns" role="tablist" aria-label="Parts" @keydown=${onTabKey}>
      ${columns.map((tab) => html`<button role="tab" id=${`tab-${tab.id}`} aria-selected=${tab.on} aria-controls="body" tabindex=${tab.on ? 0 : -1} @click=${tab.go}>${tab.word}</button>`)}
    </div>
    <section id="body" role="tabpanel" class="body" aria-label=${columns.find((tab) => tab.on)?.word ?? ''}>${body()}</section>
    ${runBar(app)}
  </main>`;
}

function panelWord(app: Playground, panel: Panel): string {
  const { diagnostics } = app.session;
  if (panel === 'problems' && diagnostics && diagnostics.length > 0) return `Problems ${diagnostics.length}`;
  if (panel === 'state' && app.selected !== undefined) return `State: ${app.selected.length > 24 ? `${app.selected.slice(0, 23)}…` : app.selected}`;
  return kWords[panel];
}

function tabs<Name extends View | Panel | Source>(app: Playground, id: string, names: readonly Name[], current: Name, go: (name: Name) => void): TemplateResult {
  return html`<div class="bar"><div class="tabs" role="tablist" aria-label=${{ source: 'Source', view: 'Machine', panel: 'Run' }[id] ?? id} @keydown=${onTabKey}>
    ${names.map(
      (name) => html`<button role="tab" id=${`tab-${name}`} aria-selected=${name === current} aria-controls=${`${id}-body`} tabindex=${name === current ? 0 : -1} @click=${() => go(name)}>${id === 'panel' ? panelWord(app, name as Panel) : kWords[name]}</button>`,
    )}
    </div><span class="grow"></span>${id === 'source' && !app.narrow ? sourceTools(app) : nothing}
  </div>`;
}

function sourceTools(app: Playground): TemplateResult {
  return html`<select aria-label="Format of the definition" .value=${app.content.format} @change=${(event: Event) => app.change({ format: (event.target as HTMLSelectElement).value as Content['format'] })}>
      <option value="json" ?selected=${app.content.format === 'json'}>JSON</option>
      <option value="yaml" ?selected=${app.content.format === 'yaml'}>YAML</option>
    </select>
    <select aria-label="Type of the machine" .value=${app.content.type} @change=${(event: Event) => app.change({ type: (event.target as HTMLSelectElement).value as Content['type'] })}>
      <option value="STANDARD" ?selected=${app.content.type === 'STANDARD'}>Standard</option>
      <option value="EXPRESS" ?selected=${app.content.type === 'EXPRESS'}>Express</option>
    </select>`;
}

function runBar(app: Playground): TemplateResult {
  return html`<stepglass-run-bar .session=${app.session} .version=${app.session.version} ?narrow=${app.narrow} @stepglass-act=${(event: CustomEvent<{ action: Action }>) => act(app, event.detail.action)}></stepglass-run-bar>`;
}
