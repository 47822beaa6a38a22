/** The physical side of a plan, to be read by people: columns and tables added, put into the trash, brought back; indexes. */
import type { AppModel, FieldModel } from '../model/app-model.ts';
import { fieldTypeOf } from '../rules/paths.ts';
import { databaseSchema, linkTableName, physicalColumns } from './database-schema.ts';
import type { StorageChange } from './storage-changes.ts';

export type PhysicalStepKind = 'createTable' | 'addColumn' | 'trashTable' | 'trashColumn' | 'restoreTable' | 'restoreColumn' | 'createIndex' | 'dropIndex';

export interface PhysicalStep {
  readonly kind: PhysicalStepKind;
  readonly name: string;
}

export function physicalSteps(before: AppModel, after: AppModel, changes: readonly { readonly change: StorageChange; readonly isRestored: boolean }[]): PhysicalStep[] {
  const steps: PhysicalStep[] = [];
  const of = (field: FieldModel, kind: 'add' | 'trash' | 'restore'): void => {
    if (fieldTypeOf(field).storage === 'links') steps.push({ kind: kind === 'add' ? 'createTable' : `${kind}Table`, name: linkTableName(field) });
    for (const column of physicalColumns(field)) steps.push({ kind: `${kind}Column`, name: `${field.table}.${column.name}` });
  };
  for (const { change, isRestored } of changes) {
    if (change.type === 'addTable') steps.push({ kind: isRestored ? 'restoreTable' : 'createTable', name: change.table.name });
    else if (change.type === 'removeTable') steps.push({ kind: 'trashTable', name: change.table.name });
    else if (change.type === 'removeField') of(change.field, 'trash');
    else if (change.type === 'addField') of(change.field, isRestored ? 'restore' : 'add');
    else if (change.type === 'convertField') {
      of(change.from, 'trash');
      of(change.to, isRestored ? 'restore' : 'add');
    }
  }
  const indexes = (model: AppModel): Set<string> => new Set(databaseSchema(model).tables.filter((table) => before.tables[table.name]).flatMap((table) => table.indexes.map((index) => index.name)));
  const [was, now] = [indexes(before), indexes(after)];
  for (const name of now) if (!was.has(name)) steps.push({ kind: 'createIndex', name });
  for (const name of was) if (!now.has(name)) steps.push({ kind: 'dropIndex', name });
  return steps;
}
