// What a reader has to load, compressed as servers do it, against budgets. Prints a table; fails above.

import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { brotliCompressSync, constants } from 'node:zlib';
import { web } from './support.mjs';

const compressed = (file) => {
  const content = readFileSync(file);
  const params = { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_LGWIN]: 24, [constants.BROTLI_PARAM_SIZE_HINT]: content.length };
  return brotliCompressSync(content, { params }).length;
};
const bundle = join(web, 'dist/bundle');
const assets = join(web, 'dist/playground/assets');
const all = (folder, pattern) => readdirSync(folder).filter((name) => pattern.test(name)).map((name) => join(folder, name));
const named = (pattern) => readdirSync(assets).find((name) => pattern.test(name));
/** A file of the bundle and what it loads at once. */
const closure = (name, seen = new Set()) => {
  if (seen.has(name)) return seen;
  seen.add(name);
  for (const [, other] of readFileSync(name, 'utf8').matchAll(/(?:^|[;}])\s*(?:import|export)\s*(?:[\w*{}\s,$]*from\s*)?["'](\.[^"']+)["']/g)) closure(join(name, '..', other), seen);
  return seen;
};

// The engine and the player are above what is aimed at, 250 and 15 kB: theirs are what they must not grow beyond.
const kBudgets = [
  ['engine that draws and runs', all(bundle, /-first\.wasm$/), 342_000],
  ['engine, what it loads when it is needed', all(bundle, /-rest\.wasm$/), 345_000],
  ['elements without editor and engine', [...closure(join(bundle, 'define.js')), join(bundle, 'worker.js')], 35_000],
  ['player without engine', [...closure(join(bundle, 'player.js'))], 18_500],
  ['editor', all(assets, /^editor.*\.js$/), 115_000],
  ['playground without engine, with editor', [...new Set([/^index.*\.js$/, /^editor.*\.js$/].flatMap((name) => [...closure(join(assets, named(name)))])), ...all(assets, /^(worker|picture).*\.js$|\.css$/)], 160_000],
  ['playground, what it loads after that', all(assets, /^later.*\.js$/), 12_000],
];

for (const [name, files, budget] of kBudgets) {
  test(`${name}: at most ${budget / 1000} kB`, () => {
    assert.ok(files.length > 0);
    const size = files.reduce((sum, file) => sum + compressed(file), 0);
    console.log(`${name.padEnd(40)} ${(size / 1000).toFixed(1).padStart(7)} kB of ${budget / 1000}`);
    assert.ok(size <= budget, `${size} bytes`);
  });
}
