// The data of one visit of a state, stage by stage, each as what it changed.

import { LitElement, css, html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import type { Inspection, Json } from '../engine/protocol.js';
import type { Visit } from '../model/replay.js';
import { copyText } from './copy.js';
import { define } from './define.js';
import { send } from './events.js';
import { diffLines, diffStyles } from './diff-lines.js';
import { diff, type Diff } from './json-diff.js';
import { duration, kStatus, parse, plural, pretty } from './text.js';
import { statuses, tokens } from './tokens.js';

interface Stage {
  name: string;
  text: string;
  /** Compared with the stage before; not so where the data is another kind, as a result beside an input. */
  before: string | undefined;
}

const kFresh = new Set(['input', 'result', 'variables', 'afterArguments', 'afterParameters']);
const kWords: Record<string, string> = {
  input: 'Input',
  afterInputPath: 'after InputPath',
  afterParameters: 'after Parameters',
  afterArguments: 'Arguments',
  afterItemsPath: 'after ItemsPath',
  afterItemSelector: 'after ItemSelector',
  afterItemBatcher: 'after ItemBatcher',
  result: 'Result',
  afterResultSelector: 'after ResultSelector',
  afterResultPath: 'after ResultPath',
  variables: 'Variables',
  output: 'Output',
};

/** What it holds stands in its header. */
export class DataView extends LitElement {
  static override properties = {
    visit: { attribute: false },
    inspection: { attribute: false },
    variables: { attribute: false },
    editable: { type: Boolean },
    empty: { attribute: false },
    level: { attribute: false },
    open: { state: true },
    editing: { state: true },
    fault: { state: true },
    told: { state: true },
  };
  declare visit: Visit | undefined;
  declare inspection: Inspection | undefined;
  /** As the state is entered, as JSON. */
  declare variables: string | undefined;
  declare editable: boolean;
  /** What is said where there is no visit. */
  declare empty: string | undefined;
  /** How deep its first heading stands in the page. */
  declare level: number;
  /** Stages that show all of their data. */
  declare open: Set<string>;
  declare editing: 'input' | 'output' | 'variables' | undefined;
  declare fault: string;
  /** What became of a copy. */
  declare told: string;

  private readonly diffs = new Map<string, { stage: Stage; whole: boolean; made: Diff }>();

  constructor() {
    super();
    this.open = new Set();
    this.editable = false;
    this.level = 2;
    this.fault = this.told = '';
  }

  private async copy({ text }: Stage): Promise<void> {
    this.told = (await copyText(pretty(text))) ? 'Copied.' : 'It could not be copied.';
  }

  protected override willUpdate(changed: PropertyValues): void {
    if (!changed.has('visit')) return;
    this.editing = undefined;
    this.told = '';
  }

  private stages(): Stage[] {
    const { visit, inspection } = this;
    if (!visit) return [];
    const all: Stage[] = [];
    const add = (name: string, text: string | undefined) => {
      if (text !== undefined) all.push({ name, text, before: kFresh.has(name) ? undefined : all.findLast((stage) => stage.name !== 'variables')?.text });
    };
    const data = inspection?.inspectionData ?? {};
    add('input', data['input'] ?? visit.input);
    add('variables', this.variables);
    for (const [name, text] of Object.entries(data)) if (name !== 'input') add(name, text);
    if (visit.output !== undefined) {
      all.push({ name: 'output', text: visit.output, before: data['input'] ?? visit.input });
    }
    // What changes nothing need not be read.
    return all.filter((stage) => stage.before === undefined || stage.text !== stage.before || stage.name === 'output');
  }

  protected override render(): TemplateResult {
    const { visit } = this;
    if (!visit) return html`<slot></slot><p class="empty">${this.empty ?? 'Choose a state to see its data, stage by stage.'}</p>`;
    const status = kStatus[visit.status];
    return html`
      <header>
        <div class="title" role="heading" aria-level=${this.level}>${visit.state}</div>
        <span class="status ${visit.status}"><span aria-hidden="true">${status.sign}</span> ${status.word}</span>
        <span class="muted"
          >${visit.type}${visit.iteration === undefined ? '' : ` · item ${visit.iteration}`}${
            visit.end === undefined ? '' : ` · ${duration(visit.end - visit.start)}`
          }${visit.attempts.length > 1 ? ` · ${plural(visit.attempts.length, 'attempt')}` : ''}</span
        >
        <slot></slot>
        <span class="muted" role="status">${this.told}</span>
      </header>
      ${
        visit.error === undefined
          ? nothing
          : html`<div class="error" role="note"><strong>${visit.error}</strong>${visit.cause ? html`<pre>${visit.cause}</pre>` : nothing}</div>`
      }
      ${this.stages().map((stage) => this.stage(stage))}
    `;
  }

  private stage(stage: Stage): TemplateResult {
    const whole = this.open.has(stage.name);
    const value = parse(stage.text);
    const { visit } = this;
    const event = stage.name === 'input' || stage.name === 'variables' ? visit?.entered : stage.name === 'output' ? visit?.exited : undefined;
    const canEdit = this.editable && event !== undefined;
    return html`<section>
      <div class="stage" role="heading" aria-level=${Math.min(6, this.level + 1)}>
        ${kWords[stage.name] ?? stage.name}
        <span class="actions">
          ${
            canEdit && this.editing === undefined
              ? html`<button class="quiet" @click=${() => this.edit(stage.name as 'input' | 'output' | 'variables')}>Edit and go on</button>`
              : nothing
          }
          ${
            stage.before === undefined
              ? nothing
              : html`<button class="quiet" aria-pressed=${whole} @click=${() => this.toggle(stage.name)}>${whole ? 'Changes' : 'All'}</button>`
          }
          <button class="quiet" @click=${() => void this.copy(stage)}>Copy</button>
        </span>
      </div>
      ${
        this.editing === stage.name
          ? this.editor(stage, event ?? 0)
          : value === undefined
            ? html`<pre>${stage.text}</pre>`
            : this.lines(this.diffOf(stage, whole, value))
      }
    </section>`;
  }

  /** Of a stage, made again only when it is another. */
  private diffOf(stage: Stage, whole: boolean, value: Json): Diff {
    const kept = this.diffs.get(stage.name);
    if (kept?.stage.text === stage.text && kept.stage.before === stage.before && kept.whole === whole) return kept.made;
    const made = diff(whole ? undefined : parse(stage.before), value);
    this.diffs.set(stage.name, { stage, whole, made });
    return made;
  }

  private lines(made: Diff): TemplateResult {
    if (made.lines.every((line) => line.kind === 'folded' || (line.kind === 'same' && /^[{}[\]]$/.test(line.text)))) {
      return html`<p class="muted same">unchanged</p>`;
    }
    return diffLines(made);
  }

  private editor(stage: Stage, event: number): TemplateResult {
    return html`<div class="edit">
      <textarea class="mono" rows="6" aria-label=${`${stage.name} of ${this.visit?.state ?? ''}`} aria-invalid=${this.fault !== ''} .value=${pretty(stage.text)}></textarea>
      ${this.fault ? html`<p class="fault" role="alert">${this.fault}</p>` : nothing}
      <button class="primary" @click=${() => this.apply(event)}>Go on with this</button>
      <button class="quiet" @click=${() => (this.editing = undefined)}>Cancel</button>
    </div>`;
  }

  private edit(which: 'input' | 'output' | 'variables'): void {
    this.editing = which;
    this.fault = '';
    void this.updateComplete.then(() => this.renderRoot.querySelector('textarea')?.focus());
  }

  private apply(event: number): void {
    const text = this.renderRoot.querySelector('textarea')?.value ?? '';
    let data: Json;
    try {
      data = JSON.parse(text) as Json;
    } catch (error) {
      this.fault = `This is no JSON: ${(error as Error).message}`;
      return;
    }
    if (this.editing === 'variables') {
      if (typeof data !== 'object' || data === null || Array.isArray(data)) {
        this.fault = 'Variables are an object: {"name": value}';
        return;
      }
      send(this, 'stepglass-change', { event, data: parse(this.visit?.input) ?? {}, variables: data });
    } else {
      send(this, 'stepglass-change', { event, data });
    }
    this.editing = undefined;
  }

  private toggle(name: string): void {
    const open = new Set(this.open);
    if (!open.delete(name)) open.add(name);
    this.open = open;
  }

  static override styles = [
    tokens,
    statuses,
    diffStyles,
    css`
      :host {
        display: block;
        padding: 8px 12px 16px;
      }
      header {
        display: flex;
        flex-wrap: wrap;
        align-items: baseline;
        gap: 4px 12px;
      }
      .title,
      .stage {
        overflow-wrap: anywhere;
        font-size: 14px;
        font-weight: 700;
      }
      .stage {
        display: flex;
        align-items: center;
        justify-content: space-between;
        min-height: 32px;
        margin-top: 4px;
        font-size: 13px;
        font-weight: 600;
      }
      .actions {
        font-weight: 400;
      }
      .error {
        margin: 8px 0;
        padding: 8px 12px;
        border-inline-start: 3px solid var(--error);
        background: var(--error-bg);
      }
      .same {
        margin: 0;
      }
      textarea {
        display: block;
        width: 100%;
        margin-bottom: 8px;
        padding: 8px;
      }
      .fault {
        margin: 0 0 8px;
        color: var(--error);
      }
    `,
  ];
}

define('stepglass-data', DataView);
