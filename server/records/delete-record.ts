/**
 * To the recycle bin, and with the record what its references say: `restrict` refuses, `cascade` takes the children
 * along as one unit, `null` empties the reference, `keep` leaves it. Back again, or out for good.
 */
import { AppError, type Issue } from '#engine/errors.ts';
import type { Json } from '#engine/fields/field-type.ts';
import type { TableModel } from '#engine/model/app-model.ts';
import { systemActor } from '#engine/permissions/actor.ts';
import { fieldTypeOf } from '#engine/rules/paths.ts';
import { linkTableName } from '#engine/schema/database-schema.ts';
import type { Row } from '../db/database.ts';
import { decodeRow } from '../db/row-codec.ts';
import { unindexRecord } from '../db/search-index.ts';
import { ident, sql } from '../db/sql.ts';
import { refuseAppendOnly } from './append-only.ts';
import { changedSince } from './changed-since.ts';
import { validationFailed } from './create-record.ts';
import { emptyTrashedReferences } from '../definitions/trash.ts';
import { keepForUndo, refuseMerged } from '../merging/tombstones.ts';
import { lockedLineIssues } from './lines-lock.ts';
import { linkFields } from './links.ts';
import { pointingAt } from './pointing.ts';
import { setState } from './set-state.ts';
import { loadForWrite } from './update-record.ts';
import type { WriteSession } from './write-session.ts';

export async function deleteRecord(session: WriteSession, tableName: string, id: string, version?: number): Promise<void> {
  const { access, values } = await loadForWrite(session, tableName, id, 'delete');
  if (version !== undefined && version !== values.version) throw await changedSince(session, access, id, version, Object.keys(access.table.fields));
  refuseAppendOnly(session, access.table);
  await refuseLockedLine(session, access.table, values);
  const issues: Issue[] = [];
  const taken = new Set<string>();
  await moveToBin(session, access.table, values, id, issues, taken);
  if (issues.length > 0) {
    throw new AppError('validation_failed', { 'zh-CN': '这条记录还在使用中，不能删除', en: 'This record is in use and cannot be deleted' }, issues);
  }
}

/** A row of something that is locked neither goes nor comes back. */
async function refuseLockedLine(session: WriteSession, table: TableModel, values: Readonly<Record<string, Json>>): Promise<void> {
  const issues = await lockedLineIssues(session, table, { before: values, after: null });
  if (issues.length > 0) throw validationFailed(issues);
}

/** Children that go along are part of the parent, so the right to delete the parent covers them. */
export async function moveToBin(session: WriteSession, table: TableModel, before: Readonly<Record<string, Json>>, unit: string, issues: Issue[], taken: Set<string>): Promise<void> {
  const id = String(before.id);
  taken.add(`${table.name}/${id}`);
  for (const { table: child, field, onDelete } of pointingAt(session.model, table.name)) {
    if (onDelete === 'keep') continue;
    const rows = await session.tx.all<Row>(sql`SELECT * FROM ${ident(child.name)} WHERE ${ident(field.name)} = ${id} AND "deleted_at" IS NULL`);
    const children = rows.map((row) => decodeRow(child, row, session.tx.vault)).filter((values) => !taken.has(`${child.name}/${String(values.id)}`));
    if (children.length === 0) continue;
    if (onDelete === 'restrict') issues.push(inUse(child, children.length));
    else if (onDelete === 'cascade') for (const values of children) await moveToBin(session, child, values, unit, issues, taken);
    else for (const values of children) await setState(session, child, values, 'update', { [field.name]: null });
  }
  await setState(session, table, before, 'delete', { deleted_at: session.context.now }, unit);
}

function inUse(child: TableModel, count: number): Issue {
  return {
    path: '',
    code: 'in_use',
    message: { 'zh-CN': `还有 ${count} 条“${child.label['zh-CN']}”引用它`, en: `${count} ${child.label.en} record(s) refer to it` },
  };
}

