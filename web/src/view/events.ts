// The events that views send and playground and elements listen to. All bubble and leave shadow roots.

import type { Change, Fix, Json, Range } from '../engine/protocol.js';

export interface ViewEvents {
  /** A state was chosen; undefined chooses none. */
  'stepglass-select': { state: string | undefined };
  /** A place in the history was chosen. */
  'stepglass-seek': { event: number };
  /** The menu of a state was asked for, at a point of the window. Who shows one cancels the event. */
  'stepglass-menu': { state: string; x: number; y: number };
  /** What a Task answers is to be written, or it is to fail. Who does so cancels the event. */
  'stepglass-mock': { state: string };
  'stepglass-fail': { state: string };
  /** A breakpoint was set or taken away. */
  'stepglass-breakpoint': { state: string };
  /** A place in the definition's text was chosen. */
  'stepglass-goto': { range: Range };
  /** Fixes of findings were chosen. */
  'stepglass-fix': { fixes: Fix[] };
  /** A definition was chosen to be looked at, in the place of what is there. */
  'stepglass-open': { definition: string };
  /** An assumption of the cost was changed: the states' assumptions as the request takes them. */
  'stepglass-assume': { assumptions: Json };
  /** Data was changed by hand while the run is paused. */
  'stepglass-change': Change;
}

export const kViewEvents: readonly (keyof ViewEvents)[] = [
  'stepglass-select',
  'stepglass-seek',
  'stepglass-menu',
  'stepglass-mock',
  'stepglass-fail',
  'stepglass-breakpoint',
  'stepglass-goto',
  'stepglass-fix',
  'stepglass-open',
  'stepglass-assume',
  'stepglass-change',
];

/** False when the event was cancelled. */
export function send<Name extends keyof ViewEvents>(from: EventTarget, name: Name, detail: ViewEvents[Name]): boolean {
  return from.dispatchEvent(new CustomEvent(name, { detail, bubbles: true, composed: true, cancelable: true }));
}
