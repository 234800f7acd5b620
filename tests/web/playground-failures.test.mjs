// What the playground does where a part of it, or of the engine, cannot be had: it says so, asks again, and loses nothing.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { kPass, options, playground } from './playground-support.mjs';
import { web } from './support.mjs';

const { open, browser, site, pages, text, type } = playground();

/** A page that cannot load some files until `back()`. */
async function without(files, path = '/') {
  const page = await browser().open('about:blank');
  let isDown = true;
  await page.route(files, (route) => (isDown ? route.abort() : route.continue()));
  await page.goto(site().url + path);
  await page.locator('g.state').first().waitFor();
  return { page, back: () => (isDown = false) };
}

test('an editor that cannot be loaded is asked for again', options, async () => {
  const { page, back } = await without('**/assets/editor*');
  await page.getByRole('alert').getByText('The editor could not be loaded').waitFor();
  back();
  await page.getByRole('button', { name: 'Try again' }).click();
  await page.locator('stepglass-editor .cm-content').waitFor();
  await page.context().close();
});

test('a definition is laid out before the editor is there, and what is typed since has no note of what was', options, async () => {
  const { page } = await without('**/assets/editor*');
  const playground = page.locator('stepglass-playground');
  await playground.evaluate((element) => element.change({ text: '{"StartAt":"A","States":{"A":{"Type":"Succeed"}}}' }));
  await page.keyboard.press('Shift+Alt+F');
  await page.waitForFunction(() => document.querySelector('stepglass-playground').content.text === '{"StartAt": "A", "States": {"A": {"Type": "Succeed"}}}\n');
  const laidOut = (typed) =>
    playground.evaluate(async (element, typed) => {
      element.change({ text: '{,}' });
      const { format } = element.session;
      element.session.format = (...asked) => {
        element.session.format = format;
        element.told = format.apply(element.session, asked);
        if (typed) element.change({ text: '{}' });
        return element.told;
      };
      dispatchEvent(new KeyboardEvent('keydown', { key: 'F', shiftKey: true, altKey: true }));
      for (let i = 0; i < 9 && !element.told; ++i) await new Promise((done) => setTimeout(done, 20));
      await element.told;
      element.told = undefined;
      await new Promise((done) => setTimeout(done));
      return [element.content.text, element.note.slice(0, 13)];
    }, typed);
  assert.deepEqual(await laidOut(true), ['{}', '']);
  assert.deepEqual(await laidOut(false), ['{,}', 'Not formatted']);
  assert.deepEqual(page.faults.filter((fault) => fault.startsWith('error')), []);
  await page.context().close();
});

test('a view or a panel that cannot be loaded says so, and is there when it is opened again', options, async () => {
  pages['/one.asl.json'] = kPass;
  const { page, back } = await without('**/assets/later*', '/#u=one.asl.json');
  // What is brought in needs no panel where there is no choice.
  await page.locator('g.state[aria-label^="Check,"]').waitFor();
  const note = page.locator('.note', { hasText: 'could not be loaded' });
  // The palettes are there from the beginning.
  await page.keyboard.press('/');
  await page.getByRole('region', { name: 'Find a state' }).getByRole('option', { name: 'Done' }).waitFor();
  await page.keyboard.press('Escape');
  await page.keyboard.press('Control+k');
  await page.keyboard.type('theme');
  await page.keyboard.press('Enter');
  await page.waitForTimeout(50);
  assert.equal(await page.locator('stepglass-playground').evaluate(({ theme, note }) => theme + note), 'light');
  for (const act of [() => page.getByRole('tab', { name: 'Outline' }).click(), () => page.getByRole('button', { name: 'Import' }).click()]) {
    await act();
    await note.waitFor();
    await note.getByRole('button', { name: 'Close this note' }).dispatchEvent('click');
    await note.waitFor({ state: 'detached' });
  }
  back();
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: 'Import' }).click();
  await page.getByLabel('Text to import').waitFor();
  await page.context().close();
});

test('a test for CI whose part of the page cannot be loaded is told, and made when it can be', options, async () => {
  const { page, back } = await without('**/assets/ci-test*');
  const ask = async () => {
    await page.getByRole('button', { name: 'Export' }).click();
    await page.getByRole('button', { name: 'Test for CI (ZIP)' }).click();
  };
  await ask();
  await page.locator('.note', { hasText: 'Nothing was exported: this part of the page could not be loaded' }).waitFor();
  back();
  const download = page.waitForEvent('download');
  await ask();
  await download;
  await page.context().close();
});

test('where the engine does not answer, a file is not blamed and nothing is replaced', options, async () => {
  const { page } = await without('**/stepglass-rest*');
  const before = await text(page);
  await page.getByRole('button', { name: 'Import' }).click();
  await page.getByLabel('Text to import').fill('Resources: {}');
  await page.locator('stepglass-import').getByRole('button', { name: 'Import' }).click();
  await page.getByRole('alert').getByText('pasted.yaml could not be read: the engine loads no further').waitFor();
  assert.equal(await page.getByLabel('Text to import').inputValue(), 'Resources: {}');
  await page.keyboard.press('Escape');
  assert.equal(await text(page), before);
  await page.getByRole('button', { name: 'Export' }).click();
  await page.getByRole('button', { name: 'Mermaid' }).click();
  await page.locator('.note', { hasText: 'Nothing was exported: the engine loads no further' }).waitFor();
  // A sample of what is YAML is asked of it, too.
  const mocks = () => page.locator('stepglass-playground').evaluate((playground) => playground.content.mocks);
  const written = await mocks();
  await page.getByLabel('Format of the definition').selectOption('yaml');
  await page.locator('g.state[aria-label^="Charge,"]').focus();
  await page.keyboard.press('m');
  await page.locator('.note', { hasText: 'There is no sample for “Charge”' }).waitFor();
  assert.equal(await mocks(), written);
  await page.context().close();
});

test('workflows of a folder that cannot be read are told, and the page works', options, async () => {
  pages['/served.html'] = readFileSync(join(web, 'dist/playground/index.html'), 'utf8').replace('<head>', '<head><meta name="stepglass-workflows" content="workflows.json" />');
  pages['/workflows.json'] = '{"workflows": [';
  const page = await browser().open(`${site().url}/served.html`);
  await page.locator('.note', { hasText: 'The workflows of the folder that is served cannot be read' }).waitFor();
  await page.getByText('✓ SUCCEEDED', { exact: true }).waitFor();
  assert.deepEqual(page.faults, []);
  await page.context().close();
});

test('a playground that is moved in its page goes on', options, async () => {
  const page = await open();
  await type(page, kPass);
  await page.locator('stepglass-playground').evaluate(async (playground) => {
    const frame = document.body.appendChild(document.createElement('main'));
    frame.append(playground);
    await new Promise((done) => setTimeout(done));
  });
  assert.equal(await text(page), kPass);
  await page.getByRole('button', { name: 'Run', exact: true }).click();
  await page.getByText('✓ SUCCEEDED', { exact: true }).waitFor();
  await page.locator('stepglass-data').getByText('Done').first().waitFor();
  assert.deepEqual(page.faults, []);
  await page.context().close();
});
