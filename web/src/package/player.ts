// Registers <stepglass-machine> for pages that only replay recorded runs: no engine, no WebAssembly.

import { define } from '../view/define.js';
import { PlayerElement } from '../element/player-element.js';

define('stepglass-machine', PlayerElement);
