// What a word of the definition means, where the pointer rests or the caret is.

import { StateEffect, StateField, type EditorState, type Extension } from '@codemirror/state';
import { EditorView, closeHoverTooltips, hasHoverTooltips, hoverTooltip, keymap, logException, showTooltip, type Tooltip } from '@codemirror/view';
import type { Assist } from '../engine/assist.js';
import type { Hover } from '../engine/protocol.js';
import { offsetOf, placeOf } from './editor-places.js';

const kUnknown = { title: 'Nothing is known of what stands here', text: '' };

/** Undefined without an answer for the text that is there now; null where nothing is known. */
async function meaningAt(view: EditorView, assist: Assist | undefined, asks: 'pointer' | 'caret', at: number): Promise<Hover | null | undefined> {
  const { doc } = view.state;
  const { line, column } = placeOf(doc, at);
  const told = await assist?.hover(doc.toString(), line, column, asks);
  return view.state.doc === doc ? told : undefined;
}

function tooltip({ doc }: EditorState, at: number, told: Hover | null): Tooltip {
  const { title, text } = told ?? kUnknown;
  return {
    pos: told ? offsetOf(doc, told.range.start) : at,
    end: told ? offsetOf(doc, told.range.end) : at,
    above: true,
    create: () => {
      const dom = document.createElement('div');
      dom.className = 'cm-meaning';
      const head = document.createElement('b');
      head.textContent = title;
      dom.append(head, text && `\n${text}`);
      return { dom };
    },
  };
}

const setHere = StateEffect.define<Tooltip | null>();
/** What was asked for at the caret, until that moves or the editor is left. */
const here = StateField.define<Tooltip | null>({
  create: () => null,
  update(shown, transaction) {
    for (const effect of transaction.effects) if (effect.is(setHere)) return effect.value;
    return transaction.docChanged || transaction.selection ? null : shown;
  },
  provide: (field) => showTooltip.from(field),
});

function closeHere(view: EditorView): boolean {
  if (!view.state.field(here)) return false;
  view.dispatch({ effects: setHere.of(null) });
  return true;
}

function closeHovers(view: EditorView): boolean {
  if (!hasHoverTooltips(view.state)) return false;
  view.dispatch({ effects: closeHoverTooltips });
  return true;
}

export function explanations(assist: () => Assist | undefined): Extension {
  return [
    hoverTooltip(
      async (view, at) => {
        const told = await meaningAt(view, assist(), 'pointer', at);
        return told ? tooltip(view.state, at, told) : null;
      },
      { hideOnChange: true },
    ),
    here,
    keymap.of([{ key: 'Escape', run: (view) => [closeHere(view), closeHovers(view)].includes(true) }]),
    EditorView.domEventHandlers({ blur: (_, view) => void closeHere(view) }),
  ];
}

/** Of the caret's place: shown, and said to who does not see it. */
export function explainHere(view: EditorView, assist: Assist | undefined): boolean {
  if (!assist) return false;
  const at = view.state.selection.main.head;
  meaningAt(view, assist, 'caret', at).then(
    (told) => {
      if (told === undefined || view.state.selection.main.head !== at || !view.hasFocus) return;
      const { title, text } = told ?? kUnknown;
      view.dispatch({ effects: [setHere.of(tooltip(view.state, at, told)), EditorView.announce.of(`${title}\n${text}`)] });
    },
    (error: unknown) => logException(view.state, error, 'what a word means'),
  );
  return true;
}