/** Out of the bin with everything that went in with it. The right to delete is the right to take back. */
export async function restoreRecord(session: WriteSession, tableName: string, id: string): Promise<void> {
  const { access, values } = await loadForWrite(session, tableName, id, 'delete', true);
  const own = await session.tx.get<{ unit: string | null }>(sql`SELECT "_deleted_with" AS unit FROM ${ident(access.table.name)} WHERE "id" = ${id}`);
  const unit = own?.unit ?? id;
  if (unit !== id && (await isInBin(session, unit))) {
    throw new AppError('conflict', { 'zh-CN': '它随上级记录一起删除，请先恢复上级记录', en: 'It was deleted together with its parent; restore the parent first' });
  }
  await refuseMerged(session.tx, id);
  await refuseLockedLine(session, access.table, values);
  await restoreUnit(session, unit);
}

/** Everything that went into the bin as one. */
export async function restoreUnit(session: WriteSession, unit: string): Promise<void> {
  for (const table of Object.values(session.model.tables)) {
    const rows = await session.tx.all<Row>(sql`SELECT * FROM ${ident(table.name)} WHERE "_deleted_with" = ${unit} AND "deleted_at" IS NOT NULL`);
    for (const row of rows) await setState(session, table, decodeRow(table, row, session.tx.vault), 'restore', { deleted_at: null });
  }
}

async function isInBin(session: WriteSession, id: string): Promise<boolean> {
  for (const table of Object.keys(session.model.tables)) {
    if (await session.tx.get(sql`SELECT 1 AS found FROM ${ident(table)} WHERE "id" = ${id} AND "deleted_at" IS NOT NULL`)) return true;
  }
  return false;
}

/** Removes a record of the bin for good, with what went in with it. References that were kept are emptied. For system owners only. */
export async function purgeRecord(session: WriteSession, tableName: string, id: string): Promise<void> {
  await loadForWrite(session, tableName, id, 'delete', true);
  if (!session.actor.unrestricted) throw new AppError('forbidden', { 'zh-CN': '只有系统所有者可以彻底删除记录', en: 'Only a system owner may delete records for good' });
  // Sample data that goes takes its merges along.
  for (const table of Object.values(session.model.tables)) {
    const rows = await session.tx.all<Row>(sql`SELECT * FROM ${ident(table.name)} WHERE "_deleted_with" = ${id} AND "deleted_at" IS NOT NULL`);
    for (const row of rows) if (session.actor !== systemActor) await keepForUndo(session.tx, String(row.id), session.context.now);
    for (const row of rows) await removeRow(session, table, decodeRow(table, row, session.tx.vault), Number(row._rid));
  }
}

async function removeRow(session: WriteSession, table: TableModel, before: Readonly<Record<string, Json>>, rid: number): Promise<void> {
  const { tx, model } = session;
  const id = String(before.id);
  for (const { table: other, field } of pointingAt(session.model, table.name)) {
    await tx.run(sql`UPDATE ${ident(other.name)} SET ${ident(field.name)} = NULL WHERE ${ident(field.name)} = ${id}`);
  }
  for (const other of Object.values(model.tables)) {
    for (const field of linkFields(other)) {
      const link = ident(linkTableName(field));
      if (other.name === table.name) await tx.run(sql`DELETE FROM ${link} WHERE "record_id" = ${id}`);
      if (fieldTypeOf(field).target?.(field) === table.name) await tx.run(sql`DELETE FROM ${link} WHERE "target_id" = ${id}`);
    }
  }
  await emptyTrashedReferences(tx, table.name, id);
  await tx.run(sql`DELETE FROM relata_reject WHERE table_name = ${table.name} AND record_id = ${id}`);
  await tx.run(sql`DELETE FROM relata_comment WHERE table_name = ${table.name} AND record_id = ${id}`);
  await unindexRecord(tx, table.name, rid);
  await tx.run(sql`DELETE FROM ${ident(table.name)} WHERE "id" = ${id}`);
  session.written.push({ table, id, action: 'purge', before, after: null, changed: new Set(), version: Number(before.version) });
}

