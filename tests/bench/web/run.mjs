// Measures the web faces on this machine: how soon the playground can be used, how soon it answers to a key, how a long list
// of events scrolls; the module against the program and against npm jsonata.
//
//   node tests/bench/web/run.mjs [--rounds 7]
//
// Needs build/release, build/wasm and the built web folder. Read the ratios: times of a shared machine mean little.

import { execFileSync, spawn } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, readdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { launch, root, serve, web } from '../../web/support.mjs';

const rounds = Number(process.argv[process.argv.indexOf('--rounds') + 1]) || 7;
const median = (values) => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)];
const row = (name, value, limit = '') => console.log(`${name.padEnd(64)} ${value.padStart(12)}  ${limit}`);

function machine(states) {
  const all = {};
  for (let i = 0; i < states; ++i) {
    const next = i + 1 < states ? { Next: `State${i + 1}` } : { End: true };
    if (i % 10 === 3 && i + 2 < states) all[`State${i}`] = { Type: 'Choice', Choices: [{ Variable: '$.a', NumericGreaterThan: i, Next: `State${i + 2}` }], Default: `State${i + 1}` };
    else if (i % 3 === 1) all[`State${i}`] = { Type: 'Task', Resource: 'arn:aws:states:::lambda:invoke', Parameters: { FunctionName: 'f', 'Payload.$': '$' }, Retry: [{ ErrorEquals: ['States.ALL'] }], ResultPath: `$.r${i}`, ...next };
    else all[`State${i}`] = { Type: 'Pass', Parameters: { 'a.$': 'States.MathAdd($.a, 1)' }, ResultPath: `$.p${i}`, ...next };
  }
  return JSON.stringify({ StartAt: 'State0', States: all }, undefined, 2);
}

// ------------------------------------------------------------------------------------------------------------ browser

const site = await serve(join(web, 'dist/playground'));
// As people have it.
const browser = await launch([]);

const starts = [];
for (let i = 0; i < rounds; ++i) {
  const page = await browser.open(`${site.url}/`, { serviceWorkers: 'allow' });
  await page.locator('stepglass-editor .cm-content').waitFor();
  await page.locator('g.state').first().waitFor();
  starts.push(await page.evaluate(() => performance.now()));
  await page.context().close();
}
row('playground: from nothing to editor and picture', `${median(starts).toFixed(0)} ms`, 'at most 1000');

{
  const page = await browser.open(`${site.url}/`, { serviceWorkers: 'allow' });
  await page.locator('stepglass-editor .cm-content').waitFor();
  await page.locator('stepglass-editor .cm-content').click();
  await page.keyboard.press('Control+a');
  await page.keyboard.insertText(machine(100));
  await page.locator('g.state').nth(99).waitFor({ state: 'attached' });
  // From the key to the frame that shows what the engine says of it.
  const times = await page.locator('stepglass-playground').evaluate(async (playground, count) => {
    const editor = playground.renderRoot.querySelector('stepglass-editor');
    const all = [];
    for (let i = 0; i < count; ++i) {
      const text = editor.value.replace(/"StartAt": "[^"]*"/, `"StartAt": "${i % 2 ? 'State0' : 'Stat0'}"`);
      const before = playground.session.diagnostics;
      const start = performance.now();
      editor.dispatchEvent(new CustomEvent('stepglass-source', { detail: { text }, bubbles: true, composed: true }));
      while (playground.session.diagnostics === before) await new Promise((done) => setTimeout(done, 0));
      await new Promise((done) => requestAnimationFrame(() => setTimeout(done, 0)));
      all.push(performance.now() - start);
    }
    return all;
  }, 3 * rounds);
  row('playground: from a key to findings and picture, 100 states', `${median(times).toFixed(0)} ms`, 'at most 50');
  await page.context().close();
}

