// The text of a definition: CodeMirror with our own diagnostics, completion and fixes. A chunk of its own, loaded when
// somebody is going to type. It lives in a shadow root, where CodeMirror's styles hold under a strict content policy.

import { autocompletion, closeBrackets, closeBracketsKeymap, completionKeymap, type CompletionContext, type CompletionResult } from '@codemirror/autocomplete';
import { defaultKeymap, history, historyField, historyKeymap, indentSelection, isolateHistory } from '@codemirror/commands';
import { json } from '@codemirror/lang-json';
import { bracketMatching, foldGutter, foldKeymap, indentOnInput, indentUnit, syntaxHighlighting } from '@codemirror/language';
import { lintGutter, lintKeymap, setDiagnostics, type Diagnostic as Mark } from '@codemirror/lint';
import { highlightSelectionMatches, searchKeymap } from '@codemirror/search';
import { Compartment, EditorState, StateEffect, StateField, type Extension, type Text } from '@codemirror/state';
import { Decoration, EditorView, drawSelection, highlightActiveLine, highlightActiveLineGutter, keymap, lineNumbers, type DecorationSet } from '@codemirror/view';
import { classHighlighter } from '@lezer/highlight';
import { LitElement, css, html, type PropertyValues, type TemplateResult } from 'lit';
import type { Assist } from '../engine/assist.js';
import type { Diagnostic, Edit, Fix, Range } from '../engine/protocol.js';
import { define } from './define.js';
import { explainHere, explanations } from './editor-hover.js';
import { changesOf, offsetOf, placeOf } from './editor-places.js';
import { tokens } from './tokens.js';

/** A text with its caret and its edits. */
export interface KeptText {
  doc: string;
  /** How far it is scrolled, in pixels. */
  top: number;
}
const kKeptFields = { history: historyField };

export interface EditorEvents {
  /** The text as typed. */
  'stepglass-source': { text: string };
  /** Where the caret is. */
  'stepglass-caret': { line: number; column: number };
}

const setCurrent = StateEffect.define<{ from: number; to: number } | undefined>();
const currentLines = StateField.define<DecorationSet>({
  create: () => Decoration.none,
  update(lines, transaction) {
    for (const effect of transaction.effects) {
      if (!effect.is(setCurrent)) continue;
      if (!effect.value) return Decoration.none;
      const { doc } = transaction.state;
      const marks = [];
      const last = doc.lineAt(Math.min(effect.value.to, doc.length)).number;
      for (let line = doc.lineAt(Math.min(effect.value.from, doc.length)).number; line <= last; ++line) {
        marks.push(Decoration.line({ class: 'cm-state' }).range(doc.line(line).from));
      }
      return Decoration.set(marks);
    }
    return lines.map(transaction.changes);
  },
  provide: (field) => EditorView.decorations.from(field),
});

export class Editor extends LitElement {
  static override properties = {
    value: { attribute: false },
    document: { attribute: false },
    states: { attribute: false },
    language: {},
    diagnostics: { attribute: false },
    marked: { attribute: false },
    assist: { attribute: false },
    format: { attribute: false },
    label: {},
    readonly: { type: Boolean },
  };
  declare value: string;
  /** Names the text: each has its own caret and its own edits to undo. */
  declare document: string;
  /** What is kept of texts by name, for editors that come later. Another map: these are other texts. */
  declare states: Map<string, KeptText>;
  declare language: 'json' | 'yaml';
  declare diagnostics: readonly Diagnostic[];
  /** The range of the state that is selected elsewhere. */
  declare marked: Range | undefined;
  /** Who knows the language; nobody does of other texts. */
  declare assist: Assist | undefined;
  /** What lays out the text. */
  declare format: ((text: string) => Promise<readonly Edit[]>) | undefined;
  declare label: string;
  declare readonly: boolean;

  private view: EditorView | undefined;
  private readonly languages = new Compartment();
  private readonly modes = new Compartment();
  private readonly labels = new Compartment();
  private told = '';

  constructor() {
    super();
    this.value = '';
    this.document = '';
    this.states = new Map();
    this.language = 'json';
    this.diagnostics = [];
    this.label = 'Definition';
    this.readonly = false;
  }

