// What each part of the page shows: the text, the machine, the run.

import { html, nothing, type TemplateResult } from 'lit';
import { stateAt } from '../model/drawing.js';
import { visitAt } from '../model/replay.js';
import type { Playground } from './app.js';
import { layoutOf } from './findings.js';
import { jsonFaults } from './json-fault.js';
import { loadEditor } from './loading.js';
import { kWords } from './parts.js';
import type { Session } from './session.js';
import { failHere, stateActions } from './state-menu.js';
import type { Content } from './store.js';

const kNoHeat: Session['heat'] = { shares: new Map(), badges: new Map() };

function inputsBar(app: Playground): TemplateResult {
  const { inputs, selectedInput: at } = app.content;
  const rename = (field: HTMLInputElement) => {
    const n = field.value.trim();
    if (n === '') field.value = inputs[at]?.n ?? '';
    else app.change({ inputs: inputs.map((input, i) => (i === at ? { ...input, n } : input)) });
  };
  const remove = () => {
    ++app.removed;
    app.change({ inputs: inputs.filter((_, i) => i !== at), selectedInput: Math.max(0, at - 1) });
  };
  return html`<div class="inputs">
    ${inputs.map((input, i) => html`<button aria-pressed=${i === at} @click=${() => app.change({ selectedInput: i })}>${input.n}</button>`)}
    <button class="quiet" @click=${() => app.change({ inputs: [...inputs, { n: `input ${inputs.length + 1}`, v: '{}' }], selectedInput: inputs.length })}>+ Input</button>
    <span class="grow"></span>
    <input aria-label="Name of the input" size="12" .value=${inputs[at]?.n ?? ''} @change=${(event: Event) => rename(event.target as HTMLInputElement)} />
    <button ?disabled=${inputs.length < 2} @click=${remove}>Remove</button>
  </div>`;
}

function mocksBar(app: Playground): TemplateResult {
  return html`<div class="inputs">
    <label>Tasks without a mock <select aria-label="Tasks without a mock" @change=${(event: Event) => app.change({ defaultMock: (event.target as HTMLSelectElement).value as Content['defaultMock'] })}>
      ${(['ask', 'sample', 'echo'] as const).map((word) => html`<option value=${word} ?selected=${app.content.defaultMock === word}>${{ ask: 'stop the run and ask', sample: 'answer with sample data', echo: 'answer with their input' }[word]}</option>`)}
    </select></label>
  </div>`;
}

export function sourceBody(app: Playground): TemplateResult {
  const { content, session, source } = app;
  const text = source === 'definition' ? content.text : source === 'input' ? (content.inputs[content.selectedInput]?.v ?? '') : content.mocks;
  const faults = source === 'definition' ? (session.diagnostics ?? []) : jsonFaults(text, source);
  const [fault] = source === 'definition' ? [] : faults;
  return html`<div class="pane" id="source-body" role="tabpanel" aria-labelledby=${`tab-${app.source}`} @stepglass-source=${(event: CustomEvent<{ text: string }>) => onSource(app, event)} @stepglass-caret=${(event: CustomEvent<{ line: number; column: number }>) => onCaret(app, event)}>
    ${app.source === 'input' ? inputsBar(app) : app.source === 'mocks' ? mocksBar(app) : nothing}
    ${
      app.editor === 'ready'
        ? html`<stepglass-editor
            class=${app.source}
            .label=${kWords[app.source]}
            .document=${source === 'input' ? `input ${app.removed}.${content.selectedInput}` : source}
            .states=${app.editorStates}
            .language=${app.source === 'definition' ? content.format : 'json'}
            .value=${text}
            .diagnostics=${faults}
            .marked=${app.source === 'definition' ? app.marked : undefined}
            .assist=${app.source === 'definition' ? app.assist : undefined}
            .format=${app.source === 'definition' ? (text: string) => layoutOf(app, text) : undefined}
          ></stepglass-editor>`
        : html`<pre class="loading">${text}</pre>${app.editor === 'missing' ? html`<p class="fault" role="alert">The editor could not be loaded. <button @click=${() => void loadEditor(app)}>Try again</button></p>` : nothing}`
    }
    ${fault ? html`<p class="fault" role="status">Line ${fault.range.start.line}: ${fault.message}</p>` : nothing}
  </div>`;
}

function onSource(app: Playground, event: CustomEvent<{ text: string }>): void {
  const { text } = event.detail;
  if (app.source === 'definition') app.change({ text });
  else if (app.source === 'mocks') app.change({ mocks: text });
  else app.change({ inputs: app.content.inputs.map((input, i) => (i === app.content.selectedInput ? { ...input, v: text } : input)) });
}

