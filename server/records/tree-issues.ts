/** A chain of parents must not lead back to its start: departments, superiors, parent companies, and every reference marked `acyclic`. */
import { childPath, type Issue } from '#engine/errors.ts';
import type { Json } from '#engine/fields/field-type.ts';
import type { TableModel } from '#engine/model/app-model.ts';
import { traitsOf } from '#engine/records/table-traits.ts';
import { ident, sql } from '../db/sql.ts';
import type { WriteSession } from './write-session.ts';

/** `id` names the record that is written; a new one cannot be anybody's parent yet. */
export async function cycleIssues(session: WriteSession, table: TableModel, id: string, changes: Readonly<Record<string, Json>>, path: string): Promise<Issue[]> {
  const issues: Issue[] = [];
  for (const field of traitsOf(table).acyclic) {
    const parent = changes[field.name];
    if (typeof parent !== 'string') continue;
    const [own, name] = [ident(table.name), ident(field.name)];
    // UNION, not UNION ALL: a cycle from before this rule ends the walk, too.
    const row = await session.tx.get(sql`WITH RECURSIVE above(id) AS (
      SELECT "id" FROM ${own} WHERE "id" = ${parent} UNION SELECT ${own}.${name} FROM ${own} JOIN above ON ${own}."id" = above.id WHERE ${own}.${name} IS NOT NULL
    ) SELECT 1 AS found FROM above WHERE above.id = ${id}`);
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
