// Where what is worked on is kept in the browser: a slot for each tab, so that two tabs leave each other's work alone. A new tab
// begins with what was kept last in any of them.

/** What is worked on, and what was before something else took its place. Versions before kept one of each, by these names. */
const kSlots = { now: 'stepglass.content.1', before: 'stepglass.content.before.1' } as const;
export type Slot = keyof typeof kSlots;
const kTabKey = 'stepglass.tab';
/** Of tabs that were closed long ago nothing needs to stay. */
const kMostTabs = 10;

/** What this tab knows to be in its slot. */
let seen: string | undefined;

function tab(anew = false): string {
  const known = anew ? null : sessionStorage.getItem(kTabKey);
  const id = known ?? Math.random().toString(36).slice(2, 10);
  if (known === null) sessionStorage.setItem(kTabKey, id);
  return id;
}

const keyOf = (slot: Slot) => `${kSlots[slot]}.${tab()}`;

/** All tabs' slots of a kind, the newest first. */
function keys(slot: Slot): string[] {
  const time = (key: string) => {
    try {
      return Number((JSON.parse(localStorage.getItem(key) ?? '{}') as { at?: number }).at) || 0;
    } catch {
      return 0;
    }
  };
  return Object.keys(localStorage)
    .filter((key) => key.startsWith(`${kSlots[slot]}.`))
    .map((key) => [time(key), key] as const)
    .sort(([a], [b]) => b - a)
    .map(([, key]) => key);
}

/** Undefined when nothing is there, also where storage is forbidden. */
export function read(slot: Slot): string | undefined {
  try {
    const own = localStorage.getItem(keyOf(slot));
    if (slot === 'now') seen = own ?? undefined;
    return own ?? localStorage.getItem(keys(slot)[0] ?? '') ?? localStorage.getItem(kSlots[slot]) ?? undefined;
  } catch {
    return undefined;
  }
}

/** Keeps the members of an object. Storage may be forbidden or full: then nothing is kept, and nothing of the page depends on it. */
export function write(content: object): void {
  const text = JSON.stringify({ ...content, at: Date.now() });
  try {
    const there = localStorage.getItem(keyOf('now'));
    // A tab that was duplicated goes by the same name, and has written there: from now on this one has a name of its own.
    if (seen !== undefined && there !== null && there !== seen) tab(true);
    localStorage.setItem(keyOf('now'), text);
    seen = text;
    if (there === null) for (const slot of ['now', 'before'] as const) for (const key of keys(slot).slice(kMostTabs)) localStorage.removeItem(key);
  } catch {
    // As above.
  }
}

/** What was worked on last is put aside: something else is going to be. */
export function putAside(): void {
  try {
    const kept = read('now');
    if (kept !== undefined) localStorage.setItem(keyOf('before'), kept);
  } catch {
    // As above.
  }
}
