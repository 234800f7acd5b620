// The npm package as somebody installs it: packed, installed into a new project, called from Node, its types used.

import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
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

test('it says its version, and what became of a machine', () => {
  const result = node(`
    import { createEngine } from 'stepglass';
    import { readFileSync } from 'node:fs';
    const engine = await createEngine();
    const before = engine.open(${JSON.stringify(kMachine)});
    const after = engine.open(${JSON.stringify(kMachine.replace('"FunctionName":"f"', '"FunctionName":"g"'))});
    const named = JSON.parse(readFileSync('node_modules/stepglass/package.json', 'utf8')).version;
    console.log(JSON.stringify({ named, version: await engine.version(), diff: await before.diff(after), same: (await before.diff(before)).same }));`);
  assert.equal(result.version.version, result.named);
  assert.ok(result.version.rules > 200);
  assert.deepEqual(result.diff.states.map(({ name, change, fields }) => [name, change, fields]), [['A', 'changed', [{ field: 'Parameters.FunctionName', before: 'f', after: 'g' }]]]);
  assert.equal(result.same, true);
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
      hover: [(await session.hover({ line: 1, column: 4 })).title, await session.hover({ line: 9, column: 9 })],
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
  assert.deepEqual(result.hover, ['StartAt', null]);
});

test('tasks are answered by code, call by call; what it throws fails the task', () => {
  const task = (name, more) => ({ Type: 'Task', Resource: 'arn:aws:states:::lambda:invoke', Parameters: { FunctionName: name, 'Payload.$': '$' }, OutputPath: '$.Payload', ...more });
  const machine = {
    StartAt: 'Charge',
    States: {
      Charge: task('charge', { Retry: [{ ErrorEquals: ['Busy'] }], Next: 'Each' }),
      Each: { Type: 'Map', ItemsPath: '$.items', ItemProcessor: { StartAt: 'Ship', States: { Ship: task('ship', { End: true }) } }, End: true },
    },
  };
  const result = node(`
    import { createEngine } from 'stepglass';
    const session = (await createEngine()).open(${JSON.stringify(JSON.stringify(machine))});
    const calls = [];
    const task = async ({ state, input, attempt, iteration }) => {
      calls.push([state, attempt, iteration ?? null, input.Payload]);
      if (state === 'Charge' && attempt === 1) throw Object.assign(new Error('come back'), { name: 'Busy' });
      return { Payload: state === 'Charge' ? { items: [1, 2] } : input.Payload * 10 };
    };
    const run = session.run({ id: 7 }, { task });
    const whole = await run.result;
    await run.step(3);
    const asked = calls.length;
    const failed = await session.run({}, { task: () => { throw Object.assign(new Error('no card'), { name: 'Lost' }); } }).result;
    const mixed = await session.run({}, { task, mocks: { Charge: [{ return: { Payload: { items: [5] } } }] } }).result;
    console.log(JSON.stringify({ calls: calls.slice(0, asked), output: whole.output, retried: whole.history.some((event) => event.type === 'TaskFailed' && event.taskFailedEventDetails.cause === 'come back'), failed: [failed.status, failed.error, failed.cause], mixed: mixed.output }));`);
  assert.deepEqual(result.calls, [['Charge', 1, null, { id: 7 }], ['Charge', 2, null, { id: 7 }], ['Ship', 1, 0, 1], ['Ship', 1, 1, 2]]);
  assert.deepEqual([result.output, result.retried, result.failed, result.mixed], [[10, 20], true, ['FAILED', 'Lost', 'no card'], [50]]);
});

