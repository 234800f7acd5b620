// What the first screen does not show. It is loaded after it, so that the page can be used sooner.

import '../view/cost-view.js';
import '../view/event-list.js';
import '../view/outline.js';
import '../view/timeline.js';
import './expression-pane.js';
import './import-panel.js';
import './share-panel.js';
import './snapshots.js';
import './terminal.js';
