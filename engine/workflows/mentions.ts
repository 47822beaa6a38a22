/**
 * What the settings of triggers and nodes speak of: tables, fields, rules, variables, roles, workflows. Read from the schemas alone
 * (`x-editor`, `x-of`), so a new node type is checked and found by "where used" without a line here.
 */
import type { TObject, TSchema } from 'typebox';
import { childPath } from '../errors.ts';
import type { SettingEditor, SettingHints } from '../fields/settings.ts';
import type { Rule } from '../rules/rule.ts';
import type { NodeDefinition, TriggerDefinition, WorkflowDefinition } from './definitions.ts';
import { NODE_TYPES, nodeTypeOf } from './nodes/index.ts';
import { placeholdersIn } from './placeholders.ts';
import type { Branch, Duration, Expression, Person } from './settings.ts';
import { TRIGGER_TYPES, triggerTypeOf } from './triggers/index.ts';

/** `of` is the value of the setting that names the table (a table's name or a record variable); null: the run's record. */
export type Mention =
  | { readonly kind: 'table' | 'role' | 'workflow' | 'schedule'; readonly name: string; readonly path: string }
  | { readonly kind: 'field'; readonly field: string; readonly of: string | null; readonly path: string; readonly kinds?: SettingHints['x-kinds']; /** Records are sorted by it. */ readonly orders?: true }
  | { readonly kind: 'rule'; readonly rule: Rule; readonly of: string | null; readonly path: string }
  | { readonly kind: 'expression'; readonly value: Expression; readonly path: string }
  | { readonly kind: 'placeholder' | 'record' | 'list' | 'person'; readonly variable: string; readonly path: string };

export interface MentionsOf {
  /** The node they stand in; null: the trigger. */
  readonly node: NodeDefinition | null;
  readonly mentions: readonly Mention[];
}

export function mentionsIn(workflow: WorkflowDefinition): MentionsOf[] {
  const { trigger } = workflow;
  const found: MentionsOf[] = Object.hasOwn(TRIGGER_TYPES, trigger.type) ? [{ node: null, mentions: mentionsOf(triggerTypeOf(trigger).settings, trigger, '/trigger') }] : [];
  for (const node of workflow.nodes) {
    if (Object.hasOwn(NODE_TYPES, node.type)) found.push({ node, mentions: mentionsOf(nodeTypeOf(node).settings, node, childPath('/nodes', node.name)) });
  }
  return found;
}

type Reader = (value: never, place: { readonly path: string; readonly of: string | null; readonly kinds: SettingHints['x-kinds'] }) => Mention[];

const placeholders = (text: unknown, path: string): Mention[] => (typeof text === 'string' ? placeholdersIn(text).map((variable) => ({ kind: 'placeholder', variable, path })) : []);
const texts = (value: Readonly<Record<string, unknown>>, path: string): Mention[] => Object.entries(value).flatMap(([key, text]) => placeholders(text, childPath(path, key)));
const expression = (value: Expression, path: string): Mention[] => (typeof value === 'string' ? placeholders(value, path) : [{ kind: 'expression', value, path }]);
const expressions = (values: Readonly<Record<string, Expression>>, path: string): Mention[] => Object.entries(values).flatMap(([name, value]) => expression(value, childPath(path, name)));
const people = (list: readonly Person[], path: string): Mention[] =>
  list.flatMap((person, i): Mention[] => {
    if ('role' in person) return [{ kind: 'role', name: person.role, path: childPath(path, i) }];
    return 'path' in person ? [{ kind: 'person', variable: person.path, path: childPath(path, i) }] : [];
  });

const READERS: Readonly<Partial<Record<SettingEditor, Reader>>> = {
  table: (name: string, { path }) => [{ kind: 'table', name, path }],
  tables: (names: string[], { path }) => names.map((name, i) => ({ kind: 'table', name, path: childPath(path, i) })),
  workflow: (name: string, { path }) => [{ kind: 'workflow', name, path }],
  schedule: (name: string, { path }) => [{ kind: 'schedule', name, path }],
  rule: (rule: Rule, { path, of }) => [{ kind: 'rule', rule, of, path }],
  field: (field: string, { path, of, kinds }) => [{ kind: 'field', field, of, path, ...(kinds && { kinds }) }],
  fields: (fields: string[], { path, of }) => fields.map((field, i) => ({ kind: 'field', field, of, path: childPath(path, i) })),
  sort: (keys: string[], { path, of }) => keys.map((key, i) => ({ kind: 'field', field: key.replace(/^-/, ''), of, path: childPath(path, i), orders: true })),
  record: (variable: string, { path }) => [{ kind: 'record', variable, path }],
  recordList: (variable: string, { path }) => [{ kind: 'list', variable, path }],
  values: (values: Record<string, Expression>, { path, of }) => [
    ...Object.keys(values).map((field): Mention => ({ kind: 'field', field, of, path: childPath(path, field) })),
    ...expressions(values, path),
  ],
  namedValues: (values: Record<string, Expression>, { path }) => expressions(values, path),
  headers: (values: Record<string, string>, { path }) => texts(values, path),
  expression: (value: Expression, { path }) => expression(value, path),
  time: (value: Expression, { path }) => expression(value, path),
  message: (value: Record<string, string>, { path }) => texts(value, path),
  template: (value: string, { path }) => placeholders(value, path),
  people: (list: Person[], { path }) => people(list, path),
  roles: (names: string[], { path }) => names.map((name, i) => ({ kind: 'role', name, path: childPath(path, i) })),
  duration: ({ amount }: Duration, { path }) => expression(amount, childPath(path, 'amount')),
  branches: (branches: Branch[], { path }) => branches.flatMap(({ rule }, i): Mention[] => (rule === undefined ? [] : [{ kind: 'rule', rule, of: null, path: `${childPath(path, i)}/rule` }])),
  assignRules: (rules: { rule: Rule; people: Person[] }[], { path }) =>
    rules.flatMap(({ rule, people: list }, i): Mention[] => [{ kind: 'rule', rule, of: null, path: `${childPath(path, i)}/rule` }, ...people(list, `${childPath(path, i)}/people`)]),
};

function mentionsOf(settings: TObject, definition: TriggerDefinition | NodeDefinition, at: string): Mention[] {
  return Object.entries(settings.properties).flatMap(([name, schema]) => {
    const { 'x-editor': editor, 'x-of': of, 'x-kinds': kinds, default: fallback } = schema as TSchema & SettingHints & { default?: unknown };
    // What may be left out speaks of nothing when it is.
    const value = definition[name] ?? (settings.required?.includes(name) ? fallback : undefined);
    const read = editor === undefined ? undefined : READERS[editor];
    if (value === undefined || value === null || !read) return [];
    const other = of === undefined ? null : (definition[of] ?? (settings.properties[of] as { default?: unknown } | undefined)?.default);
    return read(value as never, { path: childPath(at, name), of: typeof other === 'string' ? other : null, kinds });
  });
}
