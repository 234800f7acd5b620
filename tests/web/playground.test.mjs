// The ways a user goes through the playground, in a real browser under a strict content policy.

import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { focus, kPass, options, playground } from './playground-support.mjs';
import { axe, kXss, root } from './support.mjs';

const { open, text, type, encoded, pages, site, browser } = playground();

test('the first visit shows a machine that has run', options, async () => {
  const page = await open();
  await page.getByText('✓ SUCCEEDED', { exact: true }).waitFor();
  assert.ok((await page.locator('g.state.succeeded').count()) > 3);
  // It is shown from its beginning, though the run has ended further down.
  await page.waitForTimeout(100);
  assert.equal(await page.locator('stepglass-graph-view').evaluate((graph) => graph.frame.scrollTop), 0);
  assert.deepEqual(page.faults, []);
  await page.context().close();
});

test('type, break, fix, run: findings and picture follow what is typed', options, async () => {
  const page = await open();
  await type(page, kPass.replace('"Next": "Done"', '"Next": "Doen"'));
  await page.getByRole('tab', { name: /Problems/ }).click();
  await page.getByText('there is no state "Doen"').waitFor();
  await page.locator('.problem.error').first().waitFor();
  // Half a text still has a picture.
  await type(page, kPass.slice(0, 80));
  await page.locator('g.state').first().waitFor();
  await type(page, kPass.replace('"Next": "Done"', '"Next": "Doen"'));
  await page.getByRole('button', { name: /write "Done"/ }).click();
  await page.getByRole('button', { name: 'Make this change' }).click();
  await page.getByText('No problems found').waitFor();
  assert.equal(await text(page), kPass);
  await page.keyboard.press('Control+Enter');
  await page.getByText('✓ SUCCEEDED', { exact: true }).waitFor();
  assert.deepEqual(page.faults, []);
  await page.context().close();
});

test('the editor offers what fits: fields, states, variables', options, async () => {
  const page = await open();
  await type(page, '{"StartAt": "A", "States": {"A": {"Type": "Pass", "Next": "');
  await page.keyboard.press('Control+Space');
  await page.locator('.cm-tooltip-autocomplete li', { hasText: 'A' }).first().waitFor();
  await page.context().close();
});

test('the editor says what a word means, to the pointer and at the caret', options, async () => {
  const page = await open();
  await type(page, '{"QueryLanguage": "JSONata", "StartAt": "A",\n"States": {"A": {"Type": "Wait", "Seconds": 5, "Next": "B"}, "B": {"Type": "Pass", "Output": "{% $sum([1]) %}", "End": true}}}');
  const meaning = page.locator('.cm-meaning');
  await page.locator('.cm-line', { hasText: 'Seconds' }).getByText('"Seconds"').hover();
  await meaning.getByText('How many seconds it waits').waitFor();
  await page.mouse.move(2, 2);
  await meaning.waitFor({ state: 'detached' });
  // The caret is behind the last bracket; 27 to the left it is in "$sum".
  for (let left = 0; left < 27; ++left) await page.keyboard.press('ArrowLeft');
  await page.keyboard.press('Shift+F1');
  await meaning.getByText('$sum([1, 2.5]) → 3.5').waitFor();
  // Who does not see it hears it; and where nothing is known, everybody gets to know that.
  const said = page.locator('stepglass-editor .cm-announced');
  assert.match(await said.innerText(), /^\$sum[^]*3\.5/);
  await page.keyboard.press('Escape');
  await meaning.waitFor({ state: 'detached' });
  assert.match(await focus(page), /^div Definition/);
  await page.keyboard.press('Control+End');
  await page.keyboard.press('Shift+F1');
  await meaning.getByText('Nothing is known of what stands here').waitFor();
  assert.equal((await said.innerText()).trim(), 'Nothing is known of what stands here');
  // It stays while the pointer asks something else, and goes with the focus.
  await page.locator('.cm-line').getByText('"QueryLanguage"').hover();
  await meaning.filter({ hasText: 'QueryLanguage' }).waitFor();
  assert.equal(await meaning.count(), 2);
  await page.getByRole('button', { name: 'Examples' }).focus();
  await meaning.getByText('Nothing is known').waitFor({ state: 'detached' });
  // Esc closes what the pointer has opened before it leaves the editor.
  await page.locator('stepglass-editor .cm-content').focus();
  await page.keyboard.press('Escape');
  await meaning.waitFor({ state: 'detached' });
  assert.match(await focus(page), /^div Definition/);
  await page.keyboard.press('Escape');
  assert.doesNotMatch(await focus(page), /Definition/);
  assert.deepEqual(page.faults, []);
  await page.context().close();
});

