// The picture of a machine in the page: where keys lead, what collapses, what is told of it.

import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { pathToFileURL } from 'node:url';
import { options, served } from './served.mjs';
import { axe, need, root, web } from './support.mjs';

let vite;
let engine;
const there = served('dist');
const { pages } = there;
const load = (path) => vite.ssrLoadModule(path);
before(async () => {
  const { createServer } = await import(pathToFileURL(join(need.resolve('vite/package.json'), '../dist/node/index.js')).href);
  vite = await createServer({ root: web, configFile: false, server: { middlewareMode: true, hmr: false, ws: false }, appType: 'custom', logLevel: 'error', optimizeDeps: { noDiscovery: true } });
  engine = await (await import(pathToFileURL(join(web, 'dist/package/node.js')).href)).createEngine();
});
after(() => vite?.close());

const task = (more) => ({ Type: 'Task', Resource: 'arn:aws:states:::lambda:invoke', Parameters: { FunctionName: 'f' }, ...more });
const scope = (...states) => ({ StartAt: states[0][0], States: Object.fromEntries(states) });
const choice = (...targets) => ({ Type: 'Choice', Choices: targets.slice(1).map((Next, i) => ({ Variable: '$.x', NumericEquals: i, Next })), Default: targets[0] });
const map = (inner, more = { End: true }) => ({ Type: 'Map', ItemProcessor: inner, ...more });
const kEnd = { Type: 'Pass', End: true };

const kMachines = {
  'a choice among containers': scope(
    ['Which', choice('One', 'Two', 'Three', 'Four')],
    ['One', map(scope(['One a', choice('One b', 'One c')], ['One b', kEnd], ['One c', kEnd]))],
    ['Two', { Type: 'Parallel', Branches: [scope(['Two a', { Type: 'Pass', Next: 'Two b' }], ['Two b', kEnd]), scope(['Two c', kEnd])], Next: 'Four' }],
    ['Three', { Type: 'Pass', Next: 'One' }],
    ['Four', { Type: 'Pass', Next: 'Which' }],
  ),
  'targets far below, and loops': scope(
    ['A', task({ Next: 'B', Catch: [{ ErrorEquals: ['E'], Next: 'Z' }, { ErrorEquals: ['F'], Next: 'Y' }, { ErrorEquals: ['States.ALL'], Next: 'A' }] })],
    ['B', choice('A', 'B', 'C')],
    ['C', { Type: 'Wait', Seconds: 1, Next: 'Y' }],
    ['Y', kEnd],
    ['Z', { Type: 'Fail' }],
  ),
  'what no transition leads to': scope(['A', { Type: 'Succeed' }], ['Alone', kEnd], ['Round', { Type: 'Pass', Next: 'About' }], ['About', map(scope(['In', kEnd], ['Lost', kEnd]), { Next: 'Round' })]),
  'what is broken': scope(['A', choice('Gone', 'B')], ['B', { Type: 'Taks', Next: 'C' }], ['C', { Type: 'Pass', Next: 'Nowhere' }]),
};

const drawn = async (definition) => {
  const reply = await engine.call('graph', { definition, format: 'drawing' });
  return reply.ok ? reply.result.graph : undefined;
};
/** Drawings of published definitions, where they stand beside the repository. */
const published = async function* () {
  const folder = process.env.STEPGLASS_SHARED ?? join(root, '../shared');
  const all = join(folder, 'corpus/workflows');
  if (!existsSync(all)) return;
  for (const name of readdirSync(all, { recursive: true }).sort()) {
    if (!/\.(json|ya?ml|asl)$/.test(name)) continue;
    const reply = await engine.call('list', { text: readFileSync(join(all, name), 'utf8'), filename: name, definitions: true });
    for (const machine of reply.ok ? reply.result.machines : []) {
      const drawing = machine.definition && (await drawn(machine.definition));
      if (drawing?.scope.states.length > 0) yield [`${name} ${machine.name}`, drawing];
    }
  }
};
const drawings = async function* () {
  for (const [name, definition] of Object.entries(kMachines)) yield [name, await drawn(definition)];
  yield* published();
};

