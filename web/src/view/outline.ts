// The machine as nested lists: the twin of the picture for screen readers, print and pages without scripts.

import { LitElement, css, html, nothing, type TemplateResult } from 'lit';
import type { DrawnEdge, DrawnScope, DrawnState, Drawing } from '../engine/protocol.js';
import type { StateLook } from '../model/replay.js';
import { define } from './define.js';
import { send } from './events.js';
import { kStatus } from './text.js';
import { statuses, tokens } from './tokens.js';

export class Outline extends LitElement {
  static override properties = { drawing: { attribute: false }, looks: { attribute: false }, selected: {} };
  declare drawing: Drawing | undefined;
  declare looks: Map<string, StateLook>;
  declare selected: string | undefined;

  constructor() {
    super();
    this.looks = new Map();
  }

  protected override render(): TemplateResult {
    return this.drawing ? this.scope(this.drawing.scope) : html`<p class="empty">There is no state to list yet.</p>`;
  }

  private scope(scope: DrawnScope): TemplateResult {
    const names = new Map(scope.states.map((state) => [state.id, state.name]));
    const out = new Map<string, DrawnEdge[]>(scope.states.map((state) => [state.id, []]));
    for (const edge of scope.edges) if (edge.from !== null) out.get(edge.from)?.push(edge);
    const states = [...scope.states].sort((a, b) => a.box[1] - b.box[1] || a.box[0] - b.box[0]);
    return html`<ol>
      ${states.map((state) => this.state(state, out.get(state.id) ?? [], names))}
    </ol>`;
  }

  private state(state: DrawnState, out: readonly DrawnEdge[], names: ReadonlyMap<string, string>): TemplateResult {
    const look = this.looks.get(state.name);
    return html`<li>
      <div class="line">
        <button class="link name" aria-current=${state.name === this.selected ? 'true' : 'false'} @click=${() => this.select(state.name)}>${state.name}</button>
        <span class="muted">${state.unknown ?? state.type}</span>
        ${look ? html`<span class="status ${look.status}"><span aria-hidden="true">${kStatus[look.status].sign}</span> ${kStatus[look.status].word}${look.visits > 1 ? `, ${look.visits} visits` : ''}</span>` : nothing}
      </div>
      <ul class="ways">
        ${out.map((edge) => {
          const to = edge.to === null ? undefined : names.get(edge.to);
          const why =
            edge.kind === 'choice' ? `if ${edge.label?.text ?? '?'}:` : edge.kind === 'default' ? 'else:' : edge.kind === 'catch' ? `on ${edge.label?.text ?? 'error'}:` : edge.kind === 'end' ? '' : 'next:';
          return html`<li class=${edge.kind}>${why} ${to === undefined ? (edge.kind === 'end' ? 'end' : edge.missing === undefined ? 'nowhere' : `${edge.missing}, which is missing`) : html`<button class="link" @click=${() => this.select(to)}>${to}</button>`}</li>`;
        })}
      </ul>
      ${(state.scopes ?? []).map(
        (inner, i, all) => html`<p class="muted">${state.type === 'Map' ? 'for each item' : `branch ${i + 1} of ${all.length}`}</p>
          ${this.scope(inner)}`,
      )}
    </li>`;
  }

  private select(state: string): void {
    send(this, 'stepglass-select', { state });
  }

  static override styles = [
    tokens,
    statuses,
    css`
      :host {
        display: block;
        padding: 8px 16px;
      }
      ol {
        margin: 0;
        padding-inline-start: 24px;
      }
      ol > li {
        margin: 6px 0;
      }
      .line {
        display: flex;
        flex-wrap: wrap;
        gap: 2px 10px;
        align-items: baseline;
      }
      @media (pointer: coarse) {
        button.link {
          min-width: 44px;
          min-height: 44px;
        }
      }
      .name {
        font-weight: 600;
        overflow-wrap: anywhere;
      }
      .name[aria-current='true'] {
        background: var(--accent-bg);
      }
      .ways {
        margin: 0;
        padding: 0;
        list-style: none;
        color: var(--muted);
      }
      .catch {
        color: var(--error);
      }
      p {
        margin: 4px 0 0;
      }
    `,
  ];
}

define('stepglass-outline', Outline);