test('step, step back, breakpoints, and data that is changed on the way', options, async () => {
  const page = await open();
  await page.getByText('✓ SUCCEEDED', { exact: true }).waitFor();
  const at = async () => Number((await page.locator('.counts').innerText()).split('/')[0]);
  const last = await at();
  await page.keyboard.press('Shift+F10');
  assert.equal(await at(), last - 1);
  await page.keyboard.press('F10');
  assert.equal(await at(), last);
  await page.locator('g.state[aria-label^="Charge,"]').click();
  await page.keyboard.press('F9');
  await page.locator('g.state .breakpoint').waitFor();
  await page.locator('.scrub').fill('1');
  await page.keyboard.press('F5');
  assert.equal(await page.locator('.badge.running').innerText(), '● PAUSED');
  await page.getByRole('heading', { name: 'Charge' }).waitFor();
  await page.getByRole('button', { name: 'Edit and go on' }).first().click();
  await page.locator('stepglass-data textarea').fill('{"id": "changed", "items": []}');
  await page.getByRole('button', { name: 'Go on with this' }).click();
  await page.getByText('Data changed at event').waitFor();
  await page.locator('stepglass-data').getByText('"changed"').waitFor();
  await page.context().close();
});

test('what was changed by hand is gone when the text changes, and when it runs anew', options, async () => {
  const page = await open();
  await page.getByText('✓ SUCCEEDED', { exact: true }).waitFor();
  const changes = () => page.locator('stepglass-playground').evaluate((playground) => playground.session.changes.length);
  const changeInput = async () => {
    await page.locator('.scrub').fill('2');
    await page.getByRole('button', { name: 'Edit and go on' }).first().click();
    await page.locator('stepglass-data textarea').fill('{"items": []}');
    await page.getByRole('button', { name: 'Go on with this' }).click();
    await page.getByText('Data changed at event').waitFor();
  };
  await changeInput();
  assert.equal(await changes(), 1);
  await page.getByRole('button', { name: 'Go on', exact: false }).last().click();
  assert.equal(await changes(), 1);
  await page.keyboard.press('Control+Enter');
  await page.waitForFunction(() => document.querySelector('stepglass-playground').session.changes.length === 0);
  await changeInput();
  await type(page, kPass);
  assert.equal(await changes(), 0);
  await page.context().close();
});

test('the cost of a machine that no execution leaves is told', options, async () => {
  const page = await open();
  await type(page, '{"StartAt": "A", "States": {"A": {"Type": "Pass", "Next": "A"}}}');
  await page.getByRole('tab', { name: 'Cost' }).click();
  const least = page.locator('stepglass-cost .sums td:nth-child(2)');
  await least.first().getByText('none').waitFor();
  assert.deepEqual(await least.allInnerTexts(), ['none', 'none']);
  assert.deepEqual(page.faults, []);
  await page.context().close();
});

