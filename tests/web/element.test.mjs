// The elements in plain pages under a strict content policy, as documentation sites embed them.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { options, served } from './served.mjs';
import { axe, kPolicy, kXss, serve, web } from './support.mjs';

const kDefinition = JSON.stringify({
  StartAt: 'Check',
  States: {
    Check: { Type: 'Choice', Choices: [{ Variable: '$.vip', BooleanEquals: true, Next: 'Charge' }], Default: 'Done' },
    Charge: { Type: 'Task', Resource: 'arn:aws:states:::lambda:invoke', Parameters: { FunctionName: 'charge' }, Retry: [{ ErrorEquals: ['Busy'] }], Next: 'Done' },
    Done: { Type: 'Succeed' },
  },
});
const page = (body, script = './bundle/define.js') =>
  `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>t</title><script type="module" src="${script}"></script><link rel="stylesheet" href="./page.css"></head><body><main><h1>t</h1><h2>u</h2>${body}</main></body></html>`;
const machine = (attributes = '', inside = '') =>
  `<stepglass-machine ${attributes}><pre><code>${kDefinition.replaceAll('<', '&lt;')}</code></pre>
   <script type="application/json" data-step="input" data-label="VIP">{"vip": true}</script>
   <script type="application/json" data-step="mocks">{"Charge": [{"error": "Busy"}, {"return": {}}]}</script>${inside}</stepglass-machine>`;

const there = served('dist');
const { pages } = there;

const open = async (body, { script, ...more } = {}) => {
  pages['/page.html'] = page(body, script);
  return there.browser.open(`${there.site.url}/page.html`, more);
};
const shown = (one) => one.locator('stepglass-machine').locator('stepglass-graph-view g.state').first();

test('a machine runs when it is seen, steps back, and tells its page', options, async () => {
  const one = await open(machine('run="visible" views="all"'));
  await shown(one).waitFor();
  await one.getByText('✓ SUCCEEDED').waitFor();
  const element = one.locator('stepglass-machine');
  assert.equal(await element.evaluate((e) => e.execution.status), 'SUCCEEDED');
  const last = await element.evaluate((e) => e.at);
  await one.getByRole('button', { name: 'Step back' }).click();
  assert.equal(await element.evaluate((e) => e.at), last - 1);
  // Charge was tried twice.
  assert.match(await one.locator('g.state[aria-label^="Charge"]').getAttribute('aria-label'), /retried 1 time/);
  const ended = await element.evaluate(async (e) => {
    const seen = [];
    e.addEventListener('stepglass-end', (event) => seen.push(event.detail.status));
    await e.run({ input: { vip: false } });
    return seen;
  });
  assert.deepEqual(ended, ['SUCCEEDED']);
  for (const view of ['code', 'timeline', 'events', 'data', 'cost', 'outline', 'problems']) {
    await one.getByRole('tab', { name: view }).click();
    await one.waitForTimeout(50);
    assert.deepEqual(await axe(one), [], view);
  }
  assert.deepEqual(one.faults, []);
  await one.context().close();
});

test('the children that an author wrote are not changed', options, async () => {
  const one = await open(machine('run="visible"'));
  const before = await one.evaluate(() => document.querySelector('stepglass-machine').innerHTML);
  await one.getByText('✓ SUCCEEDED').waitFor();
  assert.equal(await one.evaluate(() => document.querySelector('stepglass-machine').innerHTML), before);
  assert.equal(await one.locator('stepglass-machine').evaluate((e) => e.getBoundingClientRect().height), 420);
  await one.context().close();
});

test('nothing of the engine loads before the machine is seen', options, async () => {
  const one = await open(`<div style="height: 5000px"></div>${machine('run="visible"')}`.replace('style="height: 5000px"', 'class="tall"') + '<link rel="stylesheet" href="./tall.css">');
  await one.waitForTimeout(400);
  const loaded = () => one.evaluate(() => performance.getEntriesByType('resource').map((entry) => entry.name).filter((name) => /worker|wasm/.test(name)).length);
  assert.equal(await loaded(), 0);
  await one.evaluate(() => document.querySelector('stepglass-machine').scrollIntoView());
  await one.getByText('✓ SUCCEEDED').waitFor();
  assert.ok((await loaded()) > 0);
  await one.context().close();
});
pages['/tall.css'] = '.tall { height: 5000px }';
// As wide as the column of a documentation page.
pages['/page.css'] = 'main { max-width: 50rem }';


test('the theme follows the page, live', options, async () => {
  const one = await open(machine(), { colorScheme: 'light' });
  await shown(one).waitFor();
  const paper = () => one.locator('stepglass-machine').evaluate((e) => getComputedStyle(e.shadowRoot.querySelector('.frame')).backgroundColor);
  assert.equal(await paper(), 'rgb(255, 255, 255)');
  await one.evaluate(() => document.documentElement.setAttribute('data-theme', 'dark'));
  assert.equal(await paper(), 'rgb(20, 22, 27)');
  await one.evaluate(() => document.documentElement.removeAttribute('data-theme'));
  assert.equal(await paper(), 'rgb(255, 255, 255)');
  await one.context().close();
});

test('picture and data stand side by side where there is room, and a run is played', options, async () => {
  const one = await open(machine('run="visible" idle-limit="0.02" pause-on="Charge"').replace('<pre>', '<pre class="wide">'));
  await one.getByText('✓ SUCCEEDED', { exact: true }).waitFor();
  const element = one.locator('stepglass-machine');
  assert.equal(await one.getByRole('tab', { name: 'graph' }).count(), 1);
  await one.evaluate(() => (document.querySelector('main').className = 'wide'));
  await one.evaluate(() => document.styleSheets[0].insertRule('main.wide { max-width: none }', 1));
  await one.locator('stepglass-data').waitFor();
  assert.equal(await one.getByRole('tab', { name: 'graph' }).count(), 0);
  assert.deepEqual(await axe(one), []);
  await element.evaluate((e) => e.reset());
  await one.getByRole('button', { name: 'Play' }).click();
  await one.getByRole('button', { name: 'Play' }).waitFor();
  assert.match(await one.locator('g.state[aria-label^="Charge"]').getAttribute('aria-label'), /running/);
  await element.evaluate((e) => e.resume());
  await one.waitForFunction(() => document.querySelector('stepglass-machine').at === document.querySelector('stepglass-machine').execution.history.length);
  await one.context().close();
});

