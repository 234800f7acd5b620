import { css } from 'lit';

export const appStyles = css`
  :host {
    display: flex;
    flex-direction: column;
    height: 100dvh;
    background: var(--bg);
    color-scheme: light dark;
  }
  :host([data-theme='light']) {
    color-scheme: light;
  }
  :host([data-theme='dark']) {
    color-scheme: dark;
  }
  header {
    display: flex;
    align-items: center;
    gap: 8px;
    padding: 6px 12px;
    border-bottom: 1px solid var(--border);
  }
  header.narrow {
    gap: 3px;
    padding-inline: 6px;
  }
  header.narrow button {
    padding-inline: 5px;
    font-size: 13px;
  }
  h1 {
    display: flex;
    align-items: center;
    gap: 8px;
    margin: 0;
    font-size: 15px;
    font-weight: 650;
    letter-spacing: -0.01em;
  }
  .logo {
    width: 20px;
    height: 20px;
    border-radius: 6px;
    background: linear-gradient(135deg, var(--accent), color-mix(in srgb, var(--accent) 55%, #0ea5e9));
  }
  h2 {
    margin: 0 0 8px;
    font-size: 14px;
  }
  .grow {
    flex: 1;
  }
  .note {
    display: flex;
    align-items: center;
    justify-content: space-between;
    margin: 0;
    padding: 4px 12px;
    background: var(--accent-bg);
  }
  main {
    flex: 1;
    min-height: 0;
    display: grid;
    grid-template: minmax(0, 1fr) minmax(0, var(--bottom)) / minmax(0, var(--left)) auto minmax(0, 1fr);
    grid-template-areas: 'code split view' 'lower lower lower';
  }
  main > section {
    display: flex;
    flex-direction: column;
    min-width: 0;
    min-height: 0;
  }
  .code {
    grid-area: code;
  }
  .left {
    grid-area: split;
  }
  .bottom {
    position: absolute;
    inset: -4px 0 auto;
    height: 7px;
    z-index: 1;
  }
  .view {
    grid-area: view;
  }
  .lower {
    grid-area: lower;
    position: relative;
    border-top: 1px solid var(--border);
  }
  .bar,
  main.narrow > .tabs {
    display: flex;
    flex: none;
    align-items: center;
    gap: 6px;
    padding: 4px 8px;
    border-bottom: 1px solid var(--border);
  }
  .tabs {
    display: flex;
    align-items: center;
    gap: 2px;
    min-width: 0;
    overflow-x: auto;
    scrollbar-width: none;
    /* A shadow where there are more; covers that move along hide it at the ends. */
    background:
      linear-gradient(to right, var(--bg) 50%, transparent) left / 28px 100% local,
      linear-gradient(to left, var(--bg) 50%, transparent) right / 28px 100% local,
      linear-gradient(to right, color-mix(in srgb, var(--line) 45%, transparent), transparent) left / 10px 100% scroll,
      linear-gradient(to left, color-mix(in srgb, var(--line) 45%, transparent), transparent) right / 10px 100% scroll;
    background-repeat: no-repeat;
  }
  .tabs [role='tab'] {
    flex: none;
    border-color: transparent;
    background: transparent;
    color: var(--muted);
    white-space: nowrap;
  }
  /* The strip scrolls, and would cut what is around. */
  .tabs [role='tab']:focus-visible {
    outline-offset: -2px;
  }
  .tabs [role='tab'][aria-selected='true'] {
    background: var(--bg-soft);
    border-color: var(--border);
    color: var(--fg);
    font-weight: 600;
  }
  .tabs.columns [role='tab'] {
    flex: 1;
    padding-inline: 4px;
    text-align: center;
  }
  .check {
    display: inline-flex;
    gap: 6px;
    align-items: center;
    padding: 0 6px;
    color: var(--muted);
  }
  .pane {
    flex: 1;
    min-height: 0;
    display: flex;
    flex-direction: column;
    overflow: auto;
  }
  .pane:focus-visible {
    outline-offset: -2px;
  }
  .pane > stepglass-editor,
  .pane > stepglass-graph-view,
  .pane > stepglass-events {
    flex: 1;
  }
  .pane > .check {
    flex: none;
    padding: 8px 16px 0;
  }
  .pane > .loading {
    padding: 8px 48px;
    font: 12.5px/1.6 var(--mono);
    overflow: hidden;
  }
  .inputs {
    display: flex;
    flex-wrap: wrap;
    gap: 6px;
    align-items: center;
    padding: 6px 12px;
    border-bottom: 1px solid var(--border);
  }
  .inputs [aria-pressed='true'] {
    border-color: var(--accent);
    background: var(--accent-bg);
  }
  .fault {
    flex: none;
    margin: 0;
    padding: 4px 12px;
    border-top: 1px solid var(--border);
    background: var(--error-bg);
    color: var(--error);
  }
  .stopped {
    margin: 8px 12px 0;
    padding: 8px 12px;
    border-inline-start: 3px solid var(--accent);
    background: var(--accent-bg);
  }
  .choices {
    display: flex;
    flex-wrap: wrap;
    gap: 6px;
    margin-top: 8px;
  }
  [popover] {
    margin: 0;
    padding: 6px;
    border: 1px solid var(--border);
    border-radius: 8px;
    background: var(--bg-raised);
    color: var(--fg);
    box-shadow: 0 8px 32px rgb(0 0 0 / 22%);
  }
  .menu:popover-open {
    inset: 44px 12px auto auto;
    display: flex;
    flex-direction: column;
    min-width: 180px;
    max-width: min(340px, calc(100vw - 24px));
  }
  #stops:popover-open {
    inset: auto auto 108px 12px;
  }
  #state-menu:popover-open {
    inset: auto;
  }
  .menu p {
    margin: 2px 10px;
  }
  .menu button {
    display: flex;
    gap: 16px;
    align-items: center;
    justify-content: space-between;
    text-align: start;
  }
  .panel:popover-open {
    inset: 44px 12px auto auto;
    width: min(560px, calc(100vw - 24px));
    max-height: calc(100dvh - 64px);
    overflow: auto;
    padding: 14px 16px;
  }
  .menu .check {
    min-height: 32px;
    padding-inline: 10px;
    color: inherit;
  }
  .menu form {
    display: grid;
    gap: 6px;
    margin-top: 4px;
    padding: 6px 10px;
    border-top: 1px solid var(--border);
  }
  .menu form label {
    display: grid;
    grid-template-columns: 48px 1fr;
    align-items: center;
  }
  .menu form button {
    justify-content: center;
  }
  .chosen {
    display: flex;
    flex: none;
    gap: 8px;
    align-items: center;
    justify-content: space-between;
    padding: 4px 8px;
    border-top: 1px solid var(--border);
  }
  .chosen span {
    overflow: hidden;
    font-weight: 600;
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  .chosen button {
    flex: none;
  }
  .state-actions {
    display: flex;
    flex-wrap: wrap;
    gap: 4px;
  }
  .state-actions [aria-pressed='true'] {
    border-color: var(--accent);
    background: var(--accent-bg);
  }
  .palette:popover-open {
    inset: 12vh auto auto 50%;
    translate: -50% 0;
    padding: 8px;
  }
  kbd {
    font: 12px var(--mono);
    white-space: nowrap;
  }
  .drop {
    position: fixed;
    inset: 12px;
    display: grid;
    place-items: center;
    border: 2px dashed var(--accent);
    border-radius: 12px;
    background: color-mix(in srgb, var(--bg) 85%, transparent);
    font-size: 18px;
    pointer-events: none;
  }
  main.narrow {
    display: flex;
    flex-direction: column;
  }
  .narrow .body {
    flex: 1;
    min-height: 0;
    display: flex;
    flex-direction: column;
  }
  @media (pointer: coarse) {
    .check,
    .menu .check {
      min-height: 44px;
      padding-inline: 12px;
    }
  }
  @media (max-width: 480px) {
    header {
      padding-inline: 8px;
      gap: 4px;
    }
    header button {
      padding-inline: 8px;
    }
    h1 {
      font-size: 0;
    }
  }
`;
