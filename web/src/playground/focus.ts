// Where the focus is, across shadow roots, and how it comes back when what was opened closes.

/** The element that has it, innermost; body when none has. */
export function focused(): Element | null {
  let at = document.activeElement;
  while (at?.shadowRoot?.activeElement) at = at.shadowRoot.activeElement;
  return at;
}

function isInPopover(element: Element): boolean {
  for (let at: Node | null = element; at; at = at instanceof ShadowRoot ? at.host : at.parentNode) {
    if (at instanceof HTMLElement && at.popover !== null) return true;
  }
  return false;
}

/** Gives the focus back when the last popover in `root` closes, unless it has gone on. `fallback`: where to when what had it is
 *  gone. The browser does so itself only outside of shadow roots. */
export function returnFocus(root: ShadowRoot, fallback: () => void): void {
  let before: Element | null = null;
  const onToggle = (event: Event) => {
    const { type, newState } = event as ToggleEvent;
    const at = focused();
    const isNowhere = !at || at === document.body || at === root.host || isInPopover(at);
    if (newState === 'open') {
      if (type === 'beforetoggle' && !isNowhere) before = at;
    } else if (type === 'toggle' && isNowhere && !root.querySelector('[popover]:popover-open')) {
      if (before?.isConnected) (before as HTMLElement).focus();
      else fallback();
    }
  };
  // They do not bubble.
  for (const type of ['beforetoggle', 'toggle']) root.addEventListener(type, onToggle, true);
}