test('a machine that waits for a click loads nothing before it', options, async () => {
  const one = await open(machine('loading="click" run="visible"'));
  await one.getByRole('button', { name: 'Start' }).waitFor();
  await one.waitForTimeout(200);
  assert.equal(await one.locator('g.state').count(), 0);
  assert.deepEqual(await axe(one), []);
  await one.getByRole('button', { name: 'Start' }).click();
  await one.getByText('✓ SUCCEEDED', { exact: true }).waitFor();
  await one.context().close();
});

test('a finding leads to its place, a fix is made where the code can be changed', options, async () => {
  const broken = kDefinition.replace('"StartAt":"Check"', '"StartAt":"Chekc"');
  for (const editable of [true, false]) {
    const one = await open(`<stepglass-machine views="code,problems" view="problems" ${editable ? 'editable' : ''}><pre><code>${broken}</code></pre></stepglass-machine>`);
    await one.getByText('there is no state "Chekc"').waitFor();
    const fix = one.getByRole('button', { name: /write "Check"/ });
    assert.equal(await fix.count(), editable ? 1 : 0);
    if (editable) {
      // It may change what the definition does: it is shown first.
      await fix.click();
      await one.getByRole('button', { name: 'Make this change' }).click();
      await one.waitForFunction(() => document.querySelector('stepglass-machine').text.includes('"StartAt":"Check"'));
    } else {
      await one.getByRole('button', { name: /there is no state "Chekc"/ }).click();
      assert.equal(await one.locator('stepglass-machine').evaluate((e) => e.view), 'code');
    }
    assert.deepEqual(one.faults, []);
    await one.context().close();
  }
});

test('a choice is told to the page once', options, async () => {
  const one = await open(machine('run="visible"'));
  await one.getByText('✓ SUCCEEDED', { exact: true }).waitFor();
  await one.evaluate(() => {
    globalThis.told = [];
    document.addEventListener('stepglass-select', (event) => globalThis.told.push(event.detail.state));
  });
  await one.locator('g.state[aria-label^="Charge"]').click();
  assert.deepEqual(await one.evaluate(() => globalThis.told), ['Charge']);
  await one.context().close();
});

test('frameworks may set properties in place of attributes, and change them later', options, async () => {
  pages['/good.asl.json'] = kDefinition;
  const one = await open('<div id="here"></div>');
  await one.evaluate(() => {
    const machine = document.createElement('stepglass-machine');
    // As Vue and React do where the element has a property of that name.
    Object.assign(machine, { run: 'visible', input: '{"vip": true}', lint: 'off', src: './missing.json', views: 'data,graph', controls: 'run,reset', at: '3' });
    document.getElementById('here').append(machine);
  });
  const element = one.locator('stepglass-machine');
  await one.getByText(/missing.json: 404/).waitFor();
  await element.evaluate((e) => (e.src = './good.asl.json'));
  await one.waitForFunction(() => document.querySelector('stepglass-machine').execution?.status === 'SUCCEEDED');
  assert.equal(await one.getByText(/missing.json: 404/).count(), 0);
  assert.equal(await element.evaluate((e) => e.at), 3);
  assert.deepEqual(await one.getByRole('tab').allInnerTexts(), ['data', 'graph'].map((word) => word[0].toUpperCase() + word.slice(1)));
  await one.getByRole('button', { name: 'Reset' }).click();
  assert.equal(await element.evaluate((e) => e.at), 1);
  await element.evaluate((e) => (e.at = 4));
  await one.locator('g.state[aria-label^="Done"]').waitFor({ state: 'attached' });
  assert.equal(await element.evaluate(async (e) => (await e.run()).status), 'SUCCEEDED');
  // Another machine has nothing of the run before.
  pages['/other.asl.json'] = '{"StartAt": "Only", "States": {"Only": {"Type": "Pass", "End": true}}}';
  await element.evaluate((e) => {
    e.setAttribute('run', 'manual');
    e.view = 'graph';
    e.src = './other.asl.json';
  });
  await one.locator('g.state[aria-label="Only, Pass, step 1 of 1, end"]').waitFor();
  assert.equal(await one.locator('.badge').count(), 0);
  await one.context().close();
});

test('attributes that say what is unknown are told once', options, async () => {
  const warnings = [];
  pages['/page.html'] = page(machine('view="grahp" layout="wide" controls="run,steps" run="now" format="yml" heading-level="7"').repeat(2));
  const one = await there.browser.open(`${there.site.url}/page.css`);
  one.on('console', (message) => message.type() === 'warning' && warnings.push(message.text()));
  await one.goto(`${there.site.url}/page.html`);
  await one.locator('g.state').first().waitFor();
  assert.deepEqual(warnings.map((text) => /stepglass: ([\w-]+)="(\w+)"/.exec(text)?.slice(1).join('=')).sort(), ['controls=steps', 'format=yml', 'heading-level=7', 'layout=wide', 'run=now', 'view=grahp']);
  await one.context().close();
});

test('the machines of a page share a worker; one that was taken out while it loaded goes on when it is back', options, async () => {
  const one = await open(`${machine('run="load" loading="eager"').repeat(3)}<pre id="code">${kDefinition}</pre>`);
  await one.waitForFunction(() => [...document.querySelectorAll('stepglass-machine')].every((e) => e.execution?.status === 'SUCCEEDED'));
  assert.equal(one.workers().length, 1);
  const status = await one.evaluate(async () => {
    const [first] = document.querySelectorAll('stepglass-machine');
    const left = Object.assign(document.createElement('stepglass-machine'), { run: 'load', loading: 'eager', for: 'code', input: '{"vip": false}' });
    first.after(left);
    await Promise.resolve();
    left.remove();
    await new Promise((done) => setTimeout(done, 50));
    first.after(left);
    const end = new Promise((done) => left.addEventListener('stepglass-end', () => done(left.status)));
    return Promise.race([end, new Promise((done) => setTimeout(() => done(`still ${left.status}`), 8000))]);
  });
  assert.equal(status, 'succeeded');
  await one.evaluate(() => document.querySelectorAll('stepglass-machine').forEach((e) => e.remove()));
  await one.waitForTimeout(200);
  assert.equal(one.workers().length, 0);
  assert.deepEqual(one.faults, []);
  await one.context().close();
});