test('runs leave nothing at the signals that end them, however many tasks and runs there are', () => {
  const result = node(`
    import { getEventListeners } from 'node:events';
    import { createEngine } from 'stepglass';
    const warned = [];
    process.on('warning', (warning) => warned.push(warning.name));
    const engine = await createEngine();
    const session = engine.open(${JSON.stringify(JSON.stringify({ StartAt: 'M', States: { M: { Type: 'Map', ItemProcessor: { StartAt: 'T', States: { T: { Type: 'Task', Resource: 'arn:aws:states:::lambda:invoke', Parameters: { FunctionName: 'f' }, End: true } } }, End: true } } }))});
    const { signal } = new AbortController();
    const { status } = await session.run([...Array(14).keys()], { task: () => ({}), signal }).result;
    const many = await Promise.all([...Array(14).keys()].map(() => session.run([], {}).result));
    await new Promise((done) => setTimeout(done));
    const waits = [1, 2].map(() => session.run([1], { task: () => new Promise(() => undefined) }).result.catch((error) => error.name));
    setTimeout(() => session[Symbol.dispose](), 50);
    console.log(JSON.stringify({ status, many: many.length, left: getEventListeners(signal, 'abort').length, warned, ended: await Promise.all(waits) }));`);
  assert.deepEqual(result, { status: 'SUCCEEDED', many: 14, left: 0, warned: [], ended: ['AbortError', 'AbortError'] });
});

test('a rule that does not exist is told from an engine that does not answer', () => {
  const result = node(`
    import { createEngine } from 'stepglass';
    const engine = await createEngine();
    const none = await engine.explain('ASL999');
    engine.close();
    console.log(JSON.stringify({ none: none ?? null, closed: await engine.explain('ASL201').catch((error) => error.code) }));`);
  assert.deepEqual(result, { none: null, closed: 'EngineClosed' });
});

test('a run is stopped, begins with variables, and tells what it took; a text is changed by edits', () => {
  const result = node(`
    import { createEngine } from 'stepglass';
    const engine = await createEngine();
    const reason = (promise) => promise.then(() => 'it ended', (error) => error.name);
    const waits = engine.open(${JSON.stringify(kMachine)}).run({}, { task: () => new Promise(() => undefined) });
    setTimeout(() => waits.stop(), 50);
    const stopped = await reason(waits.result);
    const ended = engine.open('{}');
    const left = ended.run({}, { task: () => new Promise(() => undefined) });
    ended[Symbol.dispose]();
    const session = engine.open('{"QueryLanguage": "JSONata", "StartAt": "Ä", "States": {"Ä": {"Type": "Pass", "Output": "{% $n + 1 %}", "End": true}}}');
    const run = session.run({ a: 1 }, { variables: { n: 41 } });
    const before = run.stats();
    const { output } = await run.result;
    const broken = engine.open('{\\n  "Comment": "Ä𝄞", "StartAt": "Chekc",\\n  "States": {"Check": {"Type": "Succeed"}}\\n}');
    const [finding] = await broken.lint();
    broken.update([...finding.fixes.slice(0, 1), { range: { start: { line: 4, column: 2 }, end: { line: 4, column: 2 } }, replacement: '\\n' }]);
    const place = (column) => ({ line: 1, column });
    const bad = (edits) => { try { engine.open('ab').update(edits); } catch (error) { return error.code; } };
    console.log(JSON.stringify({
      stopped, disposed: await reason(left.result), output, before, stats: run.stats(), text: broken.text, fixes: finding.fixes.length,
      bad: [bad([{ range: { start: place(1), end: place(9) }, replacement: '' }]), bad([1, 1].map((column) => ({ range: { start: place(column), end: place(3) }, replacement: '' })))],
    }));`);
  assert.deepEqual([result.stopped, result.disposed], ['AbortError', 'AbortError']);
  assert.equal(result.output, 42);
  assert.deepEqual(result.before, { events: 0, transitions: 0, duration_seconds: 0 });
  assert.deepEqual(result.stats, { events: 4, transitions: 1, duration_seconds: 0 });
  assert.ok(result.fixes > 0);
  assert.equal(result.text, '{\n  "Comment": "Ä𝄞", "StartAt": "Check",\n  "States": {"Check": {"Type": "Succeed"}}\n}\n');
  assert.deepEqual(result.bad, ['BadEdit', 'BadEdit']);
});

