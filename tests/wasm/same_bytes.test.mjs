// The module and `stepglass batch` give the same bytes for every request.
//
//   STEPGLASS=build/release/stepglass STEPGLASS_WASM=build/wasm node tests/wasm/same_bytes.test.mjs
//
// Requests: requests.jsonl, the hostile ones below, and, where the shared corpora stand beside the repository (or at
// $STEPGLASS_SHARED), all that conform.py sends.
import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import test from 'node:test';
import { fileURLToPath } from 'node:url';
import { brotliCompressSync, constants } from 'node:zlib';

import { load } from './module.mjs';

const here = path.dirname(fileURLToPath(import.meta.url));
const root = path.resolve(here, '../..');
const program = path.resolve(process.env.STEPGLASS ?? path.join(root, 'build/release/stepglass'));
const folder = path.resolve(process.env.STEPGLASS_WASM ?? path.join(root, 'build/wasm'));
const shared = path.resolve(process.env.STEPGLASS_SHARED ?? path.join(root, '../shared'));

for (const file of [program, path.join(folder, 'stepglass.wasm')]) {
  if (existsSync(file)) continue;
  console.log(`skipped: ${file} is not there; scripts/test builds it`);
  process.exit(0);
}

function lines(bytes) {
  const found = [];
  for (let start = 0; start < bytes.length; ) {
    let end = bytes.indexOf(0x0a, start);
    if (end === -1) end = bytes.length;
    if (end > start) found.push(bytes.subarray(start, end));
    start = end + 1;
  }
  return found;
}

function native(requests) {
  const input = Buffer.concat(requests.flatMap((request) => [request, Buffer.from('\n')]));
  const { status, signal, stdout, error } = spawnSync(program, ['batch'], { input, maxBuffer: 2 ** 31 - 1 });
  if (error) throw error;
  const replies = lines(stdout);
  assert.equal(replies.length, requests.length, `a reply for each request (ended with ${signal ?? status})`);
  return replies;
}

async function compare(requests) {
  const expected = native(requests);
  const module = await load(folder);
  const differences = [];
  let trapped = 0;
  for (const [i, request] of requests.entries()) {
    const reply = await module.call(request);
    if (reply?.equals(expected[i])) continue;
    if (reply === null) trapped += 1;
    const at = reply === null ? 0 : [...reply].findIndex((byte, k) => byte !== expected[i][k]);
    const cut = (text) => text?.subarray(Math.max(0, at - 60), at + 100).toString();
    differences.push(`${request.subarray(0, 200)}\n    native ${cut(expected[i])}\n    wasm   ${cut(reply) ?? 'trapped'}`);
  }
  assert.equal(
    differences.length,
    0,
    `${differences.length} of ${requests.length} differ, ${trapped} trapped:\n${differences.slice(0, 10).join('\n')}`,
  );
}

test('the requests of requests.jsonl are answered with the same bytes', async () => {
  const requests = lines(readFileSync(path.join(here, 'requests.jsonl')));
  assert.ok(requests.length > 50);
  await compare(requests);
});

test('hostile lines are answered with the same bytes', async () => {
  const pass = { Type: 'Pass', End: true };
  const nested = (depth) => '['.repeat(depth) + ']'.repeat(depth);
  const parallel = (depth) =>
    depth === 0
      ? { StartAt: 'P', States: { P: pass } }
      : { StartAt: 'P', States: { P: { Type: 'Parallel', Branches: [parallel(depth - 1)], End: true } } };
  const run = (definition, more) => JSON.stringify({ op: 'run', definition, ...more });
  const path_of = (text) => JSON.stringify({ op: 'path', path: text, data: { a: 1 }, dialect: 'jayway' });
  const intrinsic = (text) => run({ StartAt: 'P', States: { P: { ...pass, Parameters: { 'x.$': text } } } });
  const texts = [
    'not json',
    '[]',
    '7',
    '{',
    '{"op": "run", "op": "path"}',
    '{"op": "path", "path": "$", "data": 1e999}',
    '{"op": "path", "path": "$", "data": {"a": 1, "a": 2}, "dialect": "jayway"}',
    '{"op": "path", "path": "$", "data": "\\ud800", "dialect": "jayway"}',
    '{"op": "path", "path": "$", "data": 1}\0{"op": "path"}',
    '{"op": "path", "path": "$\\u0000", "data": 1}',
    '\ufeff{"op": "path", "path": "$", "data": 1}',
    '[1,'.repeat(100_000),
    '{"a":'.repeat(100_000),
    ...[254, 255, 256, 257, 10_000].map((depth) => `{"op": "path", "path": "$", "data": ${nested(depth)}}`),
    ...[254, 255, 256, 257, 10_000].map((depth) => run(nested(depth))),
    ...[10, 40, 80, 84, 85, 86, 120].map((depth) => run(parallel(depth))),
    ...[255, 256, 257, 50_000].map((depth) => path_of(`$${'.a'.repeat(depth)}`)),
    ...[255, 256, 257, 50_000].map((depth) => path_of(`$[?(${'('.repeat(depth)}@.a${')'.repeat(depth)})]`)),
    ...[9, 10, 11, 255, 256, 257, 50_000].map((depth) =>
      intrinsic(`${'States.Array('.repeat(depth)}1${')'.repeat(depth)}`),
    ),
    run({ StartAt: 'P', States: { P: pass } }, { input_text: nested(100_000) }),
    run({ StartAt: 'P', States: { P: pass } }, { input: 'x'.repeat(300_000) }),
    run({ StartAt: 'P', States: { P: pass } }, { now: '0000-00-00T99:99:99Z' }),
    run({ StartAt: '__proto__', States: { __proto__: null, ['__proto__']: pass, constructor: pass } }),
  ];
  const bytes = [
    Buffer.from([0xff]),
    Buffer.from([0x22, 0xc0, 0xaf, 0x22]),
    Buffer.concat([Buffer.from('{"op": "path", "path": "'), Buffer.from([0xed, 0xa0, 0x80]), Buffer.from('"}')]),
    Buffer.concat([Buffer.from('{"id": "'), Buffer.from([0xf0, 0x9f]), Buffer.from('"}')]),
  ];
  await compare([...texts.map((text) => Buffer.from(text)), ...bytes]);
});

