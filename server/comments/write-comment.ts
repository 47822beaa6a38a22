/**
 * Comments: whoever may read a record may write one, whoever wrote it (and a system owner) may change it and take it back.
 * Nothing is shared by a mention: who may not read the record cannot be mentioned on it. The audit notes that there was a
 * comment and whom it names, never its text.
 */
import { v7 as uuidv7 } from 'uuid';
import { AppError, type Issue, type Label } from '#engine/errors.ts';
import type { TableModel } from '#engine/model/app-model.ts';
import type { Actor } from '#engine/permissions/actor.ts';
import { accessTo, allows, authorize } from '#engine/permissions/authorize.ts';
import { mapAroundMentions, mentionedIn } from '#engine/records/mentions.ts';
import type { Queryable, Transaction } from '../db/database.ts';
import { sql } from '../db/sql.ts';
import { queueNotices } from '../notices/queue-notices.ts';
import { noteEvent, noteInAudit } from '../records/audit.ts';
import { keepText } from '../records/ban-numbers.ts';
import { validationFailed } from '../records/create-record.ts';
import { notFound } from '../records/update-record.ts';
import type { Workspace } from '../workspace.ts';
import { mayRead, type Place } from './find-mentionable.ts';
import { COMMENT_COLUMNS, type CommentRow, isLivingAndReadable, peopleOf, readable, toComment, type WrittenComment } from './read-comments.ts';

/** Characters as people read them: a mention counts as its name. */
export const LONGEST_COMMENT = 4000;
const MOST_MENTIONS = 20;

const text = {
  body: { 'zh-CN': '评论', en: 'The comment' } as Label,
  empty: { 'zh-CN': '请写下评论', en: 'Write something first' } as Label,
  long: { 'zh-CN': `评论最多 ${LONGEST_COMMENT} 个字`, en: `A comment has at most ${LONGEST_COMMENT} characters` } as Label,
  many: { 'zh-CN': `一条评论最多提到 ${MOST_MENTIONS} 个人`, en: `A comment mentions at most ${MOST_MENTIONS} people` } as Label,
  noUser: { 'zh-CN': '提到的用户不存在或已停用', en: 'Somebody mentioned does not exist or is no longer active' } as Label,
  missing: { 'zh-CN': '没有这条评论', en: 'There is no such comment' } as Label,
  notYours: { 'zh-CN': '只能修改或删除自己的评论', en: 'You may change or remove only your own comments' } as Label,
  changed: { 'zh-CN': '这条评论已被修改，您的输入已保留', en: 'This comment was changed meanwhile; your input is kept' } as Label,
};

/** Part of the caller's transaction. Answers the id. */
export async function createComment(workspace: Workspace, tx: Transaction, actor: Actor, tableName: string, recordId: string, input: string): Promise<string> {
  const { table } = authorize(workspace.model, actor, 'read', tableName);
  if (!(await isLivingAndReadable(workspace, tx, actor, table, recordId))) throw notFound(table);
  const place = { table, id: recordId };
  const body = await checkedBody(workspace, tx, place, input, []);
  const [id, at] = [uuidv7(), workspace.now()];
  await tx.run(sql`INSERT INTO relata_comment (id, table_name, record_id, author, body, created_at, version) VALUES (${id}, ${table.name}, ${recordId}, ${actor.userId}, ${body}, ${at}, ${1})`);
  const mentioned = mentionedIn(body);
  await note(workspace, tx, actor, place, 'comment', { comment: id, ...(mentioned.length > 0 && { mentions: mentioned }) });
  await tellMentioned(workspace, tx, actor, place, { id, body, to: mentioned });
  return id;
}

/** With the version the writer saw; another one answers `conflict`. Only who is newly mentioned is told. */
export async function changeComment(workspace: Workspace, actor: Actor, id: string, input: string, version: number | undefined): Promise<void> {
  await workspace.database.transaction(async (tx) => {
    const { row, place } = await loadOwn(workspace, tx, actor, id);
    refuseOther(row, version);
    const before = mentionedIn(row.body);
    const body = await checkedBody(workspace, tx, place, input, before);
    if (body === row.body) return;
    await tx.run(sql`UPDATE relata_comment SET body = ${body}, changed_at = ${workspace.now()}, changed_by = ${actor.userId}, version = ${Number(row.version) + 1} WHERE id = ${id}`);
    const added = mentionedIn(body).filter((user) => !before.includes(user));
    await note(workspace, tx, actor, place, 'comment_change', { comment: id, by: row.author, ...(added.length > 0 && { mentions: added }) });
    await tellMentioned(workspace, tx, actor, place, { id, body, to: added });
  });
}