test('a text is laid out by edits, whatever ends its lines', () => {
  const result = node(`
    import { createEngine } from 'stepglass';
    const engine = await createEngine();
    const laidOut = async (text, options) => {
      const session = engine.open(text);
      session.update(await session.format(options));
      return [session.text, (await session.format(options)).length];
    };
    const reason = (text, filename) => engine.open(text, { filename }).format().then(() => 'it is laid out', (error) => [error.code, error.message]);
    console.log(JSON.stringify({
      whole: await laidOut('\\ufeff{"StartAt":"Ä𝄞",\\r\\n"States":{\\r"Ä𝄞":{"Type":"Succeed"},"a":"\\\\u00e9"}}'),
      narrow: await laidOut('[1,2]', { indent: 4, width: 0 }),
      yaml: await reason('{}', 'a.asl.yaml'), broken: await reason('{\\n  "a": 1,\\n}'), indent: await engine.open('{}').format({ indent: 9 }).catch((error) => error.code),
    }));`);
  assert.deepEqual(result.whole, ['\ufeff{\n  "StartAt": "Ä𝄞",\n  "States": {\n    "Ä𝄞": {"Type": "Succeed"},\n    "a": "\\u00e9"\n  }\n}\n', 0]);
  assert.deepEqual(result.narrow, ['[\n    1,\n    2\n]\n', 0]);
  assert.deepEqual([result.yaml[0], result.indent], ['NotJson', 'BadRequest']);
  assert.equal(result.broken[0], 'InvalidDefinition');
  assert.match(result.broken[1], /^line 2, column 9: /);
});

test('rules, schema, worker, module and plug-ins are had by name', () => {
  const result = node(`
    import { readFileSync } from 'node:fs';
    import rules from 'stepglass/rules.json' with { type: 'json' };
    import schema from 'stepglass/schema.json' with { type: 'json' };
    import { createEngine } from 'stepglass';
    import remark from 'stepglass/remark';
    import markdownIt from 'stepglass/markdown-it';
    const file = (name) => readFileSync(new URL(import.meta.resolve(name)));
    const own = await (await createEngine()).rules();
    console.log(JSON.stringify({
      same: JSON.stringify(rules) === JSON.stringify(own), count: rules.length, types: [typeof remark, typeof markdownIt],
      wasm: WebAssembly.validate(file('stepglass/wasm')), schema: [schema.$id, Object.keys(schema.definitions['run.request'].properties).includes('until')], version: JSON.parse(file('stepglass/package.json')).version, worker: file('stepglass/worker').includes('onmessage'),
    }));`);
  assert.ok(result.count > 50);
  assert.deepEqual([result.same, result.types, result.wasm, result.worker], [true, ['function', 'function'], true, true]);
  assert.deepEqual(result.schema, [`urn:stepglass:calls:${result.version}`, true]);
});

test('what editors complete from is what the elements take, send and style', () => {
  const { observed, properties, fence, ...files } = node(`
    import { readFileSync } from 'node:fs';
    import { MachineElement } from 'stepglass/elements';
    import { elementOf } from 'stepglass/markdown';
    const json = (name) => JSON.parse(readFileSync(new URL(import.meta.resolve('stepglass/' + name))));
    const observed = MachineElement.observedAttributes;
    const machine = json('custom-elements.json').modules[0].declarations[0];
    const properties = machine.members.filter((member) => !(member.name in MachineElement.prototype) && !MachineElement.elementProperties.has(member.name)).map((member) => member.name);
    // What a fence cannot say: it has its text, and stands behind no other block.
    const fence = observed.filter((name) => !elementOf('asl ' + name + '=x', '').includes(' ' + name + '='));
    console.log(JSON.stringify({ observed, properties, fence, machine, vscode: json('vscode.html-custom-data.json').tags[0], jetbrains: json('web-types.json').contributions.html.elements[0] }));`);
  for (const { attributes } of Object.values(files)) assert.deepEqual(attributes.map(({ name }) => name), observed);
  assert.deepEqual(properties, ['ready', 'execution', 'diagnostics']);
  assert.deepEqual(fence, ['for']);
  for (const name of ['engine', 'heading-level', 'run']) {
    const values = files.machine.attributes.find((one) => one.name === name).type.text;
    assert.equal(files.vscode.attributes.find((one) => one.name === name).values.map((one) => `'${one.name}'`).join(' | '), values);
    assert.equal(files.jetbrains.attributes.find((one) => one.name === name).values.map((one) => `'${one.name}'`).join(' | '), values);
  }
  const events = files.machine.events.map(({ name }) => name);
  assert.ok(events.includes('stepglass-source') && events.includes('stepglass-share'));
  assert.deepEqual(files.jetbrains.js.events.map(({ name }) => name), events);
});

