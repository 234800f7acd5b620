// Registers <stepglass-machine>, <stepglass-graph> and <stepglass-diff>. On a server it does nothing.

import { define } from '../view/define.js';
import { DiffElement } from '../element/diff.js';
import { GraphElement } from '../element/graph.js';
import { MachineElement } from '../element/machine.js';

define('stepglass-machine', MachineElement);
define('stepglass-graph', GraphElement);
define('stepglass-diff', DiffElement);

export { configure, type Configuration } from '../engine/configure.js';

declare global {
  interface HTMLElementTagNameMap {
    'stepglass-machine': MachineElement;
    'stepglass-graph': GraphElement;
    'stepglass-diff': DiffElement;
  }
}
