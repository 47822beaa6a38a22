/**
 * Whose department a record belongs to once its owner has moved: the one it was made in, or, where the workspace says so, the
 * owner's new one. In the transaction that moves the user; no record counts as changed by it.
 */
import type { AppModel } from '#engine/model/app-model.ts';
import type { Transaction } from '../db/database.ts';
import { ident, sql } from '../db/sql.ts';
import type { Written } from './write-session.ts';

export async function followDepartments(tx: Transaction, { tables, settings }: AppModel, written: readonly Written[]): Promise<void> {
  if (settings.ownerDepartment !== 'follow') return;
  const moved = written.filter(({ table, changed, after }) => table.name === 'user' && after !== null && changed.has('department'));
  for (const { id, after } of moved) {
    const department = typeof after?.department === 'string' ? after.department : null;
    for (const { name } of Object.values(tables)) await tx.run(sql`UPDATE ${ident(name)} SET "owner_department" = ${department} WHERE "owner" = ${id}`);
  }
}