test('the terminal line has every assumption that was made', options, async () => {
  const page = await open({ permissions: ['clipboard-read', 'clipboard-write'] });
  await page.getByText('✓ SUCCEEDED', { exact: true }).waitFor();
  await page.getByRole('tab', { name: 'Cost' }).click();
  await page.getByLabel('items of PriceItems').fill('4');
  await page.getByLabel('shares of CheckOrder, %').fill('90, 10');
  await page.getByLabel('shares of CheckOrder, %').blur();
  await page.getByRole('tab', { name: 'Terminal' }).click();
  await page.getByText("--assume PriceItems.items=4 --assume 'CheckOrder.choices=[0.9,0.1]'").waitFor();
  await page.getByRole('button', { name: /^Copy stepglass cost/ }).click();
  await page.getByRole('status').getByText('Copied').waitFor();
  assert.match(await page.evaluate(() => navigator.clipboard.readText()), /^stepglass cost .*items=4/);
  await page.context().close();
});

test('the terminal shows what the program prints for the same', options, async () => {
  const page = await open();
  await page.getByText('✓ SUCCEEDED', { exact: true }).waitFor();
  // Short lines: others are cut where the terminal ends.
  const broken = JSON.stringify(JSON.parse(kPass.replace('"Next": "Done"', '"Next": "Dome"')), undefined, 1);
  await type(page, broken);
  await page.getByRole('tab', { name: 'Terminal' }).click();
  const printed = page.getByRole('region', { name: 'What stepglass lint definition.asl.json prints' });
  await printed.getByText('did you mean "Done"?').waitFor();
  const text = await printed.textContent();
  const folder = mkdtempSync(join(tmpdir(), 'stepglass-'));
  writeFileSync(join(folder, 'definition.asl.json'), broken);
  const { stdout } = spawnSync(join(root, 'build/release/stepglass'), ['lint', 'definition.asl.json'], { cwd: folder, encoding: 'utf8' });
  rmSync(folder, { recursive: true });
  assert.equal(text, stdout);
  await page.context().close();
});

test('what the terminal printed of other content is marked, until it is printed anew', options, async () => {
  const page = await open();
  await page.getByRole('tab', { name: 'Terminal' }).click();
  const printed = page.getByRole('region', { name: 'What stepglass lint definition.asl.json prints' });
  await printed.waitFor();
  assert.equal(await printed.getAttribute('aria-busy'), 'false');
  await type(page, kPass.replace('"Next": "Done"', '"Next": "Dome"'));
  await page.locator('stepglass-terminal [aria-busy=true]').first().waitFor();
  await printed.getByText('did you mean "Done"?').waitFor();
  assert.equal(await printed.getAttribute('aria-busy'), 'false');
  // What was asked when it left the page is asked again when it is back.
  await type(page, kPass);
  await page.locator('stepglass-terminal').evaluate(async (pane) => {
    const { parentNode } = pane;
    await pane.updateComplete;
    pane.remove();
    parentNode.append(pane);
  });
  await page.waitForFunction(() => !/Dome/.test(document.querySelector('stepglass-playground').shadowRoot.querySelector('stepglass-terminal').shadowRoot.textContent));
  assert.deepEqual(page.faults, []);
  await page.context().close();
});

test('what cannot be copied says so', options, async () => {
  const page = await open();
  // A run that ends opens the state it ends in.
  await page.getByText('✓ SUCCEEDED', { exact: true }).waitFor();
  await page.evaluate(() => (navigator.clipboard.writeText = () => Promise.reject(new DOMException('refused', 'NotAllowedError'))));
  await page.getByRole('button', { name: 'Copy', exact: true }).first().click();
  await page.getByRole('status').getByText('It could not be copied').waitFor();
  await page.getByRole('tab', { name: 'Terminal' }).click();
  await page.getByRole('button', { name: /^Copy stepglass lint/ }).click();
  await page.getByRole('status').getByText('Could not be copied').waitFor();
  await page.getByRole('button', { name: 'Share' }).click();
  await page.getByRole('button', { name: 'Copy link' }).click();
  await page.getByRole('status').getByText('Link could not be copied').waitFor();
  assert.deepEqual(page.faults, []);
  await page.context().close();
});

