// schema.json of the package against what the module takes and answers: requests of the repository, and, where the shared
// corpora stand beside the repository (or at $STEPGLASS_SHARED), all that conform.py sends.

import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { before, test } from 'node:test';
import { load } from '../wasm/module.mjs';
import { need, root, web } from './support.mjs';

const schema = JSON.parse(readFileSync(join(web, 'dist/package/schema.json'), 'utf8'));
const { default: Ajv } = need('ajv');
const ajv = new Ajv({ allowUnionTypes: true }).addSchema(schema);
const validator = (name) => ajv.getSchema(`${schema.$id}#/definitions/${name}`);
const kOps = Object.keys(schema.definitions).flatMap((name) => /^(.*)\.request$/.exec(name)?.[1] ?? []);
const fields = (op) => Object.keys(schema.definitions[`${op}.request`].properties);
const lines = (file) => readFileSync(file, 'utf8').split('\n').filter(Boolean);

let module;
before(async () => (module = await load(join(root, 'build/wasm'))));
const call = async (request) => JSON.parse(await module.call(Buffer.from(typeof request === 'string' ? request : JSON.stringify(request))));

/** The operations that were answered. What the module takes is in the schema, and so is each of its replies. */
async function agree(requests) {
  const wrong = new Map();
  const check = (name, value, where) => {
    const validate = validator(name);
    if (validate(value)) return;
    const [{ instancePath, message, params }] = validate.errors.slice(-1);
    const what = `${name}${instancePath.replaceAll(/\/\d+/g, '/…')}: ${message} ${JSON.stringify(params)}`;
    if (!wrong.has(what)) wrong.set(what, where.slice(0, 300));
  };
  const answered = new Set();
  for (const text of requests.map((one) => (typeof one === 'string' ? one : JSON.stringify(one)))) {
    const reply = await call(text);
    let request;
    try {
      request = JSON.parse(text);
    } catch {
      // It is refused, which is a reply like others.
    }
    const op = kOps.includes(request?.op) ? request.op : undefined;
    check(op ? `${op}.reply` : 'refusal', reply, text);
    if (reply.ok || reply.error.code !== 'BadRequest') check(`${op}.request`, request, text);
    if (reply.ok) answered.add(op);
  }
  assert.deepEqual(Object.fromEntries(wrong), {});
  return answered;
}

