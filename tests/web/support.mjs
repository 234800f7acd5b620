// What the tests of the web faces share: a server for built files as strict as a careful site's, and a browser.

import { createServer } from 'node:http';
import { createRequire } from 'node:module';
import { readFile } from 'node:fs/promises';
import { existsSync } from 'node:fs';
import { extname, join, normalize } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = fileURLToPath(new URL('../..', import.meta.url));
export const web = join(root, 'web');
/** Packages are installed in web/. */
export const need = createRequire(join(web, 'package.json'));

/** What a careful site sends: nothing from elsewhere, no text that becomes code or style. */
export const kPolicy =
  "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; img-src 'self' data: blob:; connect-src 'self'; " +
  "worker-src 'self'; manifest-src 'self'; base-uri 'none'; form-action 'none'; require-trusted-types-for 'script'; " +
  'trusted-types stepglass lit-html';

const kTypes = { '.html': 'text/html; charset=utf-8', '.js': 'text/javascript', '.mjs': 'text/javascript', '.css': 'text/css', '.svg': 'image/svg+xml', '.wasm': 'application/wasm', '.json': 'application/json' };

/** Serves `folder` on a free port; `pages` are texts by path that stand before files. */
export async function serve(folder, { policy = kPolicy, pages = {} } = {}) {
  const server = createServer(async (request, response) => {
    const path = decodeURIComponent(new URL(request.url, 'http://localhost').pathname);
    const headers = { 'Content-Type': kTypes[extname(path)] ?? 'text/html; charset=utf-8' };
    if (policy) headers['Content-Security-Policy'] = policy;
    if (pages[path] !== undefined) {
      response.writeHead(200, headers).end(pages[path]);
      return;
    }
    const file = join(folder, normalize(path).replace(/^(\.\.[/\\])+/, ''), path.endsWith('/') ? 'index.html' : '');
    try {
      response.writeHead(200, headers).end(await readFile(file));
    } catch {
      response.writeHead(404).end();
    }
  });
  await new Promise((done) => server.listen(0, '127.0.0.1', done));
  return { url: `http://127.0.0.1:${server.address().port}`, close: () => new Promise((done) => server.close(done)), server };
}

export const chromium = process.env.CHROMIUM ?? '/usr/bin/chromium';
export const hasChromium = existsSync(chromium);

/** A browser, and pages that fail their test on any error or report of the content policy. */
export async function launch() {
  const { chromium: playwright } = need('playwright-core');
  const browser = await playwright.launch({ executablePath: chromium, args: ['--no-sandbox', '--disable-gpu'] });
  return {
    browser,
    async open(url, options = {}) {
      const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, ...options });
      const page = await context.newPage();
      page.faults = [];
      page.on('pageerror', (error) => page.faults.push(`error: ${error.message}`));
      page.on('console', (message) => {
        if (message.type() === 'error') page.faults.push(`console: ${message.text()}`);
      });
      await page.goto(url);
      return page;
    },
    close: () => browser.close(),
  };
}

/** Findings of axe in what the page shows now, short. */
export async function axe(page) {
  const source = await readFile(need.resolve('axe-core/axe.min.js'), 'utf8');
  // By the debugger's protocol: a content policy would refuse a script element.
  await page.evaluate(`(() => { ${source} })()`);
  const { violations } = await page.evaluate(() => globalThis.axe.run(document, { resultTypes: ['violations'] }));
  return violations.flatMap((one) => one.nodes.map((node) => `${one.id}: ${node.target.flat().join(' ')} ${node.failureSummary?.split('\n')[1] ?? ''}`));
}