test('other bundlers find the files that the package names', () => {
  const chunks = join(web, 'dist/package/chunks');
  // Webpack takes an address that is worked out there for a module of its own, and finds none.
  for (const name of readdirSync(chunks)) assert.doesNotMatch(readFileSync(join(chunks, name), 'utf8'), /new URL\((?![`"'])[^()]*,\s*import\.meta\.url/, name);
});

test('importing the elements on a server does nothing', () => {
  assert.deepEqual(node("await import('stepglass/define'); await import('stepglass/player'); console.log('{}')"), {});
});

test('Markdown fences become elements, and their text stays text', () => {
  const { mdx, first, other, yaml, diff, attack } = node(`
    import { elementOf, markdownIt, remark } from 'stepglass/markdown';
    const md = { renderer: { rules: { fence: () => 'before' } } };
    markdownIt(md);
    const made = (options) => {
      const tree = { type: 'root', children: [{ type: 'code', lang: 'asl.yaml', meta: 'run=visible editable', value: 'A:\\n  B' }, { type: 'code', lang: 'json', value: '{}' }] };
      remark(options)(tree);
      return tree.children;
    };
    const mdx = made({ mdx: true });
    const tree = { type: 'root', children: [{ type: 'code', lang: 'asl', meta: 'run=visible', value: '{}' }] };
    remark()(tree);
    console.log(JSON.stringify({
      mdx, first: tree.children[0], other: md.renderer.rules.fence([{ info: 'json', content: '' }], 0),
      yaml: elementOf('asl.yaml run=load', 'StartAt: A'), diff: elementOf('asl-diff', '') ?? null,
      attack: elementOf('asl label="<img onerror=x>" onclick=alert(1)', '</code><script>alert(1)</script>'),
    }));`);
  assert.equal(first.type, 'html');
  assert.match(first.value, /^<stepglass-machine run="visible"><pre v-pre><code>\{\}<\/code>/);
  assert.equal(other, 'before');
  // MDX knows no HTML: there the element is written as an author would write it.
  assert.deepEqual([mdx[0].type, mdx[0].name, mdx[1].type], ['mdxJsxFlowElement', 'stepglass-machine', 'code']);
  assert.deepEqual(mdx[0].attributes.map(({ name, value }) => [name, value]), [['format', 'yaml'], ['run', 'visible'], ['editable', '']]);
  assert.equal(JSON.parse(mdx[0].children[0].children[0].children[0].value), 'A:\n  B');
  assert.match(yaml, /^<stepglass-machine format="yaml" run="load">/);
  assert.equal(diff, null);
  assert.doesNotMatch(attack, /<script>|<img|onclick/);
});

test('the types say what the calls take', () => {
  writeFileSync(
    join(project, 'types.ts'),
    `import { createEngine, type Diagnostic, type RunResult, type RunStats } from 'stepglass';
     const engine = await createEngine();
     const session = engine.open('{}', { filename: 'a.asl.json', type: 'EXPRESS' });
     const diagnostics: Diagnostic[] = await session.lint({ ignore: ['ASL4'] });
     const result: RunResult = await session.run({ a: [1, null] }, { mocks: { A: [{ error: 'X' }] }, until: { states: ['A'] } }).result;
     session.update(diagnostics.flatMap((one) => one.fixes));
     using other = engine.open('{}');
     const { events }: RunStats = other.run({}, { task: ({ state, input }) => ({ state, input }), variables: { a: 1 } }).stats();
     // @ts-expect-error: a status is one of a few words
     const wrong: 'DONE' = result.status;
     export { diagnostics, events, wrong };`,
  );
  writeFileSync(join(project, 'tsconfig.json'), JSON.stringify({ compilerOptions: { strict: true, module: 'ESNext', moduleResolution: 'bundler', target: 'ES2022', lib: ['ES2022', 'DOM', 'ESNext.Disposable'], noEmit: true, types: [] }, files: ['types.ts'] }));
  const tsc = join(need.resolve('typescript/package.json'), '../bin/tsc');
  execFileSync(process.execPath, [tsc, '-p', '.'], { cwd: project, stdio: 'pipe' });
});
