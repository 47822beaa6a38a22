/** Somebody's inbox: pages of it, how much is unread, and what they do with a notice. Always with their own rights of this moment. */
import { AppError, isLabel, type Label, type Locale } from '#engine/errors.ts';
import type { Actor } from '#engine/permissions/actor.ts';
import type { ApprovalItem, NoticeItem, NoticePage } from '#engine/workflows/reports.ts';
import type { Queryable, Transaction } from '../db/database.ts';
import { and, join, type Sql, sql } from '../db/sql.ts';
import { commentTexts } from '../comments/read-comments.ts';
import type { Workspace } from '../workspace.ts';
import { readableTitles, refKey } from './readable-titles.ts';

export const INBOX_PARTS = ['open', 'approvals', 'done'] as const;
export type InboxPart = (typeof INBOX_PARTS)[number];

/** More unread than this is shown as "99+". */
export const MOST_COUNTED = 100;
const PAGE = 30;

interface NoticeRow {
  readonly id: string;
  readonly kind: string;
  readonly title: string;
  readonly body: string | null;
  readonly table_name: string | null;
  readonly record_id: string | null;
  readonly workflow: string | null;
  readonly approval_id: string | null;
  readonly comment_id: string | null;
  readonly visible_at: string;
  readonly read_at: string | null;
  readonly done_at: string | null;
  readonly snoozed_until: string | null;
  readonly urgent: number;
  readonly late: number;
}

const COLUMNS = sql`id, kind, title, body, table_name, record_id, workflow, approval_id, comment_id, visible_at, read_at, done_at, snoozed_until, urgent, late`;

/** Latest first; what was put off comes back on top. */
export async function inboxPage(workspace: Workspace, actor: Actor, part: InboxPart, { cursor, locale = actor.locale }: { readonly cursor?: string | undefined; readonly locale?: Locale } = {}): Promise<NoticePage> {
  const { database } = workspace;
  const now = workspace.now();
  const order = part === 'done' ? sql`done_at` : sql`visible_at`;
  const conditions: Sql[] = [sql`user_id = ${actor.userId}`, sql`visible_at <= ${now}`, part === 'done' ? sql`done_at IS NOT NULL` : sql`done_at IS NULL`];
  if (part === 'approvals') conditions.push(sql`kind = 'approval'`);
  const [moment, id] = cursor?.split('|') ?? [];
  if (moment !== undefined && id !== undefined) conditions.push(sql`${order} < ${moment} OR (${order} = ${moment} AND id < ${id})`);
  const rows = await database.all<NoticeRow>(sql`SELECT ${COLUMNS} FROM relata_notice WHERE ${and(conditions)} ORDER BY ${order} DESC, id DESC LIMIT ${PAGE + 1}`);
  const page = rows.slice(0, PAGE);
  const last = page.at(-1);
  return {
    items: await toItems(workspace, database, { ...actor, locale }, page),
    unread: await unreadOf(database, actor.userId, now),
    next: rows.length > PAGE && last ? `${part === 'done' ? last.done_at : last.visible_at}|${last.id}` : null,
  };
}

const UNREAD = sql`read_at IS NULL AND done_at IS NULL`;

export async function unreadOf(db: Queryable, userId: string, now: string): Promise<number> {
  const row = await db.get<{ count: number }>(sql`SELECT count(*) AS count FROM (SELECT 1 AS one FROM relata_notice WHERE user_id = ${userId} AND ${UNREAD} AND visible_at <= ${now} LIMIT ${MOST_COUNTED}) AS unread`);
  return Number(row?.count ?? 0);
}

/** When the latest unread notice came in: with the count, what tells whether anything is new. */
export async function latestUnread(db: Queryable, userId: string, now: string): Promise<string | null> {
  return (await db.get<{ at: string | null }>(sql`SELECT max(visible_at) AS at FROM relata_notice WHERE user_id = ${userId} AND ${UNREAD} AND visible_at <= ${now}`))?.at ?? null;
}

export interface NoticeChange {
  readonly read?: true;
  readonly done?: boolean;
  readonly snoozedUntil?: string | null;
}

const LONGEST_SNOOZE_MS = 366 * 24 * 3_600_000;

