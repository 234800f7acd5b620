// "Test for CI" of the playground: what is exported there passes with the program, and fails when something else comes out.

import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { after, test } from 'node:test';
import { options as forBrowser, playground } from './playground-support.mjs';
import { need, root } from './support.mjs';

const program = join(root, 'build/release/stepglass');
const options = { skip: forBrowser.skip || (existsSync(program) ? false : 'the program is not built') };
const { open } = playground();
const work = mkdtempSync(join(tmpdir(), 'stepglass-ci-test-'));
after(() => rmSync(work, { recursive: true, force: true }));

/** Has the page hold it; gives the bytes of the ZIP. */
async function exported(page, content = {}) {
  await page.locator('stepglass-playground').evaluate((element, more) => element.replace({ ...element.content, ...more }), content);
  await page.getByRole('button', { name: 'Export' }).click();
  const download = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Test for CI (ZIP)' }).click();
  const refused = page.locator('.note', { hasText: 'Nothing was exported' });
  const file = await Promise.race([download, refused.innerText().then((said) => assert.fail(said))]);
  assert.equal(file.suggestedFilename(), 'state-machine-test.zip');
  return readFileSync(await file.path());
}

/** A folder with what the ZIP holds. */
function unpacked(zip, name) {
  const folder = join(work, name);
  mkdirSync(folder);
  for (const [file, bytes] of Object.entries(need('fflate').unzipSync(zip))) writeFileSync(join(folder, file), bytes);
  return folder;
}

/** Runs the test there, in surroundings that would have the program print otherwise. */
function run(folder, { cwd = folder, env = {} } = {}) {
  const { status, stdout, stderr } = spawnSync('sh', [join(relative(cwd, folder), 'test.sh')], { cwd, encoding: 'utf8', env: { PATH: process.env.PATH, TMPDIR: work, STEPGLASS: program, COLUMNS: '150', FORCE_COLOR: '1', LANG: 'C', CDPATH: work, ...env } });
  return { status, stdout, stderr };
}

const kSame = { status: 0, stdout: '', stderr: '' };
const text = (folder, name) => readFileSync(join(folder, name), 'utf8');
/** The Unix mode of a file, from the ZIP's directory: names stand 46 bytes behind the beginning of an entry. */
const mode = (zip, name) => zip.readUInt32LE(zip.lastIndexOf(name) - 46 + 38) >>> 16;

test('a run is taken along as a test that passes, and fails when something else comes out', options, async () => {
  const page = await open();
  const zip = await exported(page);
  const folder = unpacked(zip, 'order');
  assert.deepEqual(readdirSync(folder).sort(), ['.gitattributes', 'README.md', 'definition.asl.json', 'expected.txt', 'input.json', 'mocks.json', 'test.sh']);
  assert.equal(mode(zip, 'test.sh') & 0o777, 0o755);
  assert.deepEqual(run(folder), kSame);
  // From elsewhere, by the PATH, by a path from here, and by itself.
  assert.deepEqual(run(folder, { cwd: work }), kSame);
  assert.deepEqual(run(folder, { env: { STEPGLASS: '', PATH: `${join(program, '..')}:${process.env.PATH}` } }), kSame);
  assert.deepEqual(run(folder, { cwd: work, env: { STEPGLASS: relative(work, program) } }), kSame);
  chmodSync(join(folder, 'test.sh'), mode(zip, 'test.sh') & 0o777);
  assert.equal(spawnSync(join(folder, 'test.sh'), { env: { ...process.env, STEPGLASS: program } }).status, 0);

  const mocks = JSON.parse(text(folder, 'mocks.json'));
  const [state] = Object.keys(mocks);
  writeFileSync(join(folder, 'mocks.json'), JSON.stringify({ ...mocks, [state]: [{ error: 'Out.OfOrder' }] }));
  const failed = run(folder);
  assert.equal(failed.status, 1);
  assert.match(failed.stdout, /^--- expected\.txt[^]*\n\+.*Out\.OfOrder/);
  assert.match(failed.stderr, /It prints something else.*STEPGLASS_UPDATE=1 sh test\.sh/);
  // It is accepted when somebody says so, unless it did not run.
  const update = { env: { STEPGLASS_UPDATE: '1' } };
  const mended = run(folder, update);
  assert.deepEqual([mended.status, mended.stderr], [0, '']);
  assert.match(mended.stdout, /is what is expected from now on/);
  assert.match(text(folder, 'expected.txt'), /^FAILED  [^]*\nexit status 1\n$/m);
  assert.deepEqual(run(folder), kSame);
  const accepted = text(folder, 'expected.txt');
  writeFileSync(join(folder, 'mocks.json'), '{"half');
  const refused = run(folder, update);
  assert.deepEqual([refused.status, refused.stdout], [1, '']);
  assert.match(refused.stderr, /mocks[^]*It did not run/);
  assert.equal(text(folder, 'expected.txt'), accepted);
  // What cannot be compared is no difference.
  rmSync(join(folder, 'expected.txt'));
  assert.match(run(folder).stderr, /They cannot be compared: see what diff says/);
  writeFileSync(join(folder, 'expected.txt'), accepted);
  const tools = join(work, 'tools');
  mkdirSync(tools);
  for (const name of ['sh', 'dirname', 'mkdir', 'rm', 'awk', 'cat']) symlinkSync(spawnSync('which', [name], { encoding: 'utf8' }).stdout.trim(), join(tools, name));
  assert.match(run(folder, { env: { PATH: tools } }).stderr, /They cannot be compared: diff is missing/);
  rmSync(tools, { recursive: true });
  const none = run(folder, { env: { STEPGLASS: '/nowhere/stepglass' } });
  assert.deepEqual([none.status, none.stdout], [1, '']);
  assert.match(none.stderr, /^\/nowhere\/stepglass cannot be run/);
  // Nothing is left behind.
  assert.deepEqual(readdirSync(work), ['order']);
  assert.deepEqual(page.faults, []);
  await page.context().close();
});

