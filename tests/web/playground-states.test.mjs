// What can be done with a state: from its node, from its data, by mouse, by key and by touch.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { options, playground } from './playground-support.mjs';

const { open, browser, site, text, type } = playground();
const kPhone = { viewport: { width: 390, height: 740 }, hasTouch: true, isMobile: true };
const ran = (page) => page.getByText('✓ SUCCEEDED', { exact: true }).waitFor();

test('Enter on a node shows its data, whatever panel is open', options, async () => {
  const page = await open();
  await ran(page);
  for (const panel of ['Problems', 'Terminal']) {
    await page.getByRole('tab', { name: panel }).click();
    await page.locator('g.state[aria-label^="Charge,"]').focus();
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'Charge' }).waitFor();
  }
  await page.context().close();
});

test('on a phone a tapped node offers its data', options, async () => {
  const page = await open(kPhone);
  await ran(page);
  await page.getByRole('tab', { name: 'Machine' }).tap();
  await page.locator('g.state[aria-label^="Charge,"]').tap();
  await page.getByRole('button', { name: 'Open state' }).tap();
  await page.getByRole('heading', { name: 'Charge' }).waitFor();
  await page.context().close();
});

test('on a phone a failed run opens the state that failed', options, async () => {
  for (const part of ['Code', 'Machine']) {
    const page = await open(kPhone);
    await ran(page);
    await page.getByRole('tab', { name: 'Machine' }).tap();
    await page.locator('g.state[aria-label^="Charge,"]').tap();
    await page.getByRole('button', { name: 'Open state' }).tap();
    await page.getByRole('button', { name: 'Fail…' }).tap();
    await page.getByLabel('Error').fill('Payment.Lost');
    await page.getByLabel('Cause').fill('nobody answers');
    await page.getByRole('button', { name: 'Fail here and run' }).tap();
    await page.getByText('✕ FAILED', { exact: true }).waitFor();
    await page.getByText('nobody answers').first().waitFor();
    await page.getByRole('tab', { name: part }).tap();
    await page.getByRole('button', { name: 'Run', exact: true }).tap();
    await page.getByRole('heading', { name: 'Charge' }).waitFor();
    assert.deepEqual(page.faults, []);
    await page.context().close();
  }
});

test('a definition that was mended and runs leaves no reader on Problems, and nobody is led away from where he has gone', options, async () => {
  for (const more of [{}, kPhone]) {
    const page = await open(more);
    await ran(page);
    const playground = page.locator('stepglass-playground');
    const at = (run) => playground.evaluate(async (element, { panel, column }) => {
      const done = element.run();
      if (panel) element.panel = panel;
      if (column) element.column = column;
      await done;
      return [element.panel, element.column];
    }, run);
    await playground.evaluate((element) => ((element.panel = 'problems'), (element.column = 'panel')));
    assert.deepEqual(await at({}), ['state', 'panel']);
    await playground.evaluate((element) => (element.panel = 'terminal'));
    assert.deepEqual(await at({}), ['terminal', 'panel']);
    // One that fails, and one that does not start.
    for (const text of ['{"StartAt": "A", "States": {"A": {"Type": "Fail"}}}', '{"StartAt": "A"}']) {
      await playground.evaluate((element, text) => element.change({ text }), text);
      assert.deepEqual(await at({ panel: 'expression' }), ['expression', 'panel']);
      assert.deepEqual(await at({ column: 'code' }), ['expression', 'code']);
      assert.deepEqual(await at({}), [text.includes('Fail') ? 'state' : 'problems', 'panel']);
      await playground.evaluate((element) => (element.panel = 'terminal'));
    }
    await page.context().close();
  }
});

