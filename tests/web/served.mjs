// A browser and a site for the tests of a file: begun before the first of them, ended after the last.

import { join } from 'node:path';
import { after, before } from 'node:test';
import { hasChromium, launch, serve, web } from './support.mjs';

/** For tests that take a browser. */
export const options = { skip: hasChromium ? false : 'there is no chromium' };

/** Serves `folder`, of web/. `pages` are texts by path that the site has besides; `browser` and `site` are there in tests. */
export function served(folder) {
  const there = { pages: {}, browser: undefined, site: undefined };
  before(async () => {
    if (!hasChromium) return;
    there.browser = await launch();
    there.site = await serve(join(web, folder), { pages: there.pages });
  });
  after(async () => {
    await there.browser?.close();
    await there.site?.close();
  });
  return there;
}