test('what was taken out of the page while it was checked is checked when it is back', options, async () => {
  const one = await open('');
  // The findings take code that does not come yet.
  let hold;
  const held = new Promise((done) => (hold = done));
  await one.route('**/*-rest.wasm', (route) => hold(route));
  const element = await one.evaluateHandle((definition) => {
    const added = Object.assign(document.createElement('stepglass-machine'), { definition, loading: 'eager' });
    document.querySelector('main').append(added);
    return added;
  }, kDefinition.replace('"Done":', '"Lost":{"Type":"Succeed"},"Done":'));
  const route = await held;
  await one.waitForFunction((e) => e.status === 'ready', element);
  await element.evaluate((e) => e.remove());
  await one.waitForTimeout(50);
  await one.unroute('**/*-rest.wasm');
  // The worker that asked is gone with the machine.
  await route.continue().catch(() => undefined);
  await element.evaluate((e) => document.querySelector('main').append(e));
  await one.waitForFunction((e) => e.diagnostics.some(({ message }) => message.includes('Lost')), element);
  assert.deepEqual(one.faults, []);
  await one.context().close();
});

test('a definition that could not be checked is not said to have no problems', options, async () => {
  const one = await open('');
  await one.route('**/*-rest.wasm', (route) => route.abort());
  await one.evaluate((text) => {
    const added = Object.assign(document.createElement('stepglass-machine'), { definition: text, loading: 'eager', views: 'graph,problems', layout: 'tabs' });
    document.querySelector('main').append(added);
  }, kDefinition);
  const element = one.locator('stepglass-machine');
  await one.getByText(/^The definition could not be checked: the engine loads no further/).waitFor();
  assert.match(await element.evaluate((e) => e.lint().then(() => 'it was checked', (error) => error.message)), /^the engine loads no further/);
  await one.getByRole('tab', { name: 'problems' }).click();
  await one.locator('stepglass-problems').waitFor({ state: 'attached' });
  await one.getByText(/^It could not be checked: the engine loads no further/).waitFor();
  // The connection is back.
  await one.unroute('**/*-rest.wasm');
  await one.getByRole('button', { name: 'Try again' }).click();
  await one.getByText('No problems found.').or(one.getByText(/ASL\d/)).first().waitFor();
  assert.deepEqual(await element.evaluate((e) => e.lint().then((all) => all.map(({ severity }) => severity).filter((one) => one === 'error'))), []);
  assert.equal(await element.evaluate((e) => e.message), '');
  await one.context().close();
});

test('a run leaves nothing at the signal that could have stopped it', options, async () => {
  const one = await open(machine());
  await shown(one).waitFor();
  const listeners = await one.locator('stepglass-machine').evaluate(async (e) => {
    const { signal } = new AbortController();
    let count = 0;
    const [add, remove] = [signal.addEventListener, signal.removeEventListener];
    signal.addEventListener = (...all) => (++count, add.apply(signal, all));
    signal.removeEventListener = (...all) => (--count, remove.apply(signal, all));
    for (let i = 0; i < 3; ++i) await e.run({ signal });
    return count;
  });
  assert.equal(listeners, 0);
  await one.context().close();
});

test('a run that does not end is stopped by its reader, or by its page', options, async () => {
  const endless =
    '{"StartAt": "A", "States": {"A": {"Type": "Pass", "Parameters": {"a.$": "States.ArrayRange(1, 900, 1)", "b.$": "States.ArrayRange(1, 900, 1)", "c.$": "States.ArrayRange(1, 900, 1)", "d.$": "States.ArrayRange(1, 900, 1)", "e.$": "States.ArrayRange(1, 900, 1)", "f.$": "States.ArrayRange(1, 900, 1)"}, "Next": "B"}, "B": {"Type": "Choice", "Choices": [{"Variable": "$.a[0]", "NumericEquals": 2, "Next": "C"}], "Default": "A"}, "C": {"Type": "Succeed"}}}';
  const one = await open(`<stepglass-machine><pre><code>${endless}</code></pre></stepglass-machine>`);
  const element = one.locator('stepglass-machine');
  // As it runs when it is seen, too: to be stopped is no fault of it.
  await element.evaluate((e) => {
    e.run = 'visible';
    void e.reload();
  });
  await one.getByRole('button', { name: 'Stop' }).click();
  await one.getByRole('button', { name: 'Run', exact: true }).waitFor();
  assert.deepEqual(await element.evaluate((e) => [e.status, e.message]), ['ready', '']);
  await one.getByRole('button', { name: 'Run', exact: true }).click();
  await one.getByRole('button', { name: 'Stop' }).click();
  await one.getByRole('button', { name: 'Run', exact: true }).waitFor();
  assert.equal(await element.evaluate((e) => e.status), 'ready');
  const reason = await element.evaluate(async (e) => {
    const stop = new AbortController();
    const run = e.run({ signal: stop.signal });
    setTimeout(() => stop.abort(new Error('enough')), 20);
    return run.then(() => 'it ended', (error) => error.message);
  });
  assert.equal(reason, 'enough');
  assert.equal(await element.evaluate((e) => e.status), 'ready');
  await one.context().close();
});

test('where no worker can be had, the page itself answers', options, async () => {
  pages['/page.html'] = page(machine('run="visible"'));
  const strict = await serve(join(web, 'dist'), { pages, policy: kPolicy.replace("worker-src 'self'", "worker-src 'none'") });
  const one = await there.browser.open(`${strict.url}/page.html`);
  await one.getByText('✓ SUCCEEDED').waitFor();
  assert.equal(one.workers().length, 0);
  await one.context().close();
  await strict.close();
});

test('elements may come from another site', options, async () => {
  const elsewhere = await serve(join(web, 'dist'), { policy: undefined, more: { 'Access-Control-Allow-Origin': '*' } });
  pages['/page.html'] = page(machine('run="visible"'), `${elsewhere.url}/bundle/define.js`);
  for (const [workers, count] of [["worker-src blob:", 1], ["worker-src 'none'", 0]]) {
    const policy = kPolicy.replace("script-src 'self'", `script-src 'self' ${elsewhere.url}`).replace("connect-src 'self'", `connect-src ${elsewhere.url}`).replace("worker-src 'self'", workers);
    const strict = await serve(join(web, 'dist'), { pages, policy });
    const one = await there.browser.open(`${strict.url}/page.html`);
    await one.getByText('✓ SUCCEEDED').waitFor();
    assert.equal(one.workers().length, count);
    await one.context().close();
    await strict.close();
  }
  await elsewhere.close();
});

