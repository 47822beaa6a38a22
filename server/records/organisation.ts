/**
 * The organisation as closure tables: who is below whom, which departments lie under which, who belongs where and how
 * senior they are. Derived from users, departments and the levels of roles, in the transaction that changes them, so that
 * a scope follows at once. Only differences are written.
 */
import type { AppModel } from '#engine/model/app-model.ts';
import { defaultRank } from '#engine/permissions/levels.ts';
import { roleLevel } from '#engine/permissions/resolve-grants.ts';
import { linkTableName } from '#engine/schema/database-schema.ts';
import type { Queryable, Transaction } from '../db/database.ts';
import { ident, join, type Sql, sql } from '../db/sql.ts';

export interface OrganisationUser {
  readonly id: string;
  readonly department: string | null;
  readonly superior: string | null;
  readonly roles: readonly string[];
  readonly rank: number | null;
  /** The main department first. */
  readonly departments: readonly string[];
}

export interface OrganisationDepartment {
  readonly id: string;
  readonly name: string;
  readonly parent: string | null;
  readonly peerVisibility: boolean;
}

export interface Organisation {
  readonly users: readonly OrganisationUser[];
  readonly departments: readonly OrganisationDepartment[];
}

/** Every living user and department. */
export async function readOrganisation(db: Queryable, model: AppModel): Promise<Organisation> {
  const field = model.tables.user?.fields.departments;
  const users = await db.all<{ id: string; department: string | null; superior: string | null; roles: string | null; rank: number | null }>(
    sql`SELECT "id", "department", "superior", "roles", "rank" FROM "user" WHERE "deleted_at" IS NULL`,
  );
  const further = new Map<string, string[]>();
  if (field) {
    const links = await db.all<{ record_id: string; target_id: string }>(sql`SELECT "record_id", "target_id" FROM ${ident(linkTableName(field))}`);
    for (const { record_id, target_id } of links) further.set(record_id, [...(further.get(record_id) ?? []), target_id]);
  }
  const departments = await db.all<{ id: string; name: string; parent: string | null; peer_visibility: number | null }>(sql`SELECT "id", "name", "parent", "peer_visibility" FROM "department" WHERE "deleted_at" IS NULL`);
  return {
    users: users.map(({ roles, rank, ...user }) => ({
      ...user,
      rank: rank === null ? null : Number(rank),
      roles: roles === null ? [] : (JSON.parse(roles) as string[]),
      departments: [...new Set([...(user.department === null ? [] : [user.department]), ...(further.get(user.id) ?? [])])],
    })),
    departments: departments.map(({ peer_visibility, ...department }) => ({ ...department, peerVisibility: Number(peer_visibility) === 1 })),
  };
}

/** The highest level of somebody's roles. */
export function levelOfRoles(model: AppModel, roles: readonly string[]): number {
  return Math.max(0, ...model.roles.filter((role) => roles.includes(role.name)).map(roleLevel));
}

export function rankOf(model: AppModel, user: Pick<OrganisationUser, 'rank' | 'roles'>): number {
  return user.rank ?? defaultRank(levelOfRoles(model, user.roles));
}

/** Pairs of a node and each node above it, the node itself included when `self`. A cycle, which no write allows, ends the walk. */
export function closurePairs(nodes: readonly { readonly id: string; readonly above: string | null }[], self: boolean): [ancestor: string, descendant: string][] {
  const above = new Map(nodes.map((node) => [node.id, node.above]));
  return nodes.flatMap(({ id }) => {
    const pairs: [string, string][] = self ? [[id, id]] : [];
    const seen = new Set([id]);
    for (let next = above.get(id) ?? null; next !== null && !seen.has(next); next = above.get(next) ?? null) {
      seen.add(next);
      pairs.push([next, id]);
    }
    return pairs;
  });
}

/** Brings the closure tables to what users and departments now say. */
export async function rebuildOrganisation(tx: Transaction, model: AppModel): Promise<void> {
  const { users, departments } = await readOrganisation(tx, model);
  await replaceRows(tx, { name: 'relata_reports', columns: ['superior', 'subordinate'], rows: closurePairs(users.map(({ id, superior }) => ({ id, above: superior })), false) });
  await replaceRows(tx, { name: 'relata_department_tree', columns: ['ancestor', 'department'], rows: closurePairs(departments.map(({ id, parent }) => ({ id, above: parent })), true) });
  await replaceRows(tx, { name: 'relata_member', columns: ['user_id', 'department'], rows: users.flatMap(({ id, departments: own }) => own.map((department): [string, string] => [id, department])) });
  await replaceRows(tx, { name: 'relata_rank', columns: ['user_id', 'rank'], rows: users.map((user): [string, number] => [user.id, rankOf(model, user)]) });
}

interface Closure {
  readonly name: string;
  readonly columns: readonly [string, string];
  readonly rows: readonly (readonly [string, string | number])[];
}

const ROWS_AT_ONCE = 200;

async function replaceRows(tx: Transaction, { name, columns: [first, second], rows }: Closure): Promise<void> {
  const table = ident(name);
  const [a, b] = [ident(first), ident(second)];
  const key = (row: readonly [string, string | number]): string => `${row[0]} ${row[1]}`;
  const present = (await tx.all<{ a: string; b: string | number }>(sql`SELECT ${a} AS "a", ${b} AS "b" FROM ${table}`)).map((row): [string, string | number] => [row.a, typeof row.b === 'string' ? row.b : Number(row.b)]);
  const wanted = new Set(rows.map(key));
  const known = new Set(present.map(key));
  for (const row of present) if (!wanted.has(key(row))) await tx.run(sql`DELETE FROM ${table} WHERE ${a} = ${row[0]} AND ${b} = ${row[1]}`);
  const missing = rows.filter((row) => !known.has(key(row)));
  for (let from = 0; from < missing.length; from += ROWS_AT_ONCE) {
    const values: Sql[] = missing.slice(from, from + ROWS_AT_ONCE).map((row) => sql`(${row[0]}, ${row[1]})`);
    await tx.run(sql`INSERT INTO ${table} (${a}, ${b}) VALUES ${join(values, ', ')}`);
  }
}
