/** What workflows call by name: tables, fields, options, roles, other workflows, wherever a trigger or node speaks of them. */
import { childPath, type Label } from '../errors.ts';
import { resolvePath } from '../rules/paths.ts';
import type { WorkflowDefinition } from '../workflows/definitions.ts';
import { type Mention, mentionsIn } from '../workflows/mentions.ts';
import { labelOf, recordTable, type Scope, scopeOf, variablesAt, variablesOfRun, type Variables } from '../workflows/scope.ts';
import { isTable, rootsOf } from '../workflows/variable-paths.ts';
import type { Names } from './names.ts';
import type { Use } from './uses.ts';

export function workflowUses(workflow: WorkflowDefinition, names: Names): Use[] {
  const scope = scopeOf(workflow, names.tables);
  const beforeAll = variablesOfRun(scope);
  return mentionsIn(workflow).flatMap(({ node, mentions }) => {
    const variables = node ? variablesAt(scope, node.name) : beforeAll;
    const place = node ? labelOf(node) : { 'zh-CN': '触发', en: 'the trigger' };
    const label: Label = { 'zh-CN': `流程“${workflow.label['zh-CN']}”的“${place['zh-CN']}”`, en: `"${place.en}" of workflow "${workflow.label.en}"` };
    return mentions.flatMap((mention): Use[] => {
      const called = namesCalled(mention, { scope, variables, names });
      return called.length > 0 ? [{ names: called, table: null, path: childPath('/workflows', workflow.name) + mention.path, label }] : [];
    });
  });
}

interface Place {
  readonly scope: Scope;
  readonly variables: Variables;
  readonly names: Names;
}

function namesCalled(mention: Mention, place: Place): string[] {
  const { scope, names } = place;
  const tableOf = (of: string | null): string | null => (of === null ? scope.table : isTable(names.tables, of) ? of : recordTable(scope, place.variables, of));
  switch (mention.kind) {
    case 'table': return [`table:${mention.name}`];
    case 'role': return [`role:${mention.name}`];
    case 'workflow': return [`workflow:${mention.name}`];
    case 'schedule': return [];
    case 'field': {
      const table = tableOf(mention.of);
      return table === null ? [] : names.onPath(table, mention.field);
    }
    case 'rule': {
      const table = tableOf(mention.of);
      return [...(table === null ? [] : names.inRule(table, mention.rule)), ...variablesCalled(mention.rule, place)];
    }
    case 'expression': return [...(scope.table === null ? [] : names.inRule(scope.table, mention.value)), ...variablesCalled(mention.value, place)];
    default: return onVariable(mention.variable, place);
  }
}

function variablesCalled(rule: unknown, place: Place): string[] {
  return rootsOf(rule).flatMap((path) => onVariable(path, place));
}

/** The fields on the way of `$each.record.customer.name`, or of a plain path of the run's record. */
function onVariable(path: string, { scope, variables, names }: Place): string[] {
  if (!path.startsWith('$')) return scope.table === null ? [] : names.onPath(scope.table, path);
  const steps = path.split('.');
  for (let length = 1; length < steps.length; length++) {
    const table = recordTable(scope, variables, steps.slice(0, length).join('.'));
    const rest = steps.slice(length).join('.');
    if (table !== null && typeof resolvePath(names.tables, table, rest) === 'object') return names.onPath(table, rest);
  }
  return [];
}
