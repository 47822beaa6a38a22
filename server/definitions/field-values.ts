/** All values of one field, record by record: read from columns or links under their present or their trash names, and written. */
import { setImmediate as breathe } from 'node:timers/promises';
import type { Json, SqlValue } from '#engine/fields/field-type.ts';
import type { FieldModel } from '#engine/model/app-model.ts';
import { fieldTypeOf } from '#engine/rules/paths.ts';
import { linkTableName, physicalColumns } from '#engine/schema/database-schema.ts';
import type { Queryable, Transaction } from '../db/database.ts';
import { bind, ident, join, type Sql, sql } from '../db/sql.ts';
import { openColumn, sealColumn } from '../vault/sealed-values.ts';
import type { TrashEntry } from './trash.ts';

/** Where the values of a field lie. */
export interface ValueSource {
  readonly field: FieldModel;
  readonly table: string;
  /** In the order of the type's columns; empty for links. */
  readonly columns: readonly string[];
  readonly links: string | null;
}

export function liveSource(field: FieldModel): ValueSource {
  const isLinks = fieldTypeOf(field).storage === 'links';
  return { field, table: field.table, columns: isLinks ? [] : physicalColumns(field).map((column) => column.name), links: isLinks ? linkTableName(field) : null };
}

export function trashSource(entry: TrashEntry): ValueSource {
  const field = entry.model as FieldModel;
  const live = liveSource(field);
  const renamed = new Map(entry.objects.map((object) => [object.from, object.to]));
  return { field, table: field.table, columns: live.columns.map((name) => renamed.get(name) ?? name), links: live.links === null ? null : (renamed.get(live.links) ?? live.links) };
}

export interface FieldValue {
  readonly rid: number;
  readonly id: string;
  /** In the order of the sources. */
  readonly values: readonly Json[];
}

const BATCH = 500;

/** Every record with its values in these sources of one table. Lets others have a turn between batches. */
export async function* fieldValues(db: Queryable, sources: readonly ValueSource[], signal?: AbortSignal): AsyncGenerator<readonly FieldValue[]> {
  const table = sources[0]?.table;
  if (table === undefined) return;
  const columns = sources.flatMap((source) => source.columns.map(ident));
  for (let after = 0; ; ) {
    signal?.throwIfAborted();
    const rows = await db.values(sql`SELECT ${join([ident('_rid'), ident('id'), ...columns], ', ')} FROM ${ident(table)} WHERE "_rid" > ${after} ORDER BY "_rid" LIMIT ${BATCH}`);
    if (rows.length === 0) return;
    const ids = rows.map((row) => String(row[1]));
    const links = await Promise.all(sources.map((source) => (source.links === null ? null : linked(db, source.links, ids))));
    yield rows.map((row, r) => {
      let at = 2;
      const values = sources.map((source, s): Json => {
        const link = links[s];
        if (link) return link.get(ids[r] as string) ?? null;
        const stored = row.slice(at, at + source.columns.length) as SqlValue[];
        at += source.columns.length;
        if (source.field.encrypted) return openColumn(db.vault, source.field, ids[r] as string, stored[0]);
        return source.columns.length === 0 ? null : fieldTypeOf(source.field).decode(stored, source.field);
      });
      return { rid: Number(row[0]), id: ids[r] as string, values };
    });
    after = Number(rows.at(-1)?.[0]);
    await breathe();
  }
}

async function linked(db: Queryable, table: string, ids: readonly string[]): Promise<Map<string, string[]>> {
  const list = db.dialect.typed(bind(db.dialect.listParam(ids)), 'list');
  const rows = await db.all<{ record_id: string; target_id: string }>(sql`SELECT "record_id", "target_id" FROM ${ident(table)} WHERE ${db.dialect.inList(ident('record_id'), list)} ORDER BY "record_id", "position"`);
  const found = new Map<string, string[]>();
  for (const { record_id, target_id } of rows) found.set(record_id, [...(found.get(record_id) ?? []), target_id]);
  return found;
}

export function encodedFor({ vault }: Queryable, field: FieldModel, id: string, value: Json): readonly SqlValue[] {
  if (value === null) return [];
  return field.encrypted ? [sealColumn(vault, field, id, value)] : fieldTypeOf(field).encode(value, field);
}

export async function writeFieldValue(tx: Transaction, target: ValueSource, record: { rid: number; id: string }, value: Json): Promise<void> {
  if (target.links !== null) {
    await tx.run(sql`DELETE FROM ${ident(target.links)} WHERE "record_id" = ${record.id}`);
    for (const [position, id] of ((value ?? []) as string[]).entries()) {
      await tx.run(sql`INSERT INTO ${ident(target.links)} ("record_id", "target_id", "position") VALUES (${record.id}, ${id}, ${position})`);
    }
    return;
  }
  const encoded = encodedFor(tx, target.field, record.id, value);
  const sets = target.columns.map((name, i): Sql => sql`${ident(name)} = ${encoded[i] ?? null}`);
  if (sets.length > 0) await tx.run(sql`UPDATE ${ident(target.table)} SET ${join(sets, ', ')} WHERE "_rid" = ${record.rid}`);
}

/** Records with a value there, living and deleted. */
export async function countFilled(db: Queryable, source: ValueSource): Promise<number> {
  if (source.links !== null) return count(await db.get(sql`SELECT count(DISTINCT "record_id") AS n FROM ${ident(source.links)}`));
  const [first] = source.columns;
  if (first === undefined) return 0;
  const any = join(source.columns.map((name) => sql`${ident(name)} IS NOT NULL`), ' OR ');
  return count(await db.get(sql`SELECT count(*) AS n FROM ${ident(source.table)} WHERE ${any}`));
}

export async function countRecords(db: Queryable, table: string): Promise<number> {
  return count(await db.get(sql`SELECT count(*) AS n FROM ${ident(table)}`));
}

const count = (row: unknown): number => Number((row as { n: number } | undefined)?.n ?? 0);
