// What the pages compute themselves: replays of histories, differences of data, time without waiting, links.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { need, web } from './support.mjs';

let vite;
let engine;
const load = (path) => vite.ssrLoadModule(path);
before(async () => {
  const { createServer } = await import(pathToFileURL(join(need.resolve('vite/package.json'), '../dist/node/index.js')).href);
  vite = await createServer({ root: web, configFile: false, server: { middlewareMode: true, hmr: false, ws: false }, appType: 'custom', logLevel: 'error', optimizeDeps: { noDiscovery: true } });
  engine = await (await import(pathToFileURL(join(web, 'dist/package/node.js')).href)).createEngine();
});
after(() => vite?.close());

const task = (more) => ({ Type: 'Task', Resource: 'arn:aws:states:::lambda:invoke', Parameters: { FunctionName: 'f' }, ...more });
const kMachines = {
  'retries, catchers and waits': {
    definition: { StartAt: 'A', States: { A: task({ Retry: [{ ErrorEquals: ['Busy'], MaxAttempts: 2 }], Catch: [{ ErrorEquals: ['States.ALL'], Next: 'W' }], Next: 'W' }), W: { Type: 'Wait', Seconds: 5, Next: 'F' }, F: { Type: 'Fail', Error: 'E' } } },
    mocks: { A: [{ error: 'Busy' }] },
  },
  'branches of which one fails': {
    definition: { StartAt: 'P', States: { P: { Type: 'Parallel', Catch: [{ ErrorEquals: ['States.ALL'], Next: 'D' }], Branches: [{ StartAt: 'X', States: { X: { Type: 'Wait', Seconds: 9, End: true } } }, { StartAt: 'Y', States: { Y: task({ End: true }) } }], Next: 'D' }, D: { Type: 'Succeed' } } },
    mocks: { Y: [{ error: 'Broken', duration_seconds: 1 }] },
  },
  'Maps inside of Maps': {
    definition: { StartAt: 'M', States: { M: { Type: 'Map', ItemsPath: '$.all', MaxConcurrency: 2, End: true, ItemProcessor: { StartAt: 'N', States: { N: { Type: 'Map', End: true, ItemProcessor: { StartAt: 'T', States: { T: task({ Next: 'S' }), S: { Type: 'Succeed' } } } } } } } } },
    input: { all: [[1, 2], [3], []] },
    mocks: { T: [{ return: {} }] },
  },
};

for (const [name, { definition, mocks, input = {} }] of Object.entries(kMachines)) {
  test(`a replay tells of the same visits as the engine: ${name}`, async () => {
    const { replay, replayTo } = await load('/src/model/replay.ts');
    const reply = await engine.call('run', { definition, input, mocks, inspection: 'DEBUG' });
    assert.ok(reply.ok, JSON.stringify(reply));
    const { history, inspection } = reply.result;
    const whole = replay(history);
    const words = { SUCCEEDED: ['succeeded'], CAUGHT_ERROR: ['caught'], FAILED: ['failed', 'aborted'] };
    assert.equal(whole.visits.length, inspection.length);
    inspection.forEach((one, i) => {
      const visit = whole.visits[i];
      assert.deepEqual([visit.entered, visit.state], [one.eventId, one.stateName]);
      assert.ok(words[one.status].includes(visit.status), `${visit.state}: ${visit.status} and ${one.status}`);
      assert.equal(visit.output, one.output);
    });
    // At no event is anything known that comes later.
    for (let at = 1; at <= history.length; ++at) {
      const part = replayTo(whole, at);
      assert.equal(part.events.length, at);
      for (const visit of part.visits) assert.ok(visit.entered <= at && (visit.exited ?? 0) <= at);
    }
  });
}

test('visits know where they are: parents, items, attempts', async () => {
  const { replay } = await load('/src/model/replay.ts');
  const run = async (name) => replay((await engine.call('run', { ...kMachines[name], definition: kMachines[name].definition, input: kMachines[name].input ?? {} })).result.history);
  const maps = await run('Maps inside of Maps');
  const tasks = maps.visits.filter((visit) => visit.state === 'T');
  assert.deepEqual(tasks.map((visit) => [visit.depth, maps.visits[visit.parent].state, visit.iteration]), [[2, 'N', 0], [2, 'N', 1], [2, 'N', 0]]);
  const retried = await run('retries, catchers and waits');
  assert.deepEqual(retried.visits[0].attempts.map((attempt) => attempt.error), ['Busy', 'Busy', 'Busy']);
  const branches = await run('branches of which one fails');
  assert.equal(branches.visits.find((visit) => visit.state === 'X').status, 'aborted');
});

