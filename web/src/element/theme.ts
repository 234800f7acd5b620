// Which theme an element has: its own, else that of the page around it as site generators write it, else what the page looks
// like, else the reader's.

const kAttributes = ['data-theme', 'data-md-color-scheme', 'class', 'style'];

/** Of a node and what is around it, through shadow roots. */
function* around(element: Element): Generator<Element> {
  for (let at: Element | null = element; at; at = at.parentElement ?? ((at.getRootNode() as ShadowRoot).host as Element | undefined) ?? null) yield at;
}

function themeOf(element: Element): 'light' | 'dark' | undefined {
  for (const at of around(element)) {
    const named = at.getAttribute('data-theme') ?? at.getAttribute('data-md-color-scheme');
    if (named !== null && at !== element) {
      if (/dark|slate|night/.test(named)) return 'dark';
      if (/light|default/.test(named)) return 'light';
    }
    if (at.classList.contains('dark')) return 'dark';
    if (at.classList.contains('light')) return 'light';
  }
  return looksOf(element);
}

/** Sites that switch by a class say "light" by its absence: then the ground that the element stands on tells. */
function looksOf(element: Element): 'light' | 'dark' | undefined {
  for (const at of around(element)) {
    if (at === element) continue;
    const [red = 0, green = 0, blue = 0, alpha = 1] = (/^rgba?\((.*)\)$/.exec(getComputedStyle(at).backgroundColor)?.[1] ?? '0,0,0,0').split(/[,/\s]+/).map(Number);
    if (alpha > 0.5) return 0.3 * red + 0.59 * green + 0.11 * blue < 128 ? 'dark' : 'light';
  }
  // Nothing is painted: the browser's own ground, which is light unless the page says that it knows dark.
  const scheme = getComputedStyle(document.documentElement).colorScheme;
  return scheme.includes('dark') ? (scheme.includes('light') ? undefined : 'dark') : 'light';
}

/** Calls `changed` with the theme now and whenever the page's changes; undefined is the reader's own. Gives what ends it. */
export function watchTheme(element: Element, changed: (theme: 'light' | 'dark' | undefined) => void): () => void {
  const tell = () => changed(themeOf(element));
  const observer = new MutationObserver(tell);
  for (const at of around(element)) if (at !== element) observer.observe(at, { attributes: true, attributeFilter: kAttributes });
  const system = matchMedia('(prefers-color-scheme: dark)');
  system.addEventListener('change', tell);
  tell();
  return () => {
    observer.disconnect();
    system.removeEventListener('change', tell);
  };
}
