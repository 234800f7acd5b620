// What the tests of the web faces share: a server for built files as strict as a careful site's, and a browser.

import { createServer } from 'node:http';
import { createRequire } from 'node:module';
import { readFile } from 'node:fs/promises';
import { existsSync, readFileSync } from 'node:fs';
import { extname, join, normalize } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = fileURLToPath(new URL('../..', import.meta.url));
export const web = join(root, 'web');
/** Packages are installed in web/. */
export const need = createRequire(join(web, 'package.json'));

/** What a careful site sends, as the playground asks for it: nothing from elsewhere, no text that becomes code or style. */
export const kPolicy = /http-equiv="Content-Security-Policy" content="([^"]*)"/.exec(readFileSync(join(web, 'src/playground/index.html'), 'utf8'))[1];

const kTypes = { '.html': 'text/html; charset=utf-8', '.js': 'text/javascript', '.mjs': 'text/javascript', '.css': 'text/css', '.svg': 'image/svg+xml', '.wasm': 'application/wasm', '.json': 'application/json' };

/** Serves `folder` on a free port; `pages` are texts by path that stand before files. */
export async function serve(folder, { policy = kPolicy, pages = {}, more = {} } = {}) {
  const server = createServer(async (request, response) => {
    const path = decodeURIComponent(new URL(request.url, 'http://localhost').pathname);
    const headers = { 'Content-Type': kTypes[extname(path)] ?? 'text/html; charset=utf-8', ...more };
    if (policy) headers['Content-Security-Policy'] = policy;
    if (path === '/favicon.ico') {
      response.writeHead(204).end();
      return;
    }
    if (pages[path] !== undefined) {
      response.writeHead(200, headers).end(pages[path]);
      return;
    }
    const file = join(folder, normalize(path).replace(/^(\.\.[/\\])+/, ''), path.endsWith('/') ? 'index.html' : '');
    const content = await readFile(file).catch(() => undefined);
    if (content) response.writeHead(200, headers).end(content);
    else response.writeHead(404).end();
  });
  await new Promise((done) => server.listen(0, '127.0.0.1', done));
  return { url: `http://127.0.0.1:${server.address().port}`, close: () => new Promise((done) => server.close(done)), server };
}

/** Debian's: without windows, whose own pages take longer than most tests, else with them. */
export const chromium = process.env.CHROMIUM ?? ['/usr/bin/chromium-headless-shell', '/usr/bin/chromium'].find((file) => existsSync(file)) ?? '';
export const hasChromium = existsSync(chromium);

/** What a page costs most in a test is that the engine is made fast in the background, and that its files are kept for a next
 *  visit: tests look at neither, unless they say so. */
const kQuickStart = ['--js-flags=--liftoff-only'];

/** A browser, and pages that fail their test on any error or report of the content policy. */
export async function launch(flags = kQuickStart) {
  const { chromium: playwright } = need('playwright-core');
  const browser = await playwright.launch({ executablePath: chromium, args: ['--no-sandbox', '--disable-gpu', ...flags] });
  return {
    browser,
    async open(url, options = {}) {
      const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, serviceWorkers: 'block', ...options });
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

/** Texts that have run as script somewhere. Each would set `pwned`. */
export const kXss = [
  '<script>pwned=1</script>', '<img src=x onerror=pwned=1>', '<svg onload=pwned=1>', '"><img src=x onerror=pwned=1>',
  "'><script>pwned=1</script>", 'javascript:pwned=1', '<a href="javascript:pwned=1">x</a>', '<iframe srcdoc="<script>parent.pwned=1</script>">',
  '</title><script>pwned=1</script>', '</style><script>pwned=1</script>', '</textarea><script>pwned=1</script>', '<math><mtext><script>pwned=1</script>',
  '<svg><script>pwned=1</script></svg>', '<svg><foreignObject><img src=x onerror=pwned=1></foreignObject></svg>', '<svg><a xlink:href="javascript:pwned=1">x</a></svg>', '<svg><animate onbegin=pwned=1 attributeName=x dur=1s>',
  '<details open ontoggle=pwned=1>', '<input autofocus onfocus=pwned=1>', '<select autofocus onfocus=pwned=1>', '<body onload=pwned=1>',
  '<video><source onerror=pwned=1></video>', '<audio src=x onerror=pwned=1>', '<object data="javascript:pwned=1">', '<embed src="javascript:pwned=1">',
  '<form action="javascript:pwned=1"><button>x</button></form>', '<button formaction="javascript:pwned=1">x</button>', '<link rel=stylesheet href="data:text/css,*{}">', '<base href="javascript:/">',
  '<meta http-equiv="refresh" content="0;url=javascript:pwned=1">', '<style>@import "javascript:pwned=1"</style>', '<div style="background:url(javascript:pwned=1)">', '<div style="width:expression(pwned=1)">',
  '{{constructor.constructor("pwned=1")()}}', '${pwned=1}', '#{pwned=1}', '<%= pwned=1 %>', '`${pwned=1}`', "');pwned=1//", '";pwned=1//', '\\";pwned=1//',
  '<!--<img src="--><img src=x onerror=pwned=1>">', '<noscript><p title="</noscript><img src=x onerror=pwned=1>">', '<template><script>pwned=1</script></template>', '<slot name="x"><script>pwned=1</script></slot>',
  '<xmp><img src=x onerror=pwned=1></xmp>', '<plaintext><script>pwned=1</script>', '<marquee onstart=pwned=1>', '<keygen autofocus onfocus=pwned=1>', '<isindex action=javascript:pwned=1>',
  '&lt;script&gt;pwned=1&lt;/script&gt;', '&#60;script&#62;pwned=1', '\u003cscript\u003epwned=1\u003c/script\u003e', '%3Cscript%3Epwned=1%3C/script%3E', '<scr\\u0000ipt>pwned=1</script>',
  '<ScRiPt>pwned=1</sCrIpT>', '<img src="x` `<script>pwned=1</script>"` `>', '<p id=x onclick=pwned=1>', '__proto__', 'constructor', 'toString', 'hasOwnProperty', '<svg><use href="data:image/svg+xml,<svg id=x onload=pwned=1>#x">',
];