test('steps go into a state, over what is within it, and out of it', async () => {
  const { replay } = await load('/src/model/replay.ts');
  const { stepTo } = await load('/src/model/stepping.ts');
  const { definition, input, mocks } = kMachines['Maps inside of Maps'];
  const { history } = (await engine.call('run', { definition, input, mocks })).result;
  const whole = replay(history);
  const name = (id) => `${history[id - 1].type} ${history[id - 1].stateEnteredEventDetails?.name ?? history[id - 1].stateExitedEventDetails?.name ?? ''}`.trim();
  const walk = (from, ...steps) => steps.map((step) => name((from = stepTo(whole, from, step))));
  assert.deepEqual(walk(1, 'into', 'into', 'into', 'into'), ['MapStateEntered M', 'MapStateEntered N', 'MapStateEntered N', 'TaskStateEntered T']);
  assert.deepEqual(walk(1, 'over', 'over', 'over'), ['MapStateEntered M', 'MapStateExited M', 'ExecutionSucceeded']);
  // Within an item: to its next state, and on to the end of the Map around it, whatever other items do meanwhile.
  const first = whole.visits.find((visit) => visit.state === 'T');
  assert.deepEqual(walk(first.entered, 'over', 'over', 'over'), ['TaskStateExited T', 'SucceedStateEntered S', 'SucceedStateExited S']);
  assert.equal(stepTo(whole, first.entered, 'out'), whole.visits[first.parent].exited);
  assert.deepEqual(walk(first.entered, 'out', 'out', 'out'), ['MapStateExited N', 'MapStateExited M', 'ExecutionSucceeded']);
});

test('the variables of a scope are what its states have assigned, or what was written by hand', async () => {
  const { replay } = await load('/src/model/replay.ts');
  const { variablesAt } = await load('/src/model/stepping.ts');
  const pass = (more) => ({ Type: 'Pass', ...more });
  const definition = { QueryLanguage: 'JSONata', StartAt: 'A', States: {
    A: pass({ Assign: { x: 1, list: '{% [$states.input.k] %}' }, Next: 'B' }), B: pass({ Assign: { x: '{% $x + 1 %}' }, Next: 'P' }),
    P: { Type: 'Parallel', Branches: [{ StartAt: 'I', States: { I: pass({ Assign: { own: true }, Next: 'J' }), J: pass({ End: true }) } }], Next: 'C' }, C: pass({ End: true }) } };
  const seen = async (changes) => {
    const { history } = (await engine.call('run', { definition, input: { k: 2 }, changes })).result;
    const whole = replay(history);
    return Object.fromEntries(whole.visits.map((visit) => [visit.state, variablesAt(whole, visit, changes)]));
  };
  assert.deepEqual(await seen([]), { A: {}, B: { x: 1, list: [2] }, P: { x: 2, list: [2] }, I: {}, J: { own: true }, C: { x: 2, list: [2] } });
  const { B, C } = await seen([{ event: 4, data: {}, variables: { x: 40 } }]);
  assert.deepEqual([B, C], [{ x: 40 }, { x: 41 }]);
});

test('a history as long as the service keeps is replayed', async () => {
  const { replay } = await load('/src/model/replay.ts');
  const reply = await engine.call('run', { definition: { StartAt: 'A', States: { A: { Type: 'Choice', Choices: [{ Variable: '$.done', IsPresent: true, Next: 'B' }], Default: 'A' }, B: { Type: 'Succeed' } } } });
  assert.equal(reply.result.history.length, 25_000);
  const whole = replay(reply.result.history);
  assert.equal(whole.visits.length, 12_499);
  assert.ok(whole.visits.every((visit) => visit.status === 'succeeded'));
});

test('a broken or foreign history gives what can be told', async () => {
  const { replay } = await load('/src/model/replay.ts');
  for (const history of [[], [{ id: 7, type: 'TaskSucceeded' }], [{ id: 1, previousEventId: 9, type: 'MapIterationSucceeded', timestamp: 'nonsense' }], [{ id: 2, type: 'PassStateEntered', timestamp: 1 }, { id: 2, type: 'PassStateEntered', timestamp: 1 }]]) {
    assert.equal(replay(history).events.length, history.length);
  }
});

