/** What one change means for data: counts over all records, with samples, and from that its class. Reads only. */
import type { ChangeClass, DataEffect, DefinitionChange } from '#engine/changes/plan.ts';
import type { Label } from '#engine/errors.ts';
import type { AppModel, FieldModel, TableModel } from '#engine/model/app-model.ts';
import { conversionOf } from '#engine/records/convert.ts';
import { fieldTypeOf } from '#engine/rules/paths.ts';
import { holdsValues, type StorageChange, storageForm } from '#engine/schema/storage-changes.ts';
import type { Queryable } from '../db/database.ts';
import { ident, sql } from '../db/sql.ts';
import { type ConvertedValues, type Converting, convertValues, countInvalid } from './convert-values.ts';
import { countFilled, countRecords, fieldValues, liveSource, trashSource } from './field-values.ts';
import { conversionContext, textOf } from './titles.ts';
import { clearEntries } from '../vault/seal-field.ts';
import { keyMissing } from '../vault/vault.ts';
import { entryForField, entryForTable, type TrashEntry } from './trash.ts';

export interface EffectRequest {
  readonly db: Queryable;
  readonly before: AppModel;
  readonly after: AppModel;
  /** What may be brought back from the trash. */
  readonly restorable: readonly TrashEntry[];
  readonly now: string;
  readonly onProgress?: (records: number) => void;
  readonly signal?: AbortSignal;
}

export interface ChangeEffect {
  readonly class: ChangeClass;
  readonly notes: readonly Label[];
  readonly effect?: DataEffect;
  /** Values to write when it is published. */
  readonly values?: ConvertedValues;
  readonly restores?: TrashEntry;
}

const SAFE: ChangeEffect = { class: 'safe', notes: [] };
const note = (zh: string, en: string): Label => ({ 'zh-CN': zh, en });
const counts = (records: number, filled: number): DataEffect => ({ records, filled, converted: 0, altered: 0, failed: 0, samples: [] });

export async function effectOfStorage(request: EffectRequest, change: StorageChange): Promise<ChangeEffect> {
  switch (change.type) {
    case 'addTable': {
      const restores = entryForTable(request.restorable, change.table.name);
      return restores ? { ...SAFE, restores, notes: [note(`从回收站恢复 ${restores.filled} 条记录`, `${restores.filled} record(s) come back from the trash`)] } : SAFE;
    }
    case 'removeTable': {
      const records = await countRecords(request.db, change.table.name);
      const kept = note(`${records} 条记录移入回收站，30 天内可恢复`, `${records} record(s) go to the trash and can be brought back for 30 days`);
      return records === 0 ? SAFE : { class: 'lossy', notes: [kept], effect: counts(records, records) };
    }
    case 'addField':
      return addedField(request, change.field);
    case 'removeField':
      return removedField(request, change.field);
    case 'convertField':
      return convertedField(request, change.from, change.to);
    case 'sealField':
      return sealedField(request, change.from, change.to);
  }
}

async function addedField({ db, before, restorable }: EffectRequest, field: FieldModel): Promise<ChangeEffect> {
  const records = before.tables[field.table] ? await countRecords(db, field.table) : 0;
  const restores = entryForField(restorable, field);
  const notes: Label[] = [];
  if (restores && field.unique) {
    const twice = await countDuplicates(db, restores.objects[0]?.table ?? field.table, trashSource(restores).columns[0] as string);
    if (twice > 0) return { class: 'blocked', notes: [note(`恢复后有 ${twice} 个重复值，而字段要求唯一`, `${twice} value(s) would be there twice, and the field is unique`)], effect: counts(records, restores.filled) };
  }
  if (restores) notes.push(note(`从回收站恢复 ${restores.filled} 个值`, `${restores.filled} value(s) come back from the trash`));
  else if (field.required && records > 0) notes.push(note(`${records} 条已有记录没有这个值，下次编辑时必须填写`, `${records} existing record(s) lack this value; it is asked for at their next change`));
  if (field.computed?.mode === 'stored' && records > 0) notes.push(note(`为 ${records} 条记录计算`, `Computed for ${records} record(s)`));
  return { class: 'safe', notes, effect: counts(records, restores?.filled ?? 0), ...(restores && { restores }) };
}

