/** Whom a change of permissions touches: for each user the records and fields gained and lost, counted with both predicates. */
import { isSame } from '#engine/changes/diff-definitions.ts';
import type { AccessChange, DefinitionChange, Plan } from '#engine/changes/plan.ts';
import type { AppModel, RoleModel, TableGrant, TableModel } from '#engine/model/app-model.ts';
import type { Actor } from '#engine/permissions/actor.ts';
import { accessTo, allows, bestRight } from '#engine/permissions/authorize.ts';
import { foldRule } from '#engine/rules/fold-rule.ts';
import { resolvePath } from '#engine/rules/paths.ts';
import { readableRows, rootScope } from '../db/access-sql.ts';
import { FALSE, ident, type Sql, sql } from '../db/sql.ts';
import { contextOf, type Workspace } from '../workspace.ts';

const MOST_USERS = 200;

/** Null: the change touches nobody's rights. Of a level or the level of a role: every table on which its roles come to read otherwise. */
export async function accessOfChange(workspace: Workspace, after: AppModel, { subject, path, table, properties }: DefinitionChange): Promise<AccessChange[] | null> {
  if (subject === 'permission' && table !== undefined) return accessChanges(workspace, after, table, () => true);
  const { model: before } = workspace;
  const name = path.split('/').at(-1);
  const isLevel = ({ level, levelVariant }: RoleModel): boolean => (path.startsWith('/app/levels/') ? String(level) === name : levelVariant === name);
  const roles = new Set(
    subject === 'level'
      ? [...before.roles, ...after.roles].filter(isLevel).map((role) => role.name)
      : subject === 'role' && properties.some((property) => property.name === 'level' || property.name === 'levelVariant')
        ? [name as string]
        : [],
  );
  if (roles.size === 0) return null;
  const differs = (own: string): boolean => [...roles].some((role) => !isSame(before.tables[own]?.permissions[role], after.tables[own]?.permissions[role]));
  const changes: AccessChange[] = [];
  for (const own of Object.keys(after.tables).filter(differs)) changes.push(...(await accessChanges(workspace, after, own, (actor) => actor.roles.some((role) => roles.has(role)))));
  return changes;
}

async function accessChanges(workspace: Workspace, after: AppModel, tableName: string, isConcerned: (actor: Actor) => boolean): Promise<AccessChange[]> {
  const { model: before, database, directory } = workspace;
  const [was, now] = [before.tables[tableName], after.tables[tableName]];
  if (!was || !now) return [];
  const users = await database.all<{ id: string; name: string }>(sql`SELECT "id", "name" FROM "user" WHERE "deleted_at" IS NULL AND "active" = 1 ORDER BY "name" LIMIT ${MOST_USERS}`);
  const changes: AccessChange[] = [];
  const stored = asStored(before, after);
  for (const user of users) {
    const actor = directory.actor(user.id);
    if (actor.unrestricted || !isConcerned(actor)) continue;
    const rows = await rowsGainedAndLost(workspace, stored, actor, was, stored.tables[tableName] as TableModel);
    const fields = fieldsGainedAndLost(was, now, actor);
    if (rows.gained + rows.lost + fields.gained.length + fields.lost.length === 0) continue;
    changes.push({ user, table: tableName, recordsGained: rows.gained, recordsLost: rows.lost, fieldsGained: fields.gained, fieldsLost: fields.lost });
  }
  return changes;
}

async function rowsGainedAndLost(workspace: Workspace, after: AppModel, actor: Actor, was: TableModel, now: TableModel): Promise<{ gained: number; lost: number }> {
  const { database, model: before } = workspace;
  const rows = (model: AppModel, table: TableModel): Sql => (allows(accessTo(table, actor), 'read') ? readableRows(rootScope(model, database.dialect, table, actor)) : FALSE);
  const old = rows(before, was);
  const next = rows(after, now);
  const count = async (yes: Sql, no: Sql): Promise<number> => {
    const row = await database.get<{ n: number }>(
      sql`SELECT count(*) AS n FROM ${ident(was.name)} ${ident('t0')} WHERE ${ident('t0')}."deleted_at" IS NULL AND (${yes}) AND NOT coalesce((${no}), ${database.dialect.name === 'sqlite' ? sql`0` : sql`false`})`,
      contextOf(workspace, actor),
    );
    return Number(row?.n ?? 0);
  };
  return { gained: await count(next, old), lost: await count(old, next) };
}

/** With the new rules as they hold over what is stored now: a field that does not exist yet is empty until somebody fills it in. */
function asStored(before: AppModel, after: AppModel): AppModel {
  const tables = Object.entries(after.tables).map(([name, table]): [string, TableModel] => {
    const known = (path: string): null | undefined => (path.startsWith('$') || typeof resolvePath(before.tables, name, path) === 'object' ? undefined : null);
    return [name, { ...table, permissions: Object.fromEntries(Object.entries(table.permissions).map(([role, grant]) => [role, storedGrant(grant, known)])) }];
  });
  return { ...after, tables: Object.assign(Object.create(null), Object.fromEntries(tables)) };
}

function storedGrant({ read, also, ...grant }: TableGrant, known: (path: string) => null | undefined): TableGrant {
  const now = read === undefined || read === true ? read : foldRule(read, known);
  const more = also?.map((cell) => ({ ...cell, read: cell.read === true ? cell.read : foldRule(cell.read, known) })).filter((cell) => cell.read !== false);
  return { ...grant, ...(now !== undefined && now !== false && { read: now }), ...(more && more.length > 0 && { also: more }) };
}

function fieldsGainedAndLost(was: TableModel, now: TableModel, actor: Actor): { gained: string[]; lost: string[] } {
  const sees = (table: TableModel): Set<string> => {
    const access = accessTo(table, actor);
    return new Set(allows(access, 'read') ? Object.values(table.fields).filter((field) => !field.hidden && bestRight(access.read, field) !== 'hidden').map((field) => field.name) : []);
  };
  const [old, next] = [sees(was), sees(now)];
  return { gained: [...next].filter((name) => !old.has(name)), lost: [...old].filter((name) => !next.has(name)) };
}

/** A plan without the values of records that its reader sees masked or not at all; counts stay. */
export function samplesShownTo(actor: Actor, model: AppModel, plan: Plan): Plan {
  const isSeen = (tableName: string | undefined, fieldName: string | undefined): boolean => {
    const table = model.tables[tableName ?? ''];
    const field = table?.fields[fieldName ?? ''];
    return table !== undefined && field !== undefined && accessTo(table, actor).read.some((grant) => grant.rows === true && ['read', 'write'].includes(grant.right(field)));
  };
  const changes = plan.changes.map((change) => (!change.effect || isSeen(change.table, change.field) ? change : { ...change, effect: { ...change.effect, samples: [] } }));
  return actor.unrestricted ? plan : { ...plan, changes };
}