test('differences of data', async () => {
  const { diff, kMaxDiffLines } = await load('/src/view/json-diff.ts');
  const text = (before, after) => diff(before, after).lines.map((line) => (line.kind === 'folded' ? `…${line.count}` : `${{ same: ' ', added: '+', removed: '-' }[line.kind]}${'  '.repeat(line.depth)}${line.text}`));
  assert.deepEqual(text({ a: 1, b: 2, c: 3 }, { a: 1, b: 5, c: 3, d: [] }), [' {', '-  "b": 2', '+  "b": 5', '+  "d": []', '…2', ' }']);
  assert.deepEqual(text([1, 2], { a: 1 }), ['-[1,2]', '+{"a":1}']);
  assert.deepEqual(text(undefined, 'x'), [' "x"']);
  const many = Object.fromEntries(Array.from({ length: 5000 }, (_, i) => [`k${i}`, i]));
  const { lines, left } = diff({}, many);
  assert.equal(lines.length, kMaxDiffLines);
  assert.equal(left, 5002 - kMaxDiffLines);
});

test('what is written as input and mocks can be used, or says why not', async () => {
  const { runDataFault, runDataText } = await load('/src/model/run-data.ts');
  const kinds = (what, ...texts) => texts.map((text) => runDataFault(text, what)?.kind);
  assert.deepEqual(kinds('input', '', ' \n', '1', '{"a": 1}', '{"a": '), [undefined, undefined, undefined, undefined, 'syntax']);
  assert.deepEqual(kinds('mocks', '', '{}', '{"A": [{"return": 1}]}', '{"A": {"return": 1}}', '[]', 'null', '{'), [undefined, undefined, undefined, 'shape', 'shape', 'shape', 'syntax']);
  assert.deepEqual([runDataText(' '), runDataText(' 1')], ['{}', ' 1']);
});

test('a text is edited at its places before any of the edits, and nowhere else', async () => {
  const { edited } = await load('/src/model/text-edits.ts');
  const edit = (from, to, replacement) => ({ range: { start: { line: from[0], column: from[1] }, end: { line: to[0], column: to[1] } }, replacement });
  // Lines end as the engine's do, and a byte order mark takes no column.
  assert.equal(edited('\ufeffab\r\nc\rd', [edit([1, 1], [1, 2], ''), edit([1, 3], [2, 1], ' '), edit([2, 2], [3, 1], ''), edit([3, 2], [3, 2], '!')]), '\ufeffb cd!');
  assert.equal(edited('ab\n𝄞c\n', [edit([2, 3], [2, 4], 'd'), edit([1, 1], [1, 2], ''), edit([3, 1], [3, 1], 'e')]), 'b\n𝄞d\ne');
  for (const wrong of [[edit([1, 4], [1, 4], '')], [edit([4, 1], [4, 1], '')], [edit([1, 2], [1, 1], '')], [edit([1, 1], [1, 3], ''), edit([1, 2], [1, 3], '')]]) {
    assert.throws(() => edited('ab\n𝄞c\n', wrong), RangeError);
  }
});

test('differences of texts, line by line', async () => {
  const { lineDiff } = await load('/src/view/line-diff.ts');
  const text = (before, after) => lineDiff(before, after).lines.map((line) => (line.kind === 'folded' ? `…${line.count}` : `${{ same: ' ', added: '+', removed: '-' }[line.kind]}${line.text}`));
  assert.deepEqual(text('a\nb\nc\nd\ne\nf', 'a\nb\nc\nX\ne\nf'), ['…1', ' b', ' c', '-d', '+X', ' e', ' f']);
  assert.deepEqual(text('a\nb\nc', 'b\nc\nd'), ['-a', ' b', ' c', '+d']);
  assert.deepEqual(text('', 'a'), ['-', '+a']);
  assert.deepEqual(text('a', 'a'), ['…1']);
  // What is too different to be compared goes and comes as a whole.
  const long = (word) => Array.from({ length: 2100 }, (_, i) => `${word}${i}`).join('\n');
  const { lines, left } = lineDiff(long('a'), long('b'));
  assert.equal(lines.length + left, 4200);
});

