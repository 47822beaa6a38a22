/** Comments of a record, for whoever may read the record as it stands now. A record in the bin shows none. */
import type { Comment } from '#engine/records/comment.ts';
import { mentionedIn, withNames } from '#engine/records/mentions.ts';
import type { TableModel } from '#engine/model/app-model.ts';
import type { Actor } from '#engine/permissions/actor.ts';
import { authorize } from '#engine/permissions/authorize.ts';
import { livingAndReadable, rootScope } from '../db/access-sql.ts';
import type { Queryable } from '../db/database.ts';
import { and, column, ident, join, raw, type Sql, sql } from '../db/sql.ts';
import { badCursor } from '../records/cursor-problem.ts';
import { type Included, titlesOf } from '../records/included.ts';
import { notFound } from '../records/update-record.ts';
import { contextOf, type Workspace } from '../workspace.ts';

export interface CommentRow {
  readonly id: string;
  readonly table_name: string;
  readonly record_id: string;
  readonly author: string;
  readonly body: string;
  readonly created_at: string;
  readonly changed_at: string | null;
  readonly changed_by: string | null;
  readonly version: number;
}

export const COMMENT_COLUMNS = sql`id, table_name, record_id, author, body, created_at, changed_at, changed_by, version`;

/** The comment after which a page goes on: its moment and id. */
export type CommentMark = readonly [at: string, id: string];

const PAGE = 30;

export async function isLivingAndReadable(workspace: Workspace, db: Queryable, actor: Actor, table: TableModel, id: string): Promise<boolean> {
  const scope = rootScope(workspace.model, db.dialect, table, actor);
  return (await db.get(sql`SELECT 1 AS found FROM ${ident(table.name)} ${ident('t0')} WHERE ${and([sql`${column('t0', 'id')} = ${id}`, livingAndReadable(scope)])}`, contextOf(workspace, actor))) !== undefined;
}

/** Newest first. Only for who has been found to read the living record. */
export async function commentsOf(db: Queryable, actor: Actor, table: string, id: string, after: CommentMark | null, limit: number): Promise<Comment[]> {
  const older: Sql[] = after === null ? [] : [sql`(created_at < ${after[0]} OR (created_at = ${after[0]} AND id < ${after[1]}))`];
  const rows = await db.all<CommentRow>(sql`SELECT ${COMMENT_COLUMNS} FROM relata_comment WHERE ${and([sql`table_name = ${table}`, sql`record_id = ${id}`, ...older])} ORDER BY created_at DESC, id DESC LIMIT ${raw(String(limit))}`);
  return rows.map((row) => toComment(row, actor));
}

export function toComment(row: CommentRow, actor: Actor): Comment {
  const may = actor.unrestricted || row.author === actor.userId;
  return { id: row.id, at: row.created_at, by: row.author, body: row.body, version: Number(row.version), changedAt: row.changed_at, changedBy: row.changed_by, access: { update: may, delete: may } };
}

/** Names of those who wrote, changed and are mentioned. */
export async function peopleOf(workspace: Workspace, actor: Actor, comments: readonly Comment[]): Promise<Included> {
  const ids = new Set(comments.flatMap(({ by, changedBy, body }) => [by, ...(changedBy === null ? [] : [changedBy]), ...mentionedIn(body)]));
  return ids.size === 0 ? {} : { user: (await titlesOf(workspace, actor, 'user', [...ids])) ?? {} };
}

export interface WrittenComment {
  readonly data: Comment;
  readonly included: Included;
}

export interface CommentPage {
  readonly data: readonly Comment[];
  readonly included: Included;
  readonly next: string | null;
}

export async function listComments(workspace: Workspace, actor: Actor, tableName: string, id: string, cursor?: string): Promise<CommentPage> {
  const { table } = authorize(workspace.model, actor, 'read', tableName);
  if (!(await isLivingAndReadable(workspace, workspace.database, actor, table, id))) throw notFound(table);
  const found = await commentsOf(workspace.database, actor, table.name, id, cursor === undefined ? null : decodeMark(cursor), PAGE + 1);
  const data = found.slice(0, PAGE);
  const last = data.at(-1);
  return { data, included: await peopleOf(workspace, actor, data), next: found.length > PAGE && last ? Buffer.from(JSON.stringify([last.at, last.id])).toString('base64url') : null };
}

function decodeMark(text: string): CommentMark {
  let mark: unknown = null;
  try {
    mark = JSON.parse(Buffer.from(text, 'base64url').toString('utf8'));
  } catch {
    throw badCursor();
  }
  if (!isCommentMark(mark)) throw badCursor();
  return mark;
}

export function isCommentMark(mark: unknown): mark is CommentMark {
  return Array.isArray(mark) && mark.length === 2 && mark.every((part) => typeof part === 'string' && !part.includes('\0'));
}

/** Texts of comments that notices speak of, as they stand now. Those of records in the bin, and those taken back, are missing. */
export async function commentTexts(workspace: Workspace, db: Queryable, ids: readonly string[]): Promise<Map<string, string>> {
  const texts = new Map<string, string>();
  if (ids.length === 0) return texts;
  const rows = await db.all<{ id: string; body: string; table_name: string; record_id: string }>(sql`SELECT id, body, table_name, record_id FROM relata_comment WHERE id IN (${join(ids.map((id) => sql`${id}`), ', ')})`);
  for (const { id, body, table_name: table, record_id } of rows) {
    if (!Object.hasOwn(workspace.model.tables, table)) continue;
    const living = await db.get(sql`SELECT 1 AS found FROM ${ident(table)} WHERE "id" = ${record_id} AND "deleted_at" IS NULL`);
    if (living) texts.set(id, readable(workspace, body));
  }
  return texts;
}

/** With the names of those mentioned. */
export function readable({ directory }: Workspace, body: string): string {
  return withNames(body, (id) => directory.user(id)?.name);
}
