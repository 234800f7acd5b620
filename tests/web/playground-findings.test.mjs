// Findings and their fixes, and where the focus is before, while and after something is open.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { focus, kPass, options, playground } from './playground-support.mjs';

const { open, text, type } = playground();

test('what closes gives the focus back to where it was', options, async () => {
  const page = await open();
  await page.getByText('✓ SUCCEEDED', { exact: true }).waitFor();
  await type(page, kPass);
  assert.equal(await focus(page), 'div Definition');
  for (const key of ['Control+k', 'Control+s']) {
    await page.keyboard.press(key);
    await page.locator('[popover]:popover-open').waitFor();
    await page.keyboard.press('Escape');
    await page.waitForTimeout(50);
    assert.equal(await focus(page), 'div Definition', key);
  }
  await page.locator('g.state[aria-label^="Done"]').focus();
  for (const key of ['/', 'Control+k', 'm']) {
    await page.keyboard.press(key);
    await page.locator('[popover]:popover-open').waitFor();
    await page.keyboard.press('Escape');
    await page.waitForTimeout(50);
    assert.match(await focus(page), /^g Done/, key);
  }
  const examples = page.getByRole('button', { name: 'Examples' });
  await examples.focus();
  await page.keyboard.press('Enter');
  await page.keyboard.press('Tab');
  await page.keyboard.press('Escape');
  await page.waitForTimeout(50);
  assert.equal(await focus(page), 'button Examples');
  await page.context().close();
});

test('Esc leaves the editor, so that keys are commands again', options, async () => {
  const page = await open();
  await page.locator('stepglass-editor .cm-content').click();
  await page.keyboard.press('Escape');
  await page.keyboard.press('3');
  await page.getByRole('grid', { name: 'Events' }).waitFor();
  await page.context().close();
});

test('"/" finds states and nothing else', options, async () => {
  const page = await open();
  await page.locator('stepglass-graph-view').waitFor();
  await page.locator('g.state[aria-label^="Charge,"]').focus();
  await page.keyboard.press('/');
  const finder = page.getByRole('region', { name: 'Find a state' });
  assert.deepEqual((await finder.getByRole('option').allInnerTexts()).filter((name) => /[: ]/.test(name)), []);
  await page.keyboard.type('lookup');
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { name: 'LookUpPrice' }).waitFor();
  await page.context().close();
});

const kThree = `{
  "StartAt": "A",
  "States": {
    "A": {"Type": "Pass", "Retry": [], "Next": "B"},
    "B": {"Type": "Pass", "Retry": [], "Next": "C"},
    "C": {"Type": "Pass", "Retry": [], "End": true}
  }
}`;
/** Puts the caret at the beginning of a line. */
const caretAt = async (page, line) => {
  await page.locator('stepglass-editor .cm-content').click();
  await page.keyboard.press('Control+Home');
  for (let i = 1; i < line; ++i) await page.keyboard.press('ArrowDown');
};

test('Ctrl . takes the finding at the caret, shows what is not safe before it is made, and moves the caret there', options, async () => {
  const page = await open();
  await type(page, kThree);
  await page.getByRole('tab', { name: 'Problems 3' }).waitFor();
  await caretAt(page, 5);
  await page.keyboard.press('Control+.');
  const change = page.locator('.change');
  await change.locator('.removed', { hasText: '"B": {"Type": "Pass", "Retry": []' }).waitFor();
  assert.equal(await text(page), kThree);
  // It is asked by keyboard, too: the button has the focus.
  assert.equal(await focus(page), 'button Make this change');
  await page.keyboard.press('Enter');
  await page.waitForFunction((before) => document.querySelector('stepglass-playground').content.text !== before, kThree);
  assert.deepEqual((await text(page)).split('\n').map((line) => /Retry/.test(line)), [false, false, false, true, false, true, false, false]);
  const place = await page.locator('stepglass-editor').evaluate((editor) => editor.place);
  assert.equal(place.line, 5);
  await page.getByRole('tab', { name: 'Problems 2' }).waitFor();
  // Behind the last one, the next is the first.
  await caretAt(page, 8);
  await page.keyboard.press('Control+.');
  await change.locator('.removed', { hasText: '"A"' }).waitFor();
  await page.getByRole('button', { name: 'Leave it' }).click();
  assert.equal(await change.count(), 0);
  await page.context().close();
});

test('a fix in the editor says when it may change what the definition does', options, async () => {
  const page = await open();
  await type(page, kThree);
  await page.locator('.cm-lintRange').first().hover();
  await page.locator('.cm-diagnosticAction', { hasText: 'delete "Retry" (may change what it does)' }).first().waitFor();
  await page.context().close();
});

