/** The outbox as the administrator reads it, and what may be done by hand: send again, take out. */
import { AppError, type Label } from '#engine/errors.ts';
import type { DELIVERY_STATES, OutboxItem } from '#engine/workflows/reports.ts';
import type { Database, Queryable, Transaction } from '../db/database.ts';
import { and, type Sql, sql, TRUE } from '../db/sql.ts';
import { UNREADABLE } from '../vault/sealed-values.ts';
import { type OutboxPayload, payloadOf } from './queue.ts';

const PAGE = 50;

interface Row {
  readonly id: string;
  readonly payload: string;
  readonly state: string;
  readonly attempts: number;
  readonly next_at: string | null;
  readonly created_at: string;
  readonly sent_at: string | null;
  readonly problem: string | null;
  readonly run_id: string | null;
}

/** Latest first. Ids grow with time, so a cursor is the id it ends with. */
export async function outboxPage(db: Queryable, { state, cursor }: { readonly state?: string; readonly cursor?: string }): Promise<{ items: OutboxItem[]; next: string | null }> {
  const wanted: Sql = and([state === undefined ? TRUE : sql`state = ${state}`, cursor === undefined ? TRUE : sql`id < ${cursor}`]);
  const rows = await db.all<Row>(sql`SELECT id, payload, state, attempts, next_at, created_at, sent_at, problem, run_id FROM relata_outbox WHERE ${wanted} ORDER BY id DESC LIMIT ${PAGE + 1}`);
  const page = rows.slice(0, PAGE);
  return { items: page.map((row) => toItem(db, row)), next: rows.length > PAGE ? (page.at(-1)?.id ?? null) : null };
}

export async function retryDelivery(database: Database, id: string, now: string): Promise<OutboxItem> {
  return database.transaction(async (tx) => {
    await requireIdle(tx, id);
    await tx.run(sql`UPDATE relata_outbox SET state = 'pending', attempts = 0, next_at = ${now}, problem = ${null} WHERE id = ${id}`);
    return toItem(tx, await rowOf(tx, id));
  });
}

export async function removeDelivery(database: Database, id: string): Promise<void> {
  await database.transaction(async (tx) => {
    const { wake_key } = await requireIdle(tx, id);
    if (wake_key !== null) throw new AppError('conflict', { 'zh-CN': '有一次运行在等它的结果；请先取消那次运行', en: 'A run waits for what comes of it; cancel that run first' });
    await tx.run(sql`DELETE FROM relata_outbox WHERE id = ${id}`);
  });
}

async function requireIdle(tx: Transaction, id: string): Promise<Row & { readonly wake_key: string | null }> {
  const row = await rowOf(tx, id);
  if (row.state === 'sending') throw new AppError('conflict', { 'zh-CN': '正在发送，请稍后再试', en: 'It is being sent; try again in a moment' });
  if (row.state === 'sent') throw new AppError('conflict', { 'zh-CN': '已经发送', en: 'It has been sent' });
  return row;
}

async function rowOf(db: Queryable, id: string): Promise<Row & { readonly wake_key: string | null }> {
  const row = await db.get<Row & { wake_key: string | null }>(sql`SELECT id, payload, state, attempts, next_at, created_at, sent_at, problem, run_id, wake_key FROM relata_outbox WHERE id = ${id}`);
  if (!row) throw new AppError('not_found', { 'zh-CN': '发件箱中没有这一项', en: 'There is no such delivery' });
  return row;
}

function toItem(db: Queryable, row: Row): OutboxItem {
  const isLocked = db.vault.missing.length > 0;
  const payload: Pick<OutboxPayload, 'kind'> & Partial<OutboxPayload> = isLocked ? { kind: 'request' } : payloadOf(db, row);
  return {
    id: row.id,
    kind: payload.kind,
    ...(isLocked ? { target: UNREADABLE, subject: '', body: '' } : contentOf(payload as OutboxPayload)),
    state: row.state as (typeof DELIVERY_STATES)[number],
    attempts: Number(row.attempts),
    nextAt: row.state === 'pending' ? row.next_at : null,
    createdAt: row.created_at,
    sentAt: row.sent_at,
    problem: row.problem === null ? null : (JSON.parse(row.problem) as Label),
    run: row.run_id,
  };
}

function contentOf(payload: OutboxPayload): Pick<OutboxItem, 'target' | 'subject' | 'body'> {
  if (payload.kind === 'email') {
    const { to, subject, text, link } = payload.email;
    return { target: to, subject, body: link === null ? text : `${text}\n\n${link}` };
  }
  const { method, url, body } = payload.request;
  return { target: `${method} ${url.replace(/\?.*$/, '')}`, subject: '', body: body ?? '' };
}
