// Where the module lies that scripts/build makes of the C++ code.

import { fileURLToPath } from 'node:url';
import type { Alias } from 'vite';

export const built = (name: string) => fileURLToPath(new URL(`../build/wasm/${name}`, import.meta.url));

export const wasmAlias: Alias[] = [
  { find: /^@stepglass\/wasm$/, replacement: built('stepglass.mjs') },
  { find: /^@stepglass\/wasm\/(.*\.wasm)/, replacement: built('$1') },
];
