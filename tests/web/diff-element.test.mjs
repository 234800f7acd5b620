// <stepglass-diff>: what became of a machine between two files, in a page with a strict policy.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { options, served } from './served.mjs';
import { axe } from './support.mjs';

const state = (next, more = {}) => ({ Type: 'Pass', ...(next ? { Next: next } : { End: true }), ...more });
const kBefore = JSON.stringify({ StartAt: 'A', States: { A: state('B'), B: state('C', { Result: 1 }), C: state() } });
const kAfter = JSON.stringify({ StartAt: 'A', States: { A: state('B'), B: state('New', { Result: { '<b>': '<img src=x onerror=alert(1)>' } }), New: state('C'), C: state() } });
const there = served('dist');
const { pages } = there;
Object.assign(pages, { '/v1.asl.json': kBefore, '/v2.asl.json': kAfter, '/broken.asl.json': 'no JSON' });

async function open(attributes, more = {}) {
  pages['/diff.html'] = `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>t</title><script type="module" src="./bundle/define.js"></script></head><body><main><h1>t</h1><stepglass-diff ${attributes}>Two versions of a machine.</stepglass-diff></main></body></html>`;
  return there.browser.open(`${there.site.url}/diff.html`, more);
}

test('it lists what has changed and marks it in the picture', options, async () => {
  for (const colorScheme of ['light', 'dark']) {
    const page = await open('before="v1.asl.json" after="v2.asl.json"', { colorScheme });
    await page.getByText('1 state added, 1 changed').waitFor();
    await page.getByText('Cost: 3 → 4 transitions').waitFor();
    assert.equal(await page.locator('g.state').count(), 4);
    assert.match(await page.locator('g.state[aria-label^="New,"]').textContent(), /\+/);
    assert.match(await page.locator('g.state[aria-label^="B,"]').textContent(), /~/);
    // What files hold stays text.
    await page.getByText('{"<b>":"<img src=x onerror=alert(1)>"}').waitFor();
    await page.getByRole('button', { name: 'New' }).last().click();
    assert.equal(await page.locator('stepglass-changes .selected button').textContent(), 'New');
    assert.deepEqual(await axe(page), []);
    assert.deepEqual(page.faults, []);
    await page.context().close();
  }
});

test('what cannot be compared is told; a page can tell it itself', options, async () => {
  const page = await open('before="v1.asl.json" after="missing.asl.json"');
  await page.getByRole('alert').getByText('missing.asl.json: 404').waitFor();
  await page.locator('stepglass-diff').evaluate((e) => {
    e.addEventListener('stepglass-error', (event) => {
      event.preventDefault();
      e.title = event.detail.message;
    });
    e.setAttribute('after', 'gone.asl.json');
  });
  await page.waitForFunction(() => /gone\.asl\.json: 404/.test(document.querySelector('stepglass-diff').title));
  await page.locator('stepglass-diff').evaluate((e) => e.setAttribute('after', 'v1.asl.json'));
  await page.getByText('Nothing has changed.').waitFor();
  await page.context().close();
  const half = await open('before="v1.asl.json" after="broken.asl.json"');
  await half.getByRole('alert').getByText('"after", line 1, column 1').waitFor();
  await half.context().close();
});

test('it stays the element that it is: before() and after() are those of every element, and it may move', options, async () => {
  const page = await open('before="v1.asl.json" after="v2.asl.json" loading="eager"');
  await page.getByText('1 state added, 1 changed').waitFor();
  const text = await page.locator('stepglass-diff').evaluate((e) => {
    e.before('in front');
    document.body.append(e);
    return document.body.innerText;
  });
  assert.match(text, /in front/);
  await page.getByText('1 state added, 1 changed').waitFor();
  assert.deepEqual(page.faults, []);
  await page.context().close();
});

test('definitions may be set when the element is there, as texts and one after the other', options, async () => {
  for (const loading of ['lazy', 'eager']) {
    const page = await open(`loading="${loading}"`);
    await page.locator('stepglass-diff').evaluate((e, text) => (e.beforeText = text), kBefore);
    await page.getByRole('alert').getByText('name one with after').waitFor();
    await page.locator('stepglass-diff').evaluate((e, text) => (e.afterText = text), kAfter);
    await page.getByText('1 state added, 1 changed').waitFor();
    await page.context().close();
  }
});
