// What a build takes from elsewhere: the module that is made of the C++ code, and the version.

import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Alias } from 'vite';

export const built = (name: string) => fileURLToPath(new URL(`../build/wasm/${name}`, import.meta.url));

export const wasmAlias: Alias[] = [
  { find: /^@stepglass\/wasm$/, replacement: built('stepglass.mjs') },
  { find: /^@stepglass\/wasm\/(.*\.wasm)/, replacement: built('$1') },
];

const { version } = JSON.parse(readFileSync(new URL('package.json', import.meta.url), 'utf8')) as { version: string };
export const define = { __STEPGLASS_VERSION__: JSON.stringify(version) };
