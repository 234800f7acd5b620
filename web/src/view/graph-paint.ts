// How scopes, states and arrows of a drawing are painted as SVG; where they stand has been said by the engine.

import { nothing, svg } from 'lit';
import type { DrawnEdge, DrawnScope, DrawnState, DrawnText, Severity } from '../engine/protocol.js';
import type { StateLook } from '../model/replay.js';
import { kStatus } from './text.js';

const kLineHeight = 16;
const kDotRadius = 6;
/** Pixels of what is pressed. */
const kLeastTarget = globalThis.matchMedia?.('(pointer: coarse)').matches ? 44 : 24;

/** What is known of the states besides where they stand, and what is done with them. */
export interface Shown {
  looks: ReadonlyMap<string, StateLook>;
  problems: ReadonlyMap<string, Severity>;
  /** 0 to 1. */
  heat: ReadonlyMap<string, number>;
  badges: ReadonlyMap<string, string>;
  breakpoints: ReadonlySet<string>;
  selected: string | undefined;
  /** The node that holds the selected state, which is hidden. */
  holds: string | undefined;
  /** Id of the state that Tab leads to. */
  current: string | undefined;
  zoom: number;
  spoken(state: DrawnState): string;
  /** Whether those that it holds are shown; undefined when it holds none. */
  expanded(state: DrawnState): boolean | undefined;
  chosen(state: DrawnState): void;
  focused(state: DrawnState): void;
  toggled(state: DrawnState): void;
  /** True when there is a menu. */
  asked(state: DrawnState, x: number, y: number): boolean;
}

export function paintScope(scope: DrawnScope, shown: Shown): unknown {
  const names = new Map(scope.states.map((state) => [state.id, state.name]));
  const edges = [...scope.edges].sort((a, b) => Number(a.kind === 'catch') - Number(b.kind === 'catch'));
  const states = [...scope.states].sort((a, b) => a.box[1] - b.box[1] || a.box[0] - b.box[0]);
  return svg`<g class="scope" role="group">
    ${edges.map((edge) => paintEdge(edge, names, shown.looks))}
    ${scope.start ? svg`<circle class="dot" cx=${scope.start[0]} cy=${scope.start[1]} r=${kDotRadius} />` : nothing}
    ${
      scope.end
        ? svg`<circle class="ring" cx=${scope.end[0]} cy=${scope.end[1]} r=${kDotRadius} /><circle class="dot" cx=${scope.end[0]} cy=${scope.end[1]} r=${kDotRadius - 3} />`
        : nothing
    }
    ${scope.missing?.map(
      ({ box: [x, y, width, height], label }) =>
        svg`<g class="missing" aria-hidden="true"><rect class="box" x=${x} y=${y} width=${width} height=${height} rx="6" stroke-dasharray="6 4" />${text(label, 'middle', x + width / 2, 'name')}</g>`,
    )}
    ${states.map((state) => paintState(state, shown))}
  </g>`;
}

function paintEdge(edge: DrawnEdge, names: ReadonlyMap<string, string>, looks: Shown['looks']): unknown {
  const from = edge.from === null ? undefined : names.get(edge.from);
  const to = edge.to === null ? undefined : names.get(edge.to);
  const title = `${from ?? 'start'} → ${to ?? (edge.missing === undefined ? 'end' : `missing: ${edge.missing}`)}${edge.label ? `: ${edge.label.text}` : ''}`;
  return svg`<g class="edge ${edge.kind}${isTaken(edge, from, to, looks) ? ' taken' : ''}" part="edge" aria-hidden="true"><title>${title}</title>
    <path class="line" d=${path(edge)} />
    ${edge.jump ? nothing : svg`<path class="head" d=${head(edge)} />`}
    ${[edge.label, edge.jump].map((label) =>
      label
        ? svg`<rect class="under" x=${label.box[0] - 1} y=${label.box[1]} width=${label.box[2] + 2} height=${label.box[3]} rx="2" />${text(label, 'start', label.box[0], 'label')}`
        : nothing,
    )}
  </g>`;
}

