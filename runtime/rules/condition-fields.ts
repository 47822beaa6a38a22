/** Fields that conditions can be asked of: the table's own, their parts, and those of records one reference away. */
import { FIELD_TYPES, type FieldTypeName } from '#engine/fields/index.ts';
import type { FieldType } from '#engine/fields/field-type.ts';
import { type AppModel, type FieldModel, optionsOf } from '#engine/model/app-model.ts';
import type { ConditionOperator } from '#engine/rules/conditions.ts';
import { MANY_VALUED } from '#engine/rules/conditions.ts';
import type { ValueKind } from '#engine/rules/rule.ts';
import type { Locale } from '#engine/errors.ts';
import type { TableAccess } from '../api/types.ts';
import { targetTable, visibleFields } from '../model/paths.ts';
import { sourceField } from '../model/source-field.ts';

export interface ConditionField {
  readonly path: string;
  readonly label: string;
  readonly kind: ValueKind;
  readonly field: FieldModel;
  /** The reference it is reached over. */
  readonly over?: FieldModel;
  /** Not a field but a variable of a workflow. */
  readonly variable?: true;
}

const PART_LABELS: Readonly<Record<string, Readonly<Record<Locale, string>>>> = {
  start: { 'zh-CN': '开始', en: 'start' },
  end: { 'zh-CN': '结束', en: 'end' },
  lat: { 'zh-CN': '纬度', en: 'latitude' },
  lng: { 'zh-CN': '经度', en: 'longitude' },
};

function ownFields(field: FieldModel, locale: Locale, over?: FieldModel): readonly ConditionField[] {
  const type: FieldType = FIELD_TYPES[field.type];
  const prefix = over ? { path: `${over.name}.`, label: `${over.label[locale]} · ` } : { path: '', label: '' };
  const kind = type.kind(field);
  const base = { path: `${prefix.path}${field.name}`, label: `${prefix.label}${field.label[locale]}`, field, ...(over && { over }) };
  // The server can tell only whether there is something.
  if (field.encrypted) return [{ ...base, kind: 'none' }];
  if (kind !== 'none') return [{ ...base, kind }];
  return type.columns(field).flatMap((column) =>
    column.part ? [{ ...base, path: `${base.path}.${column.part}`, label: `${base.label} · ${PART_LABELS[column.part]?.[locale] ?? column.part}`, kind: column.kind }] : [],
  );
}

export function conditionFields(model: AppModel, access: Readonly<Record<string, TableAccess>>, tableName: string, locale: Locale): readonly ConditionField[] {
  const table = model.tables[tableName];
  const own = access[tableName];
  if (!table || !own) return [];
  const direct = visibleFields(table, own);
  const distant = direct.flatMap((reference) => {
    const name = FIELD_TYPES[reference.type].kind(reference) === 'reference' ? targetTable(reference) : undefined;
    const target = name === undefined ? undefined : model.tables[name];
    const rights = name === undefined ? undefined : access[name];
    if (!target || !rights) return [];
    return visibleFields(target, rights)
      .filter((field) => !field.system || field.name === 'owner')
      .flatMap((field) => ownFields(field, locale, reference));
  });
  // What was looked up or rolled up is one of the options where it came from.
  const withOptions = (found: ConditionField): ConditionField =>
    found.kind !== 'option' || optionsOf(found.field).length > 0 ? found : { ...found, field: { ...found.field, settings: { ...found.field.settings, options: optionsOf(sourceField(model, found.field)) } } };
  return [...direct.flatMap((field) => ownFields(field, locale)), ...distant].map(withOptions);
}

export const PLAIN: Readonly<Record<ValueKind, FieldTypeName>> = {
  text: 'text', number: 'decimal', boolean: 'boolean', date: 'date', dateTime: 'dateTime', option: 'select', list: 'tags', reference: 'reference', none: 'text',
};

/** A field whose input edits the value of a condition: one option, several records, a date, as kind and operator ask. */
export function valueField({ field, kind, path }: ConditionField, operator: ConditionOperator): FieldModel {
  const name = path.replaceAll('.', '_');
  const plain: FieldModel = { name, table: field.table, label: field.label, type: PLAIN[kind], settings: field.settings };
  const target = targetTable(field);
  const many = MANY_VALUED.has(operator);
  if (optionsOf(field).length > 0) return { ...plain, type: many ? 'multiSelect' : 'select', settings: { options: optionsOf(field) } };
  if (target !== undefined && (kind === 'reference' || kind === 'list')) return { ...plain, type: many ? 'manyToMany' : 'reference', settings: { table: target } };
  if (many) return { ...plain, type: 'tags', settings: {} };
  if (kind === 'list' || kind === 'text') return { ...plain, type: 'text', settings: {} };
  return kind === 'number' && !field.computed ? { ...plain, type: field.type } : plain;
}