test('the data of a state has its mock, its place and its breakpoint at hand', options, async () => {
  const page = await open();
  await ran(page);
  await page.locator('g.state[aria-label^="LookUpPrice,"]').click();
  const actions = page.locator('.state-actions');
  await actions.getByRole('button', { name: 'Stop here' }).click();
  await page.locator('g.state .breakpoint').waitFor();
  await actions.getByRole('button', { name: 'Mock' }).click();
  // It begins with what DynamoDB answers.
  await page.waitForFunction(() => /"LookUpPrice": \[\s*\{\s*"return": \{\s*"Item"/.test(document.querySelector('stepglass-playground').content.mocks));
  assert.equal(await page.getByRole('tab', { name: 'Mocks' }).getAttribute('aria-selected'), 'true');
  await actions.getByRole('button', { name: 'Source' }).click();
  assert.equal(await page.getByRole('tab', { name: 'Definition' }).getAttribute('aria-selected'), 'true');
  const { line } = await page.locator('stepglass-editor').evaluate((editor) => editor.place);
  assert.match((await text(page)).split('\n')[line - 1], /"LookUpPrice"/);
  await page.context().close();
});

test('the mock of a task of a YAML definition begins with what its integration answers', options, async () => {
  const page = await open();
  await page.getByLabel('Format of the definition').selectOption('yaml');
  await type(page, 'StartAt: Tell\nStates:\n  Tell:\n    Type: Task\n    Resource: arn:aws:states:::sqs:sendMessage\n    Parameters:\n      QueueUrl.$: $.queue\n      MessageBody: x\n    End: true\n');
  await page.locator('g.state[aria-label^="Tell,"]').click({ button: 'right' });
  await page.getByRole('button', { name: 'Write what it answers first' }).click();
  await page.waitForFunction(() => /MD5OfMessageBody/.test(document.querySelector('stepglass-playground').content.mocks));
  await page.context().close();
});

test('a state menu stays inside of the window', options, async () => {
  const page = await open({ viewport: { width: 900, height: 420 } });
  await ran(page);
  await page.locator('.state-actions').getByRole('button', { name: 'Source' }).waitFor();
  await page.locator('g.state[aria-label^="Charge,"]').focus();
  await page.keyboard.press('ContextMenu');
  const box = await page.locator('#state-menu').boundingBox();
  assert.ok(box.y >= 0 && box.y + box.height <= 420, JSON.stringify(box));
  await page.context().close();
});

test('by keys in the graph a mock is begun, and a task fails', options, async () => {
  const page = await open();
  await ran(page);
  const charge = page.locator('g.state[aria-label^="Charge,"]');
  const mocks = () => page.locator('stepglass-playground').evaluate((e) => JSON.parse(e.content.mocks).Charge);
  const before = await mocks();
  await charge.focus();
  await page.keyboard.press('f');
  await page.getByText('made to fail').first().waitFor();
  // What was written by hand stays behind it.
  assert.deepEqual(await mocks(), [{ error: 'States.TaskFailed', cause: 'made to fail' }, ...before]);
  await page.getByText('This stands before the 2 mocks that “Charge” had').waitFor();
  await charge.focus();
  await page.keyboard.press('m');
  await page.getByRole('tab', { name: 'Mocks', selected: true }).waitFor();
  assert.match(await text(page), /"Charge": \[\s*\{\s*"return"/);
  await page.context().close();
});

test('a key that comes before what handles the graph is meant for the state that has the focus', options, async () => {
  const page = await browser().open('about:blank');
  let arrive;
  const arrived = new Promise((done) => (arrive = done));
  await page.route('**/assets/graph-hands*', (route) => arrived.then(() => route.continue()));
  await page.goto(site().url);
  await ran(page);
  const playground = page.locator('stepglass-playground');
  await playground.evaluate((element) => (element.selected = 'LookUpPrice'));
  await page.locator('g.state[aria-label^="Charge,"]').focus();
  await page.keyboard.press('F9');
  assert.deepEqual(await playground.evaluate((element) => [...element.breakpoints]), []);
  arrive();
  await page.waitForFunction(() => document.querySelector('stepglass-playground').breakpoints.size > 0);
  assert.deepEqual(await playground.evaluate((element) => [...element.breakpoints]), ['Charge']);
  await page.context().close();
});

test('mocks that are half typed are not written over', options, async () => {
  const page = await open();
  await ran(page);
  await page.getByRole('tab', { name: 'Mocks' }).click();
  await type(page, '{"Charge": [{"ret');
  await page.getByRole('tab', { name: 'Definition' }).click();
  await page.locator('g.state[aria-label^="Charge,"]').click({ button: 'right' });
  await page.getByRole('button', { name: 'Fail here and run' }).click();
  await page.getByText('The run does not start').first().waitFor();
  assert.equal(await page.getByRole('tab', { name: 'Mocks' }).getAttribute('aria-selected'), 'true');
  assert.equal(await text(page), '{"Charge": [{"ret');
  await page.getByText('Line 1: this is no JSON').waitFor();
  await page.context().close();
});
