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
import type { Queryable, Transaction } from '../db/database.ts';
import { createSearchIndex, searchTableName } from '../db/search-index.ts';
import { ident, raw, sql } from '../db/sql.ts';

export const TRASH_DAYS = 30;

/** One thing renamed. Names of tables in it are those in the database: they change when such a table goes to the trash itself. */
export interface TrashObject {
  readonly kind: 'column' | 'table' | 'links';
  /** The table of records it belongs to. */
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

/** The newest entry whose stored form is the one that this field needs, and which belongs to the tables of that name there are. */
export function entryForField(entries: readonly TrashEntry[], field: FieldModel): TrashEntry | undefined {
  return entries.find((entry) => entry.table === field.table && entry.field === field.name && storageForm(entry.model as FieldModel) === storageForm(field) && isWhole(entry, entries));
}

/** Its table and what it refers to are in use, or come back together with it: a new table of an old name is another one. */
function isWhole(entry: TrashEntry, restorable: readonly TrashEntry[]): boolean {
  const returning = new Set(restorable.flatMap((other) => other.objects.filter((object) => object.kind === 'table').map((object) => object.to)));
  const names = entry.objects.flatMap((object) => [object.table, ...object.references.map(({ target }) => target)]);
  return names.every((name) => !TRASH_NAME.test(name) || returning.has(name));
}

const TRASH_NAME = /^_t\d+_\d+$/;

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
  if (fieldTypeOf(field).storage === 'links') objects.push(await trashTableObject(trashing, { table: field.table, from: linkTableName(field), kind: 'links', references: linkReferences(field) }));
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
    if (fieldTypeOf(field).storage === 'links') objects.push(await trashTableObject(trashing, { table: table.name, from: linkTableName(field), kind: 'links', references: linkReferences(field) }));
  }
  await trashing.tx.run(sql`DROP TABLE ${ident(searchTableName(table.name))}`);
  const references = Object.values(table.fields).flatMap((field) => {
    const target = singleTarget(field);
    // Who made or owned a record is kept even when that user goes.
    return target === null || field.system ? [] : physicalColumns(field).map((column) => ({ column: column.name, target }));
  });
  const own = await trashTableObject(trashing, { table: table.name, from: table.name, kind: 'table', references });
  await renameInTrash(trashing.tx, table.name, own.to);
  return keep(trashing, { reason: 'removed', table: table.name, field: null, label: table.label, model: table, objects: [...objects.map((object) => renamed(object, table.name, own.to)), own], filled });
}

async function trashTableObject(trashing: Trashing, object: Omit<TrashObject, 'to'>): Promise<TrashObject> {
  const to = trashing.name();
  await dropIndexes(trashing.tx, object.from, null);
  await trashing.tx.run(sql`ALTER TABLE ${ident(object.from)} RENAME TO ${ident(to)}`);
  return { ...object, to };
}

/** What lies in the trash follows a table that goes there, or comes back: by its name in the database it stays the same table. */
async function renameInTrash(tx: Transaction, from: string, to: string): Promise<void> {
  for (const entry of await trashEntries(tx)) {
    const objects = entry.objects.map((object) => renamed(object, from, to));
    if (JSON.stringify(objects) !== JSON.stringify(entry.objects)) await tx.run(sql`UPDATE relata_trash SET objects = ${JSON.stringify(objects)} WHERE id = ${entry.id}`);
  }
}

