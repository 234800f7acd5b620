// A bar between two parts of the page, moved by pointer and by arrow keys. It tells its place and leaves the layout to the
// page.

import { LitElement, css, html, type PropertyValues, type TemplateResult } from 'lit';
import { define } from '../view/define.js';
import { tokens } from '../view/tokens.js';

const kLeast = 15;
const kMost = 75;

export class Splitter extends LitElement {
  static override properties = { value: { type: Number }, upright: { type: Boolean, reflect: true }, label: {} };
  /** Percent: of the width from the left when it stands upright, else of the height from below. */
  declare value: number;
  declare upright: boolean;
  declare label: string;

  constructor() {
    super();
    this.value = 50;
    this.upright = false;
    this.label = '';
    this.addEventListener('keydown', (event) => {
      if (event.altKey || event.ctrlKey || event.metaKey) return;
      const to = { ArrowLeft: this.value - 2, ArrowRight: this.value + 2, ArrowUp: this.value + 2, ArrowDown: this.value - 2, Home: kLeast, End: kMost }[event.key];
      if (to === undefined) return;
      event.preventDefault();
      this.move(to);
    });
    this.addEventListener('pointerdown', (event) => {
      this.setPointerCapture(event.pointerId);
      const box = this.closest('main')?.getBoundingClientRect();
      this.onpointermove = (to) => {
        if (box) this.move(this.upright ? (100 * (to.clientX - box.left)) / box.width : (100 * (box.bottom - to.clientY)) / box.height);
      };
      this.onpointerup = () => (this.onpointermove = null);
    });
  }

  private move(percent: number): void {
    const value = Math.min(kMost, Math.max(kLeast, percent));
    this.dispatchEvent(new CustomEvent('stepglass-moved', { detail: { value } }));
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.tabIndex = 0;
    this.setAttribute('role', 'separator');
    this.setAttribute('aria-valuemin', String(kLeast));
    this.setAttribute('aria-valuemax', String(kMost));
  }

  protected override updated(_: PropertyValues): void {
    this.setAttribute('aria-orientation', this.upright ? 'vertical' : 'horizontal');
    this.setAttribute('aria-label', this.label);
    this.setAttribute('aria-valuenow', String(Math.round(this.value)));
  }

  protected override render(): TemplateResult {
    return html``;
  }

  static override styles = [
    tokens,
    css`
      :host {
        position: relative;
        touch-action: none;
        cursor: row-resize;
      }
      :host([upright]) {
        width: 1px;
        background: var(--border);
        cursor: col-resize;
      }
      :host([upright])::after {
        content: '';
        position: absolute;
        inset: 0 -5px;
      }
      :host(:hover),
      :host(:focus-visible) {
        background: var(--accent);
        outline: none;
      }
      @media (prefers-reduced-motion: no-preference) {
        :host {
          transition: background 0.15s;
        }
      }
    `,
  ];
}

define('stepglass-splitter', Splitter);