test('a task without a mock stops the run, which says what to do', options, async () => {
  const page = await open();
  await page.getByRole('tab', { name: 'Mocks' }).click();
  await type(page, '{}');
  await page.keyboard.press('Control+Enter');
  await page.getByText('The run waits.').waitFor();
  await page.getByRole('button', { name: 'Let it fail' }).click();
  await page.getByText('✕ FAILED', { exact: true }).waitFor();
  assert.match(await text(page), /made to fail/);
  await page.getByRole('button', { name: 'Copy' }).first().waitFor();
  await page.context().close();
});

test('each text has its own edits to undo', options, async () => {
  const page = await open();
  await type(page, kPass);
  await page.getByRole('tab', { name: 'Input' }).click();
  await type(page, '{"a": 1}');
  await page.keyboard.press('Control+z');
  await page.keyboard.press('Control+z');
  await page.keyboard.press('Control+z');
  assert.doesNotMatch(await text(page), /StartAt/);
  assert.match(await text(page), /items/);
  assert.equal(await page.getByRole('textbox', { name: 'Input', exact: true }).count(), 1);
  await page.getByRole('tab', { name: 'Definition' }).click();
  assert.equal(await text(page), kPass);
  await page.keyboard.press('Control+z');
  await page.locator('stepglass-editor .cm-content').click();
  await page.keyboard.press('Control+z');
  assert.match(await text(page), /PriceItems/);
  await page.context().close();
});

test('a reload loses nothing: not what a link brought and was changed, not what is half typed, not what was there before', options, async () => {
  const page = await open();
  await type(page, kPass);
  const link = `#${await encoded(page, { d: kPass.replace('"Check"', '"Linked"').replace('"Check":', '"Linked":') })}`;
  await page.goto(`${site().url}/${link}`);
  await page.locator('g.state[aria-label^="Linked"]').waitFor();
  // Nobody has touched it: it is no work of anybody's.
  await page.goto(site().url);
  await page.locator('g.state[aria-label^="Check"]').waitFor();
  assert.equal(await text(page), kPass);
  await page.goto(`${site().url}/${link}`);
  await page.locator('g.state[aria-label^="Linked"]').waitFor();
  await page.getByRole('tab', { name: 'Mocks' }).click();
  await type(page, '{"Linked": [{"ret');
  await page.waitForFunction(() => document.querySelector('stepglass-playground').content.mocks.endsWith('ret'));
  await page.reload();
  await page.locator('g.state[aria-label^="Linked"]').waitFor();
  await page.getByRole('tab', { name: 'Mocks' }).click();
  assert.equal(await text(page), '{"Linked": [{"ret');
  // A damaged link changes nothing of that.
  await page.goto(`${site().url}/#v1.d.AAAA`);
  await page.reload();
  await page.locator('g.state[aria-label^="Linked"]').waitFor();
  await page.getByRole('button', { name: 'Examples' }).click();
  await page.getByRole('button', { name: 'What was here before' }).click();
  await page.getByRole('tab', { name: 'Definition' }).click();
  assert.equal(await text(page), kPass);
  // Nor does a look at an example.
  await page.getByRole('button', { name: 'Examples' }).click();
  await page.getByRole('button', { name: /Mistakes/ }).click();
  await page.getByRole('button', { name: 'Examples' }).click();
  await page.getByRole('button', { name: 'What was here before' }).click();
  assert.equal(await text(page), kPass);
  assert.deepEqual(page.faults, []);
  await page.context().close();
});

