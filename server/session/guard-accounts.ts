/**
 * What a write of users means for their accounts, in its own transaction: who is disabled or deleted is out at once, and somebody
 * always remains who owns the system. Writers queue, so two who take each other's ownership away at once do not both succeed.
 */
import { AppError, type Label } from '#engine/errors.ts';
import type { Json } from '#engine/fields/field-type.ts';
import { sql } from '../db/sql.ts';
import { dropHeldRoles } from './level-changes.ts';
import type { WriteSession } from '../records/write-session.ts';

type Values = Readonly<Record<string, Json>>;

export async function guardAccounts(session: WriteSession): Promise<void> {
  const users = session.written.filter(({ table }) => table.builtIn === true && table.name === 'user');
  if (users.length === 0) return;
  const { tx, model } = session;
  for (const { id, after } of users) if (!isActive(after)) await endAccess(session, id);
  const owners = new Set(model.roles.filter((role) => role.owner).map(({ name }) => name));
  const isOwner = (values: Values | null): boolean => isActive(values) && Array.isArray(values?.roles) && values.roles.some((role) => owners.has(String(role)));
  if (!users.some(({ before, after }) => isOwner(before) && !isOwner(after))) return;
  const rows = await tx.all<{ roles: string | null }>(sql`SELECT roles FROM "user" WHERE deleted_at IS NULL AND active = 1`);
  if (rows.some(({ roles }) => roles !== null && (JSON.parse(roles) as string[]).some((role) => owners.has(role)))) return;
  const message: Label = { 'zh-CN': '至少要保留一位启用的系统所有者', en: 'At least one active system owner must remain' };
  throw new AppError('validation_failed', message, [{ path: '/roles', code: 'last_owner', message }]);
}

function isActive(values: Values | null): boolean {
  return values !== null && values.active === true && (values.deleted_at === null || values.deleted_at === undefined);
}

async function endAccess({ tx }: WriteSession, userId: string): Promise<void> {
  await tx.run(sql`DELETE FROM relata_session WHERE user_id = ${userId}`);
  await tx.run(sql`DELETE FROM relata_sign_in_link WHERE user_id = ${userId}`);
  await dropHeldRoles(tx, userId);
  await tx.run(sql`DELETE FROM relata_pending_sign_in WHERE user_id = ${userId}`);
}
