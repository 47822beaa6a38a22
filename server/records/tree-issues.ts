/** A chain of parents must not lead back to its start: departments, superiors, parent companies, and every reference marked `acyclic`. */
import { childPath, type Issue } from '#engine/errors.ts';
import type { Json } from '#engine/fields/field-type.ts';
import type { FieldModel, TableModel } from '#engine/model/app-model.ts';
import { traitsOf } from '#engine/records/table-traits.ts';
import { linkTableName } from '#engine/schema/database-schema.ts';
import { bind, ident, sql, type Sql } from '../db/sql.ts';
import type { WriteSession } from './write-session.ts';

/** `id` names the record that is written; a new one cannot be anybody's parent yet. */
export async function cycleIssues(session: WriteSession, table: TableModel, id: string, changes: Readonly<Record<string, Json>>, path: string): Promise<Issue[]> {
  const issues: Issue[] = [];
  for (const field of traitsOf(table).acyclic) {
    const parent = changes[field.name];
    // UNION, not UNION ALL: a cycle from before this rule ends the walk, too.
    const above = Array.isArray(parent) ? aboveMany(session, table, field, parent as string[]) : typeof parent === 'string' ? aboveOne(table, field, parent) : null;
    const row = above && (await session.tx.get(sql`WITH RECURSIVE above(id) AS (${above}) SELECT 1 AS found FROM above WHERE above.id = ${id}`));
    if (row) {
      issues.push({
        path: childPath(path, field.name),
        code: 'cycle',
        message: { 'zh-CN': `${field.label['zh-CN']}：这样会形成环，所选的记录就在它的下面`, en: `${field.label.en}: this would make a circle, for the one chosen stands below it` },
      });
    }
  }
  return issues;
}

function aboveOne(table: TableModel, field: FieldModel, parent: string): Sql {
  const [own, name] = [ident(table.name), ident(field.name)];
  return sql`SELECT "id" FROM ${own} WHERE "id" = ${parent} UNION SELECT ${own}.${name} FROM ${own} JOIN above ON ${own}."id" = above.id WHERE ${own}.${name} IS NOT NULL`;
}

/** Of links: all that are chosen, and all that those lead to. */
function aboveMany({ tx }: WriteSession, table: TableModel, field: FieldModel, parents: readonly string[]): Sql {
  const [own, links] = [ident(table.name), ident(linkTableName(field))];
  const list = tx.dialect.typed(bind(tx.dialect.listParam(parents)), 'list');
  return sql`SELECT "id" FROM ${own} WHERE ${tx.dialect.inList(ident('id'), list)} UNION SELECT ${links}."target_id" FROM ${links} JOIN above ON ${links}."record_id" = above.id`;
}
