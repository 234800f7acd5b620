// The module in two parts: the first draws and runs machines by itself, the rest comes when it is needed, and both together
// answer as the module of one piece does.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { pathToFileURL } from 'node:url';
import { options, playground } from './playground-support.mjs';
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

const { browser, site } = playground();

test('the playground draws and runs its first machine while the rest of the engine is still on its way', options, async () => {
  const page = await browser().open('about:blank', { serviceWorkers: 'block' });
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