function onCaret(app: Playground, event: CustomEvent<{ line: number; column: number }>): void {
  if (app.source !== 'definition') return;
  const state = stateAt(app.session.drawing, event.detail.line, event.detail.column);
  if (state !== undefined) app.selected = state;
}

export function viewBody(app: Playground): TemplateResult {
  const { session } = app;
  const { shares, badges } = app.heat ? session.heat : kNoHeat;
  const body = () => {
    switch (app.view) {
      case 'graph':
        return html`<stepglass-graph-view .drawing=${session.drawing} .looks=${session.looks} .problems=${session.problems} .heat=${shares} .badges=${badges} .selected=${app.selected} .breakpoints=${app.breakpoints}></stepglass-graph-view>`;
      case 'timeline':
        return html`<stepglass-timeline .replay=${session.whole} .at=${session.at} .selected=${app.selected}></stepglass-timeline>`;
      case 'events':
        return html`<stepglass-events .replay=${session.whole} .at=${session.at} .selected=${app.selected}></stepglass-events>`;
      case 'cost':
        return html`<label class="check"><input type="checkbox" .checked=${app.heat} @change=${() => (app.heat = !app.heat)} /> Show in the graph</label>
          <stepglass-cost .report=${session.cost} .error=${session.costError} .assumptions=${app.content.assumptions} .selected=${app.selected}></stepglass-cost>`;
      case 'outline':
        return html`<stepglass-outline .drawing=${session.drawing} .looks=${session.looks} .selected=${app.selected}></stepglass-outline>`;
    }
  };
  return html`<div class="pane" id="view-body" role="tabpanel" aria-labelledby=${`tab-${app.view}`} tabindex=${app.view === 'graph' ? nothing : 0}>${body()}</div>
    ${
      app.narrow && app.selected !== undefined
        ? html`<div class="chosen"><span>${app.selected}</span><button class="primary" @click=${() => app.reveal('state')}>Open state</button></div>`
        : nothing
    }`;
}

export function panelBody(app: Playground): TemplateResult {
  const { session } = app;
  const visit = visitAt(session.shown, app.selected);
  const body = () => {
    switch (app.panel) {
      case 'state':
        return html`${stopped(app)}<stepglass-data .visit=${visit} .inspection=${session.inspection(visit)} .variables=${session.variables(visit)} .editable=${!session.imported && !session.stale} .empty=${session.whole || app.selected === undefined ? undefined : `Run to see the data of “${app.selected}”.`}>${stateActions(app)}</stepglass-data>`;
      case 'problems':
        return html`<stepglass-problems .diagnostics=${session.diagnostics} .error=${session.lintError?.message} .retry=${() => void session.check(app.content)} .text=${app.content.text} .openable=${true} .explain=${(code: string) => session.explain(code)}></stepglass-problems>`;
      case 'expression':
        return html`<stepglass-expression .engine=${session.engine} .data=${visit?.input ?? app.content.inputs[app.content.selectedInput]?.v ?? '{}'}></stepglass-expression>`;
      case 'terminal':
        return html`<stepglass-terminal .engine=${session.engine} .content=${app.content}
          ><button @click=${() => void app.exportAs('definition')}>Save definition</button> <button @click=${() => void app.exportAs('mocks')}>Save mocks</button></stepglass-terminal
        >`;
    }
  };
  return html`<div class="pane" id="panel-body" role="tabpanel" aria-labelledby=${`tab-${app.panel}`} tabindex="0">${body()}</div>`;
}

/** Why there is no run, or it does not go on, and what to do. */
function stopped(app: Playground): TemplateResult | typeof nothing {
  const { runError, result } = app.session;
  if (runError) return html`<div class="stopped" role="note"><strong>The run does not start.</strong> ${runError.message}</div>`;
  const stopped = result?.stopped;
  if (!stopped || app.session.at < app.session.lastEvent) return nothing;
  const { state, mock_sample: sample } = stopped;
  return html`<div class="stopped" role="note">
    <strong>The run waits.</strong> ${state === undefined ? stopped.message : html`The task “${state}” has no mock.`}
    ${
      state === undefined
        ? nothing
        : html`<div class="choices">
            <button class="primary" @click=${() => (app.mock(state, { return: sample ?? {} }), void app.run())}>Answer with a sample</button>
            <button @click=${() => failHere(app, state)}>Let it fail</button>
            <button @click=${() => (app.change({ defaultMock: 'sample' }), void app.run())}>Samples for all tasks</button>
          </div>`
    }
  </div>`;
}
