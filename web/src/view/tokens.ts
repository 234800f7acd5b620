// Colours, fonts and sizes, and the look of buttons and texts that all views share; tables for those that have some. A page
// overrides --stepglass-bg, -fg, -muted, -border, -accent, -ok, -warn, -error, -radius, -font, -mono.

import { css } from 'lit';

export const tokens = css`
  :host {
    --bg: var(--stepglass-bg, light-dark(#ffffff, #14161b));
    --bg-soft: var(--stepglass-bg-soft, light-dark(#f6f7f9, #1b1e25));
    --bg-raised: var(--stepglass-bg-raised, light-dark(#ffffff, #20242c));
    --fg: var(--stepglass-fg, light-dark(#1a1d23, #e8eaee));
    --muted: var(--stepglass-muted, light-dark(#5c6370, #9aa2b1));
    --border: var(--stepglass-border, light-dark(#dfe2e8, #313642));
    --line: var(--stepglass-line, light-dark(#7c8492, #79818f));
    --accent: var(--stepglass-accent, light-dark(#4338ca, #a5b4fc));
    --accent-bg: light-dark(#eef0ff, #2a2d4a);
    --on-accent: light-dark(#ffffff, #14161b);
    --ok: var(--stepglass-ok, light-dark(#15703f, #6ee7a8));
    --ok-bg: light-dark(#e9f7ef, #16301f);
    --warn: var(--stepglass-warn, light-dark(#8a5300, #fbbf55));
    --warn-bg: light-dark(#fdf4e3, #372a12);
    --error: var(--stepglass-error, light-dark(#b4232a, #ff9a9a));
    --error-bg: light-dark(#fdeeee, #3b1c1f);
    --info: light-dark(#1d5fa8, #8cc4ff);
    --radius: var(--stepglass-radius, 6px);
    --font: var(--stepglass-font, system-ui, -apple-system, 'Segoe UI', Roboto, 'Helvetica Neue', sans-serif);
    --mono: var(--stepglass-mono, ui-monospace, 'SF Mono', 'Cascadia Mono', 'DejaVu Sans Mono', Menlo, monospace);
    color-scheme: inherit;
    color: var(--fg);
    font: 13px/1.5 var(--font);
    font-variant-numeric: tabular-nums;
  }
  *,
  *::before,
  *::after {
    box-sizing: border-box;
  }
  button,
  input,
  select,
  textarea {
    font: inherit;
    color: inherit;
  }
  button {
    min-height: 28px;
    padding: 2px 10px;
    border: 1px solid var(--border);
    border-radius: var(--radius);
    background: var(--bg-raised);
    cursor: pointer;
  }
  button:hover:not(:disabled) {
    border-color: var(--line);
  }
  button:disabled {
    color: var(--muted);
    cursor: default;
  }
  button.primary {
    border-color: transparent;
    background: var(--accent);
    color: var(--on-accent);
    font-weight: 600;
  }
  button.quiet {
    border-color: transparent;
    background: transparent;
  }
  button.quiet:hover:not(:disabled) {
    background: var(--bg-soft);
  }
  button.link {
    min-height: 0;
    padding: 0;
    border: 0;
    background: none;
    color: var(--accent);
    text-align: start;
    text-decoration: underline;
    text-underline-offset: 2px;
  }
  input,
  select,
  textarea {
    min-height: 28px;
    padding: 2px 8px;
    border: 1px solid var(--border);
    border-radius: var(--radius);
    background: var(--bg);
  }
  input[type='checkbox'],
  input[type='range'] {
    min-height: 0;
    padding: 0;
    accent-color: var(--accent);
  }
  :focus-visible {
    outline: 2px solid var(--accent);
    outline-offset: 1px;
  }
  code,
  pre,
  .mono {
    font-family: var(--mono);
    font-size: 12px;
  }
  pre {
    margin: 0;
    white-space: pre-wrap;
    overflow-wrap: anywhere;
  }
  .muted {
    color: var(--muted);
  }
  .empty {
    margin: 0;
    padding: 24px;
    color: var(--muted);
    text-align: center;
  }
  .sr {
    position: absolute;
    width: 1px;
    height: 1px;
    overflow: hidden;
    clip-path: inset(50%);
    white-space: nowrap;
  }
  @media (pointer: coarse) {
    button:not(.link),
    input:not([type='checkbox']),
    select {
      min-width: 44px;
      min-height: 44px;
    }
  }
  @media (forced-colors: active) {
    button.primary {
      border-color: ButtonText;
    }
  }
`;

export const tables = css`
  table {
    border-collapse: collapse;
    width: 100%;
  }
  th {
    color: var(--muted);
    font-weight: 500;
    text-align: start;
  }
  th,
  td {
    padding: 4px 8px;
    border-bottom: 1px solid var(--border);
    vertical-align: top;
  }
  .number {
    text-align: end;
  }
`;

/** Words that say how something ended, and the badge that holds one. */
export const statuses = css`
  .badge {
    padding: 0 8px;
    border: 1px solid currentColor;
    border-radius: 999px;
    font-size: 12px;
    font-weight: 600;
    white-space: nowrap;
  }
  .status.succeeded,
  .badge.succeeded {
    color: var(--ok);
  }
  .status.failed,
  .badge.failed,
  .badge.invalid {
    color: var(--error);
  }
  .status.running,
  .badge.running,
  .badge.ready {
    color: var(--accent);
  }
  .status.caught,
  .badge.stale {
    color: var(--warn);
  }
`;