const kHostile = `it's "$(touch pwned)" \`touch pwned\` \\ $HOME ; touch pwned #\n-e %s é 𝄞`;
const kName = kHostile.replace('\n', ' ');

test('executions that fail, warnings, YAML and names that shells would obey pass as well', options, async () => {
  const page = await open();
  const machine = (state) => JSON.stringify({ StartAt: kName, States: { [kName]: state } }, undefined, 2);
  const task = { Type: 'Task', Resource: 'arn:aws:states:::lambda:invoke', Parameters: { FunctionName: "f'", 'Payload.$': '$' }, End: true };
  const inputs = [{ n: 'default', v: JSON.stringify({ [kHostile]: kHostile, n: 1 }, undefined, 2) }];
  const mocks = JSON.stringify({ [kName]: [{ return: { Payload: kHostile }, duration_seconds: 400 }] });
  const cause = `first\n\nwarning: no warning\nSUCCEEDED  1 billed transition, 0s virtual (0.5 ms real)\n${'long '.repeat(60)}`;
  const contents = {
    hostile: { text: machine(task), inputs, mocks },
    express: { text: machine(task), inputs, mocks, type: 'EXPRESS' },
    sample: { text: machine(task), mocks: '{}', defaultMock: 'sample' },
    fails: { text: machine({ Type: 'Fail', Error: kHostile, Cause: cause }), mocks: '{}' },
    warned: { text: machine({ Type: 'Pass', Parameters: { a: '$.a' }, End: true }), inputs: [{ n: 'default', v: '{"a": 1, "a": 2}' }], mocks: JSON.stringify({ [kName]: [{ return: 1 }], 'No such\nstate': [{ return: 1 }] }) },
    yaml: { text: 'StartAt: A\nStates:\n  A:\n    Type: Pass\n    End: true\n', format: 'yaml', inputs: [{ n: 'default', v: ' [1, 1.50, 1e300, "\u2028"] ' }], mocks: '{}' },
  };
  const whole = await page.locator('stepglass-playground').evaluate((element) => ({ ...element.content, defaultMock: 'ask', type: 'STANDARD', format: 'json', inputs: [{ n: 'default', v: '{}' }], selectedInput: 0 }));
  for (const [name, content] of Object.entries(contents)) {
    const folder = unpacked(await exported(page, { ...whole, ...content }), name);
    assert.deepEqual(run(folder), kSame, name);
    assert.deepEqual(run(folder, { env: { PATH: process.env.PATH, STEPGLASS: program, LC_ALL: 'C' } }), kSame, name);
    assert.ok(!text(folder, 'test.sh').includes('pwned') && !text(folder, 'README.md').includes('pwned'), name);
    const ended = { fails: 'FAILED', express: 'TIMED_OUT' }[name] ?? 'SUCCEEDED';
    assert.match(text(folder, 'expected.txt'), new RegExp(`^${ended}  `, 'm'), name);
    assert.equal(existsSync(join(folder, content.format === 'yaml' ? 'definition.asl.yaml' : 'definition.asl.json')), true);
    // Another end of the execution is a difference, too.
    writeFileSync(join(folder, 'expected.txt'), text(folder, 'expected.txt').replace(/exit status \d\n$/, 'exit status 3\n'));
    assert.match(run(folder).stdout, /^-exit status 3\n\+exit status [01]\n/m, name);
  }
  assert.match(text(join(work, 'warned'), 'expected.txt'), /^warning: the input, line 1/m);
  await exported(page, { ...whole, ...contents.warned });
  await page.locator('.note', { hasText: /Mocks of “No such\s+state” were left out/ }).waitFor();
  const files = readdirSync(work, { recursive: true }).map(String);
  assert.deepEqual(files.filter((file) => /pwned|stepglass-test/.test(file)), []);
  assert.deepEqual(page.faults, []);
  await page.context().close();
});