test('states may have the names of what every object has', options, async () => {
  const page = await open();
  for (const name of ['__proto__', 'constructor']) {
    await type(page, `{"StartAt": "${name}", "States": {"${name}": {"Type": "Task", "Resource": "arn:aws:states:::lambda:invoke", "Parameters": {"FunctionName": "f"}, "End": true}}}`);
    await page.locator(`g.state[aria-label^="${name}"]`).waitFor();
    await page.getByRole('tab', { name: 'Mocks' }).click();
    await type(page, '{}');
    await page.getByRole('tab', { name: 'Definition' }).click();
    await page.locator(`g.state[aria-label^="${name}"]`).click({ button: 'right' });
    await page.getByRole('button', { name: 'Fail here and run' }).click();
    await page.getByText('FAILED', { exact: false }).first().waitFor();
    await page.getByRole('tab', { name: 'Cost' }).click();
    await page.getByLabel(`takes of ${name}, s`).fill('7');
    await page.keyboard.press('Tab');
    await page.waitForFunction((state) => document.querySelector('stepglass-playground').content.assumptions.states?.[state]?.duration_seconds === 7, name);
    await page.getByRole('tab', { name: 'Graph' }).click();
  }
  assert.deepEqual(await page.evaluate(() => Object.keys(Object.prototype).concat(Object.keys(Object))), []);
  assert.deepEqual(page.faults, []);
  await page.context().close();
});

test('menus close by Esc; a link that names an event leads to it', options, async () => {
  const page = await open();
  await page.getByText('✓ SUCCEEDED', { exact: true }).waitFor();
  await page.getByRole('button', { name: 'Examples' }).click();
  await page.getByRole('button', { name: /Mistakes/ }).waitFor();
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: /Mistakes/ }).waitFor({ state: 'hidden' });
  await page.goto(`${site().url}/#${await encoded(page, { d: kPass, e: 3 })}`);
  await page.locator('g.state[aria-label^="Check"]').waitFor();
  await page.keyboard.press('Control+Enter');
  await page.getByText('The link leads to event 3 of 6').waitFor();
  assert.equal(await page.locator('.counts').innerText(), '3/6');
  await page.context().close();
});