test('from the start every state is reached by arrow keys', { timeout: 120_000 }, async () => {
  const { walk } = await load('/src/model/walk.ts');
  const { startOf } = await load('/src/model/drawing.ts');
  const { statesOf } = await load('/src/model/drawing.ts');
  for await (const [name, drawing] of drawings()) {
    const states = [...statesOf(drawing)];
    const missed = new Set(states.map(({ id }) => id));
    // Where a key leads depends on where one came from, there and in the containers around.
    const seen = new Set();
    const open = [{ at: startOf(drawing.scope).id, trail: new Map() }];
    while (open.length > 0 && missed.size > 0) {
      const here = open.pop();
      const around = here.at.split('.').map((_, i, parts) => (i % 2 === 0 ? here.trail.get(parts.slice(0, i + 1).join('.'))?.id : ''));
      const key = [here.at, ...around].join(' ');
      if (seen.has(key)) continue;
      seen.add(key);
      missed.delete(here.at);
      for (const arrow of ['ArrowUp', 'ArrowLeft', 'ArrowRight', 'ArrowDown']) {
        const next = walk(drawing, here.at, arrow, here.trail);
        if (next) open.push(next);
      }
    }
    assert.deepEqual(states.filter(({ id }) => missed.has(id)).map((state) => state.name), [], name);
  }
});

test('keys go along transitions, to what is beside, into containers and out of them', async () => {
  const { walk } = await load('/src/model/walk.ts');
  const drawing = await drawn(kMachines['a choice among containers']);
  const { statesOf } = await load('/src/model/drawing.ts');
  const names = new Map([...statesOf(drawing)].map(({ id, name }) => [id, name]));
  const way = (from, ...keys) => {
    let here = { at: [...names].find(([, name]) => name === from)[0], trail: new Map() };
    return keys.map((key) => {
      here = walk(drawing, here.at, key, here.trail) ?? here;
      return names.get(here.at);
    });
  };
  assert.deepEqual(way('Which', 'ArrowDown', 'ArrowUp'), ['Two', 'Which']);
  assert.deepEqual(way('Two', 'ArrowRight', 'ArrowDown', 'ArrowRight', 'ArrowLeft', 'ArrowLeft'), ['Two a', 'Two b', 'Two c', 'Two a', 'Two']);
  assert.deepEqual(way('One b', 'Home', 'Home', 'End'), ['One a', 'Which', 'One']);
});

/** Places are told in tenths of pixels. */
const kRounded = 0.2;
const overlaps = ([x, y, width, height], [left, top, w, h]) => x + kRounded < left + w && left + kRounded < x + width && y + kRounded < top + h && top + kRounded < y + height;
const contains = ([x, y, width, height], [left, top, w, h]) => left >= x - kRounded && top >= y - kRounded && left + w <= x + width + kRounded && top + h <= y + height + kRounded;
const check = (drawing, scope, name) => {
  const boxes = [...scope.states.map(({ box }) => box), ...(scope.missing ?? []).map(({ box }) => box)];
  for (const edge of scope.edges) for (const text of [edge.label, edge.jump]) if (text) boxes.push(text.box);
  boxes.forEach((box, i) => {
    assert.ok(contains(scope.box, box), `${name}: ${box} is outside of ${scope.box}`);
    for (const other of boxes.slice(0, i)) assert.ok(!overlaps(box, other), `${name}: ${box} overlaps ${other}`);
  });
  for (const state of scope.states) {
    assert.ok(contains(state.box, state.label.box), `${name}: ${state.name}`);
    for (const inner of state.scopes ?? []) {
      assert.ok(contains(state.box, inner.box), `${name}: ${state.name}`);
      check(drawing, inner, name);
    }
  }
  for (const { from, to, points, jump } of scope.edges) {
    const at = (id, [x, y]) => {
      const state = scope.states.find((one) => one.id === id);
      if (!state) return;
      const [left, top, width, height] = state.box;
      assert.ok(x >= left - 0.1 && x <= left + width + 0.1 && y >= top - 0.1 && y <= top + height + 0.1, `${name}: an arrow hangs in the air at ${state.name}`);
    };
    at(from, points[0]);
    if (!jump) at(to, points.at(-1));
  }
};