const kTask = { StartAt: 'T', States: { T: { Type: 'Task', Resource: 'arn:aws:states:::lambda:invoke', Parameters: { FunctionName: 'f' }, Retry: [{ ErrorEquals: ['Busy'] }], End: true } } };
const kLoop = { StartAt: 'A', States: { A: { Type: 'Pass', Next: 'A' } } };
const kNested = { StartAt: 'N', States: { N: { Type: 'Task', Resource: 'arn:aws:states:::states:startExecution.sync:2', Parameters: { StateMachineArn: 'arn:aws:states:us-east-1:111111111111:stateMachine:Inner' }, End: true } } };
const kRows = { StartAt: 'M', States: { M: { Type: 'Map', ItemReader: { Resource: 'arn:aws:states:::s3:getObject', ReaderConfig: { InputType: 'JSON' }, Parameters: { Bucket: 'b', Key: 'k' } }, ItemProcessor: { ProcessorConfig: { Mode: 'DISTRIBUTED', ExecutionType: 'EXPRESS' }, StartAt: 'P', States: { P: { Type: 'Pass', End: true } } }, End: true } } };
const kMachines = { 'arn:aws:states:us-east-1:111111111111:stateMachine:Inner': kTask };
const kMap = { Type: 'Map', ToleratedFailureCount: 1, MaxConcurrency: 2, ItemsPath: '$.items', ItemProcessor: { StartAt: 'P', States: { P: { Type: 'Pass', End: true } } }, End: true };
const kText = JSON.stringify(kTask, undefined, 1);
const kAsked = [
  ...['json', 'text'].flatMap((format) => [
    { op: 'run', definition: kTask, format, width: 100, mocks: { T: [{ error: 'Busy', cause: { why: 1 }, duration_seconds: 1.5, scheduled: {}, event_id: 7 }, { return: 1, outcome: 'TaskSucceeded' }] }, inspection: 'DEBUG', seed: 7, now: '2025-01-01T00:00:00Z', max_events: 100, max_transitions: 100, context: { Execution: { Name: 'n' } } },
    { op: 'lint', text: '{"StartAt": "X", "States": {"A": {"Type": "Pass", "End": true}}}', filename: 'a.asl.json', type: 'EXPRESS', select: ['ASL'], ignore: ['ASL5'], format, width: 60 },
    { op: 'cost', definition: kTask, name: 'n', filename: 'a.asl.json', type: 'EXPRESS', region: 'eu-west-1', executions_per_month: '2k', assumptions: { states: { T: { failure_rate: 0.1 } } }, paths: 2, simulate: 10, seed: 3, format, width: 120 },
    { op: 'diff', before: kTask, after: kLoop, name: 'n', type: 'STANDARD', format, width: 80 },
  ]),
  { op: 'run', definition: kTask, until: { stopped: true } },
  { op: 'run', definition: kTask, mocks: { Q: [{ return: 1 }], T: [{ return: 1 }] }, until: { event: 4, after: 1, states: ['T'], choice: true, error: true }, changes: [{ event: 2, data: 1, variables: { v: 1 } }], inspection: 'TRACE' },
  { op: 'run', definition: kText, input_text: '[]', default_mock: 'sample', type: 'EXPRESS', history: false },
  { op: 'run', definition: kTask, mock_config: { StateMachines: { M: { TestCases: { C: { T: 'R' } } } }, MockedResponses: { R: { 0: { Return: 1 } } } }, mock_state_machine: 'M', mock_test_case: 'C' },
  { op: 'run', definition: kNested, input: 7, machines: kMachines, default_mock: 'echo' },
  { op: 'run', definition: kRows, environment: { s3_objects: [{ bucket: 'b', key: 'k', body: [1, 2] }], lambda_functions: {}, collaborators: {} } },
  { op: 'state', definition: kTask, stateName: 'T', roleArn: 'arn:aws:iam::111111111111:role/r', input: '{}', inspectionLevel: 'TRACE', revealSecrets: true, variables: { v: 1 }, context: {}, mock: { errorOutput: { error: 'Busy', cause: '' }, fieldValidationMode: 'NONE' }, stateConfiguration: { retrierRetryCount: 1 } },
  { op: 'state', definition: kTask.States.T, mocks: { '': [{ return: {} }] }, default_mock: 'sample', inspectionLevel: 'INFO' },
  { op: 'state', definition: kMap, input: { items: [1, 2] }, inspectionLevel: 'DEBUG', mock: { result: [1, 2] }, stateConfiguration: { mapIterationFailureCount: 0 } },
  { op: 'state', definition: { Type: 'Fail', Error: 'E', Cause: 'c' } },
  { op: 'validate', definition: kText, type: 'EXPRESS', severity: 'WARNING', maxResults: 1 },
  { op: 'create', definition: kText, type: 'STANDARD' },
  { op: 'list', text: kText, filename: 'a.asl.json', definitions: true },
  { op: 'complete', text: kText, filename: 'a.asl.json', line: 2, column: 3 },
  { op: 'complete', text: kText },
  { op: 'hover', text: kText, filename: 'a.asl.json', line: 5, column: 5 },
  { op: 'hover', text: '' },
  { op: 'format', text: kText, filename: 'a.asl.json', indent: 4, width: 60 },
  { op: 'format', text: '' },
  { op: 'rules', rule: 'ASL201' },
  { op: 'rules' },
  ...['json', 'drawing', 'svg', 'dot', 'mermaid', 'plantuml'].map((format) => ({ op: 'graph', definition: { StartAt: 'M', States: { M: kMap } }, format, name: 'n', collapse: ['M'] })),
  { op: 'cost', definition: kLoop, simulate: 10 },
  { op: 'cost', definition: kTask, region: 'xx-none-1', executions_per_month: 5 },
  { op: 'cost', definition: kNested, machines: kMachines, histories: [] },
  { op: 'jsonata', expression: '$a + b', data: { b: 1 }, bindings: { a: 1 }, dialect: 'states', limits: { depth: 10, steps: 1000, bytes: 1000, milliseconds: 10 }, seed: 1 },
  ...['(', '$sum', 'nothing', '{"a": 1}'].map((expression) => ({ op: 'jsonata', expression, data: {} })),
  { op: 'path', path: '$.a', data: { a: 1 }, dialect: 'reference' },
  { op: 'path', path: '$.b', data: {} },
  { op: 'version', id: { any: [1] } },
];
/** Refused on purpose. */
const kRefused = [{ op: 'version', format: 'text' }, { op: 'nothing' }];

test('each operation is asked and answered as the schema says, with all of its fields', async () => {
  assert.deepEqual([...(await agree([...kAsked, ...kRefused]))].sort(), [...kOps].sort());
  const isBad = async (request) => (await call(request)).error?.code === 'BadRequest';
  for (const request of kAsked) assert.ok(!(await isBad(request)), JSON.stringify(request));
  for (const request of kRefused) assert.ok(await isBad(request), JSON.stringify(request));
  const asked = (op) => new Set(kAsked.filter((one) => one.op === op && one.op !== 'version').flatMap(Object.keys));
  for (const op of kOps.filter((one) => one !== 'version')) assert.deepEqual(fields(op).filter((name) => name !== 'id' && !asked(op).has(name)), [], op);
});