  protected override render(): TemplateResult {
    return html`<div class="editor"></div>`;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    if (this.hasUpdated) this.requestUpdate();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    // One that is only moved is connected again at once.
    queueMicrotask(() => {
      if (this.isConnected) return;
      this.keep(this.document);
      this.view?.destroy();
      this.view = undefined;
    });
  }

  private keep(name: string): void {
    if (this.view) this.states.set(name, { ...(this.view.state.toJSON(kKeptFields) as { doc: string }), top: this.view.scrollDOM.scrollTop });
  }

  /** Shows the text with what was kept of it, or from its beginning; true when it did not stand there already. */
  private open(changed: PropertyValues): boolean {
    if (this.view && !changed.has('document') && !changed.has('states')) return false;
    if (this.view && !changed.has('states')) this.keep(String(changed.get('document')));
    this.told = this.value;
    const kept = this.states.get(this.document);
    const extensions = this.extensions();
    const state = kept?.doc === this.value ? EditorState.fromJSON(kept, { extensions }, kKeptFields) : EditorState.create({ doc: this.value, extensions });
    if (this.view) this.view.setState(state);
    else this.view = new EditorView({ parent: this.renderRoot.querySelector('.editor') ?? this.renderRoot, root: this.renderRoot as ShadowRoot, state });
    const { view } = this;
    view.requestMeasure({ read: () => undefined, write: () => (view.scrollDOM.scrollTop = kept?.doc === this.value ? kept.top : 0) });
    return true;
  }

  protected override updated(changed: PropertyValues): void {
    const isNew = this.open(changed);
    const { view } = this;
    if (!view) return;
    const has = (name: keyof this) => isNew || changed.has(name);
    if (has('value') && this.value !== this.told) {
      this.told = this.value;
      view.dispatch({ changes: { from: 0, to: view.state.doc.length, insert: this.value } });
    }
    if (has('language')) void this.speak();
    if (has('readonly')) view.dispatch({ effects: this.modes.reconfigure(EditorState.readOnly.of(this.readonly)) });
    if (has('label')) view.dispatch({ effects: this.labels.reconfigure(this.named()) });
    if (has('diagnostics')) view.dispatch(setDiagnostics(view.state, this.marks(view.state.doc)));
    if (has('marked')) {
      const { marked } = this;
      const { doc } = view.state;
      view.dispatch({ effects: setCurrent.of(marked && { from: offsetOf(doc, marked.start), to: offsetOf(doc, marked.end) }) });
    }
  }

  /** Selects a place and shows it. */
  goto(range: Range, focus = true): void {
    const { view } = this;
    if (!view) return;
    const from = offsetOf(view.state.doc, range.start);
    const to = offsetOf(view.state.doc, range.end);
    view.dispatch({ selection: { anchor: from, head: focus ? to : from }, effects: EditorView.scrollIntoView(from, { y: 'center' }) });
    if (focus) view.focus();
  }

  /** Where the selection begins; undefined until it is there. */
  get place(): { line: number; column: number } | undefined {
    return this.view && placeOf(this.view.state.doc, this.view.state.selection.main.from);
  }

  /** Makes the fixes, which do not overlap, as one step that can be undone. The caret goes to where the first one was. */
  apply(fixes: readonly Fix[]): void {
    const { view } = this;
    if (!view) return;
    const changes = changesOf(view.state.doc, fixes);
    view.dispatch({ changes, selection: { anchor: Math.min(...changes.map((change) => change.from)) }, scrollIntoView: true });
  }

  /** Lays out the text as one step that can be undone, unless something is typed before it is known how. The caret stays where
   *  it is. */
  async layOut(): Promise<void> {
    await this.updateComplete;
    const { view, format } = this;
    if (!view || !format || this.readonly) return;
    const { doc } = view.state;
    const edits = await format(doc.toString());
    if (edits.length === 0 || this.view !== view || view.state.doc !== doc) return;
    view.dispatch({ changes: changesOf(doc, edits), annotations: isolateHistory.of('full'), scrollIntoView: true });
  }

  override focus(): void {
    this.view?.focus();
  }

  /** Colours the text as what it is written in. YAML comes when it is needed, and may come too late. */
  private async speak(): Promise<void> {
    const { language, document } = this;
    const syntax = language === 'yaml' ? (await import('@codemirror/lang-yaml')).yaml() : json();
    if (this.language === language && this.document === document) this.view?.dispatch({ effects: this.languages.reconfigure(syntax) });
  }

