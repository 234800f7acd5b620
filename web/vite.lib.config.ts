// The npm package, with the module and the worker as files of their own: dist/package for programs that are bundled, and
// (`--mode bundle`) dist/bundle for plain pages, with Lit and the editor inside.

import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vite';
import { tightStyles } from './vite.css.js';
import { wasmAlias } from './vite.wasm.js';

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));

export default defineConfig(({ mode }) => {
  const bundled = mode === 'bundle';
  const entries = bundled ? ['define', 'player'] : ['index', 'node', 'define', 'elements', 'player', 'markdown'];
  return {
    root: here('.'),
    base: './',
    publicDir: false,
    resolve: { alias: wasmAlias },
    plugins: [tightStyles()],
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
