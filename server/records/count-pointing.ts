/** How many living records refer to a record, table by table: what would hang in the air without it. Told as numbers only, so rights do not matter. */
import type { Label } from '#engine/errors.ts';
import type { AppModel } from '#engine/model/app-model.ts';
import { fieldTypeOf } from '#engine/rules/paths.ts';
import { linkTableName } from '#engine/schema/database-schema.ts';
import type { Queryable } from '../db/database.ts';
import { ident, join, sql, type Sql } from '../db/sql.ts';

interface Around {
  readonly model: AppModel;
  readonly tx: Queryable;
}

/** A record that refers to it twice counts once. */
export async function countPointing({ model, tx }: Around, { table: target, id }: { readonly table: string; readonly id: string }, except: readonly string[]): Promise<{ table: string; label: Label; count: number }[]> {
  const found: { table: string; label: Label; count: number }[] = [];
  for (const table of Object.values(model.tables)) {
    if (except.includes(table.name)) continue;
    const ways = Object.values(table.fields).flatMap((field): Sql[] => {
      const type = fieldTypeOf(field);
      if (field.system || type.target?.(field) !== target) return [];
      if (type.storage === 'columns') return [sql`${ident(field.name)} = ${id}`];
      return type.storage === 'links' ? [sql`"id" IN (SELECT "record_id" FROM ${ident(linkTableName(field))} WHERE "target_id" = ${id})`] : [];
    });
    if (ways.length === 0) continue;
    const row = await tx.get<{ count: number }>(sql`SELECT count(*) AS count FROM ${ident(table.name)} WHERE "deleted_at" IS NULL AND "id" <> ${id} AND (${join(ways, ' OR ')})`);
    if (Number(row?.count ?? 0) > 0) found.push({ table: table.name, label: table.label, count: Number(row?.count) });
  }
  return found;
}
