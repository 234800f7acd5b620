// The playground under a finger: everything that can be tapped is large enough to be hit.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { options, playground } from './playground-support.mjs';

const { open } = playground();
const kPhone = { viewport: { width: 375, height: 700 }, hasTouch: true, isMobile: true };
const kLeast = 44;

/** What can be tapped, is seen, and is smaller than a finger. Bars of the timeline are as wide as what they show takes. */
const small = (page) =>
  page.evaluate((least) => {
    const found = [];
    const walk = (root) => {
      for (const element of root.querySelectorAll('*')) {
        if (element.shadowRoot) walk(element.shadowRoot);
        if (!element.matches('button, a[href], input, select, textarea, summary, [role=option], [role=row]')) continue;
        const target = element.matches('input[type=checkbox]') ? (element.closest('label') ?? element) : element;
        if (!target.checkVisibility({ visibilityProperty: true })) continue;
        const { width, height } = target.getBoundingClientRect();
        const isNarrow = width < least && !target.matches('.lane .bar');
        if (isNarrow || height < least - 0.5) found.push(`${target.tagName.toLowerCase()}.${target.className} "${(target.getAttribute('aria-label') ?? target.textContent).trim().slice(0, 30)}" ${Math.round(width)} × ${Math.round(height)}`);
      }
    };
    walk(document);
    return found;
  }, kLeast);

const kParts = { Code: ['Definition', 'Input', 'Mocks'], Machine: ['Graph', 'Timeline', 'Events', 'Cost', 'Outline'], Run: [/^State/, 'Expression', 'Terminal'], Problems: ['Problems'] };

test('every target is 44 pixels large on a phone', options, async () => {
  const page = await open(kPhone);
  await page.getByText('✓ SUCCEEDED', { exact: true }).waitFor();
  const measure = async (where) => {
    await page.waitForTimeout(80);
    assert.deepEqual(await small(page), [], String(where));
  };
  for (const [part, names] of Object.entries(kParts)) {
    for (const name of names) {
      await page.getByRole('tab', { name: part }).first().tap();
      await page.getByRole('tab', { name }).first().tap();
      await measure(name);
    }
  }
  for (const menu of ['Examples', 'Import', 'Export', 'Share', 'More', 'Where it stops']) {
    await page.getByRole('button', { name: menu, exact: true }).first().tap();
    await measure(menu);
    await page.keyboard.press('Escape');
  }
  for (const entry of ['Snapshots', 'Commands']) {
    await page.getByRole('button', { name: 'More' }).tap();
    await page.getByRole('button', { name: entry }).tap();
    await measure(entry);
    await page.keyboard.press('Escape');
  }
  // Findings with fixes and rules, and the menu of a state.
  await page.getByRole('button', { name: 'Examples' }).tap();
  await page.getByRole('button', { name: /Mistakes/ }).tap();
  await page.getByRole('tab', { name: /^Problems/ }).tap();
  await page.getByRole('button', { name: /look at it/ }).first().tap();
  await page.getByRole('button', { name: /^ASL/ }).first().tap();
  await measure('a fix');
  await page.getByRole('tab', { name: 'Machine' }).tap();
  await page.getByRole('tab', { name: 'Graph' }).tap();
  await page.locator('g.state[aria-label^="Pay,"]').tap();
  await page.getByRole('button', { name: 'Open state' }).tap();
  await page.getByRole('button', { name: 'Fail…' }).tap();
  await measure('the menu of a state');
  await page.context().close();
});

test('beside a bar of the timeline the nearest one is meant', options, async () => {
  const page = await open(kPhone);
  await page.getByText('✓ SUCCEEDED', { exact: true }).waitFor();
  await page.getByRole('tab', { name: 'Machine' }).tap();
  await page.getByRole('tab', { name: 'Timeline' }).tap();
  const { x, y, width, height } = await page.locator('.lane .track').first().boundingBox();
  await page.touchscreen.tap(x + width - 4, y + height / 2);
  assert.match(await page.locator('.counts').innerText(), /^2\//);
  await page.context().close();
});

test('tabs that do not fit are scrolled to, and those of the machine fit', options, async () => {
  const page = await open(kPhone);
  const rest = await page.getByRole('tablist', { name: 'Machine' }).evaluate((tabs) => tabs.scrollWidth - tabs.clientWidth);
  assert.equal(rest, 0);
  await page.context().close();
});

test('a run is stepped into, over and out of on a phone', options, async () => {
  const page = await open(kPhone);
  await page.getByText('✓ SUCCEEDED', { exact: true }).waitFor();
  await page.locator('.scrub').fill('1');
  for (const [word, at] of [['Step into', 2], ['Step into', 4], ['Step over', 21]]) {
    await page.getByRole('button', { name: 'More' }).tap();
    await page.locator('#more').getByRole('button', { name: word }).tap();
    assert.match(await page.locator('.counts').innerText(), new RegExp(`^${at}/`));
  }
  await page.context().close();
});

test('the theme can be changed on a phone', options, async () => {
  const page = await open(kPhone);
  await page.getByRole('button', { name: 'More' }).tap();
  await page.getByRole('button', { name: /Theme/ }).tap();
  assert.equal(await page.locator('stepglass-playground').getAttribute('data-theme'), 'light');
  await page.context().close();
});
