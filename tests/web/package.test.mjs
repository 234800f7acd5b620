// The npm package as somebody installs it: packed, installed into a new project, called from Node, its types used.

import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { need, web } from './support.mjs';

const project = mkdtempSync(join(tmpdir(), 'stepglass-package-'));
const npm = (...args) => execFileSync('npm', [...args, '--no-audit', '--no-fund', '--loglevel=error'], { cwd: project, encoding: 'utf8' });
const node = (script) => {
  writeFileSync(join(project, 'script.mjs'), script);
  return JSON.parse(execFileSync(process.execPath, ['script.mjs'], { cwd: project, encoding: 'utf8' }));
};

before(() => {
  execFileSync('npm', ['pack', '--pack-destination', project, '--ignore-scripts', '--loglevel=error'], { cwd: web });
  const tarball = readdirSync(project).find((name) => name.endsWith('.tgz'));
  writeFileSync(join(project, 'package.json'), '{"name": "fresh", "private": true, "type": "module"}');
  npm('install', `./${tarball}`, '--ignore-scripts', '--prefer-offline');
});
after(() => rmSync(project, { recursive: true, force: true }));

const kMachine = JSON.stringify({
  StartAt: 'A',
  States: {
    A: { Type: 'Task', Resource: 'arn:aws:states:::lambda:invoke', Parameters: { FunctionName: 'f' }, Next: 'B' },
    B: { Type: 'Succeed' },
  },
});

test('a machine runs, is checked, drawn and priced in Node', () => {
  const result = node(`
    import { createEngine } from 'stepglass';
    const engine = await createEngine();
    const session = engine.open(${JSON.stringify(kMachine)});
    const run = session.run({ id: 7 }, { mocks: { A: [{ return: { ok: true } }] } });
    const paused = await run.step(3);
    run.patch(2, { id: 8 });
    const whole = await run.result;
    const types = [];
    for await (const event of run) types.push(event.type);
    const broken = await session.run().result.catch((error) => error.code);
    console.log(JSON.stringify({
      paused: [paused.status, paused.history.length],
      status: whole.status, output: whole.output, changed: whole.history[1].stateEnteredEventDetails.input, events: types.length,
      lint: (await session.lint()).map((one) => one.code),
      svg: (await session.picture()).startsWith('<svg'),
      cost: (await session.cost()).transitions.expected,
      states: (await session.graph()).scope.states.length,
      broken, rule: (await engine.explain('ASL201')).name,
    }));`);
  assert.deepEqual(result.paused, ['RUNNING', 3]);
  assert.equal(result.status, 'SUCCEEDED');
  assert.deepEqual(result.output, { ok: true });
  assert.equal(result.changed, '{"id":8}');
  assert.ok(result.events > 5);
  assert.deepEqual([result.svg, result.cost, result.states], [true, 2, 2]);
  assert.equal(result.broken, 'MissingMock');
  assert.equal(result.rule, 'unknown-start-at');
});

test('importing the elements on a server does nothing', () => {
  assert.deepEqual(node("await import('stepglass/define'); await import('stepglass/player'); console.log('{}')"), {});
});

test('Markdown fences become elements, and their text stays text', () => {
  const { first, other, yaml, diff, attack } = node(`
    import { elementOf, markdownIt, remark } from 'stepglass/markdown';
    const md = { renderer: { rules: { fence: () => 'before' } } };
    markdownIt(md);
    const tree = { type: 'root', children: [{ type: 'code', lang: 'asl', meta: 'run=visible', value: '{}' }] };
    remark()(tree);
    console.log(JSON.stringify({
      first: tree.children[0], other: md.renderer.rules.fence([{ info: 'json', content: '' }], 0),
      yaml: elementOf('asl.yaml run=load', 'StartAt: A'), diff: elementOf('asl-diff', '') ?? null,
      attack: elementOf('asl label="<img onerror=x>" onclick=alert(1)', '</code><script>alert(1)</script>'),
    }));`);
  assert.equal(first.type, 'html');
  assert.match(first.value, /^<stepglass-machine run="visible"><pre v-pre><code>\{\}<\/code>/);
  assert.equal(other, 'before');
  assert.match(yaml, /^<stepglass-machine format="yaml" run="load">/);
  assert.equal(diff, null);
  assert.doesNotMatch(attack, /<script>|<img|onclick/);
});

test('the types say what the calls take', () => {
  writeFileSync(
    join(project, 'types.ts'),
    `import { createEngine, type Diagnostic, type RunResult } from 'stepglass';
     const engine = await createEngine();
     const session = engine.open('{}', { filename: 'a.asl.json', type: 'EXPRESS' });
     const diagnostics: Diagnostic[] = await session.lint({ ignore: ['ASL4'] });
     const result: RunResult = await session.run({ a: [1, null] }, { mocks: { A: [{ error: 'X' }] }, until: { states: ['A'] } }).result;
     // @ts-expect-error: a status is one of a few words
     const wrong: 'DONE' = result.status;
     export { diagnostics, wrong };`,
  );
  writeFileSync(join(project, 'tsconfig.json'), JSON.stringify({ compilerOptions: { strict: true, module: 'ESNext', moduleResolution: 'bundler', target: 'ES2022', lib: ['ES2022', 'DOM', 'ESNext.Disposable'], noEmit: true, types: [] }, files: ['types.ts'] }));
  const tsc = join(need.resolve('typescript/package.json'), '../bin/tsc');
  execFileSync(process.execPath, [tsc, '-p', '.'], { cwd: project, stdio: 'pipe' });
});
