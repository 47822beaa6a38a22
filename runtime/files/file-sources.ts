/** Where files around a record may be: fields of its own, and of tables whose records point at it. */
import type { FieldModel, TableModel } from '#engine/model/app-model.ts';
import type { AppState } from '../app/session.tsx';
import { FIELD_COMPONENTS } from '../fields/index.ts';

function fileFields(table: TableModel): FieldModel[] {
  return Object.values(table.fields).filter(({ type, hidden }) => !hidden && (FIELD_COMPONENTS[type] === FIELD_COMPONENTS.attachment || FIELD_COMPONENTS[type] === FIELD_COMPONENTS.image));
}

interface Source {
  readonly table: TableModel;
  readonly fields: readonly FieldModel[];
  /** The references of that table which point here. */
  readonly by: readonly string[];
}

/** Tables that the page lists or tells of and whose records hold files. */
export function sourcesOf({ model, access }: AppState, { page }: TableModel): Source[] {
  const by = new Map<string, Set<string>>();
  for (const { table, field } of [...(page.related ?? []), ...(page.timeline ?? [])]) by.set(table, (by.get(table) ?? new Set()).add(field));
  return [...by].flatMap(([name, references]) => {
    const table = model.tables[name];
    const fields = table && access[name]?.read ? fileFields(table) : [];
    const single = [...references].filter((field) => table?.fields[field] && FIELD_COMPONENTS[table.fields[field].type] !== FIELD_COMPONENTS.manyToMany);
    return table && fields.length > 0 && single.length > 0 ? [{ table, fields, by: single }] : [];
  });
}

/** Whether there is a place for files at all. */
export function mayHoldFiles(app: AppState, table: TableModel): boolean {
  return fileFields(table).length > 0 || sourcesOf(app, table).length > 0;
}