test('idle time is folded, and every event keeps its order', async () => {
  const { placeOf, stretches } = await load('/src/view/timeline-model.ts');
  const times = [0, 10, 20, 30, 36_000_000, 36_000_010];
  const scale = stretches({ events: times.map((time) => ({ time })), start: 0 });
  assert.deepEqual(scale.map((stretch) => stretch.folded), [false, false, false, true, false]);
  const places = times.map((time) => placeOf(time, scale));
  assert.deepEqual(places, [...places].sort((a, b) => a - b));
  assert.equal(places[0], 0);
  assert.ok(Math.abs(places.at(-1) - 1) < 1e-9);
  assert.ok(scale[3].width < 0.4);
});

test('what is shared is masked wherever it stands, and what it was made of stays', async () => {
  const { maskedIn, sensitiveIn, readShareFile, shareFile } = await load('/src/model/share.ts');
  const id = (digit) => digit + '98765432109';
  const shared = { d: `{"Comment": "${id(1)}"}`, i: [{ n: `of ${id(2)}`, v: `"${id(3)}"` }], m: { [`S ${id(4)}`]: [{ return: { url: `https://sqs/${id(5)}/q`, token: 's3cr3t-value' } }] }, a: { states: { [id(6)]: { items: 2 } } }, s: `S ${id(4)}` };
  const before = structuredClone(shared);
  const parts = sensitiveIn(shared);
  assert.deepEqual([...parts].sort(), [...[1, 2, 3, 4, 5, 6].map(id), 's3cr3t-value'].sort());
  const masked = maskedIn(shared, parts);
  assert.deepEqual(sensitiveIn(masked), []);
  assert.doesNotMatch(JSON.stringify(masked), /98765432109|s3cr3t/);
  assert.deepEqual(shared, before);
  assert.deepEqual(Object.keys(masked.m), [masked.s]);
  assert.deepEqual(readShareFile(shareFile(shared)), shared);
  assert.equal(readShareFile('{"StartAt": "A"}'), undefined);
  assert.equal(readShareFile('StartAt: A'), undefined);
});

test('a link gives back what it was made of, and inflates to no more than it may', async () => {
  const { decodeShare, encodeShare, kMaxSharedBytes, masked, sensitiveParts, toBase64Url } = await load('/src/model/share.ts');
  const shared = { d: 'Ünï "code" \u2028', f: 'yaml', i: [{ n: 'a', v: '{}' }], m: { A: [{ error: 'X' }] }, v: 'cost' };
  assert.deepEqual(await decodeShare(await encodeShare(shared)), { ok: true, shared });
  // A bomb: a thousand times smaller than what it would become.
  const stream = new Blob([JSON.stringify({ d: 'x'.repeat(kMaxSharedBytes) })]).stream().pipeThrough(new CompressionStream('deflate-raw'));
  const bomb = new Uint8Array(await new Response(stream).arrayBuffer());
  assert.equal((await decodeShare(`v1.d.${toBase64Url(bomb)}`)).ok, false);
  // Just as large as it may be, and one more.
  const room = kMaxSharedBytes - JSON.stringify({ d: '' }).length;
  assert.ok(await encodeShare({ d: 'x'.repeat(room) }));
  assert.equal(await encodeShare({ d: 'x'.repeat(room + 1) }), undefined);
  const secret = '{"arn": "arn:aws:lambda:us-east-1:987654321098:function:f", "apiKey": "s3cr3t-value"}';
  assert.deepEqual(sensitiveParts(secret), ['987654321098', 's3cr3t-value']);
  assert.deepEqual(sensitiveParts(masked(secret, sensitiveParts(secret))), []);
  assert.deepEqual(sensitiveParts('password: hunter-22\n- dbToken: "other-one"\nsecretName: ${Name}\nTaskToken.$: $$.Task.Token'), ['hunter-22', 'other-one']);
  const accounts = ['https://sqs.us-east-1.amazonaws.com/987654321098/q', '987654321098.dkr.ecr.eu-west-1.amazonaws.com/app', 'logs-2024-987654321098', 'x987654321098y'];
  for (const text of accounts) assert.deepEqual(sensitiveParts(JSON.stringify({ text })), ['987654321098'], text);
  const none = ['1735689600123', '0.987654321098', '00000000-0000-4000-8000-987654321098', 'arn:aws:iam::123456789012:role/r', '111111111111'];
  for (const text of [...none, 987654321098]) assert.deepEqual(sensitiveParts(JSON.stringify({ text })), [], String(text));
  assert.deepEqual(sensitiveParts(JSON.stringify({ body: '{"password": "hunter-22"}', tokens: 12345678 })), ['hunter-22']);
});