test('of two files that are named one behind the other the last is shown, and what was taken out leaves nothing', options, async () => {
  pages['/first.yaml'] = 'Resources:\n  M:\n    Type: AWS::Serverless::StateMachine\n    Properties:\n      Definition: {StartAt: First, States: {First: {Type: Pass, End: true}}}\n';
  pages['/second.asl.json'] = '{"StartAt": "Second", "States": {"Second": {"Type": "Pass", "End": true}}}';
  const one = await open('<stepglass-machine loading="eager" src="./first.yaml" view="events"></stepglass-machine>');
  const element = one.locator('stepglass-machine');
  for (const wait of [0, 40, 80]) {
    await element.evaluate(async (e, ms) => {
      e.src = './first.yaml';
      await new Promise((done) => setTimeout(done, ms));
      e.src = './second.asl.json';
    }, wait);
    await one.waitForFunction(() => document.querySelector('stepglass-machine').text.includes('Second'));
    await one.waitForTimeout(150);
    assert.match(await element.evaluate((e) => e.text), /Second/);
  }
  assert.equal(await element.evaluate((e) => e.view), 'events');
  await one.evaluate(() => {
    for (let i = 0; i < 3; ++i) {
      const left = Object.assign(document.createElement('stepglass-machine'), { src: './first.yaml', loading: 'eager' });
      document.body.append(left);
      setTimeout(() => left.remove(), 5 * i);
    }
    document.querySelector('stepglass-machine').remove();
  });
  await one.waitForTimeout(600);
  assert.equal(one.workers().length, 0);
  await one.context().close();
});

test('a run that fails says why, and one of another text says so', options, async () => {
  const one = await open(machine('run="visible" editable view="code"').replace('[{"error": "Busy"}, {"return": {}}]', '[{"error": "Lost", "cause": "no card"}]'));
  await one.getByText('Charge failed: Lost, no card').first().waitFor();
  assert.equal(await one.locator('stepglass-machine').evaluate((e) => e.state), 'Charge');
  await one.locator('.cm-content').click();
  await one.keyboard.press('End');
  await one.keyboard.insertText(' ');
  await one.getByText('FAILED · changed since').waitFor();
  await one.context().close();
});

test('a page that is light by saying nothing has light machines, on a dark system, too', options, async () => {
  const one = await open(machine(), { colorScheme: 'dark' });
  await shown(one).waitFor();
  const scheme = () => one.locator('stepglass-machine').evaluate((e) => getComputedStyle(e).colorScheme);
  assert.equal(await scheme(), 'light');
  await one.evaluate(() => document.documentElement.classList.add('dark'));
  await one.waitForFunction(() => getComputedStyle(document.querySelector('stepglass-machine')).colorScheme === 'dark');
  await one.evaluate(() => {
    document.documentElement.classList.remove('dark');
    document.head.append(Object.assign(document.createElement('meta'), { name: 'color-scheme', content: 'dark light' }));
  });
  await one.evaluate(() => document.documentElement.setAttribute('data-theme', ''));
  await one.waitForFunction(() => getComputedStyle(document.querySelector('stepglass-machine')).colorScheme === 'light dark');
  await one.evaluate(() => {
    document.querySelector('meta[name="color-scheme"]').remove();
    document.documentElement.style.colorScheme = 'light dark';
  });
  await one.waitForFunction(() => getComputedStyle(document.querySelector('stepglass-machine')).colorScheme === 'light dark');
  await one.evaluate(() => (document.body.style.backgroundColor = 'oklch(0.2 0.02 250)'));
  await one.waitForFunction(() => getComputedStyle(document.querySelector('stepglass-machine')).colorScheme === 'dark');
  await one.context().close();
});

test('text that is no definition is said to be none; the code block in front is found', options, async () => {
  const one = await open(`<stepglass-machine id="no"><pre>x</pre></stepglass-machine><pre><code>${kDefinition}</code></pre><p>Use <code>y</code>:</p><stepglass-machine id="prev" for="prev"></stepglass-machine>`);
  await one.locator('#no').getByText(/^Line 1: /).waitFor();
  await one.locator('#prev g.state[aria-label^="Charge"]').waitFor();
  assert.deepEqual(await axe(one), []);
  await one.context().close();
});

test('a machine that is moved goes on', options, async () => {
  const one = await open(`${machine('run="visible"')}<div id="there"></div>`);
  await one.getByText('✓ SUCCEEDED').waitFor();
  await one.evaluate(() => document.getElementById('there').append(document.querySelector('stepglass-machine')));
  const status = await one.locator('stepglass-machine').evaluate(async (e) => (await e.run()).status);
  assert.equal(status, 'SUCCEEDED');
  assert.deepEqual(one.faults, []);
  await one.context().close();
});

test('a page that forbids WebAssembly still replays the recorded run', options, async () => {
  const one = await open(machine('run="visible"'));
  await one.getByText('✓ SUCCEEDED').waitFor();
  const trace = await one.locator('stepglass-machine').evaluate((e) => JSON.stringify({ drawing: e.drawing, history: e.execution.history, inspection: e.execution.inspection }));
  await one.context().close();
  const recorded = machine('', `<script type="application/json" data-step="trace">${trace.replaceAll('<', '\\u003c')}</script>`);
  for (const script of ['./bundle/define.js', './bundle/player.js']) {
    pages['/page.html'] = page(recorded, script);
    const strict = await serve(join(web, 'dist'), { pages, policy: kPolicy.replace(" 'wasm-unsafe-eval'", '') });
    const other = await there.browser.open(`${strict.url}/page.html`);
    await other.locator('stepglass-graph-view g.state').first().waitFor();
    const element = other.locator('stepglass-machine');
    await element.evaluate((e) => e.seek({ state: 'Charge' }));
    assert.match(await other.locator('g.state[aria-label^="Charge"]').getAttribute('aria-label'), /running/);
    await other.context().close();
    await strict.close();
  }
});

