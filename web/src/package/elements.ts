// The elements as classes, for pages that register them under names of their own.

export { MachineElement, type RunInput } from '../element/machine.js';
export { GraphElement } from '../element/graph.js';
export { PlayerElement, type Status, type ViewName } from '../element/player-element.js';
export type { NamedInput, Trace } from '../element/sources.js';
