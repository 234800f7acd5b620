// What keys, buttons and commands do.

import type { Step } from '../model/stepping.js';
import type { Playground } from './app.js';
import { fixHere, format, problem } from './findings.js';
import { openPopover } from './menus.js';
import type { View } from './parts.js';
import { shortcutOf, type Action } from './shortcuts.js';

export function onKey(app: Playground, event: KeyboardEvent): void {
  if (event.defaultPrevented) return;
  const action = shortcutOf(event);
  // Esc closes what is open where nothing runs.
  if (!action || (action === 'stop' && !app.session.running)) return;
  event.preventDefault();
  act(app, action);
}

export function act(app: Playground, action: Action): void {
  switch (action) {
    case 'run':
      void app.run();
      break;
    case 'step':
      void app.step(1);
      break;
    case 'back':
      void app.step(-1);
      break;
    case 'step-into':
    case 'step-over':
    case 'step-out':
      void app.stepTo(action.slice(5) as Step);
      break;
    case 'stops':
      openPopover(app, 'stops');
      break;
    case 'continue':
      void app.goOn();
      break;
    case 'breakpoint':
      if (app.selected !== undefined) app.toggleBreakpoint(app.selected);
      break;
    case 'stop':
      app.session.stop();
      break;
    case 'share':
      openPopover(app, 'share');
      break;
    case 'palette':
      openPopover(app, 'palette');
      break;
    case 'help':
      openPopover(app, 'help');
      break;
    case 'find':
      openPopover(app, 'find');
      break;
    case 'fix':
      fixHere(app);
      break;
    case 'format':
      void format(app);
      break;
    case 'next-problem':
      problem(app, 1);
      break;
    case 'previous-problem':
      problem(app, -1);
      break;
    default:
      app.show(action.slice('view-'.length) as View);
  }
}
