// The module in two parts: the first draws and runs machines by itself, the rest comes when it is needed, and both together
// answer as the module of one piece does.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { pathToFileURL } from 'node:url';
import { kPass, options, playground } from './playground-support.mjs';
import { root, web } from './support.mjs';

const { createEngine } = await import(pathToFileURL(join(web, 'dist/package/index.js')).href);
const bytes = (name) => readFileSync(join(web, 'dist/package', name));
const first = bytes('stepglass-first.wasm');
const parts = { first, rest: bytes('stepglass-rest.wasm') };
const engineOf = (wasm) => createEngine({ mode: 'main', wasm });

const machine = JSON.stringify({ StartAt: 'A', States: { A: { Type: 'Pass', Next: 'B' }, B: { Type: 'Succeed' } } });
const lint = { text: JSON.stringify({ StartAt: 'Nowhere', States: { A: { Type: 'Succeed' } } }), filename: 'a.asl.json' };

test('drawing and running takes the first part alone', async () => {
  const engine = await engineOf({ first, rest: 'http://127.0.0.1:1/' });
  const tour = JSON.parse(readFileSync(join(root, 'wasm/tour.json'), 'utf8'));
  for (const { about, definition, input, mocks = {}, broken = false } of tour) {
    const graph = await engine.call('graph', { definition: JSON.stringify(definition), format: 'drawing' });
    assert.ok(graph.ok, `${about}: ${JSON.stringify(graph.error)}`);
    const run = await engine.call('run', { definition: JSON.stringify(definition), input_text: JSON.stringify(input), mocks, default_mock: 'sample', inspection: 'DEBUG', until: { stopped: true } });
    assert.equal(run.error?.code, broken ? 'InvalidDefinition' : undefined, `${about}: ${JSON.stringify(run.error)}`);
  }
});

test('what takes the rest waits for it, and the answers are those of one piece', async () => {
  const whole = await engineOf(bytes('stepglass.wasm'));
  const engine = await engineOf(parts);
  const requests = readFileSync(join(root, 'tests/wasm/requests.jsonl'), 'utf8').split('\n').flatMap((line) => {
    try {
      const { op, ...request } = JSON.parse(line);
      return op ? [[op, request]] : [];
    } catch {
      return [];
    }
  });
  assert.ok(requests.length > 40);
  for (const [op, request] of [['graph', { definition: machine, format: 'drawing' }], ['lint', lint], ['cost', { definition: machine }], ...requests]) {
    assert.deepEqual(await engine.call(op, request), await whole.call(op, request), `${op} ${JSON.stringify(request)}`);
  }
});

test('a rest that cannot be had is told, and asked for again by the next request', async (t) => {
  let isDown = true;
  t.mock.method(globalThis, 'fetch', async (url) => {
    assert.equal(url, 'https://example.com/rest.wasm');
    if (isDown) throw new TypeError('fetch failed');
    return new Response(parts.rest, { headers: { 'content-type': 'application/wasm' } });
  });
  const engine = await engineOf({ first, rest: 'https://example.com/rest.wasm' });
  const refused = await engine.call('lint', lint);
  assert.equal(refused.error?.code, 'EngineFailed');
  assert.match(refused.error.message, /loads no further: .*fetch failed/);
  const run = await engine.call('run', { definition: machine, input: {} });
  assert.equal(run.result?.status, 'SUCCEEDED');
  isDown = false;
  const found = await engine.call('lint', lint);
  assert.equal(found.result?.diagnostics[0].name, 'unknown-start-at');
});

const { browser, site, type } = playground();

test('the playground draws and runs its first machine while the rest of the engine is still on its way', options, async () => {
  const page = await browser().open('about:blank');
  let arrive;
  const arrival = new Promise((done) => (arrive = done));
  await page.route('**/stepglass-rest*', (route) => arrival.then(() => route.continue()));
  await page.goto(`${site().url}/`);
  await page.getByText('✓ SUCCEEDED', { exact: true }).waitFor();
  await page.locator('g.state').first().waitFor();
  await page.getByRole('tab', { name: 'Cost' }).click();
  await page.waitForTimeout(100);
  const ledger = page.locator('stepglass-cost table').first();
  assert.equal(await ledger.count(), 0);
  arrive();
  await ledger.waitFor();
  await page.context().close();
});

