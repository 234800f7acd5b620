// Writes schema.json of the package: the JSON Schema of the call protocol, made of its types in src/engine/protocol.ts.
// Any request and any reply keeps to it. Those of one operation stand in `definitions` as "run.request" and "run.reply".

import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { createGenerator } from 'ts-json-schema-generator';

const here = (path) => fileURLToPath(new URL(path, import.meta.url));
const { version } = JSON.parse(readFileSync(here('../package.json'), 'utf8'));

// The types are checked by our own compiler; the generator brings another one.
const generator = createGenerator({ path: here('../src/engine/protocol.ts'), tsconfig: here('../tsconfig.json'), skipTypeCheck: true, topRef: true, encodeRefs: false, additionalProperties: false });
const types = Object.assign({}, ...['Calls', 'CallError', 'TextOp', 'TextOptions', 'TextResult'].map((name) => generator.createSchema(name).definitions));
const { Calls: calls, TextOp: textOps, TextOptions: textOptions, ...definitions } = types;
// All that can be said of it; listing the kinds again at each level only takes time.
definitions.Json = { description: definitions.Json.description };

const id = { description: 'Comes back as it is.' };
const object = (required, properties) => ({ type: 'object', additionalProperties: false, required, properties });
const refer = (name) => ({ $ref: `#/definitions/${name}` });
const resolve = (schema) => (schema.$ref ? types[schema.$ref.slice('#/definitions/'.length)] : schema);

const ops = Object.entries(calls.properties);
for (const [op, { items: [request, result] }] of ops) {
  const { properties = {}, required = [] } = resolve(request);
  const isText = textOps.enum.includes(op);
  definitions[`${op}.request`] = object(['op', ...required], { id, op: { const: op }, ...properties, ...(isText ? textOptions.properties : {}) });
  definitions[`${op}.reply`] = { anyOf: [object(['ok', 'result'], { id, ok: { const: true }, result: isText ? { anyOf: [result, refer('TextResult')] } : result }), refer('refusal')] };
}
// Those whose fields stand in a request.
for (const name of ['RunRequest', 'StateRequest']) delete definitions[name];
definitions.refusal = object(['ok', 'error'], { id, ok: { const: false }, error: refer('CallError') });
definitions.request = { anyOf: ops.map(([op]) => refer(`${op}.request`)) };
definitions.reply = { anyOf: ops.map(([op]) => refer(`${op}.reply`)) };

const schema = {
  $schema: 'http://json-schema.org/draft-07/schema#',
  $id: `urn:stepglass:calls:${version}`,
  title: 'Calls of Stepglass',
  description: 'One JSON request in, one JSON reply out.',
  anyOf: [refer('request'), refer('reply')],
  definitions: Object.fromEntries(Object.entries(definitions).sort(([a], [b]) => (a < b ? -1 : 1))),
};
writeFileSync(here('../dist/package/schema.json'), `${JSON.stringify(schema, undefined, 1)}\n`);
