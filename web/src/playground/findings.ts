// From findings and states to their places in the text, and what is done there.

import type { Fix, Range } from '../engine/protocol.js';
import { statesOf } from '../model/drawing.js';
import type { Editor } from '../view/editor.js';
import type { Playground } from './app.js';

export function mark(app: Playground, state: string | undefined, focus: boolean): void {
  app.marked = state === undefined ? undefined : rangeOf(app, state);
  if (app.marked && app.source === 'definition') editor(app)?.goto(app.marked, focus);
}

export function rangeOf(app: Playground, state: string): Range | undefined {
  return [...statesOf(app.session.drawing)].find((one) => one.name === state)?.range;
}

export function editor(app: Playground): Editor | null {
  return app.renderRoot.querySelector<Editor>('stepglass-editor.definition');
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

export function problem(app: Playground, step: 1 | -1): void {
  const { diagnostics } = app.session;
  if (diagnostics.length === 0) return;
  if (diagnostics !== app.walked) app.problemAt = step > 0 ? -1 : 0;
  app.walked = diagnostics;
  const sorted = [...diagnostics].sort((a, b) => a.range.start.offset - b.range.start.offset);
  app.problemAt = (app.problemAt + step + sorted.length) % sorted.length;
  const one = sorted[app.problemAt];
  if (one) goto(app, one.range);
}
