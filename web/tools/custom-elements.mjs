// Writes custom-elements.json, from which editors complete the elements: https://github.com/webcomponents/custom-elements-manifest
// Attributes come from the classes; what they take, and the events and parts, stand here, beside each other.

import { writeFileSync } from 'node:fs';

const text = (name, description, values) => ({ name, description, type: { text: values ? values.map((v) => `'${v}'`).join(' | ') : 'string' } });
const kAttributes = [
  text('src', 'where the definition, or the template that holds it, lies'),
  text('for', 'id of a code block to read, or "prev" for the one in front'),
  text('input', 'the input as JSON'),
  text('input-src', 'where the input lies'),
  text('mocks-src', 'where the mocks lie: state name to list of answers'),
  text('trace-src', 'where a recorded run lies'),
  text('format', 'how the definition is written', ['auto', 'json', 'yaml']),
  text('machine', 'which machine of a template'),
  text('type', 'Standard or Express', ['standard', 'express']),
  text('view', 'the view that is open', ['graph', 'code', 'timeline', 'events', 'data', 'cost', 'outline', 'problems']),
  text('views', 'views that are offered, by comma, or "all"'),
  text('layout', 'how picture and data stand', ['auto', 'tabs', 'split', 'stack']),
  text('state', 'the state that is selected'),
  text('at', 'the event that is shown'),
  text('run', 'when it runs', ['manual', 'visible', 'load', 'off']),
  text('speed', 'how much faster than its clock a run is played'),
  text('idle-limit', 'seconds that a wait takes at most when a run is played'),
  text('pause-on', 'where a replay stops: states, "error", "choice"'),
  text('controls', '"auto", "none", or some of run play step seek input open'),
  { name: 'editable', description: 'whether the reader can change the definition', type: { text: 'boolean' } },
  text('lint', 'the least findings that are shown', ['warning', 'error', 'info', 'off']),
  text('theme', 'colours', ['auto', 'light', 'dark']),
  text('loading', 'when it starts', ['lazy', 'eager', 'click']),
  text('engine', 'whether it runs machines', ['auto', 'off']),
  text('label', 'its name for screen readers'),
  text('playground', 'where "Open" leads, or "off"'),
];
const kEvents = ['ready', 'lint', 'run', 'event', 'end', 'select', 'view', 'share', 'error'].map((name) => ({ name: `stepglass-${name}`, type: { text: 'CustomEvent' } }));
const kSlots = [{ name: '', description: 'what is shown until it has started, and without scripts' }, { name: 'poster', description: 'a picture for that time' }, { name: 'toolbar-start' }, { name: 'toolbar-end' }, { name: 'footer' }];
const kParts = ['toolbar', 'button', 'tab', 'panel', 'graph', 'node', 'edge', 'label', 'status', 'editor'].map((name) => ({ name }));
const kProperties = ['bg', 'fg', 'muted', 'border', 'accent', 'ok', 'warn', 'error', 'radius', 'font', 'mono', 'height', 'min-height'].map((name) => ({ name: `--stepglass-${name}` }));

const element = (tagName, name, description, attributes) => ({
  kind: 'javascript-module',
  path: 'dist/package/elements.js',
  declarations: [{ kind: 'class', customElement: true, name, tagName, description, attributes, events: kEvents, slots: kSlots, cssParts: kParts, cssProperties: kProperties }],
  exports: [{ kind: 'custom-element-definition', name: tagName, declaration: { name, module: 'dist/package/elements.js' } }],
});

const manifest = {
  schemaVersion: '2.1.0',
  modules: [
    element('stepglass-machine', 'MachineElement', 'A state machine that runs in the page.', kAttributes),
    element('stepglass-graph', 'GraphElement', 'The picture of a state machine.', kAttributes.filter(({ name }) => ['src', 'for', 'format', 'machine', 'state', 'theme', 'loading', 'label', 'trace-src'].includes(name))),
  ],
};
writeFileSync(new URL('../custom-elements.json', import.meta.url), `${JSON.stringify(manifest, undefined, 2)}\n`);
