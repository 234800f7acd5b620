// What a task could answer, made up in the shape of its integration: the engine tells it of a call that has no mock.

import type { Engine } from '../engine/client.js';
import type { Json, Reply } from '../engine/protocol.js';
import { ownMember, parse } from '../view/text.js';
import type { Content } from './store.js';

type Members = { [name: string]: Json };
const members = (value: Json | undefined): Members => (typeof value === 'object' && value !== null && !Array.isArray(value) ? value : {});

/** The definition as data. What is YAML is read by the engine, as the machine of a template. */
async function definitionOf(engine: Engine, { text, format }: Content): Promise<Reply<Json | undefined>> {
  if (format === 'json') return { ok: true, result: parse(text) };
  const template = `Resources:\n  M:\n    Type: AWS::StepFunctions::StateMachine\n    Properties:\n      Definition:\n${text.replace(/^/gm, '        ')}`;
  const reply = await engine.call('list', { text: template, filename: 'template.yaml', definitions: true });
  return reply.ok ? { ok: true, result: parse(reply.result.machines[0]?.definition) } : reply;
}

/** A state by its name, also of the machines within, and the query language that holds for it. */
function find(machine: Members, name: string, language: Json | undefined): Members | undefined {
  const speaks = machine['QueryLanguage'] ?? language;
  const states = members(machine['States']);
  const own = ownMember(states, name);
  if (own !== undefined) return { ...(speaks === undefined ? {} : { QueryLanguage: speaks }), ...members(own) };
  for (const state of Object.values(states).map(members)) {
    const inner = [state['ItemProcessor'], state['Iterator'], ...(Array.isArray(state['Branches']) ? state['Branches'] : [])];
    for (const one of inner) {
      const found = find(members(one), name, speaks);
      if (found) return found;
    }
  }
  return undefined;
}

/** What is computed of the input, as some text: there is no input here. */
function constant(value: Json): Json {
  if (typeof value === 'string') return value.startsWith('{%') ? 'x' : value;
  if (Array.isArray(value)) return value.map(constant);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, item]) => (name.endsWith('.$') ? [name.slice(0, -2), 'x'] : [name, constant(item)])));
}

/** {} where nothing is known of what the task calls; an error where the engine does not answer. */
export async function sampleOf(engine: Engine, content: Content, state: string): Promise<Reply<Json>> {
  const definition = await definitionOf(engine, content);
  if (!definition.ok) return definition;
  const task = find(members(definition.result), state, undefined);
  if (!task) return { ok: true, result: {} };
  const { QueryLanguage, Type, Resource, Parameters, Arguments } = task;
  const alone = Object.fromEntries(Object.entries({ QueryLanguage, Type, Resource, Parameters, Arguments, End: true }).filter(([, value]) => value !== undefined)) as Members;
  const reply = await engine.call('run', { definition: { StartAt: 'Task', States: { Task: constant(alone) } }, until: { stopped: true } });
  // A task that is wrong in itself has findings.
  if (!reply.ok && !reply.error.mock_sample && !reply.error.diagnostics) return reply;
  return { ok: true, result: (reply.ok ? reply.result.stopped : reply.error)?.mock_sample ?? {} };
}
