/**
 * Shares of records: who was let in by whom, to read or to edit, until when, and what goes along. They are rows that the
 * predicate of every read asks for (`db/organisation-sql.ts`); nothing else decides on them.
 */
import { v7 as uuidv7 } from 'uuid';
import { AppError, type Issue, type Label } from '#engine/errors.ts';
import type { AppModel, TableModel } from '#engine/model/app-model.ts';
import type { Actor } from '#engine/permissions/actor.ts';
import { accessTo, allows, authorize } from '#engine/permissions/authorize.ts';
import { RESHARE_LEVEL, REVOKE_LEVEL } from '#engine/permissions/levels.ts';
import { singleTarget } from '#engine/rules/paths.ts';
import { living, readableRows, rootScope, rowsOf } from '../db/access-sql.ts';
import type { Queryable, Transaction } from '../db/database.ts';
import { and, bind, column, ident, or, sql } from '../db/sql.ts';
import { queueNotices } from '../notices/queue-notices.ts';
import { noteEvent, noteInAudit } from '../records/audit.ts';
import { keepText } from '../records/ban-numbers.ts';
import { validationFailed } from '../records/create-record.ts';
import { notFound } from '../records/update-record.ts';
import { contextOf, type Workspace } from '../workspace.ts';
import { EVERYTHING } from './collaborators.ts';
import { type Grantee, granteeOf } from './grantee.ts';

export interface ShareRequest {
  readonly ids: readonly string[];
  readonly with: readonly Grantee[];
  readonly access: 'read' | 'edit';
  /** ISO moment; null: for good. */
  readonly until: string | null;
  /** Tables that inherit from this one and go along. Absent: those the definition names. */
  readonly along?: readonly string[];
  readonly message?: string;
}

export interface Share {
  readonly id: string;
  readonly with: Grantee & { readonly name: string };
  readonly access: 'read' | 'edit';
  readonly until: string | null;
  readonly along: readonly string[];
  readonly by: string;
  readonly at: string;
  readonly message: string | null;
  /** Whether the one who asks may take it back. */
  readonly mayRevoke: boolean;
}

interface ShareRow {
  readonly id: string;
  readonly reach: string;
  readonly grantee: string;
  readonly access: 'read' | 'edit';
  readonly until: string | null;
  readonly created_by: string;
  readonly created_at: string;
  readonly message: string | null;
}

const text = {
  past: { 'zh-CN': '结束时间已经过去', en: 'The end date has passed' } as Label,
  unreadable: { 'zh-CN': '结束时间无法识别', en: 'The end date cannot be read' } as Label,
  message: { 'zh-CN': '留言', en: 'The message' } as Label,
  noGrantee: { 'zh-CN': '没有这个启用的用户、部门或角色', en: 'There is no such active user, department or role' } as Label,
  self: { 'zh-CN': '不能共享给自己', en: 'You cannot share with yourself' } as Label,
  notAlong: (name: string): Label => ({ 'zh-CN': `“${name}”不随本表共享`, en: `"${name}" does not go along with this table` }),
  notYours: (table: TableModel): Label => ({ 'zh-CN': `您不能共享这条“${table.label['zh-CN']}”`, en: `You may not share this ${table.label.en}` }),
  notToEdit: (table: TableModel): Label => ({ 'zh-CN': `您自己不能修改这条“${table.label['zh-CN']}”，只能共享为只读`, en: `You may not change this ${table.label.en} yourself; share it to read only` }),
};

/** The tables a share reaches: the shared one, those chosen to go along, and what inherits from them in turn. */
export function reachOf(model: AppModel, table: string, along: readonly string[]): string[] {
  const reach = [table];
  const open = [...along];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    if (reach.includes(next)) continue;
    reach.push(next);
    open.push(...inheritingFrom(model, next));
  }
  return reach;
}

export function inheritingFrom(model: AppModel, table: string): string[] {
  return Object.values(model.tables).flatMap((own) => {
    const field = own.inherits === undefined ? undefined : own.fields[own.inherits];
    return field && singleTarget(field) === table ? [own.name] : [];
  });
}

