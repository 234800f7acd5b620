// Which keys do what. Keys that type something act only where nothing is typed.

import { kViews, kWords, type View } from './parts.js';

export type Action =
  | 'run'
  | 'step'
  | 'step-into'
  | 'step-over'
  | 'step-out'
  | 'stops'
  | 'back'
  | 'continue'
  | 'breakpoint'
  | 'stop'
  | 'share'
  | 'palette'
  | 'help'
  | 'find'
  | 'fix'
  | 'format'
  | 'next-problem'
  | 'previous-problem'
  | `view-${View}`;

export interface Shortcut {
  action: Action;
  shown: string;
  what: string;
  key: string;
  shift?: boolean;
  /** Ctrl, or ⌘. */
  mod?: boolean;
  alt?: boolean;
  /** Not while something is typed. */
  plain?: boolean;
  /** While something is typed: only in the definition's editor. */
  own?: boolean;
}

export const kShortcuts: Shortcut[] = [
  { action: 'run', shown: 'Ctrl Enter', what: 'Run to the end', key: 'Enter', mod: true },
  { action: 'step', shown: 'F10 or .', what: 'Step, event by event', key: 'F10' },
  { action: 'back', shown: 'Shift F10 or ,', what: 'Step back', key: 'F10', shift: true },
  { action: 'step-into', shown: 'F11', what: 'Step into: to the next state', key: 'F11' },
  { action: 'step-over', shown: 'Ctrl F10', what: 'Step over what is within a state', key: 'F10', mod: true },
  { action: 'step-out', shown: 'Shift F11', what: 'Step out of branch or item', key: 'F11', shift: true },
  { action: 'continue', shown: 'F5', what: 'Run on to the next breakpoint', key: 'F5' },
  { action: 'breakpoint', shown: 'F9', what: 'Breakpoint at the selected state', key: 'F9' },
  { action: 'share', shown: 'Ctrl S', what: 'Share', key: 's', mod: true },
  { action: 'palette', shown: 'Ctrl K', what: 'Commands and states', key: 'k', mod: true },
  { action: 'fix', shown: 'Ctrl .', what: 'Fix what is found at the caret', key: '.', mod: true },
  { action: 'format', shown: 'Shift Alt F', what: 'Format the definition', key: 'f', shift: true, alt: true, own: true },
  { action: 'next-problem', shown: 'F8', what: 'Next problem', key: 'F8' },
  { action: 'previous-problem', shown: 'Shift F8', what: 'Previous problem', key: 'F8', shift: true },
  { action: 'find', shown: '/', what: 'Find a state', key: '/', plain: true },
  { action: 'help', shown: '?', what: 'Keys', key: '?', plain: true },
  ...kViews.map((view, i): Shortcut => ({ action: `view-${view}`, shown: String(i + 1), what: kWords[view], key: String(i + 1), plain: true })),
];
const kMore: Shortcut[] = [
  { action: 'step', shown: '.', what: '', key: '.', plain: true },
  { action: 'back', shown: ',', what: '', key: ',', plain: true },
  { action: 'stop', shown: 'Esc', what: '', key: 'Escape', plain: true },
];

/** True where keys write: then single letters are theirs. */
function isTyping(event: KeyboardEvent): boolean {
  const target = event.composedPath()[0];
  if (!(target instanceof HTMLElement)) return false;
  if (target.isContentEditable) return true;
  return target instanceof HTMLTextAreaElement || target instanceof HTMLSelectElement || (target instanceof HTMLInputElement && !/^(range|checkbox|button)$/.test(target.type));
}

function isInDefinition(event: KeyboardEvent): boolean {
  return event.composedPath().some((at) => at instanceof Element && at.matches('stepglass-editor.definition'));
}

export function shortcutOf(event: KeyboardEvent): Action | undefined {
  const mod = event.ctrlKey || event.metaKey;
  // With Alt a key writes no letter on some keyboards: then its place counts.
  const key = event.altKey && !/^[a-z]$/i.test(event.key) ? event.code.replace(/^Key/, '') : event.key;
  for (const one of [...kShortcuts, ...kMore]) {
    if (one.key.toLowerCase() !== key.toLowerCase() || (one.mod ?? false) !== mod || (one.alt ?? false) !== event.altKey) continue;
    if (!one.plain && (one.shift ?? false) !== event.shiftKey) continue;
    if ((one.plain || (one.own && !isInDefinition(event))) && isTyping(event)) continue;
    return one.action;
  }
  return undefined;
}
