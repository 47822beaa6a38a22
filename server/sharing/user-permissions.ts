/** What people may do, as a list to read (用户权限): from the very grants that decide, so it is never behind them. */
import { AppError } from '#engine/errors.ts';
import type { TableModel } from '#engine/model/app-model.ts';
import type { Actor } from '#engine/permissions/actor.ts';
import { accessTo, allows, bestRight, type CellGrant, type RowAction } from '#engine/permissions/authorize.ts';
import { isAdministrator } from '#engine/permissions/levels.ts';
import { type PermissionDetail, type Reach, ROW_ACTIONS, type SharedRecord, type TablePermission, type UserPermission } from '#engine/permissions/reports.ts';
import { SCOPE_NAMES, type ScopeName, scopeOfRows } from '#engine/permissions/scopes.ts';
import { sql } from '../db/sql.ts';
import { titlesOf } from '../records/included.ts';
import { levelOfRoles, rankOf } from '../records/organisation.ts';
import type { Workspace } from '../workspace.ts';

const MOST_SHARED = 200;

/** Everybody's, for who keeps the application; one's own, for everybody. By name. */
export async function listPermissions(workspace: Workspace, actor: Actor): Promise<UserPermission[]> {
  const rows = await workspace.database.all<{ id: string; login: string; active: number | null }>(sql`SELECT id, login, active FROM "user" WHERE deleted_at IS NULL`);
  const shares = await sharesByUser(workspace);
  const shown = rows.filter(({ id }) => id === actor.userId || isAdministrator(actor));
  return shown.flatMap(({ id, active }) => permissionOf(workspace, id, active === 1, shares.get(`user:${id}`) ?? 0)).sort((a, b) => a.name.localeCompare(b.name, 'zh-CN'));
}

export async function showPermission(workspace: Workspace, actor: Actor, id: string): Promise<PermissionDetail> {
  const own = (await listPermissions(workspace, actor)).find((user) => user.id === id);
  if (!own) throw new AppError('not_found', { 'zh-CN': '没有这位用户', en: 'There is no such user' });
  const { model, directory } = workspace;
  const tables = own.active ? Object.values(model.tables).flatMap((table) => tablePermission(table, directory.actor(id))) : [];
  return { ...own, tables, shared: own.active ? await sharedWith(workspace, actor, id) : [] };
}

function permissionOf({ model, directory }: Workspace, id: string, active: boolean, shares: number): UserPermission[] {
  const user = directory.user(id);
  if (!user) return [];
  const roles = model.roles.filter(({ name }) => user.roles.includes(name));
  return [{ id, name: user.name, login: user.login, active, roles: roles.map(({ label }) => label), department: user.department === null ? null : (directory.departmentName(user.department) ?? null), rank: rankOf(model, user), level: levelOfRoles(model, user.roles), shares }];
}

function tablePermission(table: TableModel, actor: Actor): TablePermission[] {
  const access = accessTo(table, actor);
  if (!allows(access, 'read') && !allows(access, 'create')) return [];
  const actions = Object.fromEntries(ROW_ACTIONS.flatMap((action) => (access[action].length > 0 ? [[action, reachOf(access[action], action)]] : [])));
  const fields = Object.values(table.fields).filter((field) => !field.hidden);
  const having = (right: 'hidden' | 'masked') => fields.filter((field) => bestRight(access.read, field) === right).map(({ label }) => label);
  const also = access.read.flatMap(({ source }) => (source?.label ? [source.label] : []));
  return [{ table: table.name, label: table.label, actions, create: allows(access, 'create'), import: access.import, export: access.export, also, hidden: having('hidden'), masked: having('masked') }];
}

function reachOf(grants: readonly CellGrant[], action: RowAction): Reach {
  const reaches = grants.filter(({ source }) => !source?.label).map(({ rows }) => (isInherited(rows) ? 'inherited' : scopeOfRows(rows, action)));
  const scopes = reaches.flatMap((reach) => ((SCOPE_NAMES as readonly string[]).includes(reach) ? [SCOPE_NAMES.indexOf(reach as ScopeName)] : []));
  return SCOPE_NAMES[Math.max(-1, ...scopes)] ?? (reaches.includes('inherited') ? 'inherited' : 'custom');
}

const isInherited = (rows: CellGrant['rows']): boolean => rows !== true && rows !== null && typeof rows === 'object' && 'inherited' in rows;

async function sharesByUser({ database, now }: Workspace): Promise<Map<string, number>> {
  const rows = await database.all<{ grantee: string; shares: number }>(sql`SELECT grantee, count(*) AS shares FROM relata_share WHERE reach = table_name AND (until IS NULL OR until > ${now()}) GROUP BY grantee`);
  return new Map(rows.map(({ grantee, shares }) => [grantee, Number(shares)]));
}

async function sharedWith(workspace: Workspace, actor: Actor, id: string): Promise<SharedRecord[]> {
  const { database, model, directory } = workspace;
  const rows = await database.all<{ table_name: string; record_id: string; access: 'read' | 'edit'; until: string | null; created_by: string }>(
    sql`SELECT table_name, record_id, access, until, created_by FROM relata_share WHERE grantee = ${`user:${id}`} AND reach = table_name AND (until IS NULL OR until > ${workspace.now()}) ORDER BY created_at DESC, id LIMIT ${MOST_SHARED}`,
  );
  const shared: SharedRecord[] = [];
  for (const table of new Set(rows.map((row) => row.table_name))) {
    if (!Object.hasOwn(model.tables, table)) continue;
    const own = rows.filter((row) => row.table_name === table);
    const titles = await titlesOf(workspace, actor, table, own.map((row) => row.record_id));
    for (const { record_id, access, until, created_by } of own) {
      const title = titles[record_id]?.title ?? null;
      if (title !== null) shared.push({ table, id: record_id, title, access, until, by: directory.user(created_by)?.name ?? '' });
    }
  }
  return shared;
}
