// The entry of the page: registers the playground and what makes it work offline.

import './app.js';
import { scriptUrl } from '../engine/browser.js';

if ('serviceWorker' in navigator && import.meta.env.PROD && document.querySelector('meta[name="stepglass-workflows"]') === null) {
  // Without it the page works as well, only not offline. `stepglass serve` is its own network.
  navigator.serviceWorker.register(scriptUrl('./sw.js')).catch(() => undefined);
}
