// Where what is worked on is kept in the browser: a slot for each tab, so that two tabs leave each other's work alone. A new tab
// begins with what was kept last in any of them.

/** What is worked on, and what was before something else took its place. Versions before kept one of each, by these names. */
const kSlots = { now: 'stepglass.content.1', before: 'stepglass.content.before.1' } as const;
export type Slot = keyof typeof kSlots;
const kTabKey = 'stepglass.tab';
/** Of so many tabs everything stays; of those before them what is younger than this, and what is open. */
const kMostTabs = 10;
const kOldMs = 30 * 86_400_000;

function tab(anew = false): string {
  const known = anew ? null : sessionStorage.getItem(kTabKey);
  const id = known ?? Math.random().toString(36).slice(2, 10);
  if (known === null) sessionStorage.setItem(kTabKey, id);
  return id;
}

const keyOf = (slot: Slot) => `${kSlots[slot]}.${tab()}`;

/** Other tabs see by it that this one is open. */
function hold(): void {
  // It never ends, and a tab that was duplicated has the same name for a while. Not every origin may lock.
  void navigator.locks?.request(keyOf('now'), { mode: 'shared' }, () => new Promise(() => undefined)).catch(() => undefined);
}

/** What this tab has in its slot, whatever another one of its name has written there. */
let seen: string | null = null;
try {
  seen = localStorage.getItem(keyOf('now'));
  hold();
} catch {
  // Storage may be forbidden or full, here and below: then nothing is kept, and nothing of the page depends on it.
}

/** All tabs' slots of a kind, the newest first, and when they were written. */
function keys(slot: Slot): (readonly [key: string, at: number])[] {
  const time = (key: string) => {
    try {
      return Number((JSON.parse(localStorage.getItem(key) ?? '{}') as { at?: number }).at) || 0;
    } catch {
      return 0;
    }
  };
  return Object.keys(localStorage)
    .filter((key) => key.startsWith(`${kSlots[slot]}.`))
    .map((key) => [key, time(key)] as const)
    .sort(([, a], [, b]) => b - a);
}

/** Undefined when nothing is there, also where storage is forbidden. */
export function read(slot: Slot): string | undefined {
  try {
    const own = slot === 'now' ? seen : localStorage.getItem(keyOf(slot));
    return own ?? localStorage.getItem(keys(slot)[0]?.[0] ?? '') ?? localStorage.getItem(kSlots[slot]) ?? undefined;
  } catch {
    return undefined;
  }
}

/** A tab that was duplicated goes by the name of the other, which has written there: from now on it has one of its own. */
function part(): void {
  const there = localStorage.getItem(keyOf('now'));
  if (there === null || there === seen) return;
  tab(true);
  hold();
}

/** Keeps the members of an object. */
export function write(content: object): void {
  const text = JSON.stringify({ ...content, at: Date.now() });
  try {
    put(text);
  } catch {
    void purge(0)
      .then(() => put(text))
      .catch(() => undefined);
  }
}

function put(text: string): void {
  part();
  const isNew = localStorage.getItem(keyOf('now')) === null;
  localStorage.setItem(keyOf('now'), text);
  seen = text;
  if (isNew) void purge(kOldMs);
}

/** Of tabs that were closed long ago nothing needs to stay; where there is no more room, of any that was closed. */
async function purge(age: number): Promise<void> {
  const locks = await navigator.locks?.query().catch(() => undefined);
  const open = new Set(locks?.held?.map(({ name }) => name?.slice(kSlots.now.length)));
  for (const slot of ['now', 'before'] as const) {
    for (const [key, at] of keys(slot).slice(kMostTabs)) {
      if (Date.now() - at > age && !open.has(key.slice(kSlots[slot].length))) localStorage.removeItem(key);
    }
  }
}

/** What was worked on last is put aside: something else is going to be. */
export function putAside(): void {
  try {
    part();
    const kept = read('now');
    if (kept !== undefined) localStorage.setItem(keyOf('before'), kept);
  } catch {
    // As above.
  }
}