test('what is collapsed is one node, nothing overlaps, and arrows end where it stands', { timeout: 120_000 }, async () => {
  const { collapse, holdersOf } = await load('/src/model/collapse.ts');
  const { statesOf } = await load('/src/model/drawing.ts');
  for await (const [name, drawing] of drawings()) {
    const all = [...statesOf(drawing)];
    const containers = all.filter(({ scopes }) => scopes).map((state) => state.name);
    for (const collapsed of [...containers.map((one) => [one]), containers]) {
      if (collapsed.length === 0) continue;
      const small = collapse(drawing, new Set(collapsed));
      const kept = [...statesOf(small)];
      const hidden = holdersOf(drawing, new Set(collapsed));
      assert.equal(kept.reduce((sum, { hidden: inside = 0 }) => sum + inside, kept.length), all.length, name);
      // Names may be given twice in what is published.
      if (new Set(all.map((state) => state.name)).size === all.length) assert.equal(kept.length + hidden.size, all.length, name);
      for (const state of kept) assert.equal(all.find(({ id }) => id === state.id)?.name, state.name);
      assert.ok(small.width <= drawing.width && small.height <= drawing.height, name);
      check(small, small.scope, `${name} without ${collapsed}`);
    }
  }
});

test('a node tells the worst of what it hides', async () => {
  const { holdersOf, liftedAll } = await load('/src/model/collapse.ts');
  const drawing = await drawn(scope(['Out', map(scope(['In', map(scope(['Deep', kEnd]))]), { Next: 'After' })], ['After', kEnd]));
  const holders = holdersOf(drawing, new Set(['Out', 'In']));
  assert.deepEqual([...holders], [['In', 'Out'], ['Deep', 'Out']]);
  const look = (status) => ({ status, visits: 1 });
  const status = (of) => liftedAll({ looks: new Map(Object.entries(of).map(([name, one]) => [name, look(one)])), problems: new Map(), heat: new Map(), breakpoints: new Set() }, holders).looks;
  const told = (of) => [...status(of)].map(([name, { status: one }]) => `${name} ${one}`);
  assert.deepEqual(told({ Out: 'succeeded', Deep: 'failed', In: 'succeeded', After: 'aborted' }), ['Out failed', 'After aborted']);
  assert.deepEqual(told({ Out: 'caught', Deep: 'running' }), ['Out running']);
  assert.deepEqual(told({ Out: 'failed', Deep: 'running' }), ['Out failed']);
  const known = liftedAll({ looks: new Map(), problems: new Map([['Deep', 'warning'], ['Out', 'info'], ['In', 'error']]), heat: new Map([['Deep', 0.5], ['In', 0.25], ['After', 0.25]]), breakpoints: new Set(['Deep', 'After']) }, holders);
  assert.deepEqual([...known.problems], [['Out', 'error']]);
  assert.deepEqual([...known.heat], [['After', 0.25], ['Out', 0.75]]);
  assert.deepEqual([...known.breakpoints], ['Out', 'After']);
});

// ------------------------------------------------------------------------------------------------------------ in a page