/** All or none. Throws `validation_failed` with every problem, `forbidden` where the actor may share nothing here. */
export async function shareRecords(workspace: Workspace, actor: Actor, tableName: string, request: ShareRequest): Promise<void> {
  const { model } = workspace;
  const { table } = authorize(model, actor, 'share', tableName);
  const now = workspace.now();
  const until = request.until === null ? null : momentOf(request.until);
  const along = request.along ?? table.shareAlong;
  const inheriting = inheritingFrom(model, tableName);
  const issues: Issue[] = [
    ...(until === undefined ? [{ path: '/until', code: 'not_readable', message: text.unreadable }] : until !== null && until <= now ? [{ path: '/until', code: 'in_the_past', message: text.past }] : []),
    ...along.flatMap((name, i) => (inheriting.includes(name) ? [] : [{ path: `/along/${i}`, code: 'not_along', message: text.notAlong(name) }])),
    ...request.with.flatMap((grantee, i) => granteeIssue(workspace, actor, grantee, `/with/${i}`)),
  ];
  if (issues.length > 0) throw validationFailed(issues);
  const message = request.message === undefined ? null : keepText(model, request.message, text.message, '/message');
  await workspace.database.transaction(async (tx) => {
    const problems = await recordIssues(workspace, tx, actor, table, request);
    if (problems.length > 0) throw validationFailed(problems);
    for (const id of request.ids) {
      for (const grantee of request.with) await putShare(tx, { table: table.name, id, grantee, reach: reachOf(model, table.name, along), access: request.access, until: until ?? null, message, by: actor.userId, at: now });
      await noteInAudit(tx, { at: now, by: actor.userId, table: table.name, id, action: 'share', version: 0, changes: { with: request.with.map(keyOf), access: request.access, until: until ?? null, along } });
      await tellGrantees(workspace, tx, actor, table, { with: request.with, message, id, at: now });
    }
    await noteChangeOfSight(workspace, tx, actor.userId, now);
  });
}

/** No record has changed, but what people see has: numbers that were kept are counted anew, here and in other processes. */
export async function noteChangeOfSight(workspace: Workspace, tx: Transaction, by: string, at: string): Promise<void> {
  await noteEvent(tx, workspace, { at, by, table: 'relata_share', id: '', action: 'update' });
}

export function keyOf({ kind, id }: Grantee): string {
  return `${kind}:${id}`;
}

function momentOf(value: string): string | undefined {
  const moment = new Date(value);
  return Number.isNaN(moment.getTime()) ? undefined : moment.toISOString();
}

function granteeIssue(workspace: Workspace, actor: Actor, { kind, id }: Grantee, path: string): Issue[] {
  if (kind === 'user' && id === actor.userId) return [{ path, code: 'own_share', message: text.self }];
  const known = kind === 'user' ? workspace.directory.user(id)?.active : kind === 'department' ? workspace.directory.departmentTree(id).length > 0 : workspace.model.roles.some((role) => role.name === id);
  return known ? [] : [{ path, code: 'no_such_record', message: text.noGrantee }];
}

/** A record one may not read is answered as one that is not there, like everywhere. */
async function recordIssues(workspace: Workspace, tx: Transaction, actor: Actor, table: TableModel, { ids, access }: ShareRequest): Promise<Issue[]> {
  const rights = await rightsOn(workspace, tx, actor, table, ids);
  return ids.flatMap((id, i): Issue[] => {
    const path = `/ids/${i}`;
    const right = rights.get(id);
    if (!right) return [{ path, code: 'no_such_record', message: notFound(table).detail }];
    if (!right.share) return [{ path, code: 'forbidden_record', message: text.notYours(table) }];
    return access === 'edit' && !right.update ? [{ path, code: 'forbidden_record', message: text.notToEdit(table) }] : [];
  });
}

interface RightsOn {
  readonly share: boolean;
  readonly update: boolean;
  /** Whoever is in charge of it, their superiors, and level 7 and above take any share back. */
  readonly revoke: boolean;
}

/** What the actor may do with each readable record of a list. Higher levels may pass on what was shared with them. */
async function rightsOn(workspace: Workspace, db: Queryable, actor: Actor, table: TableModel, ids: readonly string[]): Promise<Map<string, RightsOn>> {
  const scope = rootScope(workspace.model, db.dialect, table, actor);
  const access = authorize(workspace.model, actor, 'read', table.name);
  const context = contextOf(workspace, actor);
  const readable = readableRows(scope);
  const sharing = rowsOf(scope, access.share);
  const mayShare = (actor.level ?? 0) >= RESHARE_LEVEL && access.share.length > 0 ? or([sharing, readable]) : sharing;
  const list = db.dialect.typed(bind(db.dialect.listParam(ids)), 'list');
  const rows = await db.all<{ id: string; share: number; update: number; owner: string | null }>(
    sql`SELECT ${column('t0', 'id')} AS "id", ${db.dialect.flag(mayShare)} AS "share", ${db.dialect.flag(rowsOf(scope, access.update))} AS "update", ${column('t0', 'owner')} AS "owner"
        FROM ${ident(table.name)} ${ident('t0')} WHERE ${and([db.dialect.inList(column('t0', 'id'), list), living(scope), readable])}`,
    context,
  );
  const isInCharge = (owner: string | null): boolean => actor.unrestricted || (actor.level ?? 0) >= REVOKE_LEVEL || owner === actor.userId || (owner !== null && context.mySubordinates.includes(owner));
  return new Map(rows.map((row) => [row.id, { share: Number(row.share) === 1, update: Number(row.update) === 1, revoke: isInCharge(row.owner) }]));
}

interface NewShare {
  readonly table: string;
  readonly id: string;
  readonly grantee: Grantee;
  readonly reach: readonly string[];
  readonly access: 'read' | 'edit';
  readonly until: string | null;
  readonly message: string | null;
  readonly by: string;
  readonly at: string;
}

