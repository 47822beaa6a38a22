/** What the write path asks of a table for every record, found once: which fields have defaults, numbers, links, files, roll-ups. */
import { FIELD_TYPES } from '../fields/index.ts';
import type { FieldModel, TableModel } from '../model/app-model.ts';
import { fieldTypeOf } from '../rules/paths.ts';
import type { Rule } from '../rules/rule.ts';

export interface TableTraits {
  /** Fields that start with a value, and whether one of them is computed by a rule. */
  readonly defaulted: readonly FieldModel[];
  readonly hasDefaultRules: boolean;
  readonly numbered: readonly FieldModel[];
  /** Fields whose default is the next number within a reference: the rows of an order. */
  readonly sequenced: readonly FieldModel[];
  readonly links: readonly FieldModel[];
  readonly lines: readonly FieldModel[];
  readonly files: readonly FieldModel[];
  readonly storedRollups: readonly FieldModel[];
  readonly unique: readonly FieldModel[];
  /** References to the same table whose chain must not lead back. */
  readonly acyclic: readonly FieldModel[];
  /** Fields that may be required or have validation rules, and are typed by people. */
  readonly checked: readonly FieldModel[];
  /** Fields whose value looks different to a rule than to the API. */
  readonly converted: readonly FieldModel[];
}

const known = new WeakMap<TableModel, TableTraits>();

export function traitsOf(table: TableModel): TableTraits {
  let traits = known.get(table);
  if (!traits) known.set(table, (traits = findTraits(table)));
  return traits;
}

function findTraits(table: TableModel): TableTraits {
  const fields = Object.values(table.fields);
  const typed = fields.filter((field) => !fieldTypeOf(field).computed);
  const defaulted = typed.filter((field) => field.default !== undefined);
  return {
    defaulted,
    hasDefaultRules: defaulted.some((field) => defaultRule(field) !== undefined),
    sequenced: defaulted.filter((field) => nextWithin(field) !== undefined),
    numbered: fields.filter((field) => fieldTypeOf(field) === FIELD_TYPES.autoNumber),
    links: fields.filter((field) => fieldTypeOf(field).storage === 'links'),
    lines: fields.filter((field) => fieldTypeOf(field).storage === 'children'),
    files: fields.filter((field) => fieldTypeOf(field).group === 'file'),
    storedRollups: fields.filter((field) => field.computed?.mode === 'stored' && field.computed.rule === undefined),
    unique: fields.filter((field) => field.unique),
    acyclic: fields.filter((field) => field.settings.acyclic === true),
    checked: typed.filter((field) => field.required || field.requiredWhen !== undefined || (field.validate?.length ?? 0) > 0),
    converted: fields.filter((field) => fieldTypeOf(field).toRule),
  };
}

/** The reference of a default written as `{ "next": "contract" }`. */
export function nextWithin(field: FieldModel): string | undefined {
  const fallback = field.default;
  return fallback !== null && typeof fallback === 'object' && !Array.isArray(fallback) && 'next' in fallback && typeof fallback.next === 'string' ? fallback.next : undefined;
}

/** The rule of a default written as `{ "rule": … }`. */
export function defaultRule(field: FieldModel): Rule | undefined {
  const fallback = field.default;
  return fallback !== null && typeof fallback === 'object' && !Array.isArray(fallback) && 'rule' in fallback ? (fallback.rule as Rule) : undefined;
}