export async function changeNotice(workspace: Workspace, actor: Actor, id: string, change: NoticeChange): Promise<NoticeItem> {
  return workspace.database.transaction(async (tx) => {
    const now = workspace.now();
    const row = await ownNotice(tx, actor, id);
    if (change.read) await tx.run(sql`UPDATE relata_notice SET read_at = ${now} WHERE id = ${id} AND read_at IS NULL`);
    if (change.done === true) {
      if (row.done_at === null && (await isUndecided(tx, row))) throw new AppError('conflict', { 'zh-CN': '这项审批还在等您决定', en: 'This approval still waits for your decision' });
      await tx.run(sql`UPDATE relata_notice SET done_at = ${now}, read_at = COALESCE(read_at, ${now}), snoozed_until = ${null} WHERE id = ${id} AND done_at IS NULL`);
    }
    if (change.done === false) await tx.run(sql`UPDATE relata_notice SET done_at = ${null} WHERE id = ${id}`);
    if (change.snoozedUntil !== undefined) await snooze(tx, row, change.snoozedUntil, now);
    tx.afterCommit(() => workspace.changes.tellInboxes([actor.userId]));
    const [item] = await toItems(workspace, tx, actor, [await ownNotice(tx, actor, id)]);
    return item as NoticeItem;
  });
}

/** Out of sight until then, and new again when it is back. */
async function snooze(tx: Transaction, { id }: NoticeRow, until: string | null, now: string): Promise<void> {
  if (until === null) return void (await tx.run(sql`UPDATE relata_notice SET snoozed_until = ${null}, visible_at = ${now} WHERE id = ${id} AND snoozed_until IS NOT NULL`));
  const moment = Date.parse(until);
  if (!(moment > Date.parse(now) && moment < Date.parse(now) + LONGEST_SNOOZE_MS)) {
    throw new AppError('validation_failed', { 'zh-CN': '有内容需要更正', en: 'Some values need correcting' }, [
      { path: '/snoozedUntil', code: 'range', message: { 'zh-CN': '请选择一年以内的将来时间', en: 'Choose a time within the coming year' } },
    ]);
  }
  const iso = new Date(moment).toISOString();
  await tx.run(sql`UPDATE relata_notice SET snoozed_until = ${iso}, visible_at = ${iso}, read_at = ${null}, done_at = ${null} WHERE id = ${id}`);
}

export async function readAll(workspace: Workspace, actor: Actor): Promise<void> {
  await workspace.database.transaction(async (tx) => {
    const now = workspace.now();
    await tx.run(sql`UPDATE relata_notice SET read_at = ${now} WHERE user_id = ${actor.userId} AND read_at IS NULL AND visible_at <= ${now}`);
    tx.afterCommit(() => workspace.changes.tellInboxes([actor.userId]));
  });
}

/** Decided, delegated or taken back: nobody is asked any more. */
export async function closeApprovalNotices(tx: Transaction, workspace: Workspace, approvals: readonly string[]): Promise<void> {
  if (approvals.length === 0) return;
  const now = workspace.now();
  const those = sql`approval_id IN (${join(approvals.map((id) => sql`${id}`), ', ')}) AND done_at IS NULL`;
  const users = await tx.all<{ user_id: string }>(sql`SELECT DISTINCT user_id FROM relata_notice WHERE ${those}`);
  await tx.run(sql`UPDATE relata_notice SET done_at = ${now}, read_at = COALESCE(read_at, ${now}) WHERE ${those}`);
  tx.afterCommit(() => workspace.changes.tellInboxes(users.map(({ user_id }) => user_id)));
}

/** The notice that asked for a decision, as the person sees it now. */
export async function approvalNotice(workspace: Workspace, db: Queryable, actor: Actor, approval: string): Promise<NoticeItem | null> {
  const rows = await db.all<NoticeRow>(sql`SELECT ${COLUMNS} FROM relata_notice WHERE approval_id = ${approval} AND user_id = ${actor.userId} ORDER BY id DESC LIMIT 1`);
  return (await toItems(workspace, db, actor, rows))[0] ?? null;
}

const MOST_COLLECTED = 500;

/** What came in after a moment and is not done. */
export async function noticesSince(workspace: Workspace, db: Queryable, actor: Actor, since: string): Promise<NoticeItem[]> {
  const rows = await db.all<NoticeRow>(
    sql`SELECT ${COLUMNS} FROM relata_notice WHERE user_id = ${actor.userId} AND visible_at > ${since} AND visible_at <= ${workspace.now()} AND done_at IS NULL ORDER BY visible_at, id LIMIT ${MOST_COLLECTED}`,
  );
  return toItems(workspace, db, actor, rows);
}

async function ownNotice(tx: Transaction, actor: Actor, id: string): Promise<NoticeRow> {
  const row = await tx.get<NoticeRow>(sql`SELECT ${COLUMNS} FROM relata_notice WHERE id = ${id} AND user_id = ${actor.userId}`);
  if (!row) throw new AppError('not_found', { 'zh-CN': '没有这条消息', en: 'There is no such notice' });
  return row;
}

