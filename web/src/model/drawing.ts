// Questions to a drawing: which states it has, where they stand in the text, which of them have findings.

import type { Diagnostic, DrawnScope, DrawnState, Drawing, Range, Severity } from '../engine/protocol.js';

/** All states, those around before those within. */
export function* statesOf(drawing: Pick<Drawing, 'scope'> | undefined): Generator<DrawnState> {
  const scopes: DrawnScope[] = drawing ? [drawing.scope] : [];
  for (let scope = scopes.shift(); scope; scope = scopes.shift()) {
    for (const state of scope.states) {
      yield state;
      scopes.push(...(state.scopes ?? []));
    }
  }
}

export function startOf(scope: DrawnScope): DrawnState | undefined {
  const start = scope.edges.find((edge) => edge.kind === 'start');
  return scope.states.find((state) => state.id === start?.to) ?? scope.states[0];
}

/** A place in a text: line and column from 1, columns in UTF-16 units. */
export interface Place {
  line: number;
  column: number;
}

export function isBefore(a: Place, b: Place): boolean {
  return a.line < b.line || (a.line === b.line && a.column < b.column);
}

/** True when the place is in the range, or at one of its ends. */
export function holds({ start, end }: Range, place: Place): boolean {
  return !isBefore(place, start) && !isBefore(end, place);
}

/** The innermost state whose text holds a place. */
export function stateAt(drawing: Drawing | undefined, line: number, column: number): string | undefined {
  let found: string | undefined;
  let scopes = drawing ? [drawing.scope] : [];
  while (scopes.length > 0) {
    const state = scopes
      .flatMap((scope) => scope.states)
      .find(({ range }) => range && holds(range, { line, column }));
    if (!state) break;
    found = state.name;
    scopes = state.scopes ?? [];
  }
  return found;
}

/** The JSON Pointer of a state in the definition, whose text tells apart an older Map, with its states in an Iterator. */
export function pointerOf(scope: DrawnScope | undefined, text: string, name: string): string | undefined {
  for (const state of scope?.states ?? []) {
    const pointer = `/States/${state.name.replaceAll('~', '~0').replaceAll('/', '~1')}`;
    if (state.name === name) return pointer;
    for (const [i, inner] of (state.scopes ?? []).entries()) {
      const within = pointerOf(inner, text, name);
      if (within !== undefined) return `${pointer}/${state.type === 'Parallel' ? `Branches/${i}` : isIterator(text, state, inner) ? 'Iterator' : 'ItemProcessor'}${within}`;
    }
  }
  return undefined;
}

/** Which of them stands between the start of a Map and its first state. */
function isIterator(text: string, map: DrawnState, inner: DrawnScope): boolean {
  const first = Math.min(...inner.states.map(({ range }) => range?.start.offset ?? 0));
  const between = new TextDecoder().decode(new TextEncoder().encode(text).subarray(map.range?.start.offset ?? 0, first));
  return /\bIterator\b/.test(between) && !/\bItemProcessor\b/.test(between);
}

const kRank: Record<Severity, number> = { error: 2, warning: 1, info: 0 };

export function worse(a: Severity, b: Severity): Severity {
  return kRank[b] > kRank[a] ? b : a;
}

/** The worst finding of each state. */
export function problemsOf(drawing: Drawing | undefined, diagnostics: readonly Diagnostic[]): Map<string, Severity> {
  const all = new Map<string, Severity>();
  for (const one of diagnostics) {
    const state = stateAt(drawing, one.range.start.line, one.range.start.column);
    if (state !== undefined) all.set(state, worse(all.get(state) ?? one.severity, one.severity));
  }
  return all;
}

/** How a definition is written, by its first sign. */
export function formatOf(text: string): 'json' | 'yaml' {
  return /^\s*[{[]/.test(text) ? 'json' : 'yaml';
}
