/**
 * The trash of definitions. Nothing a publication takes out of use is dropped: columns and tables are renamed out of the
 * way with what they hold, and renamed back by undo or restore. Only a purge, after 30 days or by hand, removes them.
 */
import { v7 as uuidv7 } from 'uuid';
import type { Label } from '#engine/errors.ts';
import type { FieldModel, TableModel } from '#engine/model/app-model.ts';
import { fieldTypeOf, singleTarget } from '#engine/rules/paths.ts';
import { linkTableName, physicalColumns } from '#engine/schema/database-schema.ts';
import { holdsValues, storageForm } from '#engine/schema/storage-changes.ts';
import { existingSchema } from '../db/apply-schema.ts';
import type { Queryable, Transaction } from '../db/database.ts';
import { createSearchIndex, searchTableName } from '../db/search-index.ts';
import { ident, raw, sql } from '../db/sql.ts';

export const TRASH_DAYS = 30;

/** One thing renamed: a column of `table`, or a whole table (then `table` is its name when in use). */
export interface TrashObject {
  readonly kind: 'column' | 'table' | 'links';
  readonly table: string;
  readonly from: string;
  readonly to: string;
  /** References inside: whoever purges a record empties them. */
  readonly references: readonly { readonly column: string; readonly target: string }[];
}

export type TrashReason = 'removed' | 'converted' | 'recomputed';

export interface TrashEntry {
  readonly id: string;
  readonly version: number;
  readonly at: string;
  readonly by: string;
  readonly reason: TrashReason;
  readonly table: string;
  /** Null: the whole table. */
  readonly field: string | null;
  readonly label: Label;
  readonly model: FieldModel | TableModel;
  readonly objects: readonly TrashObject[];
  /** Values, or records of a table. */
  readonly filled: number;
  readonly state: 'kept' | 'restored' | 'purged';
}

interface TrashRow {
  readonly id: string;
  readonly version: number;
  readonly at: string;
  readonly by: string;
  readonly reason: TrashReason;
  readonly table_name: string;
  readonly field_name: string | null;
  readonly label: string;
  readonly model: string;
  readonly objects: string;
  readonly filled: number;
  readonly state: TrashEntry['state'];
}

function toEntry(row: TrashRow): TrashEntry {
  return {
    id: row.id,
    version: Number(row.version),
    at: row.at,
    by: row.by,
    reason: row.reason,
    table: row.table_name,
    field: row.field_name,
    label: JSON.parse(row.label) as Label,
    model: JSON.parse(row.model) as FieldModel,
    objects: JSON.parse(row.objects) as TrashObject[],
    filled: Number(row.filled),
    state: row.state,
  };
}

/** What can still be brought back, newest first. */
export async function trashEntries(db: Queryable): Promise<TrashEntry[]> {
  const rows = await db.all<TrashRow>(sql`SELECT * FROM relata_trash WHERE state = ${'kept'} ORDER BY version DESC, id DESC`);
  return rows.map(toEntry);
}

/** The newest entry whose stored form is the one that this field needs. */
export function entryForField(entries: readonly TrashEntry[], field: FieldModel): TrashEntry | undefined {
  return entries.find((entry) => entry.table === field.table && entry.field === field.name && storageForm(entry.model as FieldModel) === storageForm(field));
}

export function entryForTable(entries: readonly TrashEntry[], table: string): TrashEntry | undefined {
  return entries.find((entry) => entry.table === table && entry.field === null);
}

/** Hands out names for one publication: `_t12_0`, `_t12_1`, … */
export function trashNames(version: number): () => string {
  let next = 0;
  return () => `_t${version}_${next++}`;
}

export interface Trashing {
  readonly tx: Transaction;
  readonly version: number;
  readonly at: string;
  readonly by: string;
  readonly name: () => string;
}