test('the note says what is in it, and what is not', forBrowser, async () => {
  const page = await open();
  await page.getByText('✓ SUCCEEDED', { exact: true }).waitFor();
  const playground = page.locator('stepglass-playground');
  const said = () => playground.evaluate((element) => element.note);
  await exported(page);
  await page.locator('.note').waitFor({ state: 'detached' });
  const key = `AKIA${'ABCD'.repeat(4)}`;
  // What is not in it needs no word.
  await playground.evaluate((element, key) => element.change({ inputs: [...element.content.inputs, { n: 'other', v: JSON.stringify(key) }] }), key);
  await exported(page);
  await page.locator('.note').waitFor({ state: 'detached' });
  await playground.evaluate((element) => {
    element.change({ text: '{"StartAt": "A", "States": {"A": {"Type": "Pass", "End": true}}}', mocks: '{}', selectedInput: element.content.inputs.length - 1 });
    element.session.changes = [{ event: 2, data: 1 }];
    element.session.imported = true;
  });
  const download = page.waitForEvent('download');
  await playground.evaluate((element) => element.exportAs('test'));
  await download;
  assert.equal(await said(), 'It is a run of the definition, not the imported execution. Data that was changed by hand is not in it. It holds what looks secret: AKIA….');
  // What is said while it is made stays.
  await playground.evaluate(async (element) => {
    element.replace({ ...element.content, selectedInput: 0 });
    const done = element.exportAs('test');
    element.noteBefore = element.note;
    element.note = 'meanwhile';
    await done;
  });
  assert.deepEqual([await playground.evaluate((element) => element.noteBefore), await said()], ['Making the test…', 'meanwhile']);
  await playground.evaluate((element) => {
    element.session.engine.call = () => Promise.reject(new Error('no engine'));
    return element.exportAs('test');
  });
  assert.equal(await said(), 'Nothing was exported: no engine.');
  await page.context().close();
});

test('where a run cannot start, the page says why there is no test', forBrowser, async () => {
  const page = await open();
  const say = async (content, word) => {
    await page.locator('stepglass-playground').evaluate((element, more) => element.replace({ ...element.content, ...more }), content);
    await page.keyboard.press('Control+k');
    await page.keyboard.type('Test for CI');
    await page.keyboard.press('Enter');
    await page.locator('.note', { hasText: word }).waitFor();
  };
  const { text: definition } = await page.locator('stepglass-playground').evaluate((element) => element.content);
  await say({ mocks: '{"half' }, 'Nothing was exported: the mocks are no JSON object.');
  await say({ mocks: '{}', text: definition }, /Nothing was exported: .*no mock/i);
  await say({ text: '{"StartAt": "A", "States": {"A": {"Type": "Pass", "Next": "B"}}}' }, /Nothing was exported: the state machine has no state at which it ends/);
  await page.context().close();
});
