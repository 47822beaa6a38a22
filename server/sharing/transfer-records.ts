/**
 * Changes who is in charge: of records, and of what belongs to them and goes along (open opportunities, plans, tasks), all
 * in one transaction. What stays with the old owner stays for the figures of the past. Everything else is the record
 * operations': each move is a write like any other, audited and told to workflows.
 */
import type { Label } from '#engine/errors.ts';
import type { TableModel } from '#engine/model/app-model.ts';
import type { TransferAlong } from '#engine/model/definitions.ts';
import { type Actor, elevated } from '#engine/permissions/actor.ts';
import { authorize } from '#engine/permissions/authorize.ts';
import { rootScope } from '../db/access-sql.ts';
import { ruleCondition } from '../db/rule-to-sql.ts';
import { and, column, ident, sql } from '../db/sql.ts';
import { queueNotices } from '../notices/queue-notices.ts';
import { noteInAudit } from '../records/audit.ts';
import { keepText } from '../records/ban-numbers.ts';
import { validationFailed } from '../records/create-record.ts';
import { updateRecord } from '../records/update-record.ts';
import { sessionWithin, type WriteSession, writeSession } from '../records/write-session.ts';
import { contextOf, type Workspace } from '../workspace.ts';
import { EVERYTHING } from './collaborators.ts';
import { putShare, reachOf } from './shares.ts';

export interface TransferRequest {
  readonly ids: readonly string[];
  readonly owner: string;
  /** Of the table's `transferAlong`, by table name. Absent: all of it. */
  readonly along?: readonly string[];
  /** What the old owner may do afterwards. */
  readonly leave?: 'read' | 'edit';
  /** Takes back what the records were shared to others. */
  readonly clearShares?: boolean;
  readonly reason?: string;
}

export interface Transferred {
  readonly records: number;
  /** How many records went along, by table. */
  readonly along: Readonly<Record<string, number>>;
}

/** All or none. Throws `validation_failed`, `forbidden`, `not_found`. */
export async function transferRecords(workspace: Workspace, actor: Actor, tableName: string, request: TransferRequest): Promise<Transferred> {
  const { table } = authorize(workspace.model, actor, 'transfer', tableName);
  const receiver = workspace.directory.user(request.owner);
  if (!receiver?.active) {
    throw validationFailed([{ path: '/owner', code: 'user_disabled', message: receiver ? { 'zh-CN': '这位用户已停用，不能接收记录', en: 'This user is disabled and cannot take records on' } : { 'zh-CN': '没有这位用户', en: 'There is no such user' } }]);
  }
  const reason = request.reason === undefined ? undefined : keepText(workspace.model, request.reason, { 'zh-CN': '原因', en: 'The reason' }, '/reason');
  const going = table.transferAlong.filter((along) => request.along === undefined || request.along.includes(along.table));
  return writeSession(workspace, actor, async (session) => {
    const counts: Record<string, number> = {};
    let records = 0;
    for (const id of request.ids) {
      const before = await session.tx.get<{ owner: string | null }>(sql`SELECT "owner" FROM ${ident(table.name)} WHERE "id" = ${id}`);
      const from = before?.owner ?? null;
      await updateRecord(session, table.name, id, { owner: receiver.id });
      if (from === receiver.id) continue;
      records += 1;
      for (const along of going) counts[along.table] = (counts[along.table] ?? 0) + (await moveAlong(session, id, along, from, receiver.id));
      await settleShares(session, table, id, from, request);
      await noteTransfer(session, table, id, from, { ...request, ...(reason !== undefined && { reason }) });
    }
    return { records, along: counts };
  });
}

/** Records below that belonged to the old owner. Whose they become follows from the transfer, so no further right is asked for. */
async function moveAlong(session: WriteSession, id: string, along: TransferAlong, from: string | null, to: string): Promise<number> {
  const { workspace, model, tx, actor } = session;
  const child = model.tables[along.table] as TableModel;
  const scope = rootScope(model, tx.dialect, child, null);
  const people = along.people ?? [];
  const conditions = [sql`${column('t0', along.field)} = ${id}`, sql`${column('t0', 'deleted_at')} IS NULL`, ...(along.filter === undefined ? [] : [ruleCondition(along.filter, scope)])];
  const columns = ['owner', ...people].map((name) => column('t0', name));
  const rows = await tx.all<Record<string, string | null>>(
    sql`SELECT ${column('t0', 'id')} AS "id"${columns.map((one, i) => sql`, ${one} AS ${ident(`person${i}`)}`).reduce((all, part) => sql`${all}${part}`, sql``)} FROM ${ident(child.name)} ${ident('t0')} WHERE ${and(conditions)}`,
    contextOf(workspace, actor),
  );
  let moved = 0;
  for (const row of rows) {
    const changes = Object.fromEntries(['owner', ...people].flatMap((name, i) => (row[`person${i}`] === from ? [[name, to]] : [])));
    if (Object.keys(changes).length === 0) continue;
    moved += 1;
    await sessionWithin(workspace, tx, elevated(actor), (inner) => updateRecord(inner, child.name, String(row.id), changes), session.options);
  }
  return moved;
}

async function settleShares({ tx, workspace, actor, model }: WriteSession, table: TableModel, id: string, from: string | null, { leave, clearShares }: TransferRequest): Promise<void> {
  if (clearShares) await tx.run(sql`DELETE FROM relata_share WHERE table_name = ${table.name} AND record_id = ${id} AND reach <> ${EVERYTHING}`);
  if (leave && from !== null) {
    await putShare(tx, { table: table.name, id, grantee: { kind: 'user', id: from }, reach: reachOf(model, table.name, table.shareAlong), access: leave, until: null, message: null, by: actor.userId, at: workspace.now() });
  }
}

async function noteTransfer({ tx, workspace, actor }: WriteSession, table: TableModel, id: string, from: string | null, { owner, reason, leave }: TransferRequest): Promise<void> {
  const at = workspace.now();
  await noteInAudit(tx, { at, by: actor.userId, table: table.name, id, action: 'transfer', version: 0, changes: { from, to: owner, ...(reason && { reason }), ...(leave && { leave }) } });
  const { directory } = workspace;
  const [who, old, next] = [actor.userId, from ?? '', owner].map((user) => directory.user(user)?.name ?? '');
  const title: Label = { 'zh-CN': `${who} 把一条${table.label['zh-CN']}从 ${old || '无人'} 转移给 ${next}`, en: `${who} transferred a ${table.label.en} from ${old || 'nobody'} to ${next}` };
  const superiors = [from, owner].flatMap((user) => directory.user(user ?? '')?.superior ?? []);
  const to = [from, owner, ...superiors].filter((user): user is string => user !== null && user !== actor.userId);
  await queueNotices(tx, workspace, { to, title, ...(reason && { body: { 'zh-CN': reason, en: reason } }), record: { table: table.name, id }, channels: ['inApp'], urgent: false, workflow: null, run: null, at, mandatory: false });
}
