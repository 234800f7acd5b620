// <stepglass-graph>: the picture alone, of a definition or of a recorded run.

import { html, type TemplateResult } from 'lit';
import { MachineElement } from './machine.js';
import type { ViewName } from './player-element.js';

export class GraphElement extends MachineElement {
  constructor() {
    super();
    this.controls = 'none';
  }

  protected override possible(): ViewName[] {
    return ['graph'];
  }

  protected override offered(): ViewName[] {
    return ['graph'];
  }

  protected override tools(): TemplateResult {
    return html``;
  }
}
