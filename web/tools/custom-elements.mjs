// Writes what editors complete the elements from: custom-elements.json (https://github.com/webcomponents/custom-elements-manifest),
// vscode.html-custom-data.json and web-types.json (JetBrains). Which attributes there are and what they may say is asked of
// the built classes; here stands what they mean. A word without a meaning, or a meaning without a word, ends the build.

import { readFileSync, writeFileSync } from 'node:fs';
import { MachineElement, attributeValues, controls, views } from '../dist/package/elements.js';

const kAttributes = {
  src: 'where the definition, or the template that holds it, lies',
  for: 'id of a code block to read, or "prev" for the one in front',
  input: 'the input as JSON',
  'input-src': 'where the input lies',
  'mocks-src': 'where the mocks lie: state name to list of answers',
  'trace-src': 'where a recorded run lies',
  format: 'how the definition is written',
  machine: 'which machine of a template',
  type: 'Standard or Express',
  view: 'the view that is open',
  views: `views that are offered, by comma, or "all": ${views.join(' ')}`,
  layout: 'how picture and data stand',
  state: 'the state that is selected',
  at: 'the event that is shown',
  run: 'when it runs',
  speed: 'how much faster than its clock a run is played',
  'idle-limit': 'seconds that a wait takes at most when a run is played',
  'pause-on': 'where a replay stops: states, "error", "choice"',
  controls: `"auto", "none", or some of ${controls.join(' ')}`,
  editable: 'whether the reader can change the definition',
  lint: 'the least findings that are shown',
  theme: 'colours',
  loading: 'when it starts; a recorded run waits for no click',
  engine: 'where machines run; "off": nowhere',
  label: 'its name for screen readers',
  'heading-level': 'how deep headings of its views stand in the page',
  playground: 'where "Open" and "Copy link" lead, or "off"',
};
/** Of properties that are no attributes, and of attributes that are properties of another name or type. */
const kProperties = {
  definition: ['string | object', 'the definition; it goes before src'],
  input: ['string | object', 'the input, as JSON text or as the data itself'],
  mocks: ['object', 'what tasks answer: state name to list of answers'],
  trace: ['object', 'a recorded run: drawing, history, inspection'],
  drawing: ['object', 'the picture as the engine placed it'],
  text: ['string', 'the definition as it is now', true],
  status: ["'idle' | 'loading' | 'ready' | 'running' | 'succeeded' | 'failed' | 'invalid'", 'how it stands', true],
  message: ['string', 'what the reader is told', true],
  ready: ['Promise<void>', 'resolves when the machine is shown', true],
  execution: ['RunResult | undefined', 'the last run', true],
  diagnostics: ['Diagnostic[]', 'the findings that are shown', true],
};
const kMethods = {
  run: ['{ input?, mocks?, signal? }', 'Promise<RunResult | undefined>', 'runs and shows it; undefined when it cannot, which is told'],
  lint: ['', 'Promise<Diagnostic[]>', 'checks it again'],
  cost: ['assumptions?', 'Promise<CostReport | undefined>', 'what it costs'],
  step: ['by = 1', 'void', 'goes on by events, or back'],
  seek: ['number | { state } | { time }', 'void', 'goes to an event, to the first entering of a state, or to a time in seconds'],
  reset: ['', 'void', 'goes to the first event'],
  resume: ['', 'void', 'plays the run from here'],
  pause: ['', 'void', 'stops playing'],
  reload: ['', 'Promise<void>', 'reads its sources again'],
  fit: ['', 'Promise<void>', 'shows all of the picture'],
  focus: ['', 'void', 'to the picture, where it is open, else to the first control'],
  toSVG: ['{ theme? }', 'Promise<string>', 'the picture as a file'],
  toURL: ["{ sensitive?: 'mask' | 'keep' }", 'Promise<string | undefined>', 'a link to the playground; the reader chooses what happens to what looks secret, unless it is said'],
};
const kEvents = {
  ready: ['', 'the machine is shown'],
  source: ['text', 'the reader changed the definition'],
  lint: ['diagnostics', 'it was checked'],
  run: ['input', 'a run begins'],
  event: ['index, event', 'another event is shown'],
  end: ['status, output, error', 'a run is over'],
  select: ['state, pointer', 'a state was chosen; pointer is the JSON Pointer of it in the definition'],
  view: ['view', 'another view was opened'],
  share: ['url', 'a link was asked for; cancelled, the page does with it what it wants'],
  error: ['code, message', 'something went wrong; cancelled, the page shows it'],
};
const kSlots = { '': 'what is shown until it has started, and without scripts', poster: 'a picture for that time', 'toolbar-start': 'in front of the controls', 'toolbar-end': 'behind the controls', footer: 'below all' };
const kParts = ['toolbar', 'button', 'tab', 'panel', 'graph', 'node', 'edge', 'label', 'status', 'editor', 'problem', 'timeline', 'event'];
const kStyles = ['bg', 'fg', 'muted', 'border', 'accent', 'ok', 'warn', 'error', 'radius', 'font', 'mono', 'height', 'min-height'];
/** What a picture alone takes. */
const kOfGraph = ['src', 'for', 'format', 'machine', 'state', 'at', 'theme', 'loading', 'label', 'trace-src', 'engine', 'lint'];