async function isUndecided(tx: Transaction, { approval_id: id }: NoticeRow): Promise<boolean> {
  return id !== null && (await tx.get(sql`SELECT 1 AS open FROM relata_approval WHERE id = ${id} AND state IN ('pending', 'queued')`)) !== undefined;
}

/** A label, or a text somebody wrote. */
export function readText(stored: string, locale: Actor['locale']): string {
  let value: unknown = stored;
  try {
    value = JSON.parse(stored);
  } catch {
    return stored;
  }
  return isLabel(value) ? value[locale] : stored;
}

const SOME_WORKFLOW: Label = { 'zh-CN': '流程通知', en: 'A notice of a workflow' };
const SOME_RECORD: Label = { 'zh-CN': '关于一条您不再能看到的记录', en: 'About a record you can no longer see' };

async function toItems(workspace: Workspace, db: Queryable, actor: Actor, rows: readonly NoticeRow[]): Promise<NoticeItem[]> {
  const refs = rows.flatMap(({ table_name: table, record_id: id }) => (table !== null && id !== null ? [{ table, id }] : []));
  const titles = await readableTitles(workspace, db, actor, refs);
  const approvals = await approvalsOf(workspace, db, actor, rows.flatMap(({ approval_id }) => approval_id ?? []));
  const comments = await commentTexts(workspace, db, rows.flatMap(({ comment_id }) => comment_id ?? []));
  const { workflows } = workspace.model;
  return rows.map((row) => {
    const ref = row.table_name !== null && row.record_id !== null ? { table: row.table_name, id: row.record_id } : null;
    const title = ref && titles.get(refKey(ref));
    const workflowLabel: Label | null = (row.workflow !== null && Object.hasOwn(workflows, row.workflow) && workflows[row.workflow]?.label) || null;
    // Who has lost the record since keeps nothing that may tell of it.
    const mayRead = ref === null || title !== undefined;
    return {
      id: row.id,
      kind: row.kind === 'approval' ? 'approval' : 'notice',
      title: mayRead ? readText(row.title, actor.locale) : (workflowLabel ?? (row.workflow === null ? SOME_RECORD : SOME_WORKFLOW))[actor.locale],
      body: !mayRead ? null : row.comment_id !== null ? (comments.get(row.comment_id) ?? null) : row.body !== null ? readText(row.body, actor.locale) : null,
      record: ref && { ...ref, title: title ?? '' },
      workflow: row.workflow,
      workflowLabel,
      at: row.visible_at,
      readAt: row.read_at,
      doneAt: row.done_at,
      snoozedUntil: row.snoozed_until,
      urgent: Number(row.urgent) === 1,
      late: Number(row.late) === 1,
      approval: told(row.approval_id === null ? undefined : approvals.get(row.approval_id), mayRead),
    };
  });
}

/** Instructions and comments speak of the record. */
function told(approval: ApprovalItem | undefined, mayRead: boolean): ApprovalItem | null {
  if (!approval) return null;
  return mayRead ? approval : { ...approval, instructions: null, others: approval.others.map((other) => ({ ...other, comment: null })) };
}

interface ApprovalRow {
  readonly id: string;
  readonly run_id: string;
  readonly seq: number;
  readonly user_id: string;
  readonly state: string;
  readonly comment: string | null;
  readonly instructions: string | null;
  readonly due_at: string | null;
  readonly may_delegate: number;
  readonly may_add: number;
  readonly may_return: number;
}

const APPROVAL = sql`id, run_id, seq, user_id, state, comment, instructions, due_at, may_delegate, may_add, may_return`;

async function approvalsOf(workspace: Workspace, db: Queryable, actor: Actor, ids: readonly string[]): Promise<Map<string, ApprovalItem>> {
  const items = new Map<string, ApprovalItem>();
  for (const id of ids) {
    const own = await db.get<ApprovalRow>(sql`SELECT ${APPROVAL} FROM relata_approval WHERE id = ${id}`);
    if (!own) continue;
    const all = await db.all<ApprovalRow>(sql`SELECT ${APPROVAL} FROM relata_approval WHERE run_id = ${own.run_id} AND seq = ${own.seq} ORDER BY position, id`);
    items.set(id, {
      id,
      instructions: own.instructions === null ? null : readText(own.instructions, actor.locale),
      dueAt: own.due_at,
      mayDelegate: Number(own.may_delegate) === 1,
      mayAdd: Number(own.may_add) === 1,
      mayReturn: Number(own.may_return) === 1,
      state: own.state as ApprovalItem['state'],
      comment: own.comment,
      others: all.filter((other) => other.id !== id).map((other) => ({ name: workspace.directory.user(other.user_id)?.name ?? '', state: other.state, comment: other.comment })),
    });
  }
  return items;
}