/** One share a record and grantee: a later one takes the place of the one before. */
export async function putShare(tx: Transaction, share: NewShare): Promise<void> {
  const grantee = keyOf(share.grantee);
  await tx.run(sql`DELETE FROM relata_share WHERE table_name = ${share.table} AND record_id = ${share.id} AND grantee = ${grantee} AND reach <> ${EVERYTHING}`);
  const shareId = uuidv7();
  for (const reach of share.reach) {
    await tx.run(sql`INSERT INTO relata_share (id, reach, table_name, record_id, grantee, access, until, created_by, created_at, message)
      VALUES (${shareId}, ${reach}, ${share.table}, ${share.id}, ${grantee}, ${share.access}, ${share.until}, ${share.by}, ${share.at}, ${share.message})`);
  }
}

async function tellGrantees(workspace: Workspace, tx: Transaction, actor: Actor, table: TableModel, { with: grantees, id, at, message }: Pick<ShareRequest, 'with'> & { readonly message: string | null; readonly id: string; readonly at: string }): Promise<void> {
  const who = workspace.directory.user(actor.userId)?.name ?? '';
  await queueNotices(tx, workspace, {
    to: [...new Set(grantees.flatMap((grantee) => peopleOf(workspace, grantee)))].filter((user) => user !== actor.userId),
    title: { 'zh-CN': `${who} 向您共享了一条${table.label['zh-CN']}`, en: `${who} shared a ${table.label.en} with you` },
    ...(message !== null && message !== '' && { body: { 'zh-CN': message, en: message } }),
    record: { table: table.name, id },
    channels: ['inApp'],
    urgent: false,
    workflow: null,
    run: null,
    at,
    mandatory: false,
  });
}

function peopleOf({ directory }: Workspace, { kind, id }: Grantee): readonly string[] {
  if (kind === 'user') return [id];
  return kind === 'role' ? directory.withRole(id) : directory.inDepartment(id);
}

/** The shares of a record that are in force, for whoever may read it. */
export async function listShares(workspace: Workspace, actor: Actor, tableName: string, id: string): Promise<Share[]> {
  const { database } = workspace;
  const { table } = authorize(workspace.model, actor, 'read', tableName);
  const right = (await rightsOn(workspace, database, actor, table, [id])).get(id);
  if (!right) throw notFound(table);
  const rows = await database.all<ShareRow>(
    sql`SELECT id, reach, grantee, access, until, created_by, created_at, message FROM relata_share WHERE table_name = ${tableName} AND record_id = ${id} AND reach <> ${EVERYTHING} AND (until IS NULL OR until > ${workspace.now()}) ORDER BY created_at, id, reach`,
  );
  const shares = new Map<string, ShareRow[]>();
  for (const row of rows) shares.set(row.id, [...(shares.get(row.id) ?? []), row]);
  const direct = new Set(inheritingFrom(workspace.model, tableName));
  return [...shares.values()].map((parts) => {
    const first = parts[0] as ShareRow;
    const grantee = granteeOf(workspace, first.grantee);
    return {
      id: first.id,
      with: { ...grantee, name: grantee.name[actor.locale] },
      access: first.access,
      until: first.until,
      along: parts.map((part) => part.reach).filter((reach) => direct.has(reach)),
      by: workspace.directory.user(first.created_by)?.name ?? '',
      at: first.created_at,
      message: first.message,
      mayRevoke: right.revoke || first.created_by === actor.userId,
    };
  });
}

/** By whoever is in charge of the record, and by whoever shared it. */
export async function revokeShare(workspace: Workspace, actor: Actor, shareId: string): Promise<void> {
  const missing = new AppError('not_found', { 'zh-CN': '没有这个共享', en: 'There is no such share' });
  await workspace.database.transaction(async (tx) => {
    const row = await tx.get<ShareRow & { table_name: string; record_id: string }>(sql`SELECT * FROM relata_share WHERE id = ${shareId} AND reach <> ${EVERYTHING} ORDER BY reach LIMIT 1`);
    const table = row && workspace.model.tables[row.table_name];
    const right = table && allows(accessTo(table, actor), 'read') && (await rightsOn(workspace, tx, actor, table, [row.record_id])).get(row.record_id);
    if (!row || !right) throw missing;
    if (!right.revoke && row.created_by !== actor.userId) throw new AppError('forbidden', { 'zh-CN': '只有共享人、负责人、其上级和 7 级及以上的用户可以取消共享', en: 'Only who shared it, its owner, their superiors and level 7 and above may take the share back' });
    await tx.run(sql`DELETE FROM relata_share WHERE id = ${shareId}`);
    const now = workspace.now();
    await noteInAudit(tx, { at: now, by: actor.userId, table: row.table_name, id: row.record_id, action: 'unshare', version: 0, changes: { with: [row.grantee] } });
    await noteChangeOfSight(workspace, tx, actor.userId, now);
  });
}
