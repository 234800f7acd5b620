// States of the work that were given a name: kept in the browser beside what is worked on, opened and compared later.

import { LitElement, css, html, nothing, type TemplateResult } from 'lit';
import { define } from '../view/define.js';
import { diffLines, diffStyles } from '../view/diff-lines.js';
import { lineDiff } from '../view/line-diff.js';
import { tokens } from '../view/tokens.js';
import { packed, unpacked, type Content } from './store.js';

const kKey = 'stepglass.snapshots.1';
const kMost = 30;

interface Snapshot {
  name: string;
  /** Milliseconds since 1970. */
  at: number;
  content: string;
}

function isSnapshot(one: Partial<Snapshot> | null): one is Snapshot {
  return typeof one?.name === 'string' && typeof one.at === 'number' && typeof one.content === 'string';
}

function read(): Snapshot[] {
  try {
    const all = JSON.parse(localStorage.getItem(kKey) ?? '[]') as unknown;
    return Array.isArray(all) ? all.filter(isSnapshot) : [];
  } catch {
    return [];
  }
}

/** All of it as one text, for comparison. */
function textOf({ text, inputs, mocks }: Content): string {
  return [text, ...inputs.map(({ n, v }) => `\nInput ${n}:\n${v}`), `\nMocks:\n${mocks}`].join('\n');
}

export class Snapshots extends LitElement {
  static override properties = { content: { attribute: false }, all: { state: true }, compared: { state: true }, doomed: { state: true }, fault: { state: true }, told: { state: true } };
  /** What is worked on now. */
  declare content: Content | undefined;
  declare all: Snapshot[];
  /** By name: the one that is compared, and the one that is asked about before it goes. */
  declare compared: string | undefined;
  declare doomed: string | undefined;
  declare fault: string;
  /** What became of the last one that was saved or deleted. */
  declare told: string;

  constructor() {
    super();
    this.all = read();
    this.fault = this.told = '';
  }

  /** Other tabs keep theirs in the same place: it is read anew before it is written. */
  private write(change: (all: Snapshot[]) => Snapshot[]): void {
    const all = change(read());
    try {
      localStorage.setItem(kKey, JSON.stringify(all));
      this.fault = '';
    } catch {
      this.fault = 'The browser keeps no more: delete one, or export the files.';
    }
    this.all = read();
  }

  private save(event: SubmitEvent): void {
    event.preventDefault();
    const field = this.renderRoot.querySelector('input');
    const name = field?.value.trim() ?? '';
    const { content } = this;
    if (!field || name === '' || !content) return;
    const others = read().filter((one) => one.name !== name);
    if (others.length >= kMost) {
      this.fault = `There are ${kMost} already: delete one first.`;
      return;
    }
    this.write((all) => [{ name, at: Date.now(), content: packed(content) }, ...all.filter((one) => one.name !== name)]);
    if (this.fault !== '') return;
    field.value = '';
    this.told = `“${name}” is saved.`;
  }

  private drop(name: string): void {
    if (this.doomed !== name) {
      this.doomed = name;
      return;
    }
    this.doomed = undefined;
    const at = this.all.findIndex((one) => one.name === name);
    this.write((all) => all.filter((one) => one.name !== name));
    this.told = `“${name}” is deleted.`;
    // Its button is gone: the next one has the focus, or the last, or else the field.
    void this.updateComplete.then(() => {
      const left = this.renderRoot.querySelectorAll<HTMLElement>('.drop');
      (left[Math.min(at, left.length - 1)] ?? this.renderRoot.querySelector('input'))?.focus();
    });
  }

  protected override render(): TemplateResult {
    return html`
      <h2>Snapshots</h2>
      <p class="muted">Kept in this browser, at most ${kMost}. A name that is there already takes what is there now.</p>
      <form @submit=${(event: SubmitEvent) => this.save(event)}><input aria-label="Name of the snapshot" placeholder="Name" /><button class="primary">Save</button></form>
      ${this.fault ? html`<p class="fault" role="alert">${this.fault}</p>` : nothing}
      <p class="muted" role="status">${this.told}</p>
      <ul>${this.all.map((one) => this.row(one))}</ul>
    `;
  }

  private row({ name, at, content: text }: Snapshot): TemplateResult {
    const content = unpacked(text);
    const isCompared = name === this.compared;
    return html`<li>
      <div><strong>${name}</strong> <span class="muted">${new Date(at).toLocaleString()}</span></div>
      <div class="actions">
        <button ?disabled=${!content} @click=${() => this.dispatchEvent(new CustomEvent('stepglass-take', { detail: { name, content } }))}>Open</button>
        <button aria-expanded=${isCompared} ?disabled=${!content} @click=${() => (this.compared = isCompared ? undefined : name)}>Compare</button>
        <button class="drop" @click=${() => this.drop(name)} @blur=${() => (this.doomed = undefined)}>${this.doomed === name ? 'Delete for good' : 'Delete'}</button>
      </div>
      ${isCompared && content && this.content ? html`<p class="muted">From there to what is here now:</p>${diffLines(lineDiff(textOf(content), textOf(this.content)))}` : nothing}
    </li>`;
  }

  static override styles = [
    tokens,
    diffStyles,
    css`
      h2 {
        margin: 0 0 4px;
        font-size: 14px;
      }
      p {
        margin: 0 0 8px;
      }
      form,
      .actions {
        display: flex;
        gap: 6px;
      }
      form input {
        flex: 1;
        min-width: 0;
      }
      ul {
        margin: 0;
        padding: 0;
        list-style: none;
      }
      li {
        padding: 8px 0;
        border-bottom: 1px solid var(--border);
        overflow-wrap: anywhere;
      }
      .actions {
        margin: 4px 0;
      }
      p:empty {
        margin: 0;
      }
      .fault {
        margin: 8px 0 0;
        color: var(--error);
      }
    `,
  ];
}

define('stepglass-snapshots', Snapshots);
