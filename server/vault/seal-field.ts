/**
 * A field becomes encrypted, or no longer: its values are written anew where they stand, so that no old column keeps them in clear.
 * What copies there are of them follows: the audit, the trash, the index of the search.
 */
import { AppError } from '#engine/errors.ts';
import type { AppModel, FieldModel, TableModel } from '#engine/model/app-model.ts';
import type { Transaction } from '../db/database.ts';
import { rebuildSearchIndex, searchTableName } from '../db/search-index.ts';
import { raw, sql } from '../db/sql.ts';
import type { NewValue } from '../definitions/convert-values.ts';
import { fieldValues, liveSource } from '../definitions/field-values.ts';
import { purgeEntry, type TrashEntry, trashEntries } from '../definitions/trash.ts';
import { writeValues } from '../definitions/write-values.ts';
import type { FieldChange } from '../records/audit.ts';
import { rewriteAudit } from '../records/rewrite-audit.ts';
import { askToReclaim } from './reclaim.ts';
import { resealOwn } from './reseal-own.ts';
import { isSealedValue, sealCopy } from './sealed-values.ts';

export interface Sealing {
  readonly tx: Transaction;
  readonly model: AppModel;
  readonly from: FieldModel;
  readonly to: FieldModel;
  readonly at: string;
  readonly by: string;
  readonly onProgress?: (rows: number) => void | Promise<void>;
  readonly signal?: AbortSignal;
}

export async function sealField({ tx, model, from, to, at, by, onProgress, signal }: Sealing): Promise<void> {
  // Pages that are given back would keep the old text until something else is written there.
  if (tx.dialect.name === 'sqlite') await tx.all(raw('PRAGMA secure_delete = ON'));
  let done = 0;
  for await (const batch of fieldValues(tx, [liveSource(from)], signal)) {
    const writes = batch.flatMap(({ rid, id, values }): NewValue[] => (values[0] === null || values[0] === undefined ? [] : [{ rid, id, value: values[0] }]));
    if (writes.some(({ value }) => isSealedValue(value))) throw unreadable(to);
    await writeValues(tx, liveSource(to), writes, signal ? { signal } : {});
    done += batch.length;
    await onProgress?.(done);
  }
  if (to.encrypted) await sealCopies({ tx, model, from, to, at, by });
  if (tx.dialect.name === 'sqlite') await tx.all(raw('PRAGMA secure_delete = OFF'));
}

async function sealCopies({ tx, model, to, at, by }: Sealing): Promise<void> {
  const { table, name } = to;
  for (const entry of await clearEntries(tx, to)) await purgeEntry(tx, entry);
  await tx.run(sql`DELETE FROM relata_reject WHERE table_name = ${table} AND field_name = ${name}`);
  await rewriteAudit(tx, { at, by, about: `${table}.${name}`, table }, (id, changes) => {
    if (!changes.some((change) => change.field === name && !(isSafe(change.before) && isSafe(change.after)))) return null;
    return changes.map((change): FieldChange => (change.field === name ? { field: name, before: sealCopy(tx.vault, to, id, change.before), after: sealCopy(tx.vault, to, id, change.after) } : change));
  });
  await resealOwn(tx);
  // Words of a field that was searched long ago may still lie in its segments.
  await rebuildSearchIndex(tx, model.tables[table] as TableModel);
  await askToReclaim(tx, [table, searchTableName(table), 'relata_audit', 'relata_run', 'relata_step', 'relata_outbox', 'relata_import', 'relata_reject']);
}

const isSafe = (value: unknown): boolean => value === null || isSealedValue(value);

/** What the trash holds of the field from before it was encrypted. */
export async function clearEntries(db: Parameters<typeof trashEntries>[0], { table, name }: FieldModel): Promise<TrashEntry[]> {
  return (await trashEntries(db)).filter((entry) => entry.table === table && entry.field === name && !(entry.model as FieldModel).encrypted);
}

const unreadable = ({ label }: FieldModel): AppError =>
  new AppError('conflict', { 'zh-CN': `${label['zh-CN']}中有无法解密的内容，未做任何更改`, en: `${label.en} holds what cannot be decrypted; nothing has changed` });