test('a link holds everything, runs nothing, and opens anywhere', options, async () => {
  const page = await open({ permissions: ['clipboard-read', 'clipboard-write'] });
  await type(page, kPass);
  await page.keyboard.press('Control+s');
  const link = await page.getByRole('textbox', { name: 'Link' }).inputValue();
  assert.match(link, /#v1\.d\.[\w-]+$/);
  const other = await open({}, link.slice(link.indexOf('#')));
  assert.equal(await text(other), kPass);
  assert.equal(await other.locator('.badge').count(), 0);
  await page.context().close();
  await other.context().close();
});

test('a link of another version says so', options, async () => {
  const page = await open();
  const hash = await encoded(page, { d: kPass, r: '9.9.9' });
  const other = await open({}, `#${hash}`);
  await other.getByText(/This link was made with Stepglass 9\.9\.9; this is \d+\.\d+\.\d+/).waitFor();
  await page.context().close();
  await other.context().close();
});

test('links of every version that was ever written open', options, async () => {
  const links = JSON.parse(readFileSync(join(root, 'tests/web/links/links.json'), 'utf8'));
  for (const { hash, definition, format } of links) {
    const page = await open({}, hash);
    assert.equal(await text(page), definition);
    if (format) assert.equal(await page.getByLabel('Format of the definition').inputValue(), format);
    await page.context().close();
  }
});

test('links that are damaged, foreign or huge say so and do no harm', options, async () => {
  for (const hash of ['#v9.z.abc', '#v1.d.%%%', '#v1.d.AAAA', '#<img src=x onerror=pwned=1>', `#v1.d.${'A'.repeat(70_000)}`]) {
    const page = await open({}, hash);
    await page.getByText('This link cannot be opened').waitFor();
    assert.equal(await page.evaluate(() => globalThis.pwned), undefined);
    assert.deepEqual(page.faults, []);
    await page.context().close();
  }
});

test('what a link holds can be saved where it cannot be opened; a link may name a file of its site, and of no other', options, async () => {
  const page = await open({}, '#v9.z.abc');
  const saved = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Save what it holds' }).click();
  assert.equal(readFileSync(await (await saved).path(), 'utf8'), '#v9.z.abc');
  pages['/flows/named.asl.json'] = kPass.replaceAll('Check', 'Named');
  await page.goto(`${site().url}/#u=${encodeURIComponent('./flows/named.asl.json')}`);
  await page.locator('g.state[aria-label^="Named"]').waitFor();
  assert.deepEqual(page.faults, []);
  for (const [address, said] of [['https://example.com/x.json', 'its own site only'], ['%', 'its own site only'], ['./missing.json', 'cannot be loaded: 404']]) {
    await page.goto(`${site().url}/#u=${address}`);
    await page.getByText(said).waitFor();
  }
  await page.context().close();
});

test('the sizes of the panes are kept', options, async () => {
  const page = await open();
  const splitter = page.getByRole('separator', { name: 'Width of the source' });
  await splitter.focus();
  await page.keyboard.press('ArrowRight');
  const width = await splitter.getAttribute('aria-valuenow');
  await page.reload();
  assert.equal(await page.getByRole('separator', { name: 'Width of the source' }).getAttribute('aria-valuenow'), width);
  await page.keyboard.press('Home');
  await page.context().close();
});

test('a template with several machines is asked about, an exported execution is replayed', options, async () => {
  const page = await open();
  const bring = async (content) => {
    await page.getByRole('button', { name: 'Import', exact: true }).first().click();
    await page.getByLabel('Text to import').fill(content);
    await page.locator('stepglass-import').getByRole('button', { name: 'Import' }).click();
  };
  const machine = (name) => `  ${name}:\n    Type: AWS::Serverless::StateMachine\n    Properties:\n      Definition:\n        StartAt: ${name}Only\n        States:\n          ${name}Only: {Type: Pass, End: true}\n`;
  await bring(`Resources:\n${machine('First')}${machine('Second')}`);
  await page.getByRole('button', { name: 'Second' }).click();
  await page.locator('g.state[aria-label^="SecondOnly"]').waitFor();
  // Dropped, it is the same.
  const template = `Resources:\n${machine('Third')}${machine('Fourth')}`;
  await page.evaluate((content) => {
    const dataTransfer = new DataTransfer();
    dataTransfer.items.add(new File([content], 'template.yaml'));
    window.dispatchEvent(new DragEvent('drop', { dataTransfer, cancelable: true }));
  }, template);
  assert.equal(await page.getByRole('button', { name: 'Second' }).count(), 0);
  await page.getByRole('button', { name: 'Fourth' }).click();
  await page.locator('g.state[aria-label^="FourthOnly"]').waitFor();
  await bring(`Resources:\n${machine('First')}${machine('Second')}`);
  await page.getByRole('button', { name: 'Second' }).click();
  await bring(JSON.stringify({ events: [
    { id: 1, previousEventId: 0, type: 'ExecutionStarted', timestamp: 1735689600, executionStartedEventDetails: { input: '{}' } },
    { id: 2, previousEventId: 0, type: 'PassStateEntered', timestamp: 1735689600.5, stateEnteredEventDetails: { name: 'SecondOnly', input: '{}' } },
    { id: 3, previousEventId: 2, type: 'PassStateExited', timestamp: 1735689601, stateExitedEventDetails: { name: 'SecondOnly', output: '{}' } },
    { id: 4, previousEventId: 3, type: 'ExecutionSucceeded', timestamp: 1735689601, executionSucceededEventDetails: { output: '{}' } },
  ] }));
  await page.getByText('recording', { exact: true }).waitFor();
  assert.equal(await page.locator('g.state.succeeded').count(), 1);
  assert.equal(await page.locator('.clock').innerText(), '00:00:01.000');
  await page.context().close();
});

test('it works offline after the first visit', options, async () => {
  const page = await open({ serviceWorkers: 'allow' });
  await page.evaluate(() => navigator.serviceWorker.ready);
  await page.waitForFunction(async () => (await caches.keys()).length > 0 && (await (await caches.open((await caches.keys())[0])).keys()).length > 5);
  await page.context().setOffline(true);
  await page.reload();
  await page.locator('g.state').first().waitFor();
  await type(page, kPass);
  await page.keyboard.press('Control+Enter');
  await page.getByText('✓ SUCCEEDED', { exact: true }).waitFor();
  await page.context().close();
});

test('everything is there at the width of a phone, and at 320 pixels', options, async () => {
  for (const width of [390, 320]) {
    const page = await open({ viewport: { width, height: 700 }, hasTouch: true, isMobile: true });
    const parts = { Code: ['Definition', 'Input', 'Mocks'], Machine: ['Graph', 'Timeline', 'Events', 'Cost', 'Outline'], Run: [/^State/, 'Expression', 'Terminal'], Problems: ['Problems'] };
    for (const [part, name] of Object.entries(parts).flatMap(([part, names]) => names.map((name) => [part, name]))) {
      await page.getByRole('tab', { name: part, exact: false }).first().click();
      await page.getByRole('tab', { name }).first().click();
      await page.waitForTimeout(60);
      const overflow = await page.evaluate((screen) => document.documentElement.scrollWidth - screen, width);
      assert.ok(overflow <= 0, `${name} is ${overflow} pixels too wide at ${width}`);
    }
    // What is at hand on a wide screen is here, too.
    await page.getByRole('tab', { name: 'Code' }).click();
    await page.getByRole('tab', { name: 'Definition' }).click();
    await page.getByLabel('Type of the machine').selectOption('EXPRESS');
    await type(page, kPass.replace('"Next": "Done"', '"Next": "Doen"'));
    await page.getByRole('tab', { name: /Problems/ }).click();
    await page.getByRole('button', { name: /write "Done"/ }).tap();
    await page.locator('.change .added', { hasText: '"Next": "Done"' }).waitFor();
    await page.getByRole('button', { name: 'Make this change' }).tap();
    await page.waitForFunction((good) => document.querySelector('stepglass-playground').content.text === good, kPass);
    await page.getByRole('tab', { name: 'Machine' }).click();
    await page.getByRole('tab', { name: 'Cost' }).click();
    await page.getByLabel('Show in the graph').check();
    await page.getByRole('tab', { name: 'Graph' }).click();
    await page.locator('g.state', { hasText: '1×' }).first().waitFor();
    // Help begins with what a phone's keyboard may have.
    await page.getByRole('button', { name: 'More' }).click();
    await page.locator('#more').getByRole('button', { name: 'Keys' }).click();
    assert.match(await page.locator('.keys tr').first().innerText(), /^Ctrl Enter/);
    assert.match(await page.locator('.keys tr').last().innerText(), /F8/);
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: 'Export' }).click();
    const saved = page.waitForEvent('download');
    await page.getByRole('button', { name: 'Mermaid' }).click();
    assert.equal((await saved).suggestedFilename(), 'state-machine.mmd');
    assert.deepEqual(page.faults, []);
    await page.context().close();
  }
});

