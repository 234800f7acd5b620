// The elements as classes, for pages that register them under names of their own.

export { MachineElement, type RunInput } from '../element/machine.js';
export { DiffElement } from '../element/diff.js';
export { GraphElement } from '../element/graph.js';
export { PlayerElement, type Status } from '../element/player-element.js';
export { kChoices as attributeValues, kControls as controls, kViewNames as views, type ViewName } from '../element/choices.js';
export { configure, type Configuration } from '../engine/configure.js';
export type { NamedInput, Trace } from '../element/sources.js';
