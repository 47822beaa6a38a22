import { FIELD_TYPES } from '../fields/index.ts';
import type { ColumnSpec, FieldType } from '../fields/field-type.ts';
import type { FieldModel } from '../model/app-model.ts';
import type { ValueKind } from './rule.ts';

/** What path resolution needs of a model; satisfied by `AppModel.tables` and by a model being built. */
export type FieldTables = Readonly<Record<string, { readonly fields: Readonly<Record<string, FieldModel>> }>>;

export const MAX_HOPS = 3;

export interface ResolvedPath {
  /** The references walked over, outermost first. */
  readonly hops: readonly FieldModel[];
  readonly field: FieldModel;
  /** '' for the field itself, else the part: `start` of a time span. */
  readonly part: string;
  readonly kind: ValueKind;
}

export type PathProblem = 'unknown_field' | 'not_a_reference' | 'too_many_hops' | 'not_for_rules';

export function fieldTypeOf(field: FieldModel): FieldType {
  return FIELD_TYPES[field.type];
}

/** The one record a field points at, when it holds exactly one id. */
export function singleTarget(field: FieldModel): string | null {
  const type = fieldTypeOf(field);
  return type.target && type.kind(field) === 'reference' ? type.target(field) : null;
}

/** The column that holds a field or one of its parts; undefined where nothing is stored. */
export function columnOf(field: FieldModel, part: string): ColumnSpec | undefined {
  return fieldTypeOf(field).columns(field).find((column) => column.part === part);
}

export function kindOf(field: FieldModel, part = ''): ValueKind {
  // Nothing in the database can compare what is encrypted.
  if (field.encrypted) return 'none';
  if (part !== '') return columnOf(field, part)?.kind ?? 'none';
  return field.computed?.kind ?? fieldTypeOf(field).kind(field);
}

/** Follows `customer.owner.name` or `time.start` from a table. */
export function resolvePath(tables: FieldTables, table: string, path: string): ResolvedPath | PathProblem {
  const steps = path.split('.');
  const hops: FieldModel[] = [];
  let at = tables[table];
  for (let i = 0; i < steps.length; i++) {
    const name = steps[i] as string;
    const field: FieldModel | undefined = at && Object.hasOwn(at.fields, name) ? at.fields[name] : undefined;
    if (!field) return 'unknown_field';
    if (i === steps.length - 1) {
      return { hops, field, part: '', kind: kindOf(field) };
    }
    const next = steps[i + 1] as string;
    const target = singleTarget(field);
    if (target === null) {
      if (i === steps.length - 2 && next !== '' && columnOf(field, next)) return { hops, field, part: next, kind: kindOf(field, next) };
      return 'not_a_reference';
    }
    if (hops.length === MAX_HOPS) return 'too_many_hops';
    hops.push(field);
    at = Object.hasOwn(tables, target) ? tables[target] : undefined;
  }
  return 'unknown_field';
}