test('the requests of the shared corpora are answered with the same bytes', { skip: !existsSync(shared) }, async () => {
  const record = path.join(root, 'build/wasm-requests.jsonl');
  mkdirSync(path.dirname(record), { recursive: true });
  rmSync(record, { force: true });
  const conform = path.join(shared, 'conformance/conform.py');
  const options = ['--tool', path.join(here, 'record.sh'), '--corpus', path.join(shared, 'corpus')];
  execFileSync('python3', [conform, ...options], {
    env: { ...process.env, STEPGLASS_RECORD: record },
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  const requests = lines(readFileSync(record));
  assert.ok(requests.length > 1000);
  await compare(requests);
});

test('an instance without memory says so and serves the next request', async () => {
  const { call, instance } = await load(folder);
  const request = Buffer.from('{"id": 1, "op": "path", "path": "$", "data": [1], "dialect": "jayway"}');
  const usual = (await call(request)).toString();
  const large = Buffer.from(`{"op": "path", "path": "$", "data": ${JSON.stringify('x'.repeat(1 << 20))}}`);
  const room = instance._malloc(large.length);
  instance.HEAPU8.set(large, room);
  const taken = [];
  for (let size = 64 << 20; size >= 64 << 10; size /= 2) {
    for (let block; (block = instance._malloc(size)) !== 0; ) taken.push(block);
  }
  const reply = instance._stepglass_call(room, large.length);
  const text = Buffer.from(instance.HEAPU8.slice(reply, instance.HEAPU8.indexOf(0, reply))).toString();
  for (const block of taken) instance._free(block);
  instance._free(room);
  assert.equal(JSON.parse(text).error.code, 'OutOfMemory');
  assert.equal((await call(request)).toString(), usual);
});

test('memory does not grow with the number of requests', async () => {
  const module = await load(folder);
  const requests = lines(readFileSync(path.join(here, 'requests.jsonl')));
  const round = async () => {
    for (const request of requests) await module.call(request);
    return module.instance.HEAPU8.length;
  };
  for (let i = 0; i < 5; ++i) await round();
  const before = module.instance.HEAPU8.length;
  for (let i = 0; i < 30; ++i) await round();
  assert.equal(module.instance.HEAPU8.length, before);
});

test('the module fits its size, as it is and as servers send it', () => {
  const content = readFileSync(path.join(folder, 'stepglass.wasm'));
  const { BROTLI_PARAM_QUALITY, BROTLI_PARAM_LGWIN, BROTLI_PARAM_SIZE_HINT } = constants;
  const params = { [BROTLI_PARAM_QUALITY]: 11, [BROTLI_PARAM_LGWIN]: 24, [BROTLI_PARAM_SIZE_HINT]: content.length };
  const sizes = { raw: content.length, brotli: brotliCompressSync(content, { params }).length };
  const limits = { raw: 2_095_000, brotli: 657_000 };
  for (const [name, size] of Object.entries(sizes)) {
    assert.ok(size <= limits[name], `stepglass.wasm has ${size} bytes (${name}), the limit is ${limits[name]}`);
  }
});
