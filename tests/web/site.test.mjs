// A documentation site as people build them: VitePress with our plug-in, under a policy without inline scripts of its own.

import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { before, test } from 'node:test';
import { hasChromium, launch, need, serve, web } from './support.mjs';

const folder = join(web, 'site/vitepress');
const built = join(folder, '.vitepress/dist');

before(() => {
  const vitepress = join(need.resolve('vitepress/package.json'), '../bin/vitepress.js');
  execFileSync(process.execPath, [vitepress, 'build', '.'], { cwd: folder, stdio: 'pipe' });
});

test('a fence is an element in what the server sends, with its text inside', () => {
  const page = readFileSync(join(built, 'index.html'), 'utf8');
  assert.match(page, /<stepglass-machine run="visible" views="graph,code"><pre><code>\{/);
  assert.match(page, /language-json/);
});

test('the element runs in the page', { skip: hasChromium ? false : 'there is no chromium' }, async () => {
  const page = readFileSync(join(built, 'index.html'), 'utf8');
  // VitePress has a few scripts in the page, which a site allows by their hashes.
  const hashes = [...page.matchAll(/<script(?![^>]*\ssrc=)[^>]*>([\s\S]*?)<\/script>/g)].map(([, script]) => `'sha256-${createHash('sha256').update(script).digest('base64')}'`);
  const site = await serve(built, {
    policy: `default-src 'none'; script-src 'self' 'wasm-unsafe-eval' ${hashes.join(' ')}; style-src 'self'; img-src 'self' data:; font-src 'self'; connect-src 'self'; worker-src 'self'; base-uri 'none'`,
  });
  const browser = await launch();
  const one = await browser.open(`${site.url}/index.html`);
  await one.getByText('✓ SUCCEEDED', { exact: true }).waitFor();
  assert.equal(await one.locator('g.state').count(), 2);
  assert.deepEqual(one.faults.filter((fault) => /stepglass|wasm|worker/i.test(fault)), []);
  await browser.close();
  await site.close();
});
