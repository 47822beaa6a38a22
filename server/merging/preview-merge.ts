/** What is to be merged, side by side as the actor sees it, and how much would move. Nothing is written. */
import { AppError, type Label } from '#engine/errors.ts';
import type { Actor } from '#engine/permissions/actor.ts';
import { ACTION_LABELS, accessTo, authorize, isKnown } from '#engine/permissions/authorize.ts';
import { canBeMerged, type MergeCount, MOST_LOSERS } from '#engine/records/merge.ts';
import { isMergeable, isUnited } from '#engine/records/merged-value.ts';
import { sql } from '../db/sql.ts';
import { countPointing } from '../records/count-pointing.ts';
import { validationFailed } from '../records/create-record.ts';
import { getRecord, type RecordAnswer } from '../records/get-record.ts';
import { notFound } from '../records/update-record.ts';
import type { Workspace } from '../workspace.ts';

export interface MergePreview {
  readonly records: readonly (RecordAnswer & { /** May stay, and may go. */ readonly maySurvive: boolean; readonly mayGo: boolean })[];
  /** Fields to choose a value of. `united`: all values stay side by side unless one is chosen. */
  readonly fields: readonly { readonly name: string; readonly united: boolean }[];
  /** By record: what points at it. */
  readonly moves: Readonly<Record<string, readonly MergeCount[]>>;
}

const text = {
  notHere: { 'zh-CN': '这张表的记录不能合并', en: 'Records of this table cannot be merged' } as Label,
  number: { 'zh-CN': `请选择 2 到 ${MOST_LOSERS + 1} 条记录`, en: `Choose 2 to ${MOST_LOSERS + 1} records` } as Label,
  comments: { 'zh-CN': '评论', en: 'Comments' } as Label,
  others: { 'zh-CN': '其他', en: 'Other' } as Label,
};

/** Throws `forbidden` without the right, `not_found` for what the actor may not read. */
export async function previewMerge(workspace: Workspace, actor: Actor, tableName: string, ids: readonly string[]): Promise<MergePreview> {
  const { table } = authorize(workspace.model, actor, 'merge', tableName);
  if (!canBeMerged(table)) throw new AppError('forbidden', text.notHere);
  if (ids.length < 2 || ids.length > MOST_LOSERS + 1) throw validationFailed([{ path: '/ids', code: 'number_of_records', message: text.number }]);
  const records: MergePreview['records'][number][] = [];
  const moves: Record<string, MergeCount[]> = {};
  for (const id of ids) {
    const record = await getRecord(workspace, actor, tableName, id);
    if (record.data.deleted_at) throw notFound(table);
    if (!record.access.merge) throw new AppError('forbidden', { 'zh-CN': `您没有${ACTION_LABELS.merge['zh-CN']}这条记录的权限`, en: `You may not ${ACTION_LABELS.merge.en} this record` });
    records.push({ ...record, maySurvive: record.access.update, mayGo: record.access.delete });
    moves[id] = await countMoves(workspace, actor, tableName, id);
  }
  const access = accessTo(table, actor);
  const fields = Object.values(table.fields).filter((field) => isMergeable(field) && !field.hidden && isKnown(access, field));
  return { records, fields: fields.map((field) => ({ name: field.name, united: isUnited(field) })), moves };
}

/** Tables of which the actor does not read every record are counted together. */
async function countMoves({ model, database }: Workspace, actor: Actor, table: string, id: string): Promise<MergeCount[]> {
  const found = await countPointing({ model, tx: database }, { table, id }, []);
  const knows = (name: string): boolean => {
    const other = model.tables[name];
    return other !== undefined && accessTo(other, actor).read.some(({ rows }) => rows === true);
  };
  const others = found.filter(({ table: name }) => !knows(name)).reduce((sum, { count }) => sum + count, 0);
  const comments = Number((await database.get<{ count: number }>(sql`SELECT count(*) AS count FROM relata_comment WHERE table_name = ${table} AND record_id = ${id}`))?.count ?? 0);
  return [
    ...found.filter(({ table: name }) => knows(name)),
    ...(comments > 0 ? [{ table: null, label: text.comments, count: comments }] : []),
    ...(others > 0 ? [{ table: null, label: text.others, count: others }] : []),
  ];
}
