/**
 * What a change of definitions asks of storage: which tables and fields come, go, or hold their values in another form.
 * Labels, rules, forms and permissions ask nothing. The server carries it out; nothing here speaks SQL.
 */
import type { AppModel, FieldModel, TableModel } from '../model/app-model.ts';
import { fieldTypeOf } from '../rules/paths.ts';
import { physicalColumns } from './database-schema.ts';

export type StorageChange =
  | { readonly type: 'addTable'; readonly table: TableModel }
  | { readonly type: 'removeTable'; readonly table: TableModel }
  | { readonly type: 'addField'; readonly field: FieldModel }
  | { readonly type: 'removeField'; readonly field: FieldModel }
  | { readonly type: 'convertField'; readonly from: FieldModel; readonly to: FieldModel }
  /** The values stay in their columns, encrypted from now on, or no longer. */
  | { readonly type: 'sealField'; readonly from: FieldModel; readonly to: FieldModel };

export function storageChanges(before: AppModel, after: AppModel): StorageChange[] {
  const changes: StorageChange[] = [];
  for (const table of Object.values(after.tables)) {
    const old = before.tables[table.name];
    if (!old) {
      changes.push({ type: 'addTable', table });
      continue;
    }
    for (const field of Object.values(old.fields)) if (!table.fields[field.name]) changes.push({ type: 'removeField', field });
    for (const field of Object.values(table.fields)) {
      const was = old.fields[field.name];
      if (!was) changes.push({ type: 'addField', field });
      else if (isSealing(was, field)) changes.push({ type: 'sealField', from: was, to: field });
      else if (storageForm(was) !== storageForm(field)) changes.push({ type: 'convertField', from: was, to: field });
    }
  }
  for (const table of Object.values(before.tables)) if (!after.tables[table.name]) changes.push({ type: 'removeTable', table });
  return changes;
}

/** Equal for two fields exactly when values stored for one may stay for the other. */
export function storageForm(field: FieldModel): string {
  const type = fieldTypeOf(field);
  const columns = type.storage === 'columns' && field.computed?.mode !== 'query' ? type.columns(field).map(({ suffix, type: column, scale }) => [suffix, column, scale ?? 0]) : [];
  return JSON.stringify([field.type, type.storage, type.target?.(field) ?? null, columns, ...(type.storage === 'children' ? [field.settings.field] : []), ...(field.encrypted ? ['encrypted'] : [])]);
}

function isSealing(was: FieldModel, field: FieldModel): boolean {
  const { encrypted: before, ...plainly } = was;
  const { encrypted: after, ...plain } = field;
  return before !== after && storageForm(plainly) === storageForm(plain);
}

/** Holds values of its own: in columns or in a link table. */
export function holdsValues(field: FieldModel): boolean {
  return fieldTypeOf(field).storage === 'links' || physicalColumns(field).length > 0;
}
