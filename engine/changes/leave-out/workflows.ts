/** A workflow without what is gone: rules worked out, mentions in lists and texts dropped; null where it cannot do without. */
import type { SettingHints } from '../../fields/settings.ts';
import { foldRule, type KnownValue } from '../../rules/fold-rule.ts';
import type { Rule } from '../../rules/rule.ts';
import type { NodeDefinition, TriggerDefinition, WorkflowDefinition } from '../../workflows/definitions.ts';
import { mentionsIn } from '../../workflows/mentions.ts';
import { nodeTypeOf } from '../../workflows/nodes/index.ts';
import { recordTable, type Scope, scopeOf, variablesAt, variablesOfRun, type Variables } from '../../workflows/scope.ts';
import type { Person } from '../../workflows/settings.ts';
import { triggerTypeOf } from '../../workflows/triggers/index.ts';
import { isTable } from '../../workflows/variable-paths.ts';
import type { Names } from '../names.ts';
import { workflowUses } from '../uses-of-workflows.ts';
import type { Gone } from './gone.ts';

export function workflowWithout(workflow: WorkflowDefinition, names: Names, gone: Gone): WorkflowDefinition | null {
  const scope = scopeOf(workflow, names.tables);
  const place = (node: string | null): Place => ({ scope, variables: node === null ? variablesOfRun(scope) : variablesAt(scope, node), names, gone });
  const rules = new Map<object, Fold>();
  for (const { node, mentions } of mentionsIn(workflow)) {
    const here = place(node?.name ?? null);
    for (const mention of mentions) {
      const rule = mention.kind === 'rule' ? mention.rule : mention.kind === 'expression' ? mention.value : null;
      if (rule !== null && typeof rule === 'object') rules.set(rule, { place: here, table: mention.kind === 'rule' && mention.of !== null ? tableOf(mention.of, here) : scope.table });
    }
  }
  const trigger = settingsWithout(triggerTypeOf(workflow.trigger).settings.properties, workflow.trigger, place(null), rules) as TriggerDefinition;
  if (trigger.rule === false) return null;
  const { rule, ...rest } = trigger;
  const without: WorkflowDefinition = {
    ...workflow,
    trigger: (rule === true ? rest : trigger) as TriggerDefinition,
    nodes: workflow.nodes.map((node) => settingsWithout(nodeTypeOf(node).settings.properties, node, place(node.name), rules) as NodeDefinition),
  };
  return workflowUses(without, names).some((use) => use.names.some((name) => gone.has(name))) ? null : without;
}

interface Place {
  readonly scope: Scope;
  readonly variables: Variables;
  readonly names: Names;
  readonly gone: Gone;
}

interface Fold {
  readonly place: Place;
  readonly table: string | null;
}

function tableOf(of: string, { scope, variables, names }: Place): string | null {
  return isTable(names.tables, of) ? of : recordTable(scope, variables, of);
}

/** A plain path is of the rule's own table; `$each.record.customer.name` of the record a variable holds. */
function valueOf(path: string, table: string | null, { scope, variables, gone }: Place): ReturnType<KnownValue> {
  if (!path.startsWith('$')) return table === null ? undefined : gone.valueOf(table, path);
  const steps = path.split('.');
  for (let length = 1; length < steps.length; length++) {
    const own = recordTable(scope, variables, steps.slice(0, length).join('.'));
    const value = own === null ? undefined : gone.valueOf(own, steps.slice(length).join('.'));
    if (value !== undefined) return value;
  }
  return undefined;
}

const PLACEHOLDER = /\{\{\s*([^{}]+?)\s*\}\}/g;

function settingsWithout(settings: object, definition: Readonly<Record<string, unknown>>, place: Place, rules: ReadonlyMap<object, Fold>): Record<string, unknown> {
  const isGone = (path: string): boolean => valueOf(path, place.scope.table, place) !== undefined;
  const fold = (value: unknown): unknown => {
    if (typeof value === 'string') return value.replaceAll(PLACEHOLDER, (whole, path: string) => (isGone(path) ? '' : whole));
    if (value === null || typeof value !== 'object') return value;
    const known = rules.get(value);
    if (known) return foldRule(value as Rule, (path) => valueOf(path, known.table, known.place));
    return Array.isArray(value) ? value.map(fold) : Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, fold(inner)]));
  };
  return Object.fromEntries(
    Object.entries(definition).flatMap(([key, value]): [string, unknown][] => {
      const { 'x-editor': editor, 'x-of': of } = ((settings as Record<string, unknown>)[key] ?? {}) as SettingHints;
      if (editor === undefined || value === undefined) return [[key, value]];
      const named = of === undefined ? undefined : definition[of];
      const table = of === undefined ? place.scope.table : tableOf(typeof named === 'string' ? named : '$record', place);
      const fieldGone = (path: string): boolean => table !== null && place.gone.valueOf(table, path.replace(/^-/, '')) !== undefined;
      if (editor === 'fields' || editor === 'sort') return [[key, (value as string[]).filter((field) => !fieldGone(field))]];
      if (editor === 'tables') return [[key, (value as string[]).filter((name) => !place.gone.has(`table:${name}`))]];
      if (editor === 'values') return [[key, fold(Object.fromEntries(Object.entries(value as object).filter(([field]) => !fieldGone(field))))]];
      if (editor === 'people') return [[key, (value as Person[]).filter((person) => !('path' in person) || !isGone(person.path))]];
      return [[key, fold(value)]];
    }),
  );
}
