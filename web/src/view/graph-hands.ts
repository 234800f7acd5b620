// What hands do with the picture of a machine: keys walk through it, collapse and zoom; wheel, mouse and fingers zoom and move
// it. One finger scrolls, as everywhere in a page; two zoom the picture and not the page. Loaded when somebody comes to it.

import type { DrawnState } from '../engine/protocol.js';
import * as folds from '../model/collapse.js';
import { statesOf } from '../model/drawing.js';
import { walk, type Trail } from '../model/walk.js';
import { send } from './events.js';
import type { GraphView } from './graph-view.js';

export class Hands {
  private trail: Trail = new Map();
  /** The state that the trail leads to. */
  private end: string | undefined;
  private drag: { x: number; y: number; left: number; top: number; id: number } | undefined;
  private apart = 0;

  constructor(private readonly view: GraphView) {
    view.folds = folds;
    const root = view.renderRoot as ShadowRoot;
    root.addEventListener('wheel', (event) => this.wheel(event as WheelEvent), { passive: false });
    root.addEventListener('pointerdown', (event) => this.down(event as PointerEvent));
    root.addEventListener('pointermove', (event) => this.move(event as PointerEvent));
    for (const type of ['touchstart', 'touchmove']) root.addEventListener(type, (event) => this.touch(event as TouchEvent), { passive: false });
  }

  // ----------------------------------------------------------------------------------------------------------- keys

  key(event: KeyboardEvent): void {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const { view } = this;
    const { current } = view;
    const state = current?.name ?? '';
    const isTask = current?.type === 'Task';
    switch (event.key.length === 1 ? event.key.toLowerCase() : event.key) {
      case '+':
      case '=':
        view.zoomBy(1.25);
        break;
      case '-':
        view.zoomBy(0.8);
        break;
      case '0':
        view.fit();
        break;
      case 'Enter':
        if (current) send(view, 'stepglass-select', { state });
        break;
      case ' ':
        if (current && view.expanded(current) !== undefined) void this.collapse([state], !view.collapsed.has(state));
        else if (current) send(view, 'stepglass-select', { state });
        break;
      case 'b':
      case 'F9':
        // Where the page has no breakpoints, mocks or menu, the key stays the page's.
        if (!current || send(view, 'stepglass-breakpoint', { state })) return;
        break;
      case 'f':
        if (!isTask || send(view, 'stepglass-fail', { state })) return;
        break;
      case 'm':
        if (isTask && !send(view, 'stepglass-mock', { state })) break;
        if (!current || !view.menu(current)) return;
        break;
      case 'ContextMenu':
        if (!current || !view.menu(current)) return;
        break;
      case 'ArrowRight':
        if (current && view.collapsed.has(state)) void this.collapse([state], false);
        else if (!this.walk(event.key)) return;
        break;
      default:
        if (!this.walk(event.key)) return;
    }
    event.preventDefault();
    event.stopPropagation();
  }

  /** False when the key leads nowhere. */
  private walk(key: string): boolean {
    const { view } = this;
    const { picture, current } = view;
    if (!picture || !current) return false;
    const to = walk(picture, current.id, key, current.id === this.end ? this.trail : new Map());
    if (!to) return false;
    this.trail = to.trail;
    this.end = to.at;
    void this.show([...statesOf(picture)].find(({ id }) => id === to.at), true);
    return true;
  }

  /** Draws Maps and Parallels as one node each, or as all that is in them. */
  async collapse(names: readonly string[], collapses: boolean): Promise<void> {
    const { view } = this;
    const collapsed = new Set(view.collapsed);
    for (const name of names) {
      if (collapses) collapsed.add(name);
      else collapsed.delete(name);
    }
    view.collapsed = collapsed;
    const hadFocus = (view.renderRoot as ShadowRoot).activeElement?.closest('g.state');
    await view.updateComplete;
    await this.show(view.current, !!hadFocus);
  }

  private async show(state: DrawnState | undefined, takesFocus: boolean): Promise<void> {
    const { view } = this;
    view.current = state;
    view.requestUpdate();
    await view.updateComplete;
    if (takesFocus) view.focus();
    view.reveal(state);
  }

  // ------------------------------------------------------------------------------------------------------- gestures

  private wheel(event: WheelEvent): void {
    if (!event.ctrlKey && !event.metaKey) return;
    event.preventDefault();
    this.view.zoomBy(Math.exp(-event.deltaY / 300), event.clientX, event.clientY);
  }

  private down(event: PointerEvent): void {
    const { frame } = this.view;
    if (!frame || event.button !== 0 || event.pointerType !== 'mouse' || (event.target as Element).closest('g.state, .tools')) return;
    this.drag = { x: event.clientX, y: event.clientY, left: frame.scrollLeft, top: frame.scrollTop, id: event.pointerId };
  }

  private move(event: PointerEvent): void {
    if (event.buttons === 0) this.drag = undefined;
    const { drag } = this;
    if (!drag || drag.id !== event.pointerId) return;
    this.view.frame?.scrollTo(drag.left - (event.clientX - drag.x), drag.top - (event.clientY - drag.y));
  }

  private touch(event: TouchEvent): void {
    const [a, b] = event.touches;
    if (!a || !b || event.touches.length > 2) return;
    event.preventDefault();
    const apart = Math.hypot(a.clientX - b.clientX, a.clientY - b.clientY);
    if (event.type === 'touchmove' && this.apart > 0) this.view.zoomBy(apart / this.apart, (a.clientX + b.clientX) / 2, (a.clientY + b.clientY) / 2);
    this.apart = apart;
  }
}