export async function deleteComment(workspace: Workspace, actor: Actor, id: string, version: number | undefined): Promise<void> {
  await workspace.database.transaction(async (tx) => {
    const { row, place } = await loadOwn(workspace, tx, actor, id);
    refuseOther(row, version);
    await tx.run(sql`DELETE FROM relata_comment WHERE id = ${id}`);
    await note(workspace, tx, actor, place, 'comment_delete', { comment: id, by: row.author });
  });
}

export async function readComment(workspace: Workspace, actor: Actor, id: string): Promise<WrittenComment> {
  const { row } = await load(workspace, workspace.database, actor, id);
  const data = toComment(row, actor);
  return { data, included: await peopleOf(workspace, actor, [data]) };
}

/** A comment of a record one may not read, or of one in the bin, is answered as one that is not there. */
async function load(workspace: Workspace, db: Queryable, actor: Actor, id: string): Promise<{ row: CommentRow; place: Place }> {
  const row = await db.get<CommentRow>(sql`SELECT ${COMMENT_COLUMNS} FROM relata_comment WHERE id = ${id}`);
  const table = row && Object.hasOwn(workspace.model.tables, row.table_name) ? workspace.model.tables[row.table_name] : undefined;
  if (!row || !table || !allows(accessTo(table, actor), 'read') || !(await isLivingAndReadable(workspace, db, actor, table, row.record_id))) throw new AppError('not_found', text.missing);
  return { row, place: { table, id: row.record_id } };
}

async function loadOwn(workspace: Workspace, tx: Transaction, actor: Actor, id: string): Promise<{ row: CommentRow; place: Place }> {
  const found = await load(workspace, tx, actor, id);
  if (!actor.unrestricted && found.row.author !== actor.userId) throw new AppError('forbidden', text.notYours);
  return found;
}

function refuseOther(row: CommentRow, version: number | undefined): void {
  if (version !== undefined && version !== Number(row.version)) throw new AppError('conflict', text.changed, [{ path: '/body', code: 'conflict', message: text.changed }]);
}

/** As it may be kept. Who was mentioned before is not looked at again: that they once could read it is past. */
async function checkedBody(workspace: Workspace, tx: Transaction, place: Place, input: string, known: readonly string[]): Promise<string> {
  const given = input.trim();
  const issue = (code: string, message: Label): Issue => ({ path: '/body', code, message });
  if (given === '') throw validationFailed([issue('required', text.empty)]);
  if (readable(workspace, given).length > LONGEST_COMMENT) throw validationFailed([issue('too_long', text.long)]);
  const mentioned = mentionedIn(given);
  if (mentioned.length > MOST_MENTIONS) throw validationFailed([issue('too_many', text.many)]);
  const fresh = mentioned.filter((id) => !known.includes(id));
  if (fresh.some((id) => !workspace.directory.user(id)?.active)) throw validationFailed([issue('no_such_record', text.noUser)]);
  const blind: string[] = [];
  for (const id of fresh) if (!(await mayRead(workspace, tx, id, place))) blind.push(workspace.directory.user(id)?.name ?? '');
  if (blind.length > 0) throw validationFailed([issue('mention_unreadable', mentionRefusal(blind, place.table))]);
  return mapAroundMentions(given, (part) => keepText(workspace.model, part, text.body, '/body'));
}

function mentionRefusal(names: readonly string[], { label }: TableModel): Label {
  return {
    'zh-CN': `${names.join('、')}无权查看这条“${label['zh-CN']}”，不能在此提到；请先共享给对方`,
    en: `${names.join(', ')} may not read this ${label.en}, so a mention would reach nobody; share it first`,
  };
}

/** The audit, and open screens here and of other processes. */
async function note(workspace: Workspace, tx: Transaction, actor: Actor, { table, id }: Place, action: string, changes: object): Promise<void> {
  const at = workspace.now();
  await noteInAudit(tx, { at, by: actor.userId, table: table.name, id, action, version: 0, changes });
  await noteEvent(tx, workspace, { at, by: actor.userId, table: table.name, id, action: 'comment' });
}

async function tellMentioned(workspace: Workspace, tx: Transaction, actor: Actor, { table, id: recordId }: Place, { id, body, to }: { readonly id: string; readonly body: string; readonly to: readonly string[] }): Promise<void> {
  const who = workspace.directory.user(actor.userId)?.name ?? '';
  const said = readable(workspace, body);
  await queueNotices(tx, workspace, {
    to: to.filter((user) => user !== actor.userId),
    title: { 'zh-CN': `${who} 在一条评论中提到了您（${table.label['zh-CN']}）`, en: `${who} mentioned you in a comment (${table.label.en})` },
    body: { 'zh-CN': said, en: said },
    comment: id,
    record: { table: table.name, id: recordId },
    channels: ['inApp', 'email'],
    urgent: false,
    workflow: null,
    run: null,
    at: workspace.now(),
    mandatory: false,
  });
}
