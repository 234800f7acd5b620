// Pictures of every view, light, dark and at the width of a phone, into build/screenshots: to be looked at.
//
//   node tests/web/screenshots.mjs [FOLDER]

import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { launch, root, serve, web } from './support.mjs';

const folder = process.argv[2] ?? join(root, 'build/screenshots');
mkdirSync(folder, { recursive: true });
const pages = {};
for (const name of ['site.css', 'template.yaml', 'index.html']) pages[`/site/${name}`] = readFileSync(join(web, 'site', name), 'utf8').replaceAll('./bundle/', '../bundle/');
const site = await serve(join(web, 'dist'), { pages });
const browser = await launch();
const kLooks = {
  light: { colorScheme: 'light' },
  dark: { colorScheme: 'dark' },
  phone: { colorScheme: 'light', viewport: { width: 360, height: 740 }, hasTouch: true, isMobile: true },
};
/** Where a tab is on a phone. */
const kPart = { Definition: 'Code', Input: 'Code', Mocks: 'Code', State: 'Run', Expression: 'Run', Terminal: 'Run', Problems: 'Problems' };
let count = 0;
for (const [look, options] of Object.entries(kLooks)) {
  const page = await browser.open(`${site.url}/playground/index.html`, options);
  const shot = async (name, full = false) => {
    await page.waitForTimeout(250);
    await page.screenshot({ path: join(folder, `${look}-${name}.png`), fullPage: full });
    ++count;
  };
  await page.locator('g.state').first().waitFor();
  await page.getByText('✓ SUCCEEDED', { exact: true }).waitFor();
  for (const name of ['Graph', 'Timeline', 'Events', 'Cost', 'Outline', 'Problems', 'Expression', 'Terminal', 'Definition', 'Input', 'Mocks', 'State']) {
    if (look === 'phone') await page.getByRole('tab', { name: kPart[name] ?? 'Machine' }).first().click();
    await page.getByRole('tab', { name: name === 'State' ? /^State/ : name }).first().click();
    await shot(name.toLowerCase());
  }
  for (const [key, name] of [['Control+k', 'palette'], ['Control+s', 'share'], ['?', 'help']]) {
    await page.keyboard.press(key);
    await shot(name);
    await page.keyboard.press('Escape');
    // The focus goes back.
    await page.waitForTimeout(100);
  }
  for (const name of ['JSONata', 'Polling', 'Parallel', 'Mistakes']) {
    await page.getByRole('button', { name: 'Examples' }).click();
    if (name === 'JSONata') await shot('examples');
    await page.locator('#examples').getByRole('button', { name }).click();
    if (look === 'phone') await page.getByRole('tab', { name: name === 'Mistakes' ? 'Code' : 'Machine' }).first().click();
    await page.getByRole('tab', { name: name === 'Mistakes' ? 'Definition' : 'Graph' }).first().click();
    await shot(`example-${name.toLowerCase()}`);
  }
  await page.goto(`${site.url}/site/index.html`);
  for (const element of await page.locator('stepglass-machine, stepglass-graph').all()) {
    await element.scrollIntoViewIfNeeded();
    await element.evaluate((one) => one.ready);
  }
  await shot('site', true);
  await page.context().close();
}
await browser.close();
await site.close();
console.log(`${count} pictures in ${folder}`);