test('Shift Alt F lays the definition out as one step, with the caret where it was', options, async () => {
  const page = await open();
  const before = '{"StartAt":"A",\n  "States": {\n"A": {"Type":"Succeed"   }}}';
  const after = '{\n  "StartAt": "A",\n  "States": {\n    "A": {"Type": "Succeed"}\n  }\n}\n';
  await type(page, before);
  await caretAt(page, 3);
  for (let i = 0; i < 9; ++i) await page.keyboard.press('ArrowRight');
  await page.keyboard.press('Shift+Alt+F');
  const holds = (content) => page.waitForFunction((text) => document.querySelector('stepglass-playground').content.text === text, content);
  await holds(after);
  const { line, column } = await page.locator('stepglass-editor').evaluate((editor) => editor.place);
  assert.equal(after.split('\n')[line - 1].slice(column - 1), 'pe": "Succeed"}');
  await page.keyboard.press('Control+z');
  await holds(before);
  // By its name, from another text, and from where nothing is typed.
  await page.getByRole('tab', { name: 'Mocks' }).click();
  await page.keyboard.press('Escape');
  await page.keyboard.press('Control+k');
  await page.keyboard.type('format');
  await page.keyboard.press('Enter');
  await holds(after);
  await page.context().close();
});

test('Shift Alt F in another field is what is typed there', options, async () => {
  const page = await open();
  await type(page, '{"StartAt":"A","States":{"A":{"Type":"Succeed"}}}');
  const before = await text(page);
  await page.getByRole('tab', { name: 'Input' }).click();
  const playground = page.locator('stepglass-playground');
  for (const field of [page.getByLabel('Name of the input'), page.locator('stepglass-editor .cm-content')]) {
    await field.click();
    // As it comes with another layout, too, and from a Mac, where the editor leaves it alone.
    await page.keyboard.press('Shift+Alt+F');
    await field.dispatchEvent('keydown', { key: 'Ï', code: 'KeyF', shiftKey: true, altKey: true, bubbles: true, composed: true, cancelable: true });
  }
  await page.waitForTimeout(100);
  assert.deepEqual(await playground.evaluate((element) => [element.content.text, element.source, element.note]), [before, 'input', '']);
  // Where nothing is typed, it is the page's; by its letter first, as on a keyboard where another key has it.
  const press = (key, code) => page.locator('stepglass-graph-view').dispatchEvent('keydown', { key, code, shiftKey: true, altKey: true, bubbles: true, composed: true, cancelable: true });
  await press('U', 'KeyF');
  await page.waitForTimeout(50);
  assert.equal(await playground.evaluate((element) => element.content.text), before);
  await press('F', 'KeyY');
  await page.waitForFunction((text) => document.querySelector('stepglass-playground').content.text !== text, before);
  await page.context().close();
});

test('what cannot be laid out stays as it is, and the note says why', options, async () => {
  const page = await open();
  const note = page.locator('p.note');
  const broken = '{"StartAt": "A",\n  "States": {,}}';
  await type(page, broken);
  await page.keyboard.press('Shift+Alt+F');
  await note.filter({ hasText: /^Not formatted: line 2, column 14: / }).waitFor();
  assert.equal(await text(page), broken);
  await type(page, 'StartAt: A # first\nStates:\n  A: {Type:   Succeed}\n');
  await page.keyboard.press('Shift+Alt+F');
  await note.filter({ hasText: 'Not formatted: YAML keeps the layout' }).waitFor();
  // Once it is, there is nothing to say.
  await type(page, kPass);
  await page.keyboard.press('Shift+Alt+F');
  await note.waitFor({ state: 'detached' });
  await page.context().close();
});

test('F8 goes on from the caret', options, async () => {
  const page = await open();
  await type(page, kThree);
  await page.getByRole('tab', { name: 'Problems 3' }).waitFor();
  const line = () => page.locator('stepglass-editor').evaluate((editor) => editor.place.line);
  await caretAt(page, 5);
  const lines = [];
  for (const key of ['F8', 'F8', 'F8', 'Shift+F8', 'Shift+F8']) {
    await page.keyboard.press(key);
    await page.waitForTimeout(30);
    lines.push(await line());
  }
  assert.deepEqual(lines, [5, 6, 4, 6, 5]);
  await page.context().close();
});

test('the examples of a rule open in the place of what is there, which can be had back', options, async () => {
  const page = await open();
  await type(page, kPass.replace('"Next": "Done"', '"Next": "Doen"'));
  await page.getByRole('tab', { name: /Problems/ }).click();
  await page.getByRole('button', { name: /^ASL\d+/ }).first().click();
  const found = await page.locator('.doc pre').first().innerText();
  await page.locator('.doc').getByRole('button', { name: 'Open' }).first().click();
  await page.waitForFunction((definition) => document.querySelector('stepglass-playground').content.text.trim() === definition.trim(), found);
  await page.getByRole('button', { name: 'Examples' }).click();
  await page.getByRole('button', { name: 'What was here before' }).click();
  assert.match(await text(page), /Doen/);
  await page.context().close();
});
