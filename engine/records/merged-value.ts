/** Merging duplicates: which of the values of several records one record keeps. */
import type { Json } from '../fields/field-type.ts';
import type { FieldModel } from '../model/app-model.ts';
import { fieldTypeOf } from '../rules/paths.ts';
import { isBlank } from './record-rules.ts';
import { validateValue } from './validate-value.ts';

/** Of the fields every table has, those that people fill. */
const OWN_OF_PEOPLE: ReadonlySet<string> = new Set(['owner', 'collaborators', 'external_id']);

/** Several values may stand side by side: tags, options, people, files, links. */
export function isUnited(field: FieldModel): boolean {
  return fieldTypeOf(field).kind(field) === 'list';
}

/** A value that people give, and so may choose; its number, its history and what is computed a record keeps for itself. */
export function isMergeable(field: FieldModel): boolean {
  const { computed, storage } = fieldTypeOf(field);
  return !computed && field.readOnly !== true && (storage === 'columns' || storage === 'links') && (!field.system || OWN_OF_PEOPLE.has(field.name));
}

type Values = Readonly<Record<string, Json>>;

/**
 * What the survivor holds where nobody has chosen: its own; where that is empty the first of the others; of values that may
 * stand side by side all. Who is in charge follows from nothing. `ids`: the records that become one do not name each other.
 */
export function mergedValue(field: FieldModel, survivor: Values, losers: readonly Values[], ids: ReadonlySet<string>): Json {
  const own = survivor[field.name] ?? null;
  if (field.name === 'owner') return own;
  const others = losers.map((loser) => without(loser[field.name] ?? null, field, ids)).filter((value) => !isBlank(value));
  if (others.length === 0) return own;
  if (!isUnited(field)) return isBlank(own) ? (others[0] as Json) : own;
  const all = [...new Set([own, ...others].flat() as string[])].filter((item) => item !== null);
  // More than the field may hold: what is there already stays.
  return validateValue(field, all, '').length === 0 ? all : isBlank(own) ? (others[0] as Json) : own;
}

function without(value: Json, field: FieldModel, ids: ReadonlySet<string>): Json {
  if (fieldTypeOf(field).target?.(field) !== field.table) return value;
  if (Array.isArray(value)) return value.filter((id) => !ids.has(String(id)));
  return ids.has(String(value)) ? null : value;
}