/** As far as visits of both ends tell: the one came behind the other. */
function isTaken(edge: DrawnEdge, from: string | undefined, to: string | undefined, looks: Shown['looks']): boolean {
  if (from === undefined) return to !== undefined && looks.has(to);
  const look = looks.get(from);
  if (!look || look.last.exited === undefined) return false;
  return to === undefined ? edge.kind === 'end' && look.status !== 'failed' : look.next.has(to) && (edge.kind === 'catch') === look.caught.has(to);
}

function paintState(state: DrawnState, shown: Shown): unknown {
  const { name, hidden } = state;
  const look = shown.looks.get(name);
  const problem = shown.problems.get(name);
  const badge = shown.badges.get(name) ?? (look && look.visits > 1 ? `${look.visits}×` : undefined);
  const [x, y, width, height] = state.box;
  const middle = state.label.box[0] + state.label.box[2] / 2;
  const type = state.type.toLowerCase();
  const expanded = shown.expanded(state);
  const classes = ['state', type];
  if (look) classes.push(look.status);
  if (name === shown.selected) classes.push('selected');
  if (name === shown.holds) classes.push('holds');
  return svg`<g
    class=${classes.join(' ')}
    part=${['node', type, look?.status ?? ''].join(' ').trim()}
    role=${expanded === undefined ? 'graphics-symbol' : 'graphics-object'}
    aria-label=${shown.spoken(state)}
    data-id=${state.id}
    tabindex=${state.id === shown.current ? 0 : -1}
    @click=${(event: Event) => {
      event.stopPropagation();
      shown.chosen(state);
    }}
    @focus=${() => shown.focused(state)}
    @contextmenu=${(event: MouseEvent) => {
      event.stopPropagation();
      // Where the page has no menu of its own, the browser's stays.
      if (shown.asked(state, event.clientX, event.clientY)) event.preventDefault();
    }}
  ><title>${name}</title>
    ${shape(state, shown.heat.get(name))}
    <text class="type" x=${middle} y=${state.label.box[1] - 4} text-anchor="middle">${state.unknown ?? state.type}</text>
    ${text(state.label, 'middle', middle, 'name')}
    ${hidden ? svg`<text class="type" x=${middle} y=${y + height - 10} text-anchor="middle">+${hidden} state${hidden === 1 ? '' : 's'}</text>` : nothing}
    ${look ? mark(kStatus[look.status].sign, x + width - 2, y + 1, `status ${look.status}`) : nothing}
    ${problem ? mark(problem === 'info' ? 'i' : '!', x + 2, y + 1, `problem ${problem}`) : nothing}
    ${shown.breakpoints.has(name) ? svg`<circle class="breakpoint" cx=${x - 1} cy=${y + height / 2} r="5" />` : nothing}
    ${badge ? svg`<g class="badge"><rect x=${x + width - 8 - badge.length * 6.5} y=${y + Math.min(height, 60) - 9} width=${badge.length * 6.5 + 10} height="16" rx="8" /><text x=${x + width - 3 - badge.length * 3.25} y=${y + Math.min(height, 60) + 3} text-anchor="middle">${badge}</text></g>` : nothing}
    ${expanded === undefined ? nothing : toggle(state, expanded, shown)}
    ${state.scopes?.map((inner) => paintScope(inner, shown))}
  </g>`;
}

/** For the mouse; by keys Space does it. Groups of graphics cannot be told to be expanded, buttons can. */
function toggle(state: DrawnState, expanded: boolean, shown: Shown): unknown {
  const [x, y, width] = state.box;
  // It leaves most of the node to the node, and what the node holds lies above it.
  const size = Math.max(24, Math.min(width / 3, kLeastTarget / shown.zoom));
  return svg`<g class="toggle" role="button" tabindex="-1" aria-label=${state.name} aria-expanded=${expanded} @click=${(event: Event) => {
    event.stopPropagation();
    shown.toggled(state);
  }}><rect x=${x} y=${y} width=${size} height=${size} /><path d="M${x + 7} ${y + 15}h8${expanded ? '' : 'm-4 -4v8'}" /></g>`;
}