  private named(): Extension {
    return EditorView.contentAttributes.of({ 'aria-label': this.label, tabindex: '0' });
  }

  private extensions(): Extension[] {
    return [
      lineNumbers(),
      foldGutter(),
      highlightActiveLineGutter(),
      history(),
      drawSelection(),
      indentOnInput(),
      indentUnit.of('  '),
      bracketMatching(),
      closeBrackets(),
      autocompletion({ override: [(context) => this.completions(context)], icons: false }),
      explanations(() => this.assist),
      highlightActiveLine(),
      highlightSelectionMatches(),
      lintGutter(),
      currentLines,
      syntaxHighlighting(classHighlighter),
      EditorView.lineWrapping,
      this.labels.of(this.named()),
      keymap.of([
        { key: 'Shift-Alt-f', run: (view) => (this.format ? (void this.layOut(), true) : indentSelection(view)) },
        { key: 'Shift-F1', run: (view) => explainHere(view, this.assist) },
        ...closeBracketsKeymap,
        ...defaultKeymap.filter((binding) => binding.key !== 'Mod-Enter'),
        ...searchKeymap,
        ...historyKeymap,
        ...foldKeymap,
        ...completionKeymap,
        ...lintKeymap.filter((binding) => binding.key !== 'F8'),
        // Where Esc has nothing to close, it leaves; what else it does here is the page's.
        { key: 'Escape', run: (view) => (view.contentDOM.blur(), false) },
      ]),
      this.languages.of(json()),
      this.modes.of(EditorState.readOnly.of(this.readonly)),
      EditorView.updateListener.of((update) => {
        if (update.docChanged) {
          const text = update.state.doc.toString();
          if (text !== this.told) {
            this.told = text;
            this.value = text;
            this.send('stepglass-source', { text });
          }
        }
        if (update.selectionSet && update.view.hasFocus) {
          this.send('stepglass-caret', placeOf(update.state.doc, update.state.selection.main.head));
        }
      }),
    ];
  }

  private send<Name extends keyof EditorEvents>(name: Name, detail: EditorEvents[Name]): void {
    this.dispatchEvent(new CustomEvent(name, { detail, bubbles: true, composed: true }));
  }

  private marks(doc: Text): Mark[] {
    return this.diagnostics.map((one) => {
      const from = offsetOf(doc, one.range.start);
      const fixes = one.fixes.slice(0, 3);
      return {
        from,
        to: Math.max(offsetOf(doc, one.range.end), from),
        severity: one.severity,
        source: `${one.code} ${one.name}`,
        message: one.help ? `${one.message}\n${one.help}` : one.message,
        actions: fixes.map((fix) => ({ name: fix.safe ? fix.title : `${fix.title} (may change what it does)`, apply: () => this.apply([fix]) })),
      };
    });
  }