test('from load to shared link by keyboard alone', options, async () => {
  const page = await open();
  await page.getByText('✓ SUCCEEDED', { exact: true }).waitFor();
  await page.keyboard.press('Control+k');
  await page.keyboard.type('Charge');
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { name: 'Charge' }).waitFor();
  await page.keyboard.press('Control+s');
  await page.locator('stepglass-share input:focus').waitFor();
  await page.keyboard.press('Escape');
  await page.locator('stepglass-share').waitFor({ state: 'detached' });
  await page.keyboard.press('3');
  await page.getByRole('grid', { name: 'Events' }).waitFor();
  await page.getByRole('grid', { name: 'Events' }).focus();
  await page.keyboard.press('Home');
  assert.match(await page.locator('.counts').innerText(), /^1\//);
  await page.context().close();
});

test('every view is sound for assistive technology, light and dark', options, async () => {
  for (const colorScheme of ['light', 'dark']) {
    const page = await open({ colorScheme });
    await page.getByText('✓ SUCCEEDED', { exact: true }).waitFor();
    const names = ['Timeline', 'Events', 'Cost', 'Outline', 'Graph', 'Input', 'Mocks', 'Definition', 'Problems', 'Expression', 'Terminal', /^State/];
    for (const name of names) {
      await page.getByRole('tab', { name }).first().click();
      await page.waitForTimeout(80);
      assert.deepEqual(await axe(page), [], `${name}, ${colorScheme}`);
    }
    for (const key of ['Control+k', 'Control+s', '/', '?']) {
      await page.locator('body').focus();
      await page.keyboard.press(key);
      await page.waitForTimeout(80);
      assert.deepEqual(await axe(page), [], key);
      await page.keyboard.press('Escape');
    }
    for (const name of ['Snapshots', 'Where it stops', 'Fail…']) {
      await page.locator('g.state[aria-label^="Charge,"]').click();
      await page.getByRole('button', { name }).click();
      await page.waitForTimeout(80);
      assert.deepEqual(await axe(page), [], name);
      await page.keyboard.press('Escape');
    }
    await page.context().close();
  }
});