test('parts of different builds are told, and what draws and runs goes on', async () => {
  // The build stands in front of every name that the parts share.
  const [build] = /%([0-9a-f]{8})/.exec(first.toString('latin1')).slice(1);
  const other = Buffer.from(parts.rest.toString('latin1').replaceAll(`%${build}`, '%00000000'), 'latin1');
  const engine = await engineOf({ first, rest: other });
  for (let i = 0; i < 2; ++i) {
    const refused = await engine.call('lint', lint);
    assert.equal(refused.error?.code, 'EngineFailed');
    assert.match(refused.error.message, /different versions; reload the page/);
    const run = await engine.call('run', { definition: machine, input: {} });
    assert.equal(run.result?.status, 'SUCCEEDED');
  }
});

test('files that are no engine are told, and nothing waits for ever', { timeout: 10_000 }, async () => {
  const empty = Buffer.from([0, 0x61, 0x73, 0x6d, 1, 0, 0, 0]);
  const lacking = await (await engineOf({ first, rest: empty })).call('lint', lint);
  assert.equal(lacking.error?.message, 'the engine lacks a part of itself');
  const none = await (await engineOf(empty)).call('lint', lint);
  assert.match(none.error?.message, /the engine does not start/);
});

test('an engine that was closed stays closed, and an aborted call is over at once', async (t) => {
  const engine = await engineOf(parts);
  engine.close();
  for (let i = 0; i < 2; ++i) assert.equal((await engine.call('version', {})).error?.code, 'EngineClosed');
  t.mock.method(globalThis, 'fetch', () => new Promise(() => undefined));
  const slow = await engineOf({ first, rest: 'https://example.com/rest.wasm' });
  const abort = new AbortController();
  const waiting = slow.call('lint', lint, { signal: abort.signal });
  setTimeout(() => abort.abort(new Error('enough')), 20);
  await assert.rejects(waiting, /enough/);
});

test('while one request waits for code, others are answered; what is aborted or loses its worker meanwhile is not forgotten', async () => {
  const workers = [];
  const start = () => {
    const worker = { posted: [], ended: false, postMessage: ({ id, text }) => worker.posted.push([id, JSON.parse(text).op]), terminate: () => (worker.ended = true) };
    workers.push(worker);
    return worker;
  };
  const engine = await createEngine({ worker: start });
  const says = (worker, id, text) => worker.onmessage({ data: { id, text } });
  const reply = (op) => JSON.stringify({ ok: true, result: op });
  const settled = () => new Promise((done) => setTimeout(done, 0));

  const first = engine.call('lint', lint);
  const second = engine.call('version', {});
  await settled();
  assert.deepEqual(workers[0].posted, [[1, 'lint']]);
  says(workers[0], 1, 'waits');
  assert.deepEqual(workers[0].posted.at(-1), [2, 'version']);
  says(workers[0], 2, reply('version'));
  assert.equal((await second).result, 'version');
  says(workers[0], 1, 'ready');
  assert.deepEqual(workers[0].posted.at(-1), [1, 'lint']);
  says(workers[0], 1, reply('lint'));
  assert.equal((await first).result, 'lint');

  const abort = new AbortController();
  const unwanted = engine.call('lint', lint, { signal: abort.signal });
  await settled();
  says(workers[0], 3, 'waits');
  abort.abort(new Error('enough'));
  await assert.rejects(unwanted, /enough/);
  says(workers[0], 3, 'ready');
  assert.equal(workers[0].posted.length, 4);
  assert.equal(workers[0].ended, false);

  const kept = engine.call('lint', lint);
  await settled();
  says(workers[0], 4, 'waits');
  workers[0].onerror({ preventDefault() {}, message: 'died' });
  assert.deepEqual(workers[1].posted, [[4, 'lint']]);
  says(workers[1], 4, reply('again'));
  assert.equal((await kept).result, 'again');
});

test('until findings can be had, the playground says so and follows what is typed; where they cannot, it says why and asks again', options, async () => {
  const page = await browser().open('about:blank');
  let fail;
  const failure = new Promise((done) => (fail = done));
  let isDown = true;
  await page.route('**/stepglass-rest*', async (route) => {
    await failure;
    await (isDown ? route.abort() : route.continue());
  });
  await page.goto(`${site().url}/`);
  await page.getByText('✓ SUCCEEDED', { exact: true }).waitFor();
  await page.getByRole('tab', { name: 'Problems' }).click();
  await page.getByText('Checking…').waitFor();
  // An edit is drawn without them.
  await type(page, kPass);
  await page.locator('g.state[aria-label^="Check,"]').waitFor();
  await page.getByText('Checking…').waitFor();
  fail();
  await page.getByText('It could not be checked: the engine loads no further').waitFor();
  assert.equal(await page.getByText('No problems found').count(), 0);
  isDown = false;
  await page.getByRole('button', { name: 'Try again' }).click();
  await page.getByText('No problems found').waitFor();
  await page.context().close();
});
