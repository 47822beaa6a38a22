/** What a database has against what it should have. The physical schema only grows: nothing here drops a table or a column. */
import type { DatabaseSchema, SchemaColumn, SchemaIndex, SchemaTable } from './database-schema.ts';

/** Tables with the names of their columns and of the indexes whose names start with `ix_` or `ux_`. */
export type ExistingSchema = ReadonlyMap<string, { readonly columns: ReadonlySet<string>; readonly indexes: ReadonlySet<string> }>;

export type SchemaChange =
  | { readonly type: 'createTable'; readonly table: SchemaTable }
  | { readonly type: 'addColumn'; readonly table: string; readonly column: SchemaColumn }
  | { readonly type: 'createIndex'; readonly table: string; readonly index: SchemaIndex }
  | { readonly type: 'dropIndex'; readonly table: string; readonly name: string };

export function diffSchema(have: ExistingSchema, want: DatabaseSchema): SchemaChange[] {
  const changes: SchemaChange[] = [];
  for (const table of want.tables) {
    const existing = have.get(table.name);
    if (!existing) changes.push({ type: 'createTable', table });
    else {
      for (const column of table.columns) {
        if (!existing.columns.has(column.name)) changes.push({ type: 'addColumn', table: table.name, column });
      }
    }
  }
  // Indexes last: they may name a column added above, and references may point at a table created later in the list.
  for (const table of want.tables) {
    const existing = have.get(table.name)?.indexes ?? new Set<string>();
    const wanted = new Set(table.indexes.map((index) => index.name));
    for (const name of existing) if (!wanted.has(name)) changes.push({ type: 'dropIndex', table: table.name, name });
    for (const index of table.indexes) if (!existing.has(index.name)) changes.push({ type: 'createIndex', table: table.name, index });
  }
  return changes;
}
