/** The variables that a node of a workflow may read, worked out from the definition alone. */
import type { Label } from '../errors.ts';
import { text } from '../fields/settings.ts';
import type { FieldModel } from '../model/app-model.ts';
import { checkRule } from '../rules/check.ts';
import { type FieldTables, resolvePath } from '../rules/paths.ts';
import { SPECIAL_VALUES, type ValueKind } from '../rules/rule.ts';
import type { NodeDefinition, ParameterDefinition, WorkflowDefinition } from './definitions.ts';
import { graphOf } from './graph.ts';
import { NODE_TYPES, nodeTypeOf } from './nodes/index.ts';
import { TRIGGER_TYPES, triggerTypeOf } from './triggers/index.ts';
import { resolveVariable, type Variable, type VariableSource } from './variables.ts';

export type Variables = Readonly<Record<string, Variable>>;

const PARAMETER_KINDS: Readonly<Record<ParameterDefinition['type'], ValueKind>> = { number: 'number', text: 'text', boolean: 'boolean', time: 'text', select: 'text', choices: 'list', numbers: 'list' };

export interface Scope {
  readonly workflow: WorkflowDefinition;
  readonly tables: FieldTables;
  /** The table of the record the run is about; null: it is about none. */
  readonly table: string | null;
}

export function scopeOf(workflow: WorkflowDefinition, tables: FieldTables): Scope {
  const known = Object.hasOwn(TRIGGER_TYPES, workflow.trigger.type);
  const table = known ? triggerTypeOf(workflow.trigger).table(workflow.trigger) : null;
  return { workflow, tables, table: table !== null && Object.hasOwn(tables, table) ? table : null };
}

/** What is known before the first node: the record, parameters, what the trigger tells. */
export function variablesOfRun({ workflow, table }: Scope): Record<string, Variable> {
  const { trigger } = workflow;
  const type = Object.hasOwn(TRIGGER_TYPES, trigger.type) ? triggerTypeOf(trigger) : undefined;
  const own = type?.variables?.(trigger);
  const parameters = workflow.parameters ?? [];
  return {
    ...(table !== null && { $record: { label: text('触发记录', 'The record'), table } }),
    ...(table !== null && type?.hasBefore && { $before: { label: text('修改前', 'Before the change'), table } }),
    ...(parameters.length > 0 && { $params: { label: text('参数', 'Parameters'), members: Object.fromEntries(parameters.map(({ name, label, type: kind }) => [name, { label, kind: PARAMETER_KINDS[kind] }])) } }),
    ...(own && { $trigger: { label: text('触发', 'Trigger'), members: own } }),
    $run: {
      label: text('本次运行', 'This run'),
      members: {
        starter: { label: text('发起人', 'Who set it off'), table: 'user' },
        started_at: { label: text('开始时间', 'Started at'), kind: 'dateTime' },
        locale: { label: text('系统语言', 'Language of the workspace'), kind: 'text' },
        // Known to the save alone; later runs do not remember it.
        ...(type?.insideSave?.(trigger) && { imported: { label: text('由导入写入', 'Written by an import'), kind: 'boolean' as const } }),
      },
    },
  };
}

/** What a node may read: `name` null is the end of all, for a list of everything. */
export function variablesAt(scope: Scope, name: string | null): Variables {
  const { workflow, tables, table } = scope;
  const graph = graphOf(workflow);
  const variables = variablesOfRun(scope);
  const earlier = name === null ? graph.reachable : new Set([...graph.before(name), ...graph.blocks(name)]);
  const source: VariableSource = {
    tableOf: (variable) => {
      const resolved = resolveVariable(variables, tables, variable);
      if (!resolved) return null;
      if ('list' in resolved) return resolved.list;
      return recordTable(scope, variables, variable);
    },
    kindOf: (expression) => (typeof expression === 'string' ? 'text' : kindOfExpression(scope, variables, expression)),
    fieldKind: (of, path) => {
      const resolved = resolvePath(tables, of, path);
      return typeof resolved === 'string' ? 'none' : resolved.kind;
    },
    runTable: table,
  };
  // In the order of the definition, twice: an output may lean on one that stands below it in the file.
  for (let round = 0; round < 2; round++) {
    for (const node of workflow.nodes) {
      if (!earlier.has(node.name) || !Object.hasOwn(NODE_TYPES, node.type)) continue;
      const members = nodeTypeOf(node).outputs?.(node, source);
      if (members) variables[`$${node.name}`] = { label: labelOf(node), members };
    }
  }
  return variables;
}

export function labelOf(node: NodeDefinition): Label {
  return node.label ?? (Object.hasOwn(NODE_TYPES, node.type) ? nodeTypeOf(node).label : { 'zh-CN': node.name, en: node.name });
}

/** The table of a record variable: `$record`, `$each.record`, `$record.customer`, `owner`. Null: it names no record. */
export function recordTable({ tables, table }: Scope, variables: Variables, path: string): string | null {
  const own = path.startsWith('$') ? resolveVariable(variables, tables, path) : table === null ? null : resolveField(tables, table, path);
  if (!own) return null;
  if ('table' in own) return own.table;
  if (!('field' in own) || !own.field) return null;
  const { settings, type } = own.field;
  // Users and departments are references without a `table` setting.
  return own.kind !== 'reference' ? null : typeof settings.table === 'string' ? settings.table : type;
}

function resolveField(tables: FieldTables, table: string, path: string) {
  const resolved = resolvePath(tables, table, path);
  return typeof resolved === 'string' ? null : { kind: resolved.kind, field: resolved.field };
}

/** The fields whose values a placeholder shows: those it passes through and the one it ends at. None where it is no field. */
export function fieldsOn(path: string, { scope: { tables, table }, variables }: { readonly scope: Pick<Scope, 'tables' | 'table'>; readonly variables: Variables }): readonly FieldModel[] {
  const [from, rest] = recordBefore(path, { tables, table }, variables);
  const resolved = from === null ? 'unknown' : resolvePath(tables, from, rest);
  return typeof resolved === 'string' ? [] : [...resolved.hops, resolved.field];
}

/** The table a path starts from, and the way on from there: `$each.record.customer.name` is `customer.name` of what `$each.record` is. */
function recordBefore(path: string, { tables, table }: Pick<Scope, 'tables' | 'table'>, variables: Variables): [string | null, string] {
  if (!path.startsWith('$')) return [table, path];
  const steps = path.split('.');
  for (let i = 1; i < steps.length; i++) {
    const found = resolveVariable(variables, tables, steps.slice(0, i).join('.'));
    if (found && 'table' in found) return [found.table, steps.slice(i).join('.')];
  }
  return [null, path];
}

/** The kind that a path in an expression reads; null: there is no such thing. */
export function kindOfPath({ tables }: Pick<Scope, 'tables'>, variables: Variables, path: string): ValueKind | null {
  if (Object.hasOwn(SPECIAL_VALUES, path)) return SPECIAL_VALUES[path as keyof typeof SPECIAL_VALUES];
  const resolved = resolveVariable(variables, tables, path);
  if (!resolved) return null;
  if ('kind' in resolved) return resolved.kind;
  return 'list' in resolved ? 'list' : 'table' in resolved ? 'reference' : 'none';
}

export function kindOfExpression(scope: Scope, variables: Variables, expression: unknown): ValueKind {
  return checkRule(expression, { tables: scope.tables, table: scope.table ?? '', path: '', target: 'memory', variable: (path) => kindOfPath(scope, variables, path) }).kind;
}