const kOrder = scope(
  ['Check', choice('Each', 'Charge')],
  ['Charge', task({ Next: 'Each', Catch: [{ ErrorEquals: ['Card.Declined'], Next: 'Sorry' }] })],
  ['Each', map(scope(['Pack', { Type: 'Pass', Next: 'Send' }], ['Send', task({ End: true })]), { ItemsPath: '$.all', Next: 'Done' })],
  ['Sorry', { Type: 'Fail' }],
  ['Done', { Type: 'Succeed' }],
);
/** A page with a machine, which runs at once. */
const open = async ({ definition = kOrder, attributes = 'run="load"', input = { x: 5, all: [1, 2] }, mocks = { Charge: [{ return: {} }], Send: [{ error: 'Lost' }] }, ...more } = {}) => {
  pages['/page.html'] = `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>t</title><script type="module" src="./bundle/define.js"></script></head><body><main><h1>t</h1><h2>u</h2>
    <stepglass-machine label="Order" ${attributes}><pre><code>${JSON.stringify(definition)}</code></pre>
    <script type="application/json" data-step="input" data-label="i">${JSON.stringify(input)}</script><script type="application/json" data-step="mocks">${JSON.stringify(mocks)}</script></stepglass-machine></main></body></html>`;
  const page = await there.browser.open(`${there.site.url}/page.html`, more);
  await page.locator('g.state').first().waitFor();
  return page;
};
const state = (page, name) => page.locator(`g.state[aria-label^="${name},"]`);
/** What keys and fingers do is loaded when somebody comes to the picture. */
const reached = async (page) => {
  await page.locator('stepglass-graph-view .frame').hover();
  await page.waitForFunction(() => document.querySelector('stepglass-machine').shadowRoot.querySelector('stepglass-graph-view').hands);
};
const focused = (page) => page.evaluate(() => {
  let at = document.activeElement;
  while (at?.shadowRoot?.activeElement) at = at.shadowRoot.activeElement;
  return at?.querySelector('title')?.textContent;
});

test('names tell what a state calls, where it stands, where it leads and how it went', options, async () => {
  const page = await open();
  await page.locator('g.state.failed').first().waitFor();
  const reply = await engine.call('graph', { definition: kOrder, format: 'svg' });
  const picture = page.locator('svg.picture');
  const summary = '7 states, starts at Check, 2 ends';
  assert.ok(reply.result.text.includes(`<desc>${summary}</desc>`));
  assert.equal(await picture.getAttribute('aria-label'), `Order: ${summary}`);
  assert.equal(await state(page, 'Charge').count(), 1);
  const name = await state(page, 'Each').getAttribute('aria-label');
  assert.match(name, /^Each, Map, step \d of 7, next Done, expanded, failed$/);
  assert.match(await state(page, 'Charge').getAttribute('aria-label'), /^Charge, Task, Lambda, step 2 of 7, next Each, on Card\.Declined go to Sorry$/);
  assert.equal(await state(page, 'Each').getAttribute('role'), 'graphics-object');
  assert.match(await page.locator('stepglass-machine').evaluate((e) => e.toSVG()), new RegExp(`<title[^>]*>Order</title><desc[^>]*>${summary}</desc>`));
  assert.deepEqual(page.faults, []);
  await page.context().close();
});

test('Space collapses a container, → opens it again; the node tells what it hides', options, async () => {
  const page = await open();
  await page.locator('g.state.failed').first().waitFor();
  const each = state(page, 'Each');
  const toggle = page.getByRole('button', { name: 'Each', exact: true });
  assert.equal(await toggle.getAttribute('aria-expanded'), 'true');
  const id = await each.getAttribute('data-id');
  await each.focus();
  await page.keyboard.press(' ');
  await state(page, 'Send').waitFor({ state: 'detached' });
  assert.equal(await focused(page), 'Each');
  assert.equal(await toggle.getAttribute('aria-expanded'), 'false');
  assert.equal(await each.getAttribute('data-id'), id);
  assert.match(await each.getAttribute('class'), /\bfailed\b/);
  assert.match(await each.getAttribute('aria-label'), /next Done, collapsed, \+2 states, failed/);
  await page.getByText('+2 states').waitFor();
  // Whoever follows a hidden state is shown what holds it, and nothing opens by itself.
  await page.locator('stepglass-machine').evaluate((e) => (e.state = 'Send'));
  await page.locator('g.state.holds').waitFor();
  assert.equal(await state(page, 'Send').count(), 0);
  assert.match(await each.getAttribute('aria-label'), /holds the selected state/);
  assert.deepEqual(await axe(page), []);
  await page.keyboard.press('ArrowRight');
  await state(page, 'Send').waitFor();
  assert.equal(await focused(page), 'Each');
  await page.keyboard.press('ArrowRight');
  assert.equal(await focused(page), 'Pack');
  await page.keyboard.press('ArrowLeft');
  assert.equal(await focused(page), 'Each');
  assert.deepEqual(await axe(page), []);
  assert.deepEqual(page.faults, []);
  await page.context().close();
});

