// What is typed and kept: inputs and mocks, snapshots with a name, and the work of several tabs.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { focus, kPass, options, playground } from './playground-support.mjs';

const { open, text, type, site } = playground();
/** What was typed last is kept. */
const kept = (page, name) => page.waitForFunction((word) => (localStorage.getItem(`stepglass.content.1.${sessionStorage.getItem('stepglass.tab')}`) ?? '').includes(word), name);
const named = (name) => kPass.replaceAll('Check', name);

test('inputs are renamed and removed, and each keeps its own text', options, async () => {
  const page = await open();
  await page.getByRole('tab', { name: 'Input' }).click();
  await page.getByRole('button', { name: '+ Input' }).click();
  await type(page, '{"third": true}');
  await page.getByLabel('Name of the input').fill('vip');
  await page.keyboard.press('Enter');
  await page.getByRole('button', { name: 'vip' }).waitFor();
  await page.getByRole('button', { name: 'two items' }).click();
  await page.getByRole('button', { name: 'Remove' }).click();
  assert.equal(await page.getByRole('button', { name: 'two items' }).count(), 0);
  assert.match(await text(page), /"blocked": true/);
  // Undo brings nothing of the removed one into this one.
  await page.locator('stepglass-editor .cm-content').click();
  await page.keyboard.press('Control+z');
  assert.doesNotMatch(await text(page), /cup/);
  await page.getByRole('button', { name: 'vip' }).click();
  assert.equal(await text(page), '{"third": true}');
  await page.getByRole('button', { name: 'Remove' }).click();
  // One stays.
  assert.equal(await page.getByRole('button', { name: 'Remove' }).isDisabled(), true);
  await page.context().close();
});

test('what is no JSON says so where it is typed', options, async () => {
  const page = await open();
  for (const [tab, broken, said] of [
    ['Input', '{"a": 1,\n "b" 2}', /^Line 2: this is no JSON/],
    ['Input', '{"a": ', /^Line 1: this is no JSON/],
    ['Mocks', '[1]', /^Line 1: Write an object: the name of a state/],
  ]) {
    await page.getByRole('tab', { name: tab }).click();
    await type(page, broken);
    const fault = page.locator('.fault');
    await fault.waitFor();
    assert.match(await fault.innerText(), said);
    await page.locator('.cm-lintRange-error').first().waitFor();
    await type(page, '{}');
    await fault.waitFor({ state: 'detached' });
  }
  await page.context().close();
});

test('snapshots are saved, compared, opened and deleted', options, async () => {
  const page = await open();
  const panel = page.getByRole('region', { name: 'Snapshots' });
  await type(page, kPass);
  await page.getByRole('button', { name: 'Snapshots' }).click();
  await panel.getByLabel('Name of the snapshot').fill('before lunch');
  await page.keyboard.press('Enter');
  await panel.getByText('before lunch', { exact: true }).waitFor();
  await page.keyboard.press('Escape');
  await type(page, named('Later'));
  await page.reload();
  await page.keyboard.press('Control+k');
  await page.getByLabel('Command or state').last().waitFor();
  await page.keyboard.type('snapshots');
  await page.keyboard.press('Enter');
  await panel.getByRole('button', { name: 'Compare' }).click();
  assert.deepEqual((await panel.locator('.removed, .added').allInnerTexts()).map((line) => line.trim()), [`− ${kPass}`, `+ ${named('Later')}`]);
  await panel.getByRole('button', { name: 'Open' }).click();
  await page.locator('g.state[aria-label^="Check"]').waitFor();
  assert.equal(await text(page), kPass);
  // What was there is not lost.
  await page.getByRole('button', { name: 'Examples' }).click();
  await page.getByRole('button', { name: 'What was here before' }).click();
  assert.equal(await text(page), named('Later'));
  await page.getByRole('button', { name: 'Snapshots' }).click();
  await panel.getByRole('button', { name: 'Delete' }).click();
  await panel.getByRole('button', { name: 'Delete for good' }).click();
  assert.equal(await panel.getByText('before lunch', { exact: true }).count(), 0);
  assert.deepEqual(page.faults, []);
  await page.context().close();
});

test('snapshots are kept and deleted by keyboard, told as it happens, and what is no snapshot is left out', options, async () => {
  const page = await open();
  await page.evaluate(() => localStorage.setItem('stepglass.snapshots.1', JSON.stringify([null, 7, { name: 'half' }, ...['a', 'b'].map((name) => ({ name, at: 1, content: '{"d": "{}"}' }))])));
  await page.getByRole('button', { name: 'Snapshots' }).click();
  const panel = page.getByRole('region', { name: 'Snapshots' });
  await panel.getByLabel('Name of the snapshot').fill('c');
  await page.keyboard.press('Enter');
  await panel.getByRole('status').getByText('“c” is saved').waitFor();
  assert.deepEqual(await panel.locator('strong').allInnerTexts(), ['c', 'a', 'b']);
  // One that was asked about and left is not deleted by the next press.
  const last = panel.getByRole('listitem').last().getByRole('button', { name: /Delete/ });
  await last.focus();
  await page.keyboard.press('Enter');
  await page.keyboard.press('Shift+Tab');
  await panel.getByRole('button', { name: 'Delete for good' }).waitFor({ state: 'detached' });
  await last.focus();
  for (const [name, next] of [['b', 'button Delete'], ['a', 'button Delete'], ['c', 'input Name of the snapshot']]) {
    await page.keyboard.press('Enter');
    await page.keyboard.press('Enter');
    await panel.getByRole('status').getByText(`“${name}” is deleted`).waitFor();
    assert.equal(await focus(page), next);
  }
  assert.deepEqual(page.faults, []);
  await page.context().close();
});

