// What leaves the page: links, files and texts, with nothing in them that the reader has not seen.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { kPass, options, playground } from './playground-support.mjs';

const { open, text, type } = playground();
const kClipboard = { permissions: ['clipboard-read', 'clipboard-write'] };
const clipboard = (page) => page.evaluate(() => navigator.clipboard.readText());
const kAccount = '987654321098';
const kSecretive = kPass.replace('"Check": {', `"Check": {"Comment": "https://sqs.us-east-1.amazonaws.com/${kAccount}/q", `);

test('what should perhaps not be shared is in no link before it is chosen, and masking changes the link alone', options, async () => {
  const page = await open(kClipboard);
  await type(page, kSecretive);
  await page.keyboard.press('Control+s');
  const panel = page.locator('stepglass-share');
  await panel.getByText(kAccount).waitFor();
  assert.equal(await panel.getByRole('textbox', { name: 'Link' }).count(), 0);
  assert.deepEqual(await panel.getByRole('button').allInnerTexts(), ['Mask in what is shared', 'Share as it is']);
  await panel.getByRole('button', { name: 'Mask in what is shared' }).click();
  const masked = await panel.getByRole('textbox', { name: 'Link' }).inputValue();
  await panel.getByRole('button', { name: 'Element for a page' }).click();
  await panel.getByText('Element copied.').waitFor();
  assert.doesNotMatch(await clipboard(page), new RegExp(kAccount));
  const other = await open({}, masked.slice(masked.indexOf('#')));
  assert.equal(await text(other), kSecretive.replace(kAccount, '111111111111'));
  await other.context().close();
  await panel.getByRole('button', { name: 'Share as it is' }).click();
  await page.waitForFunction((before) => {
    const link = document.querySelector('stepglass-playground').renderRoot.querySelector('stepglass-share').link;
    return link && link !== before;
  }, masked);
  await page.keyboard.press('Escape');
  assert.equal(await text(page), kSecretive);
  // It is asked anew.
  await page.keyboard.press('Control+s');
  await panel.getByText(kAccount).waitFor();
  assert.equal(await panel.getByRole('textbox', { name: 'Link' }).count(), 0);
  await page.context().close();
});

test('what is long for a link is saved as one file, which Import reads', options, async () => {
  const page = await open();
  // Hardly anything of it can be compressed.
  let seed = 1;
  const noise = Array.from({ length: 20_000 }, () => (seed = (seed * 48271) % 0x7fffffff) % 36).map((digit) => digit.toString(36)).join('');
  const large = kPass.replace('"Check": {', `"Check": {"Comment": "${noise}", `);
  await type(page, large);
  await page.getByRole('tab', { name: 'Input' }).click();
  await type(page, '{"a": 1}');
  await page.keyboard.press('Control+s');
  const saved = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Save as one file' }).click();
  const file = readFileSync(await (await saved).path(), 'utf8');
  const other = await open();
  await other.getByRole('button', { name: 'Import', exact: true }).click();
  await other.getByLabel('Text to import').fill(file);
  await other.locator('stepglass-import').getByRole('button', { name: 'Import' }).click();
  await other.locator('g.state[aria-label^="Check"]').waitFor();
  assert.equal(await text(other), large);
  await other.getByRole('tab', { name: 'Input' }).click();
  assert.equal(await text(other), '{"a": 1}');
  await page.context().close();
  await other.context().close();
});

test('an issue has the link, the definition, the input and what happened', options, async () => {
  const page = await open(kClipboard);
  await type(page, '{"StartAt": "Stop", "States": {"Stop": {"Type": "Fail", "Error": "Broken", "Cause": "a ``` in it"}}}');
  await page.keyboard.press('Control+Enter');
  await page.getByText('✕ FAILED', { exact: true }).waitFor();
  await page.keyboard.press('Control+s');
  await page.getByRole('button', { name: 'Markdown issue with trace' }).click();
  await page.getByText('Markdown copied.').waitFor();
  const issue = await clipboard(page);
  assert.match(issue, /\[Open in Stepglass\]\(http.*#v1\.d\./);
  assert.match(issue, /### Definition\n\n````json\n\{"StartAt": "Stop"/);
  assert.match(issue, / 2 {2}00:00:00\.000 {2}FailStateEntered {2}Stop\n/);
  assert.match(issue, /FAILED Broken\n`{3,}\n$/);
  await page.context().close();
});