export async function trashField(trashing: Trashing, field: FieldModel, reason: TrashReason, filled: number): Promise<TrashEntry | undefined> {
  if (!holdsValues(field)) return undefined;
  const objects: TrashObject[] = [];
  if (fieldTypeOf(field).storage === 'links') objects.push(await trashTableObject(trashing, linkTableName(field), 'links', linkReferences(field)));
  else {
    const columns = physicalColumns(field).map((column) => column.name);
    await dropIndexes(trashing.tx, field.table, columns);
    const target = singleTarget(field);
    for (const from of columns) {
      const to = trashing.name();
      if (target !== null && trashing.tx.dialect.name === 'postgres') await trashing.tx.run(sql`ALTER TABLE ${ident(field.table)} DROP CONSTRAINT IF EXISTS ${foreignKeyName(field.table, from)}`);
      await trashing.tx.run(sql`ALTER TABLE ${ident(field.table)} RENAME COLUMN ${ident(from)} TO ${ident(to)}`);
      objects.push({ kind: 'column', table: field.table, from, to, references: target === null ? [] : [{ column: to, target }] });
    }
  }
  return keep(trashing, { reason, table: field.table, field: field.name, label: field.label, model: field, objects, filled });
}

export async function trashTable(trashing: Trashing, table: TableModel, filled: number): Promise<TrashEntry> {
  const objects: TrashObject[] = [];
  for (const field of Object.values(table.fields)) {
    if (fieldTypeOf(field).storage === 'links') objects.push(await trashTableObject(trashing, linkTableName(field), 'links', linkReferences(field)));
  }
  await trashing.tx.run(sql`DROP TABLE ${ident(searchTableName(table.name))}`);
  const references = Object.values(table.fields).flatMap((field) => {
    const target = singleTarget(field);
    return target === null ? [] : physicalColumns(field).map((column) => ({ column: column.name, target }));
  });
  objects.push(await trashTableObject(trashing, table.name, 'table', references));
  return keep(trashing, { reason: 'removed', table: table.name, field: null, label: table.label, model: table, objects, filled });
}

async function trashTableObject(trashing: Trashing, from: string, kind: TrashObject['kind'], references: TrashObject['references']): Promise<TrashObject> {
  const to = trashing.name();
  await dropIndexes(trashing.tx, from, null);
  await trashing.tx.run(sql`ALTER TABLE ${ident(from)} RENAME TO ${ident(to)}`);
  return { kind, table: from, from, to, references };
}

const linkReferences = (field: FieldModel): TrashObject['references'] => [
  { column: 'record_id', target: field.table },
  { column: 'target_id', target: String(fieldTypeOf(field).target?.(field)) },
];

const foreignKeyName = (table: string, column: string) => ident(`fk_${table}_${column}`.slice(0, 60));

async function keep({ tx, version, at, by }: Trashing, entry: Pick<TrashEntry, 'reason' | 'table' | 'field' | 'label' | 'model' | 'objects' | 'filled'>): Promise<TrashEntry> {
  const kept: TrashEntry = { ...entry, id: uuidv7(), version, at, by, state: 'kept' };
  await tx.run(sql`INSERT INTO relata_trash (id, version, at, by, reason, table_name, field_name, label, model, objects, filled, state)
    VALUES (${kept.id}, ${version}, ${at}, ${by}, ${kept.reason}, ${kept.table}, ${kept.field}, ${JSON.stringify(kept.label)}, ${JSON.stringify(kept.model)}, ${JSON.stringify(kept.objects)}, ${kept.filled}, ${'kept'})`);
  return kept;
}

/** A renamed column would stay in its index, under the index's old name. The schema is brought up afterwards and makes those still wanted. */
async function dropIndexes(tx: Transaction, table: string, columns: readonly string[] | null): Promise<void> {
  const own = await indexesOf(tx, table);
  for (const { name, columns: covered } of own) {
    if (columns === null || covered.some((column) => columns.includes(column))) await tx.run(sql`DROP INDEX ${ident(name)}`);
  }
}

