// Which theme an element has: its own, else that of the page around it as site generators write it, else the reader's.

const kAttributes = ['data-theme', 'data-md-color-scheme', 'class'];

function themeOf(element: Element): 'light' | 'dark' | undefined {
  for (let at: Element | null = element; at; at = at.parentElement ?? ((at.getRootNode() as ShadowRoot).host as Element | undefined) ?? null) {
    const named = at.getAttribute('data-theme') ?? at.getAttribute('data-md-color-scheme');
    if (named !== null && at !== element) {
      if (/dark|slate|night/.test(named)) return 'dark';
      if (/light|default/.test(named)) return 'light';
    }
    if (at.classList.contains('dark')) return 'dark';
    if (at.classList.contains('light')) return 'light';
  }
  return undefined;
}

/** Calls `changed` with the theme now and whenever the page's changes; undefined is the reader's own. Gives what ends it. */
export function watchTheme(element: Element, changed: (theme: 'light' | 'dark' | undefined) => void): () => void {
  const tell = () => changed(themeOf(element));
  const observer = new MutationObserver(tell);
  for (let at: Element | null = element.parentElement; at; at = at.parentElement) observer.observe(at, { attributes: true, attributeFilter: kAttributes });
  tell();
  return () => observer.disconnect();
}
