// What a word of the definition means, where the pointer rests or the caret is.

import { StateEffect, StateField, type Extension } from '@codemirror/state';
import { EditorView, hoverTooltip, keymap, showTooltip, type Tooltip } from '@codemirror/view';
import type { Assist } from '../engine/assist.js';
import { offsetOf, placeOf } from './editor-places.js';

async function meaningAt(view: EditorView, assist: Assist | undefined, at: number): Promise<Tooltip | null> {
  const { doc } = view.state;
  const { line, column } = placeOf(doc, at);
  const told = await assist?.hover(doc.toString(), line, column);
  if (!told || view.state.doc !== doc) return null;
  return {
    pos: offsetOf(doc, told.range.start),
    end: offsetOf(doc, told.range.end),
    above: true,
    create: () => {
      const dom = document.createElement('div');
      dom.className = 'cm-meaning';
      dom.setAttribute('role', 'status');
      const title = document.createElement('b');
      title.textContent = told.title;
      dom.append(title, `\n${told.text}`);
      return { dom };
    },
  };
}

const setHere = StateEffect.define<Tooltip | null>();
/** What was asked for at the caret, until that moves. */
const here = StateField.define<Tooltip | null>({
  create: () => null,
  update(shown, transaction) {
    for (const effect of transaction.effects) if (effect.is(setHere)) return effect.value;
    return transaction.docChanged || transaction.selection ? null : shown;
  },
  provide: (field) => showTooltip.from(field),
});

export function explanations(assist: () => Assist | undefined): Extension {
  return [
    hoverTooltip((view, at) => meaningAt(view, assist(), at), { hideOnChange: true }),
    here,
    keymap.of([{ key: 'Escape', run: (view) => view.state.field(here) !== null && (view.dispatch({ effects: setHere.of(null) }), true) }]),
  ];
}

/** Of the caret's place. */
export function explainHere(view: EditorView, assist: Assist | undefined): boolean {
  if (!assist) return false;
  const at = view.state.selection.main.head;
  void meaningAt(view, assist, at).then((tooltip) => {
    if (view.state.selection.main.head === at) view.dispatch({ effects: setHere.of(tooltip) });
  });
  return true;
}
