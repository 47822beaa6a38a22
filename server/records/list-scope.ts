/**
 * How a list should find its rows. SQLite cannot know that "mine or my subordinates'" is a fifth of the table for one
 * actor and ten rows for another: it would take the owner index for both and sort what it finds. For an actor who may read
 * many rows, walking the list's own order and asking each row is the faster way; how many they may read is counted now
 * and then, up to the point where it matters.
 */
import type { Actor } from '#engine/permissions/actor.ts';
import type { TableAccess } from '#engine/permissions/authorize.ts';
import { living, readableRows, rootScope, type SqlScope } from '../db/access-sql.ts';
import { and, ident, raw, sql, TRUE } from '../db/sql.ts';
import { contextOf, type Workspace } from '../workspace.ts';

const KEPT_MS = 60_000;
const PAGE = 50;

interface Estimate {
  readonly broad: boolean;
  readonly until: number;
}
const estimates = new WeakMap<TableAccess, Map<string, Estimate>>();

export async function listScope(workspace: Workspace, actor: Actor, access: TableAccess): Promise<SqlScope> {
  const { model, database } = workspace;
  const scope = rootScope(model, database.dialect, access.table, actor);
  if (database.dialect.name === 'postgres' || access.read.some((grant) => grant.rows === true)) return scope;
  let byActor = estimates.get(access);
  if (!byActor) estimates.set(access, (byActor = new Map()));
  const known = byActor.get(actor.userId);
  const now = Date.now();
  const broad = known && known.until > now ? known.broad : await readsManyRows(workspace, actor, scope);
  if (!known || known.until <= now) byActor.set(actor.userId, { broad, until: now + KEPT_MS });
  return broad ? { ...scope, broad: true } : scope;
}

/** Walking meets a page after `total * page / readable` rows, sorting handles `readable` rows: they break even at the root. */
async function readsManyRows(workspace: Workspace, actor: Actor, scope: SqlScope): Promise<boolean> {
  const { database } = workspace;
  const readable = readableRows(scope);
  if (readable === TRUE) return false;
  const table = ident(scope.table.name);
  const total = Number((await database.get<{ total: number | null }>(sql`SELECT max("_rid") AS total FROM ${table}`))?.total ?? 0);
  const enough = Math.ceil(Math.sqrt(PAGE * total)) + PAGE;
  const counted = await database.get<{ count: number }>(
    sql`SELECT count(*) AS count FROM (SELECT 1 FROM ${table} ${ident('t0')} WHERE ${and([living(scope), readable])} LIMIT ${raw(String(enough))}) AS counted`,
    contextOf(workspace, actor),
  );
  return Number(counted?.count ?? 0) >= enough;
}
