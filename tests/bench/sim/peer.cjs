// Runs the cases of machines.py on npm aws-local-stepfunctions and prints a JSON line for each, as sim_bench does.
//
//   node peer.cjs NODE_MODULES FOLDER --seconds S [CASE…]
'use strict';
const assert = require('node:assert');
const fs = require('node:fs');
const path = require('node:path');

const [modules, folder, , seconds, ...wanted] = process.argv.slice(2);
const { StateMachine } = require(path.resolve(modules, 'aws-local-stepfunctions'));

const read = (id, kind) => JSON.parse(fs.readFileSync(path.join(folder, `${id}.${kind}.json`), 'utf8'));
const now = () => Number(process.hrtime.bigint()) / 1e9;

async function measure({ id, transitions, items }) {
  const definition = read(id, 'asl');
  const input = read(id, 'input');
  const handlers = {};
  for (const [name, state] of Object.entries(definition.States)) {
    if (state.Type === 'Task') handlers[name] = async (payload) => ({ ok: true, echo: payload });
  }
  // Its validation takes longer than most runs; it is not what is measured.
  const machine = new StateMachine(definition, { validationOptions: { noValidate: true } });
  const options = { overrides: { taskResourceLocalHandlers: handlers } };
  const run = () => machine.run(input, options).result;
  let correct = true;
  try {
    assert.deepStrictEqual(await run(), read(id, 'expect'));
  } catch {
    correct = false;
  }
  const times = [];
  const end = now() + Number(seconds);
  while (now() < end || times.length < 3) {
    const start = now();
    await run();
    times.push(now() - start);
  }
  const median = times.sort((a, b) => a - b)[times.length >> 1];
  return {
    runs: times.length,
    correct,
    ns_per_transition: (median / transitions) * 1e9,
    items_per_s: items ? items / median : undefined,
  };
}

(async () => {
  for (const row of JSON.parse(fs.readFileSync(path.join(folder, 'cases.json'), 'utf8'))) {
    if (wanted.length && !wanted.includes(row.id)) continue;
    const result = await measure(row).catch((error) => ({ error: String(error).slice(0, 200) }));
    const peak_mb = process.resourceUsage().maxRSS / 1024;
    console.log(JSON.stringify({ case: row.id, ...result, peak_mb }));
  }
})();