/** The trace of a run, as a page holds it. */
const recorded = async () => {
  const one = await open(machine('run="load"'));
  await one.getByText('✓ SUCCEEDED').waitFor();
  const trace = await one.locator('stepglass-machine').evaluate((e) => ({ drawing: e.drawing, history: e.execution.history, inspection: e.execution.inspection }));
  await one.context().close();
  return trace;
};
const traceOf = (trace) => `<script type="application/json" data-step="trace">${JSON.stringify(trace).replaceAll('<', '\\u003c')}</script>`;
const engineFiles = (one) => one.evaluate(() => performance.getEntriesByType('resource').map((entry) => entry.name).filter((name) => /worker|wasm|browser\.js/.test(name)));

test('headings stand as deep as the page says', options, async () => {
  const one = await open(machine('run="load" view="data" views="data,cost" heading-level="4"'));
  const levels = (view) => one.locator(view).evaluate((e) => [...e.shadowRoot.querySelectorAll('[role=heading]')].map((h) => h.ariaLevel));
  await one.getByRole('heading', { level: 4, name: 'Done' }).waitFor();
  await one.getByRole('heading', { level: 5, name: 'Input' }).waitFor();
  await one.locator('stepglass-machine').evaluate((e) => (e.headingLevel = 6));
  await one.getByRole('heading', { level: 6, name: 'Done' }).waitFor();
  assert.deepEqual(new Set(await levels('stepglass-data')), new Set(['6']));
  await one.getByRole('tab', { name: 'cost' }).click();
  await one.getByRole('heading', { level: 6 }).first().waitFor();
  await one.context().close();
});

test('a reader runs it with an input and mocks of their own', options, async () => {
  const one = await open(machine('playground="https://example.org/#x"'), { viewport: { width: 320, height: 700 } });
  await shown(one).waitFor();
  const element = one.locator('stepglass-machine');
  await one.getByRole('button', { name: 'Input and mocks' }).focus();
  await one.keyboard.press('Enter');
  const [input, mocks] = [one.getByLabel('Input (JSON)'), one.getByLabel(/^Mocks/)];
  await input.waitFor();
  assert.equal(await input.inputValue(), '{"vip": true}');
  assert.deepEqual(JSON.parse(await mocks.inputValue()), { Charge: [{ error: 'Busy' }, { return: {} }] });
  assert.deepEqual(await axe(one), []);
  assert.equal(await one.evaluate(() => document.documentElement.scrollWidth), 320);
  // What is no JSON is told where it stands, and does not run.
  await one.waitForFunction(() => document.querySelector('stepglass-machine').shadowRoot.activeElement?.shadowRoot.activeElement?.id === 'input');
  await input.fill('{"vip": tru');
  await one.keyboard.press('Control+Enter');
  await one.getByRole('alert').getByText(/^This is no JSON/).waitFor();
  assert.equal(await input.getAttribute('aria-invalid'), 'true');
  assert.equal(await element.evaluate((e) => e.execution), undefined);
  // Nothing written is {}.
  await input.fill('');
  await one.getByRole('alert').waitFor({ state: 'detached' });
  assert.equal(await element.evaluate((e) => e.source.inputs.at(-1).text), '{}');
  await input.fill('{"vip": true, "number": 12345678901234567890}');
  await mocks.fill('{"Charge": {"return": 1}}');
  await one.getByRole('button', { name: 'Run', exact: true }).click();
  await one.getByRole('alert').getByText(/the list of its answers/).waitFor();
  assert.deepEqual(await axe(one), []);
  await mocks.fill('{"Charge": [{"return": {"own": 1}}]}');
  await one.keyboard.press('Control+Enter');
  await one.getByText('✓ SUCCEEDED').waitFor();
  assert.deepEqual(await element.evaluate((e) => e.execution.output), { own: 1 });
  assert.match(await element.evaluate((e) => JSON.stringify(e.execution.history[0])), /12345678901234567890/);
  // A link carries them.
  const { decodeShare } = await import(join(web, 'dist/package/index.js'));
  const { shared } = await decodeShare(new URL(await element.evaluate((e) => e.toURL())).hash);
  assert.deepEqual([shared.i.at(-1).n, shared.sel, shared.m], ['yours', 1, { Charge: [{ return: { own: 1 } }] }]);
  await one.keyboard.press('Escape');
  await one.waitForFunction(() => document.querySelector('stepglass-machine').shadowRoot.activeElement?.textContent.includes('Input and mocks'));
  await one.getByRole('button', { name: 'Input and mocks' }).click();
  await one.getByRole('button', { name: 'As the page has it' }).click();
  await one.waitForFunction(() => document.querySelector('stepglass-machine').shadowRoot.querySelector('stepglass-inputs').shadowRoot.querySelector('#input').value === '{"vip": true}');
  assert.deepEqual(one.faults, []);
  await one.context().close();
});