test('requests of the repository and their replies are as the schema says', async () => {
  const { result } = await call({ op: 'rules' });
  const examples = result.rules.flatMap(({ bad, good }) => {
    const of = (definition) => [
      { op: 'lint', text: definition },
      { op: 'run', definition, default_mock: 'sample', inspection: 'TRACE', max_transitions: 100 },
      { op: 'run', definition, until: { stopped: true }, max_transitions: 100 },
      { op: 'cost', definition, paths: 3, simulate: 5 },
      { op: 'validate', definition },
      { op: 'create', definition },
      { op: 'list', text: definition, definitions: true },
      ...[5, 30, 60].flatMap((column) => ['complete', 'hover'].map((op) => ({ op, text: definition, line: 1, column }))),
      ...['json', 'drawing'].map((format) => ({ op: 'graph', definition, format })),
    ];
    return [...of(bad), ...of(good), { op: 'diff', before: bad, after: good }];
  });
  await agree([...lines(join(root, 'tests/wasm/requests.jsonl')), ...examples]);
});

const shared = process.env.STEPGLASS_SHARED ?? join(root, '../shared');
test('requests of the shared corpora and their replies are as the schema says', { skip: !existsSync(join(shared, 'conformance')) }, async () => {
  const folder = mkdtempSync(join(tmpdir(), 'stepglass-schema-'));
  try {
    const record = join(folder, 'requests.jsonl');
    execFileSync('python3', [join(shared, 'conformance/conform.py'), '--tool', join(root, 'tests/wasm/record.sh'), '--corpus', join(shared, 'corpus')], { env: { ...process.env, STEPGLASS_RECORD: record }, stdio: 'ignore' });
    const requests = lines(record);
    assert.ok(requests.length > 1000);
    await agree(requests);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});

test('the operations and fields that the module knows are those of the schema', async () => {
  const { error } = await call({});
  assert.deepEqual(/known are (.*)$/.exec(error.message)?.[1].split(', ').sort(), [...kOps].sort());
  // It cannot be asked for all of them, but it says which word is known, and which was meant.
  const words = new Set(`${readFileSync(join(root, 'README.md'), 'utf8')} ${JSON.stringify(schema)}`.match(/[A-Za-z][A-Za-z_]*/g));
  for (const op of kOps) {
    const known = new Set();
    for (const word of words) {
      const reply = await call(`{"op":"${op}",${word === 'op' ? '' : `"${word}":null,`}"id":0}`.replace('"id":null,', ''));
      const unknown = /^unknown field "\w+" in a request for "\w+"(?:; did you mean "(\w+)"\?)?$/.exec(reply.error?.message ?? '');
      if (!unknown) known.add(word);
      else if (unknown[1]) known.add(unknown[1]);
    }
    assert.deepEqual([...known].sort(), fields(op).sort(), op);
  }
});

test('what the module refuses by its fields is refused by the schema', async () => {
  const isGood = async (request) => {
    const isTaken = validator(`${request.op}.request`)(request);
    assert.equal((await call(request)).error?.code !== 'BadRequest', isTaken, JSON.stringify(request));
    return isTaken;
  };
  const definition = kTask;
  const good = [
    { op: 'run', definition, format: 'text', width: 1000 },
    ...[1, 8].map((indent) => ({ op: 'format', text: '{}', indent })),
    ...[0, 1000].map((width) => ({ op: 'format', text: '{}', width })),
    { op: 'cost', definition, paths: 1000, simulate: 0 },
    ...[0, 100].map((maxResults) => ({ op: 'validate', definition: kText, maxResults })),
  ];
  const bad = [
    ...[{ width: 1001 }, { width: -1 }, { width: 1.5 }, { format: 'svg' }, { speed: 11 }, { until: { never: true } }, { mocks: { A: {} } }, { type: 'FAST' }].map((more) => ({ op: 'run', definition, ...more })),
    { op: 'run' },
    { op: 'graph', definition, format: 'text' },
    ...[0, 9].map((indent) => ({ op: 'format', text: '{}', indent })),
    { op: 'format', text: '{}', width: 1001 },
    { op: 'cost', definition, paths: 1001 },
    { op: 'cost', definition, simulate: 10_000_001 },
    { op: 'validate', definition: kText, maxResults: 101 },
  ];
  for (const request of good) assert.ok(await isGood(request), JSON.stringify(request));
  for (const request of bad) assert.ok(!(await isGood(request)), JSON.stringify(request));
  const whole = ajv.getSchema(schema.$id);
  assert.ok(whole({ op: 'version' }) && whole({ ok: true, result: {} }) && !whole({ op: 'versions' }) && !whole({}));
});