function renamed(object: TrashObject, from: string, to: string): TrashObject {
  const name = (table: string): string => (table === from ? to : table);
  return { ...object, table: name(object.table), references: object.references.map(({ column, target }) => ({ column, target: name(target) })) };
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

/** Back under the names in use. The caller has made room, and brings tables before fields. */
export async function restoreObjects(tx: Transaction, { id }: TrashEntry): Promise<void> {
  // As it stands now: a table that came back before has changed the names in it.
  const entry = (await trashEntries(tx)).find((candidate) => candidate.id === id);
  if (!entry) throw new Error(`The trash entry ${id} is gone.`);
  const whole = entry.objects.find((object) => object.kind === 'table');
  if (whole) {
    await tx.run(sql`ALTER TABLE ${ident(whole.to)} RENAME TO ${ident(whole.from)}`);
    await renameInTrash(tx, whole.to, whole.from);
    await createSearchIndex(tx, whole.from);
  }
  for (const object of entry.objects) {
    if (object.kind === 'links') await tx.run(sql`ALTER TABLE ${ident(object.to)} RENAME TO ${ident(object.from)}`);
    if (object.kind !== 'column') continue;
    await tx.run(sql`ALTER TABLE ${ident(object.table)} RENAME COLUMN ${ident(object.to)} TO ${ident(object.from)}`);
    if (tx.dialect.name !== 'postgres') continue;
    for (const { target } of object.references) {
      await tx.run(sql`ALTER TABLE ${ident(object.table)} ADD CONSTRAINT ${foreignKeyName(object.table, object.from)} FOREIGN KEY (${ident(object.from)}) REFERENCES ${ident(target)}("id") DEFERRABLE INITIALLY DEFERRED`);
    }
  }
  await tx.run(sql`UPDATE relata_trash SET state = ${'restored'} WHERE id = ${entry.id}`);
}

/** A record is purged: what lies in the trash may not point at it any more. */
export async function emptyTrashedReferences(tx: Transaction, table: string, id: string): Promise<void> {
  for (const entry of await trashEntries(tx)) {
    for (const object of entry.objects) {
      const holder = ident(object.kind === 'column' ? object.table : object.to);
      for (const { column, target } of object.references) {
        if (target !== table) continue;
        if (object.kind === 'links') await tx.run(sql`DELETE FROM ${holder} WHERE ${ident(column)} = ${id}`);
        else await tx.run(sql`UPDATE ${holder} SET ${ident(column)} = NULL WHERE ${ident(column)} = ${id}`);
      }
    }
  }
}

/** Removes what an entry holds, for good. */
export async function purgeEntry(tx: Transaction, entry: TrashEntry): Promise<void> {
  for (const object of entry.objects) {
    // Another table may bear the name by now, with comments of its own.
    if (object.kind === 'table') await tx.run(sql`DELETE FROM relata_comment WHERE table_name = ${object.from} AND record_id IN (SELECT "id" FROM ${ident(object.to)})`);
    if (object.kind === 'column') await dropColumn(tx, object);
    else await dropTable(tx, object.to);
  }
  // Columns that had been put away before their table went with it.
  const gone = new Set(entry.objects.filter((object) => object.kind === 'table').map((object) => object.to));
  const inside = (await trashEntries(tx)).filter((other) => other.id !== entry.id && other.objects.some((object) => gone.has(object.table)));
  for (const { id, objects } of inside) {
    for (const object of objects) if (object.kind === 'links') await dropTable(tx, object.to);
    await tx.run(sql`UPDATE relata_trash SET state = ${'purged'} WHERE id = ${id}`);
  }
  await tx.run(sql`UPDATE relata_trash SET state = ${'purged'} WHERE id = ${entry.id}`);
  await tx.run(sql`DELETE FROM relata_reject WHERE version = ${entry.version} AND table_name = ${entry.table}${entry.field === null ? raw('') : sql` AND field_name = ${entry.field}`}`);
}

/** SQLite cannot drop a column that is a foreign key: that one is emptied instead. */
async function dropColumn(tx: Transaction, { table, to, references }: TrashObject): Promise<void> {
  if (references.length > 0 && tx.dialect.name === 'sqlite') await tx.run(sql`UPDATE ${ident(table)} SET ${ident(to)} = NULL WHERE ${ident(to)} IS NOT NULL`);
  else await tx.run(sql`ALTER TABLE ${ident(table)} DROP COLUMN ${ident(to)}`);
}

/**
 * On SQLite a table that a column still names as its foreign key may not go: every write to that column's table would fail.
 * Such a table is emptied, and its shell stays.
 */
async function dropTable(tx: Transaction, name: string): Promise<void> {
  if (tx.dialect.name === 'postgres') {
    await tx.run(sql`DROP TABLE ${ident(name)} CASCADE`);
    return;
  }
  const pointing = await tx.all<{ table: string; column: string }>(
    sql`SELECT m.name AS "table", f."from" AS "column" FROM sqlite_master m, pragma_foreign_key_list(m.name) f WHERE m.type = ${'table'} AND f."table" = ${name} AND m.name <> ${name}`,
  );
  for (const { table, column } of pointing) await tx.run(sql`UPDATE ${ident(table)} SET ${ident(column)} = NULL WHERE ${ident(column)} IS NOT NULL`);
  await tx.run(pointing.length > 0 ? sql`DELETE FROM ${ident(name)}` : sql`DROP TABLE ${ident(name)}`);
}

/** Entries whose time is over. */
export function isOver(entry: TrashEntry, now: string): boolean {
  return Date.parse(entry.at) + TRASH_DAYS * 86_400_000 <= Date.parse(now);
}