test('a button collapses and expands all, where there is a container', options, async () => {
  const page = await open({ attributes: 'run="load" controls="run,zoom"' });
  await page.getByRole('button', { name: 'Collapse all' }).click();
  await state(page, 'Send').waitFor({ state: 'detached' });
  await page.getByRole('button', { name: 'Expand all' }).click();
  await state(page, 'Send').waitFor();
  // One of them by mouse.
  await page.locator('.toggle').click();
  await state(page, 'Send').waitFor({ state: 'detached' });
  assert.doesNotMatch(await page.locator('stepglass-machine').evaluate((e) => e.toSVG()), /role="button"/);
  await page.context().close();
  const flat = await open({ definition: scope(['A', { Type: 'Succeed' }]), attributes: 'run="load" controls="run,zoom"' });
  await flat.getByRole('button', { name: 'Zoom in' }).waitFor();
  assert.equal(await flat.getByRole('button', { name: 'Collapse all' }).count(), 0);
  await flat.context().close();
});

test('what is collapsed stays so while somebody types, and is forgotten for another machine', options, async () => {
  const page = await open({ attributes: 'run="load" controls="run,zoom"' });
  await page.getByRole('button', { name: 'Collapse all' }).click();
  await state(page, 'Send').waitFor({ state: 'detached' });
  const view = page.locator('stepglass-graph-view');
  const draw = async (definition) => view.evaluate(async (graph, drawing) => {
    graph.drawing = drawing;
    await graph.updateComplete;
    return [...graph.collapsed];
  }, await drawn(JSON.stringify(definition)));
  const typed = (from, to) => JSON.parse(JSON.stringify(kOrder).replaceAll(`"${from}"`, `"${to}"`));
  assert.deepEqual(await draw(kOrder), ['Each']);
  for (const definition of [typed('Check', 'Chec'), { ...kOrder, StartAt: 'Charge' }, kOrder, { ...kOrder, States: { Check: kOrder.States.Check } }, kOrder]) assert.deepEqual(await draw(definition), ['Each']);
  assert.deepEqual(await draw(scope(['Other', { Type: 'Pass', Next: 'Each' }], ['Each', map(scope(['In', kEnd]))])), []);
  await state(page, 'In').waitFor();
  await page.context().close();
});

test('a press beside the sign of a container meets it, in a small picture and for a finger', options, async () => {
  // In a picture as small as it gets by itself; for a finger, more where the node leaves room.
  for (const [least, more] of [[24, {}], [26, { hasTouch: true, isMobile: true }]]) {
    const page = await open({ viewport: { width: 375, height: 300 }, ...more });
    await page.locator('stepglass-graph-view').evaluate((graph) => ((graph.fitted = false), (graph.zoom = 0.75)));
    const target = await page.locator('.toggle rect').boundingBox();
    assert.ok(Math.min(target.width, target.height) > least - 0.1, `${target.width} × ${target.height}`);
    // What the container holds is pressed as before.
    await state(page, 'Pack').click();
    assert.equal(await page.locator('stepglass-machine').evaluate((e) => e.state), 'Pack');
    await page.context().close();
  }
});

