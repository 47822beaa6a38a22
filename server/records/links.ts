import type { FieldModel, TableModel } from '#engine/model/app-model.ts';
import { traitsOf } from '#engine/records/table-traits.ts';
import { linkTableName } from '#engine/schema/database-schema.ts';
import type { Queryable, Transaction } from '../db/database.ts';
import { bind, ident, sql } from '../db/sql.ts';

export function linkFields(table: TableModel): readonly FieldModel[] {
  return traitsOf(table).links;
}

/** Sets the links of a record to exactly these, in this order. */
export async function writeLinks(tx: Transaction, field: FieldModel, id: string, targets: readonly string[]): Promise<void> {
  const name = ident(linkTableName(field));
  await tx.run(sql`DELETE FROM ${name} WHERE "record_id" = ${id}`);
  for (const [position, target] of targets.entries()) {
    await tx.run(sql`INSERT INTO ${name} ("record_id", "target_id", "position") VALUES (${id}, ${target}, ${position})`);
  }
}

/** The links of many records at once, by record id. */
export async function readLinks(db: Queryable, field: FieldModel, ids: readonly string[]): Promise<Map<string, string[]>> {
  const list = db.dialect.typed(bind(db.dialect.listParam(ids)), 'list');
  const rows = await db.all<{ record_id: string; target_id: string }>(
    sql`SELECT "record_id", "target_id" FROM ${ident(linkTableName(field))} WHERE ${db.dialect.inList(ident('record_id'), list)} ORDER BY "record_id", "position"`,
  );
  const links = new Map<string, string[]>();
  for (const { record_id, target_id } of rows) links.set(record_id, [...(links.get(record_id) ?? []), target_id]);
  return links;
}
