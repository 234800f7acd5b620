// A run looked at step by step: where it stops, where steps lead, and what is changed on the way.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { kPass, options, playground } from './playground-support.mjs';

const { open, text, type } = playground();
const ran = (page) => page.getByText('✓ SUCCEEDED', { exact: true }).waitFor();
const at = async (page) => Number((await page.locator('.counts').innerText()).split('/')[0]);
/** The type of the event that is shown, and the state that it is of. */
const shown = (page) =>
  page.locator('stepglass-playground').evaluate(({ session }) => {
    const event = session.whole.events[session.at - 1];
    return `${event.type} ${session.whole.visits[event.visit]?.state ?? ''}`.trim();
  });

test('a run that goes on stops where something fails, and at Choices', options, async () => {
  const page = await open();
  await ran(page);
  await page.locator('.scrub').fill('1');
  await page.getByRole('button', { name: 'Where it stops' }).click();
  await page.getByLabel('At every Choice').check();
  await page.keyboard.press('Escape');
  await page.keyboard.press('F5');
  assert.equal(await shown(page), 'ChoiceStateEntered CheckOrder');
  await page.getByRole('button', { name: 'Where it stops' }).click();
  await page.getByLabel('At every Choice').uncheck();
  await page.getByLabel('Where something fails').check();
  await page.keyboard.press('Escape');
  await page.keyboard.press('F5');
  assert.equal(await shown(page), 'TaskFailed Charge');
  await page.getByRole('heading', { name: 'Charge' }).waitFor();
  await page.context().close();
});

test('steps into, over and out, by key, by button and by command', options, async () => {
  const page = await open();
  await ran(page);
  await page.locator('.scrub').fill('1');
  const walk = [];
  for (const key of ['F11', 'F11', 'F11', 'Shift+F11', 'F11', 'Control+F10']) {
    await page.keyboard.press(key);
    walk.push(await shown(page));
  }
  assert.deepEqual(walk, ['ChoiceStateEntered CheckOrder', 'MapStateEntered PriceItems', 'TaskStateEntered LookUpPrice', 'MapStateExited PriceItems', 'TaskStateEntered Charge', 'TaskStateExited Charge']);
  await page.locator('.scrub').fill('1');
  await page.getByRole('button', { name: 'Step into' }).click();
  await page.getByRole('button', { name: 'Step over' }).click();
  assert.equal(await shown(page), 'ChoiceStateExited CheckOrder');
  await page.keyboard.press('Control+k');
  await page.keyboard.type('step out');
  await page.keyboard.press('Enter');
  assert.equal(await shown(page), 'ExecutionSucceeded');
  await page.keyboard.press('?');
  await page.getByRole('region', { name: 'Keys' }).getByText('Shift F11').waitFor();
  await page.context().close();
});

test('variables are changed where the run is paused, and hold from there on', options, async () => {
  const page = await open();
  await type(page, JSON.stringify({ QueryLanguage: 'JSONata', StartAt: 'A', States: { A: { Type: 'Pass', Assign: { x: 1 }, Next: 'B' }, B: { Type: 'Pass', Output: '{% $x + 1 %}', End: true } } }));
  await page.keyboard.press('Control+Enter');
  await ran(page);
  await page.locator('.scrub').fill('4');
  const data = page.locator('stepglass-data');
  await data.getByRole('heading', { name: 'Variables' }).getByRole('button', { name: 'Edit and go on' }).click();
  await data.locator('textarea').fill('[1]');
  await page.getByRole('button', { name: 'Go on with this' }).click();
  await data.getByText('Variables are an object').waitFor();
  await data.locator('textarea').fill('{"x": 41}');
  await page.getByRole('button', { name: 'Go on with this' }).click();
  await page.getByText('Data changed at event 4').waitFor();
  assert.equal(await at(page), 4);
  await data.locator('.diff', { hasText: '41' }).first().waitFor();
  await page.keyboard.press('F5');
  await page.waitForFunction(() => document.querySelector('stepglass-playground').session.result.output === 42);
  await page.context().close();
});

test('the state that is selected is marked in every view, and the caret selects', options, async () => {
  const page = await open();
  await ran(page);
  await page.locator('g.state[aria-label^="LookUpPrice,"]').click();
  await page.getByRole('tab', { name: 'Timeline' }).click();
  assert.deepEqual((await page.locator('.lane.selected .label').allInnerTexts()).map((label) => label.trim()), ['[0] LookUpPrice', '[1] LookUpPrice']);
  await page.getByRole('tab', { name: 'Cost' }).click();
  assert.equal(await page.locator('stepglass-cost tr.selected .name button').innerText(), 'LookUpPrice');
  await page.getByRole('tab', { name: 'Events' }).click();
  const states = async () => {
    await page.locator('stepglass-events .frame').evaluate((frame) => (frame.scrollTop = 0));
    await page.waitForTimeout(60);
    return [...new Set(await page.locator('stepglass-events .row.selected .state').allInnerTexts())];
  };
  assert.deepEqual(await states(), ['LookUpPrice']);
  // The caret in another state.
  await page.locator('stepglass-editor .cm-content').click();
  await page.keyboard.press('Control+Home');
  const line = (await text(page)).split('\n').findIndex((one) => one.includes('"CheckOrder": {'));
  for (let i = 0; i <= line + 2; ++i) await page.keyboard.press('ArrowDown');
  assert.deepEqual(await states(), ['CheckOrder']);
  await page.context().close();
});

test('what has not run runs when it is stepped into', options, async () => {
  const page = await open();
  await type(page, kPass);
  await page.keyboard.press('F11');
  await page.locator('.badge.running').waitFor();
  assert.equal(await shown(page), 'PassStateEntered Check');
  await page.context().close();
});