function path(edge: DrawnEdge): string {
  const { points } = edge;
  const [first] = points;
  if (!first) return '';
  if (edge.from !== null && edge.from === edge.to && points.length === 4) {
    const [, ...curve] = points;
    return `M${first.join(' ')}C${curve.map((point) => point.join(' ')).join(' ')}`;
  }
  let d = `M${first[0]} ${first[1]}`;
  for (let i = 1; i < points.length; ++i) {
    const from = points[i - 1];
    const to = points[i];
    if (!from || !to) continue;
    if (from[0] === to[0]) d += `V${to[1]}`;
    else {
      const middle = (from[1] + to[1]) / 2;
      d += `C${from[0]} ${middle} ${to[0]} ${middle} ${to[0]} ${to[1]}`;
    }
  }
  return d;
}

function head(edge: DrawnEdge): string {
  const end = edge.points.at(-1);
  const before = edge.points.at(-2);
  if (!end || !before) return '';
  if (edge.from !== null && edge.from === edge.to) return `M${end[0]} ${end[1]}l7 -4v8z`;
  return `M${end[0]} ${end[1]}l-4 ${before[1] <= end[1] ? -7 : 7}h8z`;
}

function text(drawn: DrawnText, anchor: 'start' | 'middle', x: number, kind: string): unknown {
  return svg`<text class=${kind} part=${kind === 'label' ? 'label' : 'name'} text-anchor=${anchor}>${drawn.lines.map(
    (line, i) => svg`<tspan x=${x} y=${drawn.box[1] + kLineHeight * (i + 0.75)}>${line}</tspan>`,
  )}</text>`;
}

function mark(sign: string, x: number, y: number, kind: string): unknown {
  return svg`<g class="mark ${kind}" part="status" aria-hidden="true"><circle cx=${x} cy=${y} r="8" /><text x=${x} y=${y + 3.5} text-anchor="middle">${sign}</text></g>`;
}

/** Kinds differ without colour, too. */
function shape(state: DrawnState, heat: number | undefined): unknown {
  const [x, y, width, height] = state.box;
  const box = (inset: number, radius: number, dash?: string, cap?: string) =>
    svg`<rect class="box" x=${x + inset} y=${y + inset} width=${width - 2 * inset} height=${height - 2 * inset} rx=${radius} stroke-dasharray=${dash ?? nothing} stroke-linecap=${cap ?? nothing} />`;
  const bar = heat === undefined ? nothing : svg`<rect class="heat" x=${x} y=${y + height - 4} width=${Math.max(2, width * heat)} height="3" rx="1.5" />`;
  if (state.unknown) return svg`${box(0, 6, '6 4')}${bar}`;
  switch (state.type) {
    case 'Choice': {
      const cut = Math.min(10, height / 4);
      return svg`<path class="box" d="M${x + cut} ${y}H${x + width - cut}L${x + width} ${y + cut}V${y + height - cut}L${x + width - cut} ${y + height}H${x + cut}L${x} ${y + height - cut}V${y + cut}Z" />${bar}`;
    }
    case 'Succeed':
      return svg`${box(0, height / 2)}${bar}`;
    case 'Fail':
      return svg`${box(0, height / 2)}${box(3, height / 2 - 3)}${bar}`;
    case 'Wait':
      return svg`${box(0, 6, '1 3', 'round')}${bar}`;
    case 'Map':
      return svg`<path class="box" d="M${x + width} ${y + 4}h4v${height}h${-width}v-4" />${box(0, 6)}${bar}`;
    default:
      return svg`${box(0, 6)}${bar}`;
  }
}
