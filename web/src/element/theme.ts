// Which theme an element has: its own, else that of the page around it as site generators write it, else what the page looks
// like, else the reader's.

const kNamed = ['data-theme', 'data-md-color-scheme', 'data-bs-theme', 'data-color-mode', 'data-mantine-color-scheme'];
const kAttributes = [...kNamed, 'class', 'style'];

/** Of a node and what is around it, through shadow roots. */
function* around(element: Element): Generator<Element> {
  for (let at: Element | null = element; at; at = at.parentElement ?? ((at.getRootNode() as ShadowRoot).host as Element | undefined) ?? null) yield at;
}

function themeOf(element: Element): 'light' | 'dark' | undefined {
  for (const at of around(element)) {
    for (const name of at === element ? [] : kNamed) {
      const named = at.getAttribute(name) ?? '';
      if (/dark|slate|night/.test(named)) return 'dark';
      if (/light|default/.test(named)) return 'light';
    }
    if (at.classList.contains('dark')) return 'dark';
    if (at.classList.contains('light')) return 'light';
  }
  return looksOf(element);
}

let canvas: CanvasRenderingContext2D | null | undefined;

/** Of a colour in any form that style sheets have, 0 to 255 each. */
function channels(colour: string): readonly number[] {
  if (colour === 'rgba(0, 0, 0, 0)' || colour === 'transparent') return [];
  canvas ??= Object.assign(document.createElement('canvas'), { width: 1, height: 1 }).getContext('2d', { willReadFrequently: true });
  if (!canvas) return [];
  canvas.clearRect(0, 0, 1, 1);
  canvas.fillStyle = colour;
  canvas.fillRect(0, 0, 1, 1);
  return [...canvas.getImageData(0, 0, 1, 1).data];
}

/** Sites that switch by a class say "light" by its absence: then the ground that the element stands on tells. */
function looksOf(element: Element): 'light' | 'dark' | undefined {
  for (const at of around(element)) {
    if (at === element) continue;
    const [red = 0, green = 0, blue = 0, alpha = 0] = channels(getComputedStyle(at).backgroundColor);
    if (alpha > 127) return 0.3 * red + 0.59 * green + 0.11 * blue < 128 ? 'dark' : 'light';
  }
  // Nothing is painted: the browser's own ground, which is light unless the page says that it knows dark.
  const styled = getComputedStyle(document.documentElement).colorScheme;
  const scheme = styled === 'normal' ? (document.querySelector<HTMLMetaElement>('meta[name="color-scheme"]')?.content ?? '') : styled;
  return scheme.includes('dark') ? (scheme.includes('light') ? undefined : 'dark') : 'light';
}

/** Calls `changed` with the theme now and whenever the page's changes; undefined is the reader's own. Gives what ends it. */
export function watchTheme(element: Element, changed: (theme: 'light' | 'dark' | undefined) => void): () => void {
  const tell = () => changed(themeOf(element));
  const observer = new MutationObserver(tell);
  for (const at of around(element)) if (at !== element) observer.observe(at, { attributes: true, attributeFilter: kAttributes });
  const system = matchMedia('(prefers-color-scheme: dark)');
  system.addEventListener('change', tell);
  // Grounds often fade from one to the other.
  document.addEventListener('transitionend', tell, true);
  tell();
  return () => {
    observer.disconnect();
    document.removeEventListener('transitionend', tell, true);
    system.removeEventListener('change', tell);
  };
}
