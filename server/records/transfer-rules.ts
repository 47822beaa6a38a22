/**
 * Giving a record to somebody else: from whom, and to whom. The right to transfer is a rule over rows: it must hold on the
 * record as it was, and on the record as it will be, so that a manager passes customers on inside the department only.
 */
import { AppError, childPath, type Issue, type Label } from '#engine/errors.ts';
import type { Json } from '#engine/fields/field-type.ts';
import type { TableModel } from '#engine/model/app-model.ts';
import { accessTo, type TableAccess } from '#engine/permissions/authorize.ts';
import { systemActor } from '#engine/permissions/actor.ts';
import { rootScope, rowsOf } from '../db/access-sql.ts';
import { ident, sql } from '../db/sql.ts';
import type { WriteSession } from './write-session.ts';

const text = {
  notYours: { 'zh-CN': '您没有转移记录的权限', en: 'You may not transfer records' } as Label,
  disabled: { 'zh-CN': '负责人：这位用户已停用', en: 'Owner: this user is disabled' } as Label,
  tooFar: { 'zh-CN': '您只能把记录转移给自己权限范围内的同事', en: 'You may transfer records only to colleagues within your reach' } as Label,
};

async function mayTransfer(session: WriteSession, access: TableAccess, id: string): Promise<boolean> {
  const grants = access.transfer;
  if (grants.some((grant) => grant.rows === true)) return true;
  if (grants.length === 0) return false;
  const { model, tx, actor, context } = session;
  const held = rowsOf(rootScope(model, tx.dialect, access.table, actor), grants);
  return (await tx.get(sql`SELECT 1 AS ok FROM ${ident(access.table.name)} ${ident('t0')} WHERE "id" = ${id} AND (${held})`, context)) !== undefined;
}

/** A disabled user takes no records on. */
export function newOwnerIssues(session: WriteSession, owner: Json | undefined, path: string): Issue[] {
  if (typeof owner !== 'string' || session.actor === systemActor) return [];
  const user = session.workspace.directory.user(owner);
  return user && !user.active ? [{ path: childPath(path, 'owner'), code: 'user_disabled', message: text.disabled }] : [];
}

/** Before the write, with the record as it stands; the department of `after` follows the new owner. */
export async function transferIssues(session: WriteSession, table: TableModel, id: string, after: Record<string, Json>, path: string): Promise<Issue[]> {
  after.owner_department = typeof after.owner === 'string' ? (session.workspace.directory.user(after.owner)?.department ?? null) : null;
  const issues = newOwnerIssues(session, after.owner, path);
  if (!(await mayTransfer(session, accessTo(table, session.actor), id))) issues.push({ path: childPath(path, 'owner'), code: 'forbidden_field', message: text.notYours });
  return issues;
}

/** After the write, with the record as it is now. A record without an owner is for whoever keeps the pool. */
export async function permitTransfer(session: WriteSession, access: TableAccess, id: string): Promise<void> {
  if (!(await mayTransfer(session, access, id))) throw new AppError('forbidden', text.tooFar);
}
