// What the picture of a machine looks like: kinds and statuses differ by lines and signs, never by colour alone.

import { css } from 'lit';

export const graphStyles = css`
  :host {
    display: block;
    position: relative;
    min-height: 120px;
    overflow: hidden;
  }
  .frame {
    position: absolute;
    inset: 0;
    overflow: auto;
    display: grid;
    place-items: safe center;
    padding: 4px;
    background: var(--bg);
    overscroll-behavior: contain;
    touch-action: pan-x pan-y;
  }
  .tools {
    position: absolute;
    right: 8px;
    bottom: 8px;
    display: flex;
    border: 1px solid var(--border);
    border-radius: var(--radius);
    background: var(--bg-raised);
  }
  svg {
    display: block;
    font: 13px var(--font);
  }
  text {
    fill: var(--fg);
    stroke: none;
  }
  .name {
    font-weight: 500;
  }
  .type {
    fill: var(--muted);
    font-size: 11px;
  }
  .box {
    fill: var(--bg-soft);
    stroke: var(--line);
  }
  .map > .box,
  .parallel > .box {
    fill: color-mix(in srgb, var(--bg-soft) 60%, var(--bg));
  }
  .line,
  .ring {
    fill: none;
    stroke: var(--line);
  }
  .head,
  .dot {
    fill: var(--line);
    stroke: none;
  }
  .under {
    fill: var(--bg);
    stroke: none;
  }
  .map .under,
  .parallel .under {
    fill: color-mix(in srgb, var(--bg-soft) 60%, var(--bg));
  }
  .label {
    font-size: 12px;
    fill: var(--muted);
  }
  .catch .line {
    stroke: var(--error);
    stroke-dasharray: 5 3;
  }
  .catch .head {
    fill: var(--error);
  }
  .catch .label {
    fill: var(--error);
  }
  .taken > .line {
    stroke: var(--fg);
    stroke-width: 2;
  }
  .taken > .head {
    fill: var(--fg);
  }
  .taken.catch > .line {
    stroke: var(--error);
  }
  .taken.catch > .head {
    fill: var(--error);
  }
  .fail > .box {
    stroke: var(--error);
  }
  .succeeded > .box {
    fill: var(--ok-bg);
    stroke: var(--ok);
  }
  .running > .box {
    fill: var(--accent-bg);
    stroke: var(--accent);
    stroke-width: 2;
  }
  .failed > .box {
    fill: var(--error-bg);
    stroke: var(--error);
    stroke-width: 2;
  }
  .caught > .box {
    fill: var(--warn-bg);
    stroke: var(--warn);
  }
  .aborted > .box {
    stroke-dasharray: 3 3;
  }
  .selected > .box {
    stroke: var(--accent);
    stroke-width: 2.5;
  }
  .holds > .box {
    stroke: var(--accent);
    stroke-width: 2.5;
    stroke-dasharray: 8 4;
  }
  .toggle rect {
    fill: transparent;
  }
  .toggle path {
    fill: none;
    stroke: var(--muted);
    stroke-width: 1.5;
  }
  .toggle:hover path {
    stroke: var(--accent);
    stroke-width: 3;
  }
  .toggle {
    outline: none;
  }
  .state {
    cursor: pointer;
    outline: none;
  }
  .state:focus-visible > .box {
    stroke: var(--accent);
    stroke-width: 3;
  }
  .state:hover > .box {
    stroke-width: 2;
  }
  .mark circle {
    stroke: var(--bg);
    stroke-width: 1.5;
  }
  .mark text {
    fill: var(--bg);
    font-size: 10px;
    font-weight: 700;
  }
  .status.succeeded circle {
    fill: var(--ok);
  }
  .status.running circle {
    fill: var(--accent);
  }
  .status.failed circle,
  .problem.error circle {
    fill: var(--error);
  }
  .status.caught circle,
  .problem.warning circle {
    fill: var(--warn);
  }
  .status.aborted circle {
    fill: var(--muted);
  }
  .problem.info circle {
    fill: var(--info);
  }
  .breakpoint {
    fill: var(--error);
    stroke: var(--bg);
    stroke-width: 1.5;
  }
  .badge rect {
    fill: var(--bg-raised);
    stroke: var(--line);
  }
  .badge text {
    font-size: 11px;
  }
  .heat {
    fill: var(--warn);
    stroke: none;
  }
  @media (forced-colors: active) {
    .box,
    .line,
    .ring,
    .toggle path {
      stroke: CanvasText;
    }
    text {
      fill: CanvasText;
    }
    .selected > .box,
    .holds > .box {
      stroke: Highlight;
    }
  }
`;
