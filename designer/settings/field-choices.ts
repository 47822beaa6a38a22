/** Fields of the draft to choose from, with those that are reached over references. */
import type { Locale } from '#engine/errors.ts';
import { FIELD_TYPES, type FieldTypeName } from '#engine/fields/index.ts';
import type { FieldType } from '#engine/fields/field-type.ts';
import type { AppModel, FieldModel, TableModel } from '#engine/model/app-model.ts';
import { SYSTEM_FIELDS } from '#engine/model/built-in.ts';
import type { FieldDefinition, TableDefinition } from '#engine/model/definitions.ts';
import { kindOf } from '#engine/rules/paths.ts';
import type { ValueKind } from '#engine/rules/rule.ts';

export interface FieldChoice {
  readonly path: string;
  readonly label: string;
  readonly field: FieldModel;
  readonly kind: ValueKind;
  /** Labels of the references on the way. */
  readonly over: readonly string[];
}

/** A field of the table or one that every table has, by name. */
export function definedField(table: TableDefinition, name: string): FieldDefinition | undefined {
  return table.fields.find((field) => field.name === name) ?? SYSTEM_FIELDS.find((field) => field.name === name);
}

export function typeOf(field: { readonly type: string }): FieldType | undefined {
  return Object.hasOwn(FIELD_TYPES, field.type) ? FIELD_TYPES[field.type as FieldTypeName] : undefined;
}

/** `hops`: how many references may be walked over. Parts of composite fields stand as paths of their own. */
export function fieldChoices(model: AppModel, table: string, locale: Locale, hops = 0): readonly FieldChoice[] {
  const own: TableModel | undefined = Object.hasOwn(model.tables, table) ? model.tables[table] : undefined;
  return own ? choicesOf(model, own, locale, hops, '', []) : [];
}

function choicesOf(model: AppModel, table: TableModel, locale: Locale, hops: number, prefix: string, over: readonly string[]): FieldChoice[] {
  const fields = Object.values(table.fields).filter((field) => field.name !== 'deleted_at' && field.name !== 'version');
  const direct = fields.flatMap((field): FieldChoice[] => {
    const base = { path: `${prefix}${field.name}`, label: [...over, field.label[locale]].join(' · '), field, over, kind: kindOf(field) };
    const parts = (typeOf(field)?.columns(field) ?? []).filter((column) => column.part);
    return [base, ...parts.map((column) => ({ ...base, path: `${base.path}.${column.part}`, label: `${base.label} · ${column.part}`, kind: column.kind }))];
  });
  if (hops === 0) return direct;
  const distant = fields.flatMap((field) => {
    const target = typeOf(field)?.kind(field) === 'reference' && field.target !== undefined ? model.tables[field.target] : undefined;
    // System references lead everywhere; one step over them is enough.
    return target ? choicesOf(model, target, locale, field.system ? 0 : hops - 1, `${prefix}${field.name}.`, [...over, field.label[locale]]) : [];
  });
  return [...direct, ...distant];
}

/** References of `from` that point at `at`. */
export function referencesTo(model: AppModel, from: string, at: string): readonly FieldModel[] {
  return Object.values(model.tables[from]?.fields ?? {}).filter((field) => field.target === at && !field.system);
}
