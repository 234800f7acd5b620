// The npm package, with the module and the worker as files of their own: dist/package for programs that are bundled, and
// (`--mode bundle`) dist/bundle for plain pages, with Lit and the editor inside.

import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { defineConfig, type Plugin } from 'vite';
import { tightStyles } from './vite.css.js';
import { built, define, wasmAlias } from './vite.wasm.js';

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));

/** The module of one piece: for Node, which loads no files bit by bit, and for who wants to serve one file. */
function wholeModule(): Plugin {
  return {
    name: 'stepglass-whole-module',
    generateBundle() {
      this.emitFile({ type: 'asset', fileName: 'stepglass.wasm', source: readFileSync(built('stepglass.wasm')) });
    },
  };
}

/** Vite wraps each import() in code that fetches style sheets in front of it. We have none. */
function plainImports(): Plugin {
  return {
    name: 'stepglass-plain-imports',
    enforce: 'pre',
    resolveId: (id) => (id.endsWith('vite/preload-helper.js') ? '\0stepglass-plain-import' : undefined),
    load: (id) => (id === '\0stepglass-plain-import' ? 'export const __vitePreload = (load) => load();' : undefined),
  };
}

export default defineConfig(({ mode }) => {
  const bundled = mode === 'bundle';
  const entries = bundled ? ['define', 'player'] : ['index', 'node', 'define', 'elements', 'player', 'markdown', 'remark', 'markdown-it'];
  return {
    root: here('.'),
    base: './',
    publicDir: false,
    define,
    resolve: { alias: wasmAlias },
    plugins: [plainImports(), tightStyles(), ...(bundled ? [] : [wholeModule()])],
    worker: { format: 'es', rollupOptions: { output: { entryFileNames: '[name].js', assetFileNames: '[name][extname]' } } },
    build: {
      outDir: here(bundled ? 'dist/bundle' : 'dist/package'),
      emptyOutDir: true,
      target: 'es2022',
      assetsInlineLimit: 0,
      modulePreload: false,
      minify: true,
      reportCompressedSize: false,
      rollupOptions: {
        input: Object.fromEntries(entries.map((name) => [name, here(`src/package/${name}.ts`)])),
        // What the package depends on is installed beside it.
        external: bundled ? [] : [/^lit(\/|$)/, /^@codemirror\//, /^@lezer\//, /^node:/],
        preserveEntrySignatures: 'strict',
        output: { entryFileNames: '[name].js', chunkFileNames: 'chunks/[name].js', assetFileNames: '[name][extname]' },
      },
    },
  };
});
