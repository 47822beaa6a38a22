/** How far the full-text index of a table is from its records: records it lacks, entries whose record is gone. */
import type { TableModel } from '#engine/model/app-model.ts';
import { fieldTypeOf } from '#engine/rules/paths.ts';
import { indexTokens } from '#engine/search/tokenise.ts';
import { tableExists } from '../db/apply-schema.ts';
import type { Queryable, Row } from '../db/database.ts';
import { decodeField, storedFields } from '../db/row-codec.ts';
import { searchFields, searchTableName } from '../db/search-index.ts';
import { ident, join, sql } from '../db/sql.ts';

/** Null: the table has no index at all. A table that is not there lacks nothing; the schema tells of it. */
export async function searchGaps(db: Queryable, table: TableModel): Promise<{ readonly missing: number; readonly stale: number } | null> {
  const name = searchTableName(table.name);
  if (!(await tableExists(db, table.name))) return { missing: 0, stale: 0 };
  if (!(await tableExists(db, name))) return null;
  const [index, records] = [ident(name), ident(table.name)];
  const stale = Number((await db.get<{ count: number }>(sql`SELECT count(*) AS count FROM ${index} WHERE rowid NOT IN (SELECT "_rid" FROM ${records})`))?.count ?? 0);
  const codecs = storedFields(table).filter(({ field }) => searchFields(table).includes(field));
  if (codecs.length === 0) return { missing: 0, stale };
  const columns = codecs.flatMap((codec) => codec.columns.map((column) => ident(column)));
  const filled = join(columns.map((column) => sql`${column} IS NOT NULL`), ' OR ');
  const absent = await db.all<Row>(sql`SELECT ${join(columns, ', ')} FROM ${records} WHERE (${filled}) AND "_rid" NOT IN (SELECT rowid FROM ${index})`);
  // A value of signs alone gives no words to find it by.
  const missing = absent.filter((row) =>
    codecs.some((codec) => {
      const value = decodeField(codec, row, db.vault);
      const text = value === null ? '' : (fieldTypeOf(codec.field).searchText?.(value, codec.field) ?? '');
      return indexTokens(text, { pinyin: codec.field.settings.pinyin === true }).length > 0;
    }),
  );
  return { missing: missing.length, stale };
}