async function removedField({ db, before, now }: EffectRequest, field: FieldModel): Promise<ChangeEffect> {
  if (field.computed || !holdsValues(field)) return SAFE;
  const source = liveSource(field);
  const [records, filled] = [await countRecords(db, field.table), await countFilled(db, source)];
  if (filled === 0) return { ...SAFE, effect: counts(records, 0) };
  const context = await conversionContext(db, before, field.target === undefined ? [] : [field.target], now);
  const table = before.tables[field.table] as TableModel;
  const title = table.fields[table.titleField] as FieldModel;
  const samples: DataEffect['samples'][number][] = [];
  sampling: for await (const batch of fieldValues(db, [source, liveSource(title)])) {
    for (const { id, values } of batch) {
      const value = values[0] ?? null;
      if (value !== null) samples.push({ record: id, title: textOf(title, values[1] ?? null, context), before: textOf(field, value, context), after: null });
      if (samples.length === 5) break sampling;
    }
  }
  const kept = note(`${filled} 个值移入回收站，30 天内可恢复`, `${filled} value(s) go to the trash and can be brought back for 30 days`);
  return { class: 'lossy', notes: [kept], effect: { ...counts(records, filled), samples } };
}

async function convertedField(request: EffectRequest, from: FieldModel, to: FieldModel): Promise<ChangeEffect> {
  const { db, before, restorable, now } = request;
  const records = await countRecords(db, from.table);
  const restores = entryForField(restorable, to);
  if (from.computed && to.computed) return { ...SAFE, notes: [note(`重新计算 ${records} 条记录`, `Computed anew for ${records} record(s)`)], ...(restores && { restores }) };
  const filled = holdsValues(from) ? await countFilled(db, liveSource(from)) : 0;
  const conversion = conversionOf(from, to);
  const back = restores && conversionOf(to, from);
  if ('refused' in conversion) {
    const isEmpty = holdsValues(from) && filled === 0;
    // What an undo brings back needs no conversion: values return from the trash, or are computed.
    if (isEmpty || (restores && (to.computed || from.computed))) return { ...SAFE, effect: counts(records, filled), ...(restores && { restores }) };
    if (!back || 'refused' in back) return { class: 'blocked', notes: [conversion.refused], effect: counts(records, filled) };
  }
  const forth: Converting = 'refused' in conversion ? { titles: [], convert: () => ({ outcome: 'failed', issue: { path: '', code: 'refused', message: conversion.refused } }) } : conversion;
  const titles = [...forth.titles, ...(back && !('refused' in back) ? back.titles : []), ...(from.target === undefined ? [] : [from.target]), ...(to.target === undefined ? [] : [to.target])];
  const context = await conversionContext(db, before, titles, now);
  const values = await convertValues({
    db,
    model: before,
    from: liveSource(from),
    to,
    forth,
    ...(restores && back && !('refused' in back) && { kept: { source: trashSource(restores), back } }),
    context,
    ...(request.onProgress && { onProgress: request.onProgress }),
    ...(request.signal && { signal: request.signal }),
  });
  const { effect, duplicates } = values;
  const base = { effect, values, ...(restores && { restores }) };
  if (duplicates > 0) return { ...base, class: 'blocked', notes: [note(`转换后有 ${duplicates} 个重复值，而字段要求唯一`, `${duplicates} value(s) would be there twice, and the field is unique`)] };
  const notes: Label[] = [];
  if (effect.failed > 0) notes.push(note(`${effect.failed} 个值无法转换，列入清单并留在回收站`, `${effect.failed} value(s) do not convert; they are listed and stay in the trash`));
  if (effect.altered > 0) notes.push(note(`${effect.altered} 个值会有改动，原值留在回收站`, `${effect.altered} value(s) are altered; the originals stay in the trash`));
  return { ...base, class: effect.failed + effect.altered > 0 ? 'lossy' : 'safe', notes };
}

