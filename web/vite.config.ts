// The playground: a folder of static files under dist/playground that any web server, and `stepglass serve`, can give.

import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { defineConfig, type Plugin } from 'vite';
import { tightStyles } from './vite.css.js';
import { define, wasmAlias } from './vite.wasm.js';

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));

/** Writes sw.js, which keeps all files of this build in the browser: after the first visit no network is needed. */
function serviceWorker(): Plugin {
  return {
    name: 'stepglass-service-worker',
    apply: 'build',
    generateBundle: {
      order: 'post',
      handler(_options, bundle) {
        const files = ['./', ...Object.keys(bundle).filter((name) => !name.endsWith('.map'))].sort();
        const hash = createHash('sha256');
        for (const file of Object.values(bundle)) hash.update('code' in file ? file.code : file.source);
        const source = readFileSync(here('src/playground/service-worker.js'), 'utf8')
          .replace('__VERSION__', JSON.stringify(hash.digest('hex').slice(0, 12)))
          .replace('__FILES__', JSON.stringify(files));
        this.emitFile({ type: 'asset', fileName: 'sw.js', source });
      },
    },
  };
}

export default defineConfig({
  root: here('src/playground'),
  base: './',
  define,
  resolve: { alias: wasmAlias },
  plugins: [tightStyles(), serviceWorker()],
  worker: { format: 'es' },
  build: {
    outDir: here('dist/playground'),
    emptyOutDir: true,
    target: 'es2022',
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
  },
});