  private async completions(context: CompletionContext): Promise<CompletionResult | null> {
    const word = context.matchBefore(/[\w$.:-]+/);
    const before = context.state.sliceDoc(Math.max(0, context.pos - 2), context.pos);
    if (!context.explicit && !word && !/["{,:]\s?$/.test(before)) return null;
    const { line, column } = placeOf(context.state.doc, context.pos);
    const found = await this.assist?.complete(context.state.doc.toString(), line, column);
    if (!found || found.items.length === 0) return null;
    const { doc } = context.state;
    return {
      from: offsetOf(doc, found.range.start),
      to: offsetOf(doc, found.range.end),
      filter: true,
      options: found.items.map((item, i) => ({
        label: item.label,
        detail: item.kind === 'function' ? (item.detail ?? '').slice(0, 48) : item.kind,
        type: item.kind,
        boost: -i / found.items.length,
        ...(item.text === undefined ? {} : { apply: item.text }),
        ...(item.kind === 'field' && item.detail ? { info: item.detail } : {}),
      })),
    };
  }

  static override styles = [
    tokens,
    css`
      :host {
        display: block;
        min-height: 0;
        overflow: hidden;
      }
      .editor,
      .cm-editor {
        height: 100%;
      }
      .cm-editor.cm-focused {
        outline: none;
      }
      .cm-editor .cm-scroller {
        overflow: auto;
        font: 12.5px/1.6 var(--mono);
      }
      .cm-editor .cm-content {
        caret-color: var(--fg);
      }
      .cm-editor .cm-cursor {
        border-left-color: var(--fg);
      }
      .cm-editor .cm-gutters {
        border: 0;
        background: var(--bg);
        color: var(--muted);
      }
      .cm-editor .cm-activeLine,
      .cm-editor .cm-activeLineGutter {
        background: color-mix(in srgb, var(--bg-soft) 70%, transparent);
      }
      .cm-editor .cm-state {
        box-shadow: inset 3px 0 0 var(--accent);
      }
      .cm-editor .cm-selectionBackground,
      .cm-editor.cm-focused > .cm-scroller > .cm-selectionLayer .cm-selectionBackground {
        background: var(--accent-bg);
      }
      .cm-editor .cm-selectionMatch {
        background: color-mix(in srgb, var(--accent) 16%, transparent);
      }
      .cm-editor .cm-matchingBracket {
        background: var(--accent-bg);
        outline: 1px solid var(--accent);
      }
      .cm-editor .cm-lintRange {
        background-image: none;
        text-decoration: underline wavy var(--warn);
        text-decoration-skip-ink: none;
        text-underline-offset: 3px;
      }
      .cm-editor .cm-lintRange-error {
        text-decoration-color: var(--error);
      }
      .cm-editor .cm-lintRange-info {
        text-decoration-color: var(--info);
      }
      .cm-editor .cm-lint-marker {
        content: none;
        width: 10px;
        height: 10px;
        margin: 5px 2px;
        border-radius: 50%;
      }
      .cm-editor .cm-lint-marker-error {
        border-radius: 2px;
        background: var(--error);
      }
      .cm-editor .cm-lint-marker-warning {
        background: var(--warn);
      }
      .cm-editor .cm-lint-marker-info {
        background: var(--info);
      }
      .cm-editor .cm-tooltip {
        max-width: min(480px, 90vw);
        border: 1px solid var(--border);
        border-radius: var(--radius);
        background: var(--bg-raised);
        color: var(--fg);
        box-shadow: 0 4px 16px rgb(0 0 0 / 18%);
        font: 12.5px/1.5 var(--font);
      }
      .cm-editor .cm-diagnostic {
        padding: 6px 10px;
        border-left: 3px solid var(--warn);
        white-space: pre-wrap;
      }
      .cm-editor .cm-diagnostic-error {
        border-left-color: var(--error);
      }
      .cm-editor .cm-diagnosticSource {
        opacity: 1;
        color: var(--muted);
        font-family: var(--mono);
      }
      .cm-editor .cm-diagnosticAction {
        min-height: 0;
        border: 1px solid var(--border);
        background: var(--bg-soft);
        color: var(--fg);
      }
      @media (pointer: coarse) {
        .cm-editor .cm-diagnosticAction {
          min-height: 44px;
        }
      }
      .cm-editor .cm-tooltip-autocomplete > ul {
        font: 12.5px/1.7 var(--mono);
      }
      .cm-editor .cm-tooltip-autocomplete > ul > li[aria-selected] {
        background: var(--accent);
        color: var(--on-accent);
      }
      .cm-editor .cm-completionDetail {
        color: inherit;
        opacity: 0.8;
      }
      .cm-editor .cm-meaning {
        max-width: min(420px, 90vw);
        max-height: 40vh;
        overflow: auto;
        padding: 6px 10px;
        white-space: pre-wrap;
        overflow-wrap: anywhere;
      }
      .cm-editor .cm-meaning b {
        font: 600 12.5px/1.6 var(--mono);
      }
      .cm-editor .cm-panels {
        border-color: var(--border);
        background: var(--bg-soft);
        color: var(--fg);
      }
      .cm-editor .cm-foldPlaceholder {
        border-color: var(--border);
        background: var(--bg-soft);
        color: var(--muted);
      }
      .tok-propertyName {
        color: light-dark(#1d5fa8, #8cc4ff);
      }
      .tok-string,
      .tok-string2 {
        color: light-dark(#15703f, #86d9a6);
      }
      .tok-number,
      .tok-bool,
      .tok-null,
      .tok-keyword {
        color: light-dark(#9a3b00, #f5b374);
      }
      .tok-comment {
        color: var(--muted);
      }
      .tok-invalid {
        color: var(--error);
      }
    `,
  ];
}

define('stepglass-editor', Editor);

declare global {
  interface HTMLElementTagNameMap {
    'stepglass-editor': Editor;
  }
}