test('there are at most thirty snapshots, and the reader says which one goes', options, async () => {
  const page = await open();
  await page.evaluate(() => localStorage.setItem('stepglass.snapshots.1', JSON.stringify(Array.from({ length: 30 }, (_, i) => ({ name: `no ${i}`, at: i, content: '{"d": "{}"}' })))));
  await page.getByRole('button', { name: 'Snapshots' }).click();
  const panel = page.getByRole('region', { name: 'Snapshots' });
  const save = async (name) => {
    await panel.getByLabel('Name of the snapshot').fill(name);
    await page.keyboard.press('Enter');
  };
  await save('one more');
  await panel.getByRole('alert').getByText('30 already').waitFor();
  assert.equal(await panel.getByRole('listitem').count(), 30);
  await save('no 7');
  assert.equal(await panel.getByRole('listitem').count(), 30);
  assert.match(await panel.getByRole('listitem').first().innerText(), /no 7/);
  await page.context().close();
});

test('tabs leave each other alone; a new one begins with what was kept last', options, async () => {
  const first = await open();
  await type(first, named('First'));
  await kept(first, 'First');
  const tab = async () => {
    const page = await first.context().newPage();
    await page.goto(site().url);
    await page.locator('g.state').first().waitFor();
    return page;
  };
  const second = await tab();
  assert.equal(await text(second), named('First'));
  await type(second, named('Second'));
  await kept(second, 'Second');
  await first.reload();
  assert.equal(await text(first), named('First'));
  await second.reload();
  assert.equal(await text(second), named('Second'));
  assert.equal(await text(await tab()), named('Second'));
  // A tab that was duplicated has the other's name until it writes.
  const twin = await first.context().newPage();
  await twin.addInitScript((id) => sessionStorage.getItem('stepglass.tab') ?? sessionStorage.setItem('stepglass.tab', id), await second.evaluate(() => sessionStorage.getItem('stepglass.tab')));
  await twin.goto(site().url);
  assert.equal(await text(twin), named('Second'));
  await type(second, named('Third'));
  await kept(second, 'Third');
  // A look at an example and what is changed in it are its own, too, and so is what was there before.
  await twin.getByRole('button', { name: 'Examples' }).click();
  await twin.getByRole('button', { name: /Mistakes/ }).click();
  await twin.locator('g.state[aria-label^="Pay,"]').waitFor();
  await type(twin, named('Twin'));
  await kept(twin, 'Twin');
  await twin.getByRole('button', { name: 'Examples' }).click();
  await twin.getByRole('button', { name: 'What was here before' }).click();
  assert.equal(await text(twin), named('Second'));
  await type(twin, named('Twin'));
  await kept(twin, 'Twin');
  await second.reload();
  assert.equal(await text(second), named('Third'));
  await twin.reload();
  assert.equal(await text(twin), named('Twin'));
  await first.context().close();
});

test('the work of tabs that are open stays, however many there are; that of tabs closed long ago goes', options, async () => {
  const first = await open();
  await type(first, named('First'));
  await kept(first, 'First');
  const own = await first.evaluate(() => {
    const slot = `stepglass.content.1.${sessionStorage.getItem('stepglass.tab')}`;
    const day = 86_400_000;
    localStorage.setItem(slot, JSON.stringify({ ...JSON.parse(localStorage.getItem(slot)), at: Date.now() - 99 * day }));
    for (let i = 0; i < 12; ++i) localStorage.setItem(`stepglass.content.1.no${i}`, JSON.stringify({ d: '{}', at: Date.now() - i * day }));
    localStorage.setItem('stepglass.content.1.gone', JSON.stringify({ d: '{}', at: Date.now() - 40 * day }));
    return slot;
  });
  const second = await first.context().newPage();
  await second.goto(site().url);
  await type(second, named('Second'));
  await second.waitForFunction(() => localStorage.getItem('stepglass.content.1.gone') === null);
  assert.deepEqual(await second.evaluate((slot) => [slot, 'stepglass.content.1.no11'].map((key) => localStorage.getItem(key) !== null), own), [true, true]);
  await first.context().close();
});

test('what a version before has kept is there', options, async () => {
  const page = await open();
  await page.evaluate((definition) => {
    localStorage.clear();
    sessionStorage.clear();
    localStorage.setItem('stepglass.content.1', JSON.stringify({ d: definition, mocks: '{}' }));
  }, named('Older'));
  await page.reload();
  assert.equal(await text(page), named('Older'));
  await page.context().close();
});
