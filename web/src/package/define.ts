// Registers <stepglass-machine> and <stepglass-graph>. On a server it does nothing.

import { define } from '../view/define.js';
import { GraphElement } from '../element/graph.js';
import { MachineElement } from '../element/machine.js';

define('stepglass-machine', MachineElement);
define('stepglass-graph', GraphElement);

export { configure, type Configuration } from '../engine/configure.js';

declare global {
  interface HTMLElementTagNameMap {
    'stepglass-machine': MachineElement;
    'stepglass-graph': GraphElement;
  }
}