/** Counted by their columns: nothing is opened to be looked at. */
async function sealedField({ db }: EffectRequest, from: FieldModel, to: FieldModel): Promise<ChangeEffect> {
  const [records, filled] = [await countRecords(db, to.table), await countFilled(db, liveSource(from))];
  const effect = { ...counts(records, filled), converted: filled };
  if (db.vault.missing.length > 0) return { class: 'blocked', notes: [keyMissing(db.vault.missing).detail], effect };
  if (!to.encrypted) return { class: filled > 0 ? 'lossy' : 'safe', notes: [note(`${filled} 个值将解密，并以明文保存在数据库和备份中`, `${filled} value(s) are decrypted and stand in clear in the database and in backups`)], effect };
  const notes = [note(`${filled} 个值和它们的修改历史就地加密；以前的备份，以及引用过它们的消息和审批中仍是明文`, `${filled} value(s) and their history are encrypted where they stand; older backups, and notices and approvals that quote them, still hold them in clear`)];
  const trashed = (await clearEntries(db, to)).reduce((sum, entry) => sum + entry.filled, 0);
  if (trashed > 0) notes.push(note(`回收站中这个字段以前的 ${trashed} 个明文值会被彻底删除`, `${trashed} older value(s) of the field in the trash, which are in clear, are removed for good`));
  return { class: trashed > 0 ? 'lossy' : 'safe', notes, effect };
}

/** A change of settings that leaves values where they are. */
export async function effectOfSettings(request: EffectRequest, change: DefinitionChange): Promise<ChangeEffect> {
  const { before, after, db } = request;
  const [was, now] = [before.tables[change.table ?? '']?.fields[change.field ?? ''], after.tables[change.table ?? '']?.fields[change.field ?? '']];
  if (!was || !now || storageForm(was) !== storageForm(now)) return SAFE;
  const notes: Label[] = [];
  if (now.computed?.mode === 'stored' && JSON.stringify(was.computed) !== JSON.stringify(now.computed)) {
    const records = await countRecords(db, now.table);
    return { class: 'safe', notes: [note(`重新计算 ${records} 条记录`, `Computed anew for ${records} record(s)`)], effect: counts(records, 0) };
  }
  if (!holdsValues(now)) return SAFE;
  const source = liveSource(was);
  if (now.unique && !was.unique) {
    const twice = await countDuplicates(db, source.table, source.columns[0] as string);
    if (twice > 0) return { class: 'blocked', notes: [note(`${twice} 个值重复出现，请先处理`, `${twice} value(s) occur more than once; settle them first`)] };
  }
  if (now.required && !was.required) {
    const missing = (await countRecords(db, now.table)) - (await countFilled(db, source));
    if (missing > 0) notes.push(note(`${missing} 条记录没有这个值，下次编辑时必须填写`, `${missing} record(s) lack this value; it is asked for at their next change`));
  }
  const invalid = await effectOnValues(request, was, now);
  return { ...invalid, notes: [...notes, ...invalid.notes] };
}

/** Values that the new settings would not take: an option still in use blocks, anything else stays and is asked for at the next change. */
export async function effectOnValues(request: EffectRequest, was: FieldModel, now: FieldModel): Promise<ChangeEffect> {
  if (JSON.stringify(fieldTypeOf(was).valueSchema(was)) === JSON.stringify(fieldTypeOf(now).valueSchema(now)) || now.computed) return SAFE;
  const { db, before } = request;
  const context = await conversionContext(db, before, [], request.now);
  const effect = await countInvalid({ db, model: before, from: liveSource(was), to: now, context });
  if (effect.failed === 0) return { ...SAFE, effect };
  if (now.settings.options !== undefined) {
    return { class: 'blocked', effect, notes: [note(`${effect.failed} 条记录还在使用去掉的选项，请改为停用`, `${effect.failed} record(s) still use an option taken away; retire it instead`)] };
  }
  return { class: 'safe', effect, notes: [note(`${effect.failed} 个已有值不符合新的限制，保持不变，下次编辑时需更正`, `${effect.failed} existing value(s) break the new limits; they stay, and are asked about at their next change`)] };
}

async function countDuplicates(db: Queryable, table: string, column: string): Promise<number> {
  const name = ident(column);
  const row = await db.get<{ n: number }>(sql`SELECT count(*) AS n FROM (SELECT ${name} FROM ${ident(table)} WHERE "deleted_at" IS NULL AND ${name} IS NOT NULL GROUP BY ${name} HAVING count(*) > 1) d`);
  return Number(row?.n ?? 0);
}