test('what did not load for keys and buttons is loaded by their next use', options, async () => {
  const page = await open({ attributes: 'run="load" controls="run,zoom"' });
  await page.route('**/graph-hands.js', (route) => route.abort());
  const button = page.getByRole('button', { name: 'Collapse all' });
  const asked = page.waitForEvent('requestfailed');
  await button.click();
  await asked;
  await page.unroute('**/graph-hands.js');
  await button.click();
  await state(page, 'Send').waitFor({ state: 'detached' });
  assert.deepEqual(page.faults.filter((fault) => fault.startsWith('error')), []);
  await page.context().close();
});

test('M and F ask for a mock and a failure of a task; where nobody answers the key is the page’s', options, async () => {
  const page = await open();
  await reached(page);
  const asked = (name, key) => page.evaluate(([selector, pressed]) => {
    const machine = document.querySelector('stepglass-machine');
    const seen = [];
    const hear = (event) => {
      seen.push(`${event.type} ${event.detail.state}`);
      if (event.type !== 'stepglass-menu') event.preventDefault();
    };
    const types = ['stepglass-mock', 'stepglass-fail', 'stepglass-menu'];
    for (const type of types) machine.addEventListener(type, hear);
    const view = machine.shadowRoot.querySelector('stepglass-graph-view');
    const node = [...view.shadowRoot.querySelectorAll('g.state')].find((one) => one.querySelector('title').textContent === selector);
    node.focus();
    const event = new KeyboardEvent('keydown', { key: pressed, bubbles: true, composed: true, cancelable: true });
    node.dispatchEvent(event);
    for (const type of types) machine.removeEventListener(type, hear);
    return [...seen, event.defaultPrevented];
  }, [name, key]);
  assert.deepEqual(await asked('Charge', 'm'), ['stepglass-mock Charge', true]);
  assert.deepEqual(await asked('Charge', 'f'), ['stepglass-fail Charge', true]);
  assert.deepEqual(await asked('Check', 'f'), [false]);
  assert.deepEqual(await asked('Check', 'm'), ['stepglass-menu Check', false]);
  await page.context().close();
});

test('two fingers zoom the picture, and not the page', options, async () => {
  const page = await open({ hasTouch: true, viewport: { width: 400, height: 700 } });
  const zoom = () => page.locator('svg.picture').evaluate((svg) => svg.width.baseVal.value / svg.viewBox.baseVal.width);
  await page.locator('g.state.failed').first().waitFor();
  const box = await page.locator('stepglass-graph-view .frame').boundingBox();
  const touch = await page.context().newCDPSession(page);
  const fingers = (type, apart) => touch.send('Input.dispatchTouchEvent', { type, touchPoints: type === 'touchEnd' ? [] : [{ x: box.x + 100 - apart, y: box.y + 100, id: 0 }, { x: box.x + 100 + apart, y: box.y + 100, id: 1 }] });
  await reached(page);
  const before = await zoom();
  await fingers('touchStart', 20);
  for (const apart of [24, 28, 32, 40]) await fingers('touchMove', apart);
  await fingers('touchEnd', 40);
  assert.ok(Math.abs((await zoom()) / before - 2) < 0.1, `${await zoom()} of ${before}`);
  assert.equal(await page.evaluate(() => globalThis.visualViewport.scale), 1);
  await page.context().close();
});

test('what is broken is dashed, with a word', options, async () => {
  const page = await open({ definition: kMachines['what is broken'], attributes: '' });
  await page.getByText('missing: Gone', { exact: true }).waitFor();
  await page.getByText('unknown type', { exact: true }).waitFor();
  for (const selector of ['g.missing .box', 'g.state.unknown .box']) assert.equal(await page.locator(selector).first().evaluate((box) => getComputedStyle(box).strokeDasharray), '6px, 4px');
  assert.match(await state(page, 'C').getAttribute('aria-label'), /next Nowhere, which is missing/);
  assert.deepEqual(page.faults, []);
  await page.context().close();
});