{
  const page = await browser.open(`${site.url}/`, { serviceWorkers: 'allow' });
  await page.locator('stepglass-editor .cm-content').click();
  await page.keyboard.press('Control+a');
  await page.keyboard.insertText(JSON.stringify({ StartAt: 'A', States: { A: { Type: 'Choice', Choices: [{ Variable: '$.done', IsPresent: true, Next: 'B' }], Default: 'A' }, B: { Type: 'Succeed' } } }));
  await page.waitForTimeout(200);
  await page.keyboard.press('Control+Enter');
  await page.getByText('✕ FAILED', { exact: true }).waitFor();
  await page.getByRole('tab', { name: 'Events' }).click();
  const frames = await page.locator('stepglass-events').evaluate(async (list) => {
    const frame = list.renderRoot.querySelector('.frame');
    const all = [];
    let last = performance.now();
    for (let i = 0; i < 120; ++i) {
      frame.scrollTop = (frame.scrollHeight * i) / 120;
      await new Promise(requestAnimationFrame);
      const now = performance.now();
      all.push(now - last);
      last = now;
    }
    return { events: list.replay.events.length, all };
  });
  const slow = frames.all.filter((time) => time > 25).length;
  row(`events: scroll over ${frames.events}, median of a frame`, `${median(frames.all).toFixed(1)} ms`, `at most 16.7; ${slow} of 120 frames were dropped`);
  await page.context().close();
}
await browser.close();
await site.close();

// ------------------------------------------------------------------------------------------------- module and program

/** Milliseconds for all requests, the process and its start not counted: the program tells by answering the last one. */
async function nativeTime(lines) {
  const program = spawn(join(root, 'build/release/stepglass'), ['batch', '-j', '1']);
  const answered = (count) => new Promise((done) => {
    let left = count;
    const count_ = (data) => {
      for (const byte of data) if (byte === 10 && --left === 0) {
        program.stdout.off('data', count_);
        done();
      }
    };
    program.stdout.on('data', count_);
  });
  let ready = answered(1);
  program.stdin.write('{"op":"path","path":"$","data":1}\n');
  await ready;
  const start = performance.now();
  ready = answered(lines.length);
  program.stdin.write(lines.join('\n') + '\n');
  await ready;
  const time = performance.now() - start;
  program.kill();
  return time;
}

const { createEngine } = await import(pathToFileURL(join(web, 'dist/package/node.js')).href);
const engine = await createEngine();
async function moduleTime(requests) {
  const start = performance.now();
  for (const { op, ...request } of requests) await engine.call(op, request);
  return performance.now() - start;
}

// Of published workflows, where the corpora stand beside the repository.
const corpus = join(process.env.STEPGLASS_SHARED ?? join(root, '../shared'), 'corpus/workflows');
if (existsSync(corpus)) {
  const { createEngine: create } = await import(pathToFileURL(join(web, 'dist/package/index.js')).href);
  const first = await create({ mode: 'main', wasm: { first: readFileSync(join(web, 'dist/package/stepglass-first.wasm')), rest: 'none:' } });
  const whole = await create({ mode: 'main', wasm: readFileSync(join(web, 'dist/package/stepglass.wasm')) });
  let count = 0;
  let alone = 0;
  for (const name of readdirSync(corpus, { recursive: true }).filter((name) => name.endsWith('.json'))) {
    const definition = readFileSync(join(corpus, name), 'utf8');
    if (!definition.includes('"StartAt"')) continue;
    const run = { definition, input: {}, default_mock: 'sample', inspection: 'DEBUG', until: { stopped: true } };
    if (!(await whole.call('run', run)).ok) continue;
    const replies = [await first.call('graph', { definition, format: 'drawing' }), await first.call('run', run)];
    ++count;
    if (replies.every((reply) => reply.ok)) ++alone;
  }
  row('first part: published workflows that run, drawn and run by it alone', `${alone} of ${count}`);
}

