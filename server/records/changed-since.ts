/** What to tell the second of two editors: which of the fields they changed were changed meanwhile, and by whom. */
import { AppError, type Issue } from '#engine/errors.ts';
import { atLeast, bestRight, type TableAccess } from '#engine/permissions/authorize.ts';
import { sql } from '../db/sql.ts';
import type { WriteSession } from './write-session.ts';

export async function changedSince(session: WriteSession, { table, read }: TableAccess, id: string, version: number, fields: readonly string[]): Promise<AppError> {
  const { tx, workspace } = session;
  const rows = await tx.all<{ actor: string; changes: string }>(
    sql`SELECT actor, changes FROM relata_audit WHERE table_name = ${table.name} AND record_id = ${id} AND record_version > ${version} ORDER BY seq`,
  );
  const changedBy = new Map<string, string>();
  for (const { actor, changes } of rows) for (const { field } of JSON.parse(changes) as { field: string }[]) changedBy.set(field, actor);
  const issues: Issue[] = [];
  for (const name of fields) {
    const by = changedBy.get(name);
    const field = table.fields[name];
    if (by === undefined || !field || !atLeast(bestRight(read, field), 'read')) continue;
    const who = workspace.directory.user(by)?.name ?? by;
    issues.push({
      path: `/${name}`,
      code: 'conflict',
      message: { 'zh-CN': `${who} 刚刚修改了${field.label['zh-CN']}`, en: `${who} has just changed ${field.label.en}` },
    });
  }
  return new AppError('conflict', { 'zh-CN': '这条记录已被他人修改，您的输入已保留', en: 'This record was changed by someone else; your input is kept' }, issues);
}
