// Writes what editors complete the elements from: custom-elements.json (https://github.com/webcomponents/custom-elements-manifest),
// vscode.html-custom-data.json and web-types.json (JetBrains). Which attributes there are and what they may say is asked of
// the built classes; here stands what they mean. A word without a meaning, or a meaning without a word, ends the build.

import { readFileSync, writeFileSync } from 'node:fs';
import { DiffElement, MachineElement, attributeValues, controls, views } from '../dist/package/elements.js';

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
/** Of the element that compares. */
const kDiffAttributes = {
  before: 'where the former definition lies, or the template that holds it',
  after: 'where the later one lies',
  machine: kAttributes.machine,
  theme: kAttributes.theme,
  loading: kAttributes.loading,
  engine: kAttributes.engine,
  label: kAttributes.label,
};
const kDiffProperties = {
  beforeSrc: ['string', kDiffAttributes.before],
  afterSrc: ['string', kDiffAttributes.after],
  beforeText: ['string', 'the former definition as text; it goes before the file'],
  afterText: ['string', 'the later one'],
  diff: ['MachineDiff | undefined', 'what has changed', true],
};
const kDiffEvents = { ready: ['diff', 'they were compared'], select: ['state', 'a state was chosen'], error: ['code, message', 'they cannot be compared; cancelled, the page shows it'] };
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
const source = ['machine', 'player-element'].map((name) => readFileSync(new URL(`../src/element/${name}.ts`, import.meta.url), 'utf8')).join('\n');
for (const name of Object.keys(kMethods)) need(name in MachineElement.prototype, `there is no method "${name}"`);
// The editor sends "source" through the element.
for (const [, name] of source.matchAll(/emit\('stepglass-(\w+)'/g)) need(kEvents[name], `the event "${name}" has no description`);
for (const name of Object.keys(kEvents)) need(name === 'source' || source.includes(`emit('stepglass-${name}'`), `there is no event "${name}"`);

/** The attributes of a class, which have a meaning each. */
function attributesOf(Class, meanings) {
  for (const name of Class.observedAttributes) need(meanings[name], `the attribute "${name}" has no description`);
  for (const name of Object.keys(meanings)) need(Class.observedAttributes.includes(name), `there is no attribute "${name}"`);
  return Class.observedAttributes.map((name) => {
    const type = Class.elementProperties.get(camel(name))?.type;
    const values = attributeValues[name];
    return { name, description: meanings[name], values, type: { text: values ? values.map((value) => `'${value}'`).join(' | ') : type === Boolean ? 'boolean' : type === Number ? 'number' : 'string' } };
  });
}
const fieldsOf = (attributes, properties) => [
  ...attributes.map(({ name, description, type }) => ({ kind: 'field', name: camel(name), attribute: name, description, type })).filter(({ name }) => !properties[name] && !kMethods[name]),
  ...Object.entries(properties).map(([name, [type, description, readonly]]) => ({ kind: 'field', name, description, type: { text: type }, ...(readonly ? { readonly } : {}) })),
];
const eventsOf = (meanings) => Object.entries(meanings).map(([name, [detail, description]]) => ({ name: `stepglass-${name}`, description, type: { text: detail ? `CustomEvent<{ ${detail} }>` : 'CustomEvent' } }));
const methods = Object.entries(kMethods).map(([name, [takes, gives, description]]) => ({ kind: 'method', name, description, ...(takes ? { parameters: [{ name: 'options', type: { text: takes } }] } : {}), return: { type: { text: gives } } }));

const attributes = attributesOf(MachineElement, kAttributes);
const ofMachine = { fields: fieldsOf(attributes, kProperties), methods, events: eventsOf(kEvents), slots: kSlots, parts: kParts };
// What is compared lies in properties of other names: elements have methods called before() and after().
const ofDiff = attributesOf(DiffElement, kDiffAttributes);
const elements = [
  { tagName: 'stepglass-machine', name: 'MachineElement', description: 'A state machine that runs in the page.', attributes, ...ofMachine },
  { tagName: 'stepglass-graph', name: 'GraphElement', description: 'The picture of a state machine.', attributes: attributes.filter(({ name }) => kOfGraph.includes(name)), ...ofMachine },
  {
    tagName: 'stepglass-diff', name: 'DiffElement', description: 'What became of a state machine between two files.', attributes: ofDiff,
    fields: fieldsOf(ofDiff.filter(({ name }) => name !== 'before' && name !== 'after'), kDiffProperties), methods: [], events: eventsOf(kDiffEvents), slots: { '': kSlots[''] }, parts: ['graph', 'node', 'edge', 'label'],
  },
];

const named = (texts, key = 'description') => Object.entries(texts).map(([name, text]) => ({ name, [key]: text }));
const write = (file, content) => writeFileSync(new URL(`../${file}`, import.meta.url), `${JSON.stringify(content, undefined, 2)}\n`);
const { version } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8'));

write('custom-elements.json', {
  schemaVersion: '2.1.0',
  modules: elements.map(({ tagName, name, description, attributes: own, fields, methods: calls, events, slots, parts }) => ({
    kind: 'javascript-module',
    path: 'dist/package/elements.js',
    declarations: [
      {
        kind: 'class', customElement: true, name, tagName, description,
        attributes: own.map(({ values: _, ...rest }) => rest),
        members: [...fields, ...calls],
        events,
        slots: named(slots),
        cssParts: parts.map((part) => ({ name: part })),
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
      elements: elements.map(({ tagName, description, attributes: own, fields, events, slots, parts }) => ({
        name: tagName,
        description,
        attributes: own.map(({ name, description: text, values, type }) => ({ name, description: text, value: values ? { type: 'enum' } : { type: type.text }, ...(values ? { values: values.map((value) => ({ name: value })) } : {}) })),
        slots: named(slots),
        js: {
          properties: fields.map(({ name, description: text, type }) => ({ name, description: text, type: type.text })),
          events: events.map(({ name, description: text }) => ({ name, description: text })),
        },
        css: { properties: kStyles.map((style) => ({ name: `--stepglass-${style}` })), parts: parts.map((part) => ({ name: part })) },
      })),
    },
  },
});