const camel = (name) => name.replace(/-(.)/g, (_, letter) => letter.toUpperCase());
const need = (good, what) => {
  if (!good) throw new Error(`custom-elements: ${what}`);
};
const observed = MachineElement.observedAttributes;
for (const name of observed) need(kAttributes[name], `the attribute "${name}" has no description`);
for (const name of Object.keys(kAttributes)) need(observed.includes(name), `there is no attribute "${name}"`);
const source = ['machine', 'player-element'].map((name) => readFileSync(new URL(`../src/element/${name}.ts`, import.meta.url), 'utf8')).join('\n');
for (const name of Object.keys(kMethods)) need(name in MachineElement.prototype, `there is no method "${name}"`);
// The editor sends "source" through the element.
for (const [, name] of source.matchAll(/emit\('stepglass-(\w+)'/g)) need(kEvents[name], `the event "${name}" has no description`);
for (const name of Object.keys(kEvents)) need(name === 'source' || source.includes(`emit('stepglass-${name}'`), `there is no event "${name}"`);

const attributes = observed.map((name) => {
  const type = MachineElement.elementProperties.get(camel(name))?.type;
  const values = attributeValues[name];
  return { name, description: kAttributes[name], values, type: { text: values ? values.map((value) => `'${value}'`).join(' | ') : type === Boolean ? 'boolean' : type === Number ? 'number' : 'string' } };
});
const fields = [
  ...attributes.map(({ name, description, type }) => ({ kind: 'field', name: camel(name), attribute: name, description, type })).filter(({ name }) => !kProperties[name] && !kMethods[name]),
  ...Object.entries(kProperties).map(([name, [type, description, readonly]]) => ({ kind: 'field', name, description, type: { text: type }, ...(readonly ? { readonly } : {}) })),
];
const methods = Object.entries(kMethods).map(([name, [takes, gives, description]]) => ({ kind: 'method', name, description, ...(takes ? { parameters: [{ name: 'options', type: { text: takes } }] } : {}), return: { type: { text: gives } } }));
const elements = [
  ['stepglass-machine', 'MachineElement', 'A state machine that runs in the page.', attributes],
  ['stepglass-graph', 'GraphElement', 'The picture of a state machine.', attributes.filter(({ name }) => kOfGraph.includes(name))],
].map(([tagName, name, description, own]) => ({ tagName, name, description, attributes: own }));

const named = (texts, key = 'description') => Object.entries(texts).map(([name, text]) => ({ name, [key]: text }));
const write = (file, content) => writeFileSync(new URL(`../${file}`, import.meta.url), `${JSON.stringify(content, undefined, 2)}\n`);
const { version } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8'));

const events = Object.entries(kEvents).map(([name, [detail, description]]) => ({ name: `stepglass-${name}`, description, type: { text: detail ? `CustomEvent<{ ${detail} }>` : 'CustomEvent' } }));
write('custom-elements.json', {
  schemaVersion: '2.1.0',
  modules: elements.map(({ tagName, name, description, attributes: own }) => ({
    kind: 'javascript-module',
    path: 'dist/package/elements.js',
    declarations: [
      {
        kind: 'class', customElement: true, name, tagName, description,
        attributes: own.map(({ values: _, ...rest }) => rest),
        members: [...fields, ...methods],
        events,
        slots: named(kSlots),
        cssParts: kParts.map((part) => ({ name: part })),
        cssProperties: kStyles.map((style) => ({ name: `--stepglass-${style}` })),
      },
    ],
    exports: [{ kind: 'custom-element-definition', name: tagName, declaration: { name, module: 'dist/package/elements.js' } }],
  })),
});
write('vscode.html-custom-data.json', {
  version: 1.1,
  tags: elements.map(({ tagName, description, attributes: own }) => ({
    name: tagName,
    description,
    attributes: own.map(({ name, description: text, values, type }) => ({ name, description: text, ...(values ? { values: values.map((value) => ({ name: value })) } : type.text === 'boolean' ? { valueSet: 'v' } : {}) })),
  })),
});
write('web-types.json', {
  $schema: 'https://json.schemastore.org/web-types',
  name: 'stepglass',
  version,
  'description-markup': 'none',
  contributions: {
    html: {
      elements: elements.map(({ tagName, description, attributes: own }) => ({
        name: tagName,
        description,
        attributes: own.map(({ name, description: text, values, type }) => ({ name, description: text, value: values ? { type: 'enum' } : { type: type.text }, ...(values ? { values: values.map((value) => ({ name: value })) } : {}) })),
        slots: named(kSlots),
        js: {
          properties: fields.map(({ name, description: text, type }) => ({ name, description: text, type: type.text })),
          events: events.map(({ name, description: text }) => ({ name, description: text })),
        },
        css: { properties: kStyles.map((style) => ({ name: `--stepglass-${style}` })), parts: kParts.map((part) => ({ name: part })) },
      })),
    },
  },
});