const loop = JSON.stringify({ StartAt: 'I', States: { I: { Type: 'Pass', Result: { i: 0 }, Next: 'C' }, C: { Type: 'Choice', Choices: [{ Variable: '$.i', NumericLessThan: 3000, Next: 'A' }], Default: 'D' }, A: { Type: 'Pass', Parameters: { 'i.$': 'States.MathAdd($.i, 1)' }, Next: 'C' }, D: { Type: 'Succeed' } } });
const jsonataLoop = JSON.stringify({ QueryLanguage: 'JSONata', StartAt: 'I', States: { I: { Type: 'Pass', Assign: { i: 0 }, Next: 'C' }, C: { Type: 'Choice', Choices: [{ Condition: '{% $i < 3000 %}', Next: 'A' }], Default: 'D' }, A: { Type: 'Pass', Assign: { i: '{% $i + 1 %}' }, Next: 'C' }, D: { Type: 'Succeed' } } });
const data = { orders: Array.from({ length: 500 }, (_, i) => ({ id: i, total: (i * 37) % 101, open: i % 3 === 0, lines: [{ price: i, quantity: 2 }] })) };
const expressions = ['$sum(orders.(total * 2))', 'orders[open].id', '$sort(orders, function($a, $b) { $a.total > $b.total }).id', 'orders{$string(open): $count(id)}', '$map(orders, function($o) { $o.total + 1 })', '$join(orders.$string(id), ",")', '$reduce(orders.total, function($a, $b) { $a + $b })', 'orders.lines.(price * quantity) ~> $sum()'];
const benches = {
  'lint, 100 states': Array.from({ length: 40 }, () => ({ op: 'lint', text: machine(100) })),
  'lint, 1,000 states': Array.from({ length: 4 }, () => ({ op: 'lint', text: machine(1000) })),
  'run, 3,000 turns in JSONPath': Array.from({ length: 20 }, () => ({ op: 'run', definition: loop, history: false })),
  'run, 3,000 turns in JSONata': Array.from({ length: 20 }, () => ({ op: 'run', definition: jsonataLoop, history: false })),
  'run with history and stages': Array.from({ length: 20 }, () => ({ op: 'run', definition: machine(100), input: { a: 1 }, default_mock: 'sample', inspection: 'DEBUG' })),
  'picture, 100 states': Array.from({ length: 20 }, () => ({ op: 'graph', definition: machine(100), format: 'drawing' })),
  'cost, 100 states': Array.from({ length: 20 }, () => ({ op: 'cost', definition: machine(100) })),
  ...Object.fromEntries(expressions.map((expression) => [`jsonata ${expression.slice(0, 40)}`, Array.from({ length: 30 }, () => ({ op: 'jsonata', expression, data }))])),
};
const ratios = [];
for (const [name, requests] of Object.entries(benches)) {
  const lines = requests.map((request) => JSON.stringify(request));
  const native = [];
  const module = [];
  for (let i = 0; i < rounds; ++i) {
    native.push(await nativeTime(lines));
    module.push(await moduleTime(requests));
  }
  const ratio = median(module) / median(native);
  // Pictures and estimates are no loops: they are told, and count for nothing.
  if (!/^(picture|cost)/.test(name)) ratios.push(ratio);
  row(`module against program: ${name}`, `${ratio.toFixed(2)} x`, ratio > 2.5 ? 'more than 2.5' : '');
}
row('module against program: geometric mean of lint, runs, JSONata', `${Math.exp(ratios.reduce((sum, ratio) => sum + Math.log(ratio), 0) / ratios.length).toFixed(2)} x`, 'at most 1.6, none above 2.5');

// ------------------------------------------------------------------------------------------------------- npm jsonata

const folder = join(root, 'build/bench/jsonata');
if (!existsSync(join(folder, 'node_modules/jsonata'))) {
  mkdirSync(folder, { recursive: true });
  execFileSync('npm', ['install', '--prefix', folder, '--no-audit', '--no-fund', '--loglevel=error', '--ignore-scripts', 'jsonata@2'], { stdio: 'inherit' });
}
const jsonata = createRequire(join(folder, 'x.js'))('jsonata');
// What either does once does not count: the text is handed over once, the peer has its data as objects.
const faster = [];
for (const expression of expressions) {
  const repeat = 200;
  const wrapped = `($all := $$; $count($map([1..${repeat}], function($i) { $count([$all.(${expression})]) })))`;
  const ours = [];
  const theirs = [];
  for (let i = 0; i < rounds; ++i) {
    let start = performance.now();
    const reply = await engine.call('jsonata', { expression: wrapped, data });
    ours.push(performance.now() - start);
    if (!reply.ok || reply.result.error) throw new Error(`${expression}: ${JSON.stringify(reply)}`);
    const compiled = jsonata(wrapped);
    start = performance.now();
    await compiled.evaluate(data);
    theirs.push(performance.now() - start);
  }
  const ratio = median(theirs) / median(ours);
  faster.push(ratio);
  row(`npm jsonata against module: ${expression.slice(0, 34)}`, `${ratio.toFixed(1)} x`);
}
row('npm jsonata against module: geometric mean', `${Math.exp(faster.reduce((sum, ratio) => sum + Math.log(ratio), 0) / faster.length).toFixed(1)} x`, 'at least 5');
