// Parts the module in two, so that a page which draws and runs machines loads half of it: stepglass-first.wasm holds what the
// requests of tour.json call, stepglass-rest.wasm all else. The first part calls the other through imports of the namespace
// "rest"; who loads it, and when, is module.ts.
//
//   node wasm/parts.mjs build/wasm

import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';

const folder = resolve(process.argv[2]);
const file = (name) => join(folder, name);
const kWhole = file('stepglass.wasm');
const kInstrumented = file('instrumented.wasm');
const kProfile = file('profile.bin');
/** What the compiler was told that browsers have; see CMakeLists.txt. */
const kFeatures = ['exception-handling', 'bulk-memory', 'sign-ext', 'nontrapping-float-to-int', 'mutable-globals'].map((name) => `--enable-${name}`);
const kMaxProfileBytes = 1 << 20;

const split = (...options) => execFileSync('wasm-split', [...options, ...kFeatures], { stdio: ['ignore', 'ignore', 'inherit'] });

/** Picture and run of each machine, as pages ask for them, with whether they are refused. */
function requests() {
  return JSON.parse(readFileSync(new URL('tour.json', import.meta.url), 'utf8')).flatMap(({ definition, input, mocks = {}, broken = false }) => [
    [{ op: 'graph', definition: JSON.stringify(definition), format: 'drawing' }, false],
    [{ op: 'run', definition: JSON.stringify(definition, undefined, 2), input_text: JSON.stringify(input), type: 'STANDARD', mocks, default_mock: 'sample', inspection: 'DEBUG', until: { stopped: true }, changes: [] }, broken],
  ]);
}

split('--instrument', kWhole, '-o', kInstrumented);
const { default: create } = await import(pathToFileURL(file('stepglass.mjs')).href);
let writeProfile;
const module = await create({
  instantiateWasm(imports, done) {
    void WebAssembly.instantiate(readFileSync(kInstrumented), imports).then(({ instance }) => {
      writeProfile = instance.exports.__write_profile;
      done(instance);
    });
    return {};
  },
});
for (const [request, isRefused] of requests()) {
  const bytes = Buffer.from(JSON.stringify(request));
  const room = module._malloc(bytes.length);
  module.HEAPU8.set(bytes, room);
  const reply = module._stepglass_call(room, bytes.length);
  const text = Buffer.from(module.HEAPU8.slice(reply, module.HEAPU8.indexOf(0, reply)).buffer).toString();
  if (text.startsWith('{"ok":true') === isRefused) throw new Error(`tour.json: ${text}`);
  module._free(room);
}
const room = module._malloc(kMaxProfileBytes);
const size = writeProfile(room, kMaxProfileBytes);
if (size > kMaxProfileBytes) throw new Error(`the profile has ${size} bytes: raise kMaxProfileBytes`);
writeFileSync(kProfile, module.HEAPU8.subarray(room, room + size));

// Names of exports are read by nothing but the other part. They begin with what the module is, so that parts of two builds do
// not fit together: a page may have loaded one before a deployment, and load the other after it.
const build = createHash('sha256').update(readFileSync(kWhole)).digest('hex').slice(0, 8);
split('--split', kWhole, `--profile=${kProfile}`, '-o1', file('stepglass-first.wasm'), '-o2', file('stepglass-rest.wasm'), `--export-prefix=%${build}`, '--import-namespace=first', '--placeholder-namespace=rest');
for (const name of [kInstrumented, kProfile]) rmSync(name);
