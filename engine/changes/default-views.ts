/** What a view of each type begins with: the field of the table that fits it best. Undefined where none does. */
import { FIELD_TYPES, type FieldTypeName } from '../fields/index.ts';
import type { FieldModel } from '../model/app-model.ts';
import type { AppDefinition, FieldDefinition, TableDefinition, ViewDefinition } from '../model/definitions.ts';
import type { ValueKind } from '../rules/rule.ts';
import type { ViewTypeName } from '../views/index.ts';

type Settings = Omit<ViewDefinition, 'name' | 'label' | 'type'>;

interface Choice {
  readonly path: string;
  readonly kind: ValueKind;
  readonly field: FieldDefinition;
}

/** Fields and parts of fields that a rule may name, with their kinds. */
function choicesOf(table: TableDefinition): Choice[] {
  return table.fields.flatMap((field): Choice[] => {
    if (field.hidden || !Object.hasOwn(FIELD_TYPES, field.type)) return [];
    const type = FIELD_TYPES[field.type as FieldTypeName];
    const model = { ...field, table: table.name, settings: field } as unknown as FieldModel;
    if (type.computed) return [];
    const own: Choice = { path: field.name, kind: type.kind(model), field };
    return [own, ...type.columns(model).flatMap(({ part, kind }) => (part ? [{ path: `${field.name}.${part}`, kind, field }] : []))];
  });
}

const firstOf = (choices: readonly Choice[], ...kinds: ValueKind[]): Choice | undefined => choices.find(({ kind }) => kinds.includes(kind));
const counted = [{ name: 'count', label: { 'zh-CN': '数量', en: 'Count' }, function: 'count' }];

const BEGINNINGS: Readonly<Record<ViewTypeName, (table: TableDefinition, choices: readonly Choice[]) => Settings | undefined>> = {
  table: (table) => ({ columns: table.fields.filter((field) => !field.hidden).map((field) => field.name).slice(0, 8), sort: ['-updated_at'] }),
  board: (table, choices) => {
    // Stages before other choices: what the record's page draws as a path.
    const stage = choices.find(({ path }) => path === table.page?.stage);
    const group = stage ?? firstOf(choices, 'option');
    const amount = choices.find(({ kind, field }) => kind === 'number' && 'currency' in field) ?? firstOf(choices, 'number');
    return group && { groupBy: group.path, ...(amount && { amount: amount.path }) };
  },
  calendar: (_, choices) => {
    const start = firstOf(choices, 'dateTime', 'date');
    const end = start && choices.find(({ path }) => path === start.path.replace(/\.start$/, '.end') && path !== start.path);
    return start && { start: start.path, ...(end && { end: end.path }) };
  },
  chart: (_, choices) => {
    const by = firstOf(choices, 'option') ?? firstOf(choices, 'boolean', 'reference');
    return by ? { chart: { type: 'bar', dimensions: [{ field: by.path }], measures: counted } } : { chart: { type: 'bar', dimensions: [{ field: 'created_at', grain: 'month' }], measures: counted } };
  },
  pivot: (_, choices) => {
    const [rows, columns] = choices.filter(({ kind }) => kind === 'option');
    return { rows: [rows ? { field: rows.path } : { field: 'created_at', grain: 'month' }], ...(columns && { columns: [{ field: columns.path }] }), measures: counted };
  },
};

export function beginningOf(type: ViewTypeName, table: TableDefinition, app: AppDefinition): Settings | undefined {
  return BEGINNINGS[type](withLists(table, app), choicesOf(withLists(table, app)));
}

/** A shared list counts as options too. */
function withLists(table: TableDefinition, app: AppDefinition): TableDefinition {
  return { ...table, fields: table.fields.map((field) => (typeof field.options === 'string' ? { ...field, options: app.options?.[field.options] ?? [] } : field)) };
}