test('text that would be markup or script stays text in every view', options, async () => {
  const page = await open();
  for (let i = 0; i < kXss.length; i += 20) {
    const payloads = kXss.slice(i, i + 20);
    const states = Object.fromEntries(
      payloads.map((payload, k) => [payload.slice(0, 80), k + 1 < payloads.length ? { Type: 'Pass', Comment: payload, Next: payloads[k + 1].slice(0, 80) } : { Type: 'Fail', Error: payload, Cause: payload }]),
    );
    await page.getByRole('tab', { name: 'Definition' }).click();
    await type(page, JSON.stringify({ StartAt: payloads[0].slice(0, 80), States: states }));
    await page.keyboard.press('Control+Enter');
    await page.getByText('✕ FAILED', { exact: true }).waitFor();
    for (const name of ['Timeline', 'Events', 'Cost', 'Outline', 'Graph', 'Problems', 'Terminal', /^State/]) await page.getByRole('tab', { name }).first().click();
  }
  assert.equal(await page.evaluate(() => globalThis.pwned), undefined);
  assert.deepEqual(page.faults, []);
  await page.context().close();
});

test('a worker that dies two hundred times is followed by one that answers', options, async () => {
  const page = await open();
  const outcomes = await page.locator('stepglass-playground').evaluate(async (playground) => {
    const { engine } = playground.session;
    const machine = { StartAt: 'A', States: { A: { Type: 'Choice', Choices: [{ Variable: '$.done', IsPresent: true, Next: 'B' }], Default: 'A' }, B: { Type: 'Succeed' } } };
    const all = { aborted: 0, right: 0 };
    for (let i = 0; i < 200; ++i) {
      const controller = new AbortController();
      const endless = engine.call('run', { definition: machine, type: 'EXPRESS', max_transitions: 50_000_000, history: false }, { signal: controller.signal });
      setTimeout(() => controller.abort(), 2);
      await endless.catch(() => ++all.aborted);
      const reply = await engine.call('path', { path: '$.a', data: { a: i } });
      if (reply.ok && reply.result.value === i) ++all.right;
    }
    return all;
  });
  assert.deepEqual(outcomes, { aborted: 200, right: 200 });
  await page.context().close();
});

test('stepglass serve shows the workflows of a folder', { skip: options.skip || (existsSync(join(root, 'build/release/stepglass')) ? false : 'the program is not built') }, async () => {
  const { spawn } = await import('node:child_process');
  const program = spawn(join(root, 'build/release/stepglass'), ['serve', join(root, 'tests/cases/example'), '--port', '0']);
  try {
    const url = await new Promise((done) => program.stdout.on('data', (data) => done(/http:\S+/.exec(String(data))?.[0])));
    const page = await browser().open(url);
    await page.locator('g.state[aria-label^="CheckOrder"]').waitFor();
    assert.match(await text(page), /TellWarehouse/);
    assert.deepEqual(page.faults, []);
    await page.context().close();
  } finally {
    program.kill('SIGINT');
  }
  const [status] = await new Promise((done) => program.on('exit', (...ended) => done(ended)));
  assert.equal(status, 0);
});
