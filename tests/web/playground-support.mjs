// What the tests of the playground share: the page in a browser under its policy, and what is typed there.

import { served } from './served.mjs';

export { options } from './served.mjs';

export const kPass = '{"StartAt": "Check", "States": {"Check": {"Type": "Pass", "Next": "Done"}, "Done": {"Type": "Succeed"}}}';

/** Serves the playground for the tests of a file. `pages` are texts by path that its site has besides. */
export function playground() {
  const there = served('dist/playground');
  return {
    pages: there.pages,
    browser: () => there.browser,
    site: () => there.site,
    async open(more = {}, hash = '') {
      const page = await there.browser.open(`${there.site.url}/${hash}`, more);
      await page.locator('stepglass-editor .cm-content').or(page.locator('g.state')).first().waitFor();
      return page;
    },
    /** What the editor holds. */
    async text(page) {
      await page.locator('stepglass-editor .cm-content').waitFor();
      return page.locator('stepglass-editor').evaluate((editor) => editor.value);
    },
    async type(page, content) {
      await page.locator('stepglass-editor .cm-content').click();
      await page.keyboard.press('Control+a');
      await page.keyboard.insertText(content);
    },
    /** A share link's fragment, made in the page. */
    encoded: (page, shared) =>
      page.evaluate(async (value) => {
        const packed = await new Response(new Blob([JSON.stringify(value)]).stream().pipeThrough(new CompressionStream('deflate-raw'))).arrayBuffer();
        return `v1.d.${btoa(String.fromCharCode(...new Uint8Array(packed))).replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, '')}`;
      }, shared),
  };
}

/** The innermost element that has the focus, as "tag.class". */
export const focus = (page) =>
  page.evaluate(() => {
    let at = document.activeElement;
    while (at?.shadowRoot?.activeElement) at = at.shadowRoot.activeElement;
    return `${at?.tagName.toLowerCase()} ${at?.getAttribute('aria-label') ?? at?.textContent ?? ''}`.trim();
  });