async function indexesOf(tx: Transaction, table: string): Promise<{ name: string; columns: string[] }[]> {
  const rows =
    tx.dialect.name === 'sqlite'
      ? await tx.all<{ name: string; column: string }>(sql`SELECT l.name AS name, i.name AS "column" FROM pragma_index_list(${table}) l, pragma_index_info(l.name) i`)
      : await tx.all<{ name: string; column: string }>(
          sql`SELECT c.relname AS name, a.attname AS "column" FROM pg_index x JOIN pg_class c ON c.oid = x.indexrelid JOIN pg_class t ON t.oid = x.indrelid JOIN pg_attribute a ON a.attrelid = x.indexrelid WHERE t.relname = ${table} AND t.relnamespace = current_schema()::regnamespace`,
        );
  const found = new Map<string, string[]>();
  for (const { name, column } of rows) if (/^[iu]x_/.test(name)) found.set(name, [...(found.get(name) ?? []), column]);
  return [...found].map(([name, columns]) => ({ name, columns }));
}

/** Back under the names in use. The caller has made room: nothing of that name may be there. */
export async function restoreObjects(tx: Transaction, entry: TrashEntry): Promise<void> {
  for (const object of [...entry.objects].reverse()) {
    if (object.kind === 'column') await tx.run(sql`ALTER TABLE ${ident(object.table)} RENAME COLUMN ${ident(object.to)} TO ${ident(object.from)}`);
    else await tx.run(sql`ALTER TABLE ${ident(object.to)} RENAME TO ${ident(object.from)}`);
    if (object.kind === 'table') await createSearchIndex(tx, object.from);
    if (object.kind === 'column' && tx.dialect.name === 'postgres') {
      for (const { target } of object.references) {
        await tx.run(sql`ALTER TABLE ${ident(object.table)} ADD CONSTRAINT ${foreignKeyName(object.table, object.from)} FOREIGN KEY (${ident(object.from)}) REFERENCES ${ident(target)}("id") DEFERRABLE INITIALLY DEFERRED`);
      }
    }
  }
  await tx.run(sql`UPDATE relata_trash SET state = ${'restored'} WHERE id = ${entry.id}`);
}

/** A record is purged: what lies in the trash may not point at it any more. */
export async function emptyTrashedReferences(tx: Transaction, table: string, id: string): Promise<void> {
  for (const entry of await trashEntries(tx)) {
    for (const object of entry.objects) {
      for (const { column, target } of object.references) {
        if (target !== table) continue;
        const holder = ident(object.kind === 'column' ? await currentName(tx, object.table) : object.to);
        if (object.kind === 'links') await tx.run(sql`DELETE FROM ${holder} WHERE ${ident(column)} = ${id}`);
        else await tx.run(sql`UPDATE ${holder} SET ${ident(column)} = NULL WHERE ${ident(column)} = ${id}`);
      }
    }
  }
}

/** A column may lie in the trash of a table that has gone there itself since. */
async function currentName(tx: Queryable, table: string): Promise<string> {
  const entry = entryForTable(await trashEntries(tx), table);
  const moved = entry?.objects.find((object) => object.kind === 'table');
  return moved && !(await existingSchema(tx)).has(table) ? moved.to : table;
}

/** Removes what an entry holds, for good. SQLite cannot drop a column that is a foreign key: that one is emptied instead. */
export async function purgeEntry(tx: Transaction, entry: TrashEntry): Promise<void> {
  for (const object of entry.objects) {
    if (object.kind !== 'column') {
      await tx.run(sql`DROP TABLE ${ident(object.to)}`);
      continue;
    }
    const holder = ident(await currentName(tx, object.table));
    if (object.references.length > 0 && tx.dialect.name === 'sqlite') await tx.run(sql`UPDATE ${holder} SET ${ident(object.to)} = NULL WHERE ${ident(object.to)} IS NOT NULL`);
    else await tx.run(sql`ALTER TABLE ${holder} DROP COLUMN ${ident(object.to)}`);
  }
  await tx.run(sql`UPDATE relata_trash SET state = ${'purged'} WHERE id = ${entry.id}`);
  await tx.run(sql`DELETE FROM relata_reject WHERE version = ${entry.version} AND table_name = ${entry.table}${entry.field === null ? raw('') : sql` AND field_name = ${entry.field}`}`);
}

/** Entries whose time is over. */
export function isOver(entry: TrashEntry, now: string): boolean {
  return Date.parse(entry.at) + TRASH_DAYS * 86_400_000 <= Date.parse(now);
}

