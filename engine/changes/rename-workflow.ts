/** A workflow whose tables, roles and fellow workflows are called otherwise. Which settings name them, their schemas say. */
import type { TObject } from 'typebox';
import type { SettingEditor, SettingHints } from '../fields/settings.ts';
import type { NodeDefinition, TriggerDefinition, WorkflowDefinition } from '../workflows/definitions.ts';
import { NODE_TYPES, nodeTypeOf } from '../workflows/nodes/index.ts';
import type { Person } from '../workflows/settings.ts';
import { TRIGGER_TYPES, triggerTypeOf } from '../workflows/triggers/index.ts';

type NewName = (name: string) => string;

export interface WorkflowRenames {
  readonly table: NewName;
  readonly role: NewName;
  readonly workflow: NewName;
  readonly dashboard: NewName;
  /** A rule over a table, told by its old name. */
  inRule(rule: unknown, table: string): unknown;
}

export function renameWorkflow(definition: WorkflowDefinition, names: WorkflowRenames): WorkflowDefinition {
  const { trigger, nodes } = definition;
  const own = Object.hasOwn(TRIGGER_TYPES, trigger.type) ? (triggerTypeOf(trigger).table(trigger) ?? '') : '';
  return {
    ...definition,
    name: names.workflow(definition.name),
    trigger: Object.hasOwn(TRIGGER_TYPES, trigger.type) ? (inSettings(triggerTypeOf(trigger).settings, trigger, names, own) as TriggerDefinition) : trigger,
    nodes: nodes.map((node) => (Object.hasOwn(NODE_TYPES, node.type) ? (inSettings(nodeTypeOf(node).settings, node, names, own) as NodeDefinition) : node)),
  };
}

/** `dashboard.card`, as a node that reads a chart is told; texts that are no such name stay. */
export function chartName(text: string, dashboard: NewName): string {
  const [, own, card] = /^([a-z][a-z0-9_]*)\.([a-z][a-z0-9_]*)$/.exec(text) ?? [];
  return own === undefined ? text : `${dashboard(own)}.${card}`;
}

function inCharts(value: unknown, names: WorkflowRenames): unknown {
  if (typeof value === 'string') return chartName(value, names.dashboard);
  return Array.isArray(value) ? value.map((own) => inCharts(own, names)) : value;
}

const people = (list: readonly Person[], { role }: WorkflowRenames): Person[] => list.map((person) => ('role' in person ? { role: role(person.role) } : person));

const RENAMERS: Readonly<Partial<Record<SettingEditor, (value: never, names: WorkflowRenames) => unknown>>> = {
  table: (name: string, { table }) => table(name),
  tables: (list: string[], { table }) => list.map(table),
  workflow: (name: string, { workflow }) => workflow(name),
  roles: (list: string[], { role }) => list.map(role),
  people: (list: Person[], names) => people(list, names),
  assignRules: (rules: { people: Person[] }[], names) => rules.map((rule) => ({ ...rule, people: people(rule.people, names) })),
};

function inSettings(settings: TObject, definition: Readonly<Record<string, unknown>>, names: WorkflowRenames, own: string): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(definition).map(([key, value]) => {
      const { 'x-editor': editor, 'x-of': of, 'x-names': charts } = (settings.properties[key] ?? {}) as SettingHints;
      if (charts) return [key, inCharts(value, names)];
      if (editor === 'rule') return [key, names.inRule(value, of === undefined ? own : String(definition[of] ?? own))];
      const rename = editor === undefined ? undefined : RENAMERS[editor];
      return [key, rename && value !== undefined ? rename(value as never, names) : value];
    }),
  );
}