test('long data is wrapped behind its indentation', options, async () => {
  const long = { deep: { deeper: 'words '.repeat(30).trim() } };
  const one = await open(machine('run="load" view="data" state="Done"').replace('{"vip": true}', JSON.stringify({ vip: false, long })), { viewport: { width: 320, height: 700 } });
  const line = one.locator('stepglass-data .diff .line', { hasText: 'deeper' }).first();
  await line.waitFor();
  const lefts = await line.evaluate((span) => {
    const text = document.createRange();
    text.selectNodeContents(span);
    const start = text.cloneRange();
    const node = [...span.childNodes].find((child) => child.textContent.includes('deeper'));
    start.setStart(node, node.textContent.indexOf('"'));
    const [key, ...wrapped] = [...start.getClientRects()].filter(({ width }) => width > 0).map(({ left }) => left);
    return { key, least: Math.min(...wrapped), lines: wrapped.length };
  });
  assert.ok(lefts.lines > 1 && lefts.least >= lefts.key, JSON.stringify(lefts));
  // Copied as it was written.
  assert.match(await line.evaluate((span) => span.parentElement.textContent), /\n      "deep": \{\n {8}"deeper": /);
  assert.deepEqual(one.faults, []);
  await one.context().close();
});

test('a recorded run is replayed without the engine, which comes when something asks for it', { ...options, timeout: 60_000 }, async () => {
  const trace = await recorded();
  for (const asks of ['button', 'cost', 'problems']) {
    const one = await open(machine('loading="click" views="all" run="visible"', traceOf(trace)));
    await one.locator('g.state[aria-label^="Charge"]').waitFor();
    const element = one.locator('stepglass-machine');
    await element.evaluate((e) => e.seek({ state: 'Charge' }));
    for (const view of ['code', 'timeline', 'events', 'data', 'outline']) await one.getByRole('tab', { name: view }).click();
    await one.waitForTimeout(100);
    assert.deepEqual(await engineFiles(one), []);
    if (asks === 'button') {
      await one.getByRole('button', { name: 'Run', exact: true }).click();
      await one.getByText('✓ SUCCEEDED').waitFor();
    } else {
      await one.getByRole('tab', { name: asks }).click();
      await one.getByText(asks === 'cost' ? 'executions a month' : /No problems found|ASL\d/).first().waitFor();
    }
    while ((await engineFiles(one)).length === 0) await one.waitForTimeout(20);
    assert.deepEqual(one.faults, []);
    await one.context().close();
  }
});

test('a recorded run is shown although its definition is missing', options, async () => {
  const one = await open(`<stepglass-machine src="./missing.json">${traceOf(await recorded())}</stepglass-machine>`);
  await one.locator('g.state[aria-label^="Charge"]').waitFor();
  assert.equal(await one.getByRole('button', { name: 'Run', exact: true }).count(), 0);
  assert.equal(await one.getByRole('tab', { name: 'code' }).count(), 0);
  assert.equal(await one.locator('stepglass-machine').evaluate((e) => e.run()), undefined);
  await one.getByText('There is no definition here, only a recorded run.').waitFor();
  await one.context().close();
});

test('the picture is had and focus goes on, whatever view is open', options, async () => {
  const one = await open(machine('view="data" run="load"'));
  const element = one.locator('stepglass-machine');
  const svg = await element.evaluate((e) => e.toSVG({ theme: 'dark' }));
  assert.match(svg, /^<svg[^]*Charge[^]*<\/svg>$/);
  assert.match(svg, /fill="rgb\(20, 22, 27\)"/);
  assert.equal(await one.locator('stepglass-graph-view').count(), 0);
  const focused = () => element.evaluate((e) => e.shadowRoot.activeElement?.textContent.trim() || e.shadowRoot.activeElement?.localName);
  await element.evaluate((e) => e.focus());
  assert.equal(await focused(), 'Run');
  await element.evaluate(async (e) => {
    e.view = 'graph';
    await e.fit();
    e.focus();
  });
  assert.equal(await element.evaluate((e) => e.shadowRoot.activeElement?.localName), 'stepglass-graph-view');
  assert.equal(await element.evaluate((e) => e.toSVG()).then((text) => /fill="rgb\(255, 255, 255\)"/.test(text)), true);
  await one.context().close();
});

test('a choice says where the state stands in the definition', options, async () => {
  const inner = (name) => ({ StartAt: name, States: { [name]: { Type: 'Pass', End: true } } });
  const nested = JSON.stringify({
    StartAt: 'Both',
    States: {
      Both: { Type: 'Parallel', Branches: [inner('ä'), inner('a/b~c')], Next: 'Each' },
      Each: { Type: 'Map', Comment: 'every item', ItemProcessor: inner('New'), Next: 'Old each' },
      'Old each': { Type: 'Map', Iterator: inner('Old'), End: true },
    },
  });
  const one = await open(`<stepglass-machine view="outline"><script type="application/asl+json">${nested}</script></stepglass-machine>`);
  await one.locator('stepglass-outline').waitFor();
  const pointers = await one.evaluate(async () => {
    const machine = document.querySelector('stepglass-machine');
    const seen = [];
    machine.addEventListener('stepglass-select', (event) => seen.push(event.detail.pointer));
    await new Promise((done) => setTimeout(done, 300));
    for (const button of machine.shadowRoot.querySelector('stepglass-outline').shadowRoot.querySelectorAll('button.name')) button.click();
    return seen;
  });
  assert.deepEqual(pointers.sort(), [
    '/States/Both',
    '/States/Both/Branches/0/States/ä',
    '/States/Both/Branches/1/States/a~1b~0c',
    '/States/Each',
    '/States/Each/ItemProcessor/States/New',
    '/States/Old each',
    '/States/Old each/Iterator/States/Old',
  ]);
  await one.context().close();
});

test('data is set as properties, attributes stay what the page wrote, and what changes later has an effect', options, async () => {
  const one = await open('<stepglass-machine id="m" run="manual" views="problems,graph"></stepglass-machine>');
  const element = one.locator('#m');
  await element.evaluate((e, definition) => Object.assign(e, { definition, input: { vip: true }, mocks: { Charge: [{ return: { mine: true } }] } }), JSON.parse(kDefinition.replace('"Next":"Done"}', '"Next":"Done","Catch":[{"ErrorEquals":["Busy"],"Next":"Done"},{"ErrorEquals":["Busy"],"Next":"Done"}]}')));
  await one.waitForFunction(() => document.getElementById('m').status === 'ready');
  assert.deepEqual(await element.evaluate(async (e) => (await e.run()).output), { mine: true });
  assert.deepEqual(await element.evaluate((e) => [e.getAttribute('style'), e.getAttribute('input'), e.getAttribute('view')]), [null, null, 'graph']);
  // The same data again, as a framework hands it in whenever it renders, starts nothing.
  await element.evaluate((e) => (e.input = { vip: true }));
  await one.waitForTimeout(100);
  assert.equal(await element.evaluate((e) => e.status), 'succeeded');
  const found = () => element.evaluate((e) => e.diagnostics.length);
  const all = await element.evaluate(async (e) => {
    e.lint = 'info';
    await e.updateComplete;
    return e.diagnostics.length;
  });
  await element.evaluate((e) => e.setAttribute('lint', 'off'));
  await element.evaluate((e) => e.updateComplete);
  assert.ok(all > 0);
  assert.equal(await found(), 0);
  await element.evaluate((e) => (e.run = 'off'));
  await one.getByRole('button', { name: 'Run', exact: true }).waitFor({ state: 'detached' });
  await element.evaluate((e) => Object.assign(e, { input: { vip: false }, run: 'load' }));
  await one.waitForFunction(() => document.getElementById('m').execution?.output?.vip === false);
  await element.evaluate((e) => (e.engine = 'main'));
  await one.waitForFunction(() => document.getElementById('m').execution?.output?.vip === false && document.getElementById('m').status === 'succeeded');
  assert.equal(one.workers().length, 0);
  await element.evaluate((e) => (e.engine = 'off'));
  await one.getByText('There is no recorded run').waitFor();
  await one.context().close();
});

test('"load" runs unseen, "visible" when it is seen', options, async () => {
  const one = await open(`<div class="tall"></div>${machine('run="load" id="load"')}${machine('run="visible" loading="eager" id="visible"')}<link rel="stylesheet" href="./tall.css">`);
  await one.waitForFunction(() => document.getElementById('load').execution?.status === 'SUCCEEDED');
  await one.waitForFunction(() => document.getElementById('visible').status === 'ready');
  assert.equal(await one.locator('#visible').evaluate((e) => e.execution), undefined);
  // What has not started does so when the page runs it.
  assert.equal(await one.evaluate(() => Object.assign(document.body.appendChild(document.createElement('stepglass-machine')), { loading: 'click', definition: { StartAt: 'A', States: { A: { Type: 'Succeed' } } } }).run().then((run) => run.status)), 'SUCCEEDED');
  await one.locator('#visible').evaluate((e) => e.scrollIntoView());
  await one.waitForFunction(() => document.getElementById('visible').execution?.status === 'SUCCEEDED');
  await one.context().close();
});

test('the parts of the views take the style of the page', options, async () => {
  pages['/parts.css'] = '::part(problem), ::part(timeline), ::part(event), ::part(panel) { outline-color: rgb(1, 2, 3) }';
  const one = await open(`<link rel="stylesheet" href="./parts.css">${machine('run="load" views="timeline,events"')}<stepglass-machine views="problems"><pre>{}</pre></stepglass-machine>`);
  await one.getByText('✓ SUCCEEDED').waitFor();
  for (const [view, part] of [['timeline', 'stepglass-timeline'], ['events', '[part=event]'], ['events', '#panel'], [undefined, '[part=problem]']]) {
    if (view) await one.getByRole('tab', { name: view }).click();
    await one.locator(part).first().waitFor();
    assert.equal(await one.locator(part).first().evaluate((e) => getComputedStyle(e).outlineColor), 'rgb(1, 2, 3)', part);
  }
  await one.context().close();
});

test('what looks secret is named before a link exists, and the reader chooses', options, async () => {
  const one = await open(machine('playground="https://example.org/" controls="share"').replace('{"vip": true}', '{"vip": true, "to": "arn:aws:sns:us-east-1:112233445566:topic"}'), { permissions: ['clipboard-read', 'clipboard-write'] });
  await shown(one).waitFor();
  const element = one.locator('stepglass-machine');
  await element.evaluate((e) => {
    globalThis.urls = [];
    e.addEventListener('stepglass-share', (event) => (event.preventDefault(), globalThis.urls.push(event.detail.url)));
  });
  const { decodeShare } = await import(join(web, 'dist/package/index.js'));
  const last = async () => JSON.stringify((await decodeShare(new URL((await one.evaluate(() => globalThis.urls)).at(-1)).hash)).shared);
  const copy = one.getByRole('button', { name: 'Copy link' });
  await copy.click();
  await one.getByText('The link would hold 1 part that should perhaps not be shared: 112233445566').waitFor();
  assert.deepEqual(await one.evaluate(() => globalThis.urls), []);
  assert.deepEqual(await axe(one), []);
  await one.getByRole('button', { name: 'Cancel' }).click();
  await copy.click();
  await one.keyboard.press('Enter');
  await one.waitForFunction(() => globalThis.urls.length === 1);
  assert.match(await last(), /111111111111/);
  assert.doesNotMatch(await last(), /112233445566/);
  await copy.click();
  await one.getByRole('button', { name: 'Share as it is' }).click();
  await one.waitForFunction(() => globalThis.urls.length === 2);
  assert.match(await last(), /112233445566/);
  assert.match(await element.evaluate((e) => e.toURL({ sensitive: 'mask' })), /^https:/);
  await one.context().close();
});

test('of two questions before a link the last stays, and an element that leaves asks nobody', options, async () => {
  const one = await open(machine('playground="https://example.org/" controls="share,open"').replace('{"vip": true}', '{"to": "arn:aws:sns:us-east-1:112233445566:topic"}'));
  await shown(one).waitFor();
  const question = one.getByText(/^The link would hold 1 part/);
  await one.getByRole('button', { name: 'Copy link' }).click();
  await question.waitFor();
  const element = one.locator('stepglass-machine');
  await element.evaluate((e) => {
    globalThis.urls = [];
    e.addEventListener('stepglass-share', (event) => (event.preventDefault(), globalThis.urls.push(event.detail.url)));
  });
  await one.getByRole('button', { name: 'Open' }).click();
  await one.waitForTimeout(50);
  await question.waitFor();
  await one.getByRole('button', { name: 'Mask and go on' }).click();
  await one.waitForFunction(() => globalThis.urls.length === 1);
  assert.equal(await question.count(), 0);
  const gone = await element.evaluate(async (e) => {
    const asked = e.toURL();
    await new Promise((done) => setTimeout(done, 100));
    const waits = e.shadowRoot.querySelector('.question') !== null;
    e.remove();
    const answer = (url) => Promise.race([url.then(String), new Promise((done) => setTimeout(() => done('it waits'), 2000))]);
    return [waits, await answer(asked), await answer(e.toURL())];
  });
  assert.deepEqual(gone, [true, 'undefined', 'undefined']);
  assert.deepEqual(one.faults, []);
  await one.context().close();
});

test('a link that cannot be copied is told', options, async () => {
  const one = await open(machine('playground="https://example.org/" controls="share"'));
  await shown(one).waitFor();
  for (const clipboard of ['undefined', '{ writeText: () => Promise.reject(new Error("no")) }']) {
    await one.evaluate(`Object.defineProperty(navigator, 'clipboard', { value: ${clipboard}, configurable: true })`);
    await one.locator('stepglass-machine').evaluate((e) => (e.message = ''));
    await one.getByRole('button', { name: 'Copy link' }).click();
    await one.locator('.message').getByText('The link could not be copied.').waitFor();
  }
  assert.deepEqual(one.faults, []);
  await one.context().close();
});

test('a definition is read where there is no engine, too', options, async () => {
  const trace = traceOf(await recorded());
  for (const [script, attributes] of [['./bundle/player.js', ''], ['./bundle/define.js', 'engine="off"']]) {
    const one = await open(machine(`view="code" ${attributes}`, trace), { script });
    const code = one.locator('stepglass-code');
    await code.getByText('"StartAt"', { exact: true }).waitFor();
    assert.equal(await code.locator('pre').textContent(), kDefinition);
    assert.equal(await code.locator('.string').first().textContent(), '"Check"');
    assert.deepEqual(await axe(one), []);
    assert.deepEqual(await engineFiles(one), []);
    await one.context().close();
  }
});

test('a page that shows no findings loads the half of the engine that draws and runs', options, async () => {
  const one = await open(machine('run="load" lint="off"'));
  const rest = [];
  one.on('request', (request) => request.url().endsWith('-rest.wasm') && rest.push(request.url()));
  await one.reload();
  await one.getByText('✓ SUCCEEDED').waitFor();
  await one.locator('stepglass-machine').evaluate((e) => e.lint());
  assert.deepEqual(rest, []);
  const found = one.waitForEvent('request', (request) => request.url().endsWith('-rest.wasm'));
  await one.locator('stepglass-machine').evaluate((e) => e.setAttribute('lint', 'info'));
  await found;
  await one.context().close();
});

test('the engine comes from where the page serves it', options, async () => {
  for (const name of ['worker.js', 'stepglass-first.wasm', 'stepglass-rest.wasm']) pages[`/assets/${name}`] = readFileSync(join(web, 'dist/bundle', name));
  pages['/configure.js'] = "import { configure } from './bundle/define.js'; configure({ assetBase: './assets/' });";
  const one = await open(`<script type="module" src="./configure.js"></script>${machine('run="load"')}`);
  await one.getByText('✓ SUCCEEDED').waitFor();
  const files = await one.evaluate(() => performance.getEntriesByType('resource').map((entry) => entry.name));
  assert.ok(files.some((name) => name.endsWith('/assets/worker.js')));
  assert.ok(!files.some((name) => name.endsWith('/bundle/worker.js')));
  await one.context().close();
});

test('the engine comes from another site, in a worker where the page allows one', options, async () => {
  const elsewhere = await serve(join(web, 'dist/bundle'), { policy: undefined, more: { 'Access-Control-Allow-Origin': '*' } });
  pages['/configure.js'] = `import { configure } from './bundle/define.js'; configure({ assetBase: '${elsewhere.url}/' });`;
  for (const [workers, engine, count] of [['worker-src blob:', 'auto', 1], ['worker-src blob:', 'worker', 1], ["worker-src 'none'", 'auto', 0]]) {
    pages['/page.html'] = page(`<script type="module" src="./configure.js"></script>${machine(`run="load" engine="${engine}"`)}`);
    const strict = await serve(join(web, 'dist'), { pages, policy: kPolicy.replace("connect-src 'self'", `connect-src ${elsewhere.url}`).replace("worker-src 'self'", workers) });
    const one = await there.browser.open(`${strict.url}/page.html`);
    await one.getByText('✓ SUCCEEDED').waitFor();
    assert.equal(one.workers().length, count, `${workers} ${engine}`);
    await one.context().close();
    await strict.close();
  }
  await elsewhere.close();
});

test('text that would be markup or script stays text, wherever it stands', options, async () => {
  for (let i = 0; i < kXss.length; i += 12) {
    const payloads = kXss.slice(i, i + 12);
    const states = Object.fromEntries(
      payloads.map((payload, k) => [
        payload.slice(0, 80),
        k + 1 < payloads.length ? { Type: 'Pass', Comment: payload, Next: payloads[k + 1].slice(0, 80) } : { Type: 'Fail', Error: payload, Cause: payload },
      ]),
    );
    const definition = JSON.stringify({ Comment: payloads[0], StartAt: payloads[0].slice(0, 80), States: states });
    const one = await open(
      `<stepglass-machine views="all" label="t"><script type="application/asl+json">${definition.replaceAll('<', '\\u003c')}</script></stepglass-machine>`,
    );
    await shown(one).waitFor();
    await one.locator('stepglass-machine').evaluate((e) => e.run());
    for (const view of ['code', 'timeline', 'events', 'data', 'cost', 'outline', 'problems', 'graph']) {
      await one.getByRole('tab', { name: view }).click();
      await one.waitForTimeout(20);
    }
    assert.equal(await one.evaluate(() => globalThis.pwned), undefined);
    assert.deepEqual(one.faults, []);
    await one.context().close();
  }
});

test('the machine is used by keyboard alone', options, async () => {
  const one = await open(machine('run="visible"'));
  await one.getByText('✓ SUCCEEDED').waitFor();
  await one.locator('g.state[tabindex="0"]').focus();
  await one.keyboard.press('Home');
  await one.keyboard.press('ArrowDown');
  await one.keyboard.press('Enter');
  assert.equal(await one.locator('stepglass-machine').evaluate((e) => e.state), 'Charge');
  await one.getByRole('tab', { name: 'graph' }).focus();
  await one.keyboard.press('End');
  assert.equal(await one.locator('stepglass-machine').evaluate((e) => e.view), 'data');
  await one.context().close();
});

test('the documentation page shows its machines, light and dark', options, async () => {
  const folder = join(web, 'site');
  for (const name of ['site.css', 'template.yaml', 'index.html']) pages[`/site/${name}`] = readFileSync(join(folder, name), 'utf8').replaceAll('./bundle/', '../bundle/');
  for (const colorScheme of ['light', 'dark']) {
    const one = await there.browser.open(`${there.site.url}/site/index.html`, { colorScheme });
    for (const element of await one.locator('stepglass-machine, stepglass-graph').all()) {
      await element.scrollIntoViewIfNeeded();
      await element.evaluate((e) => e.ready);
      assert.equal(await element.evaluate((e) => e.message), '');
    }
    await one.getByRole('button', { name: 'Save' }).first().waitFor();
    // The place that each takes is kept before the script is there.
    const before = await there.browser.open(`${there.site.url}/site/index.html`, { javaScriptEnabled: false });
    const places = (page) => page.locator('stepglass-machine, stepglass-graph').evaluateAll((all) => all.map((e) => Math.round(e.getBoundingClientRect().top + scrollY)));
    assert.deepEqual(await places(before), await places(one));
    await before.context().close();
    assert.deepEqual(await axe(one), []);
    assert.deepEqual(one.faults, []);
    await one.context().close();
  }
});
