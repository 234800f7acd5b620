// From findings and states to their places in the text, and what is done there.

import type { Diagnostic, Edit, Fix, Range } from '../engine/protocol.js';
import { holds, isBefore, statesOf, type Place } from '../model/drawing.js';
import { edited } from '../model/text-edits.js';
import type { Editor } from '../view/editor.js';
import type { Problems } from '../view/problems.js';
import type { Playground } from './app.js';

export function mark(app: Playground, state: string | undefined, focus: boolean): void {
  app.marked = state === undefined ? undefined : rangeOf(app, state);
  if (app.marked && app.source === 'definition') editor(app)?.goto(app.marked, focus);
}

export function rangeOf(app: Playground, state: string): Range | undefined {
  return [...statesOf(app.session.drawing)].find((one) => one.name === state)?.range;
}

function editor(app: Playground): Editor | null {
  return app.renderRoot.querySelector<Editor>('stepglass-editor.definition');
}

/** Where a person is in the text: at the caret, else at the selected state. */
function place(app: Playground): Place {
  return editor(app)?.place ?? (app.selected === undefined ? undefined : rangeOf(app, app.selected)?.start) ?? { line: 1, column: 1 };
}

function inOrder(app: Playground): Diagnostic[] {
  return [...(app.session.diagnostics ?? [])].sort((a, b) => a.range.start.offset - b.range.start.offset);
}

export function goto(app: Playground, range: Range): void {
  app.source = 'definition';
  app.column = 'code';
  void app.updateComplete.then(() => editor(app)?.goto(range));
}

export function fix(app: Playground, fixes: Fix[]): void {
  app.source = 'definition';
  app.column = 'code';
  void app.updateComplete.then(() => editor(app)?.apply(fixes));
}

/** Lays the definition out: in the editor, or before that is there. */
export async function format(app: Playground): Promise<void> {
  app.source = 'definition';
  app.column = 'code';
  await app.updateComplete;
  const there = editor(app);
  if (there) return there.layOut();
  const { text } = app.content;
  const edits = await layoutOf(app, text);
  if (edits.length > 0 && app.content.text === text) app.change({ text: edited(text, edits) });
}

const kNotFormatted = 'Not formatted: ';

/** What lays out `text`, as the definition is then. Where it cannot be, the note says why. */
export async function layoutOf(app: Playground, text: string): Promise<readonly Edit[]> {
  const { content } = app;
  const reply = await app.session.format(content, text);
  if (app.content.text !== content.text) return [];
  if (reply.ok) {
    if (app.note.startsWith(kNotFormatted)) app.note = '';
    return reply.result.edits;
  }
  app.note = kNotFormatted + reply.error.message;
  return [];
}

/** Makes the fix of the finding at the caret, else of the selected state, else of the next one. One that is not safe is shown. */
export function fixHere(app: Playground): void {
  const fixable = inOrder(app).filter((one) => one.fixes.length > 0);
  const at = place(app);
  const state = app.selected === undefined ? undefined : rangeOf(app, app.selected);
  const found =
    fixable.findLast((one) => holds(one.range, at)) ??
    fixable.find((one) => state && holds(state, one.range.start)) ??
    fixable.find((one) => isBefore(at, one.range.start)) ??
    fixable[0];
  const chosen = found?.fixes.find((one) => one.safe) ?? found?.fixes[0];
  if (chosen?.safe) fix(app, [chosen]);
  else if (chosen) look(app, chosen);
}

function look(app: Playground, unsafe: Fix): void {
  app.reveal('problems');
  void app.updateComplete.then(() => app.renderRoot.querySelector<Problems>('stepglass-problems')?.look(unsafe));
}

/** The next finding behind the caret, or the last before it; from the last one on to the first. */
export function problem(app: Playground, step: 1 | -1): void {
  const sorted = inOrder(app);
  const at = place(app);
  const here = sorted.findIndex((one) => one === app.walked && one.range.start.line === at.line && one.range.start.column === at.column);
  const next =
    here >= 0
      ? sorted[(here + step + sorted.length) % sorted.length]
      : step > 0
        ? (sorted.find((one) => isBefore(at, one.range.start)) ?? sorted[0])
        : (sorted.findLast((one) => isBefore(one.range.start, at)) ?? sorted.at(-1));
  app.walked = next;
  if (next) goto(app, next.range);
}
