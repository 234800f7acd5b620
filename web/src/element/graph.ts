// <stepglass-graph>: the picture alone, of a definition or of a recorded run.

import { MachineElement } from './machine.js';
import type { ViewName } from './choices.js';

export class GraphElement extends MachineElement {
  constructor() {
    super();
    this.controls = 'none';
  }

  protected override offered(): ViewName[] {
    return ['graph'];
  }
}
