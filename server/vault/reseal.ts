/** Everything that is encrypted, sealed anew with the newest key: columns, trash, audit, and what the server keeps itself. */
import type { Json } from '#engine/fields/field-type.ts';
import type { FieldModel, TableModel } from '#engine/model/app-model.ts';
import type { Queryable, Transaction } from '../db/database.ts';
import { ident, sql } from '../db/sql.ts';
import { trashEntries } from '../definitions/trash.ts';
import { rewriteAudit } from '../records/rewrite-audit.ts';
import type { Workspace } from '../workspace.ts';
import { askToReclaim, reclaimWhatWasAsked } from './reclaim.ts';
import { noteKeys, notedKeys } from './key-note.ts';
import { resealOwn } from './reseal-own.ts';
import { resealFile } from './sealed-imports.ts';
import { isSealedValue, placeOf } from './sealed-values.ts';
import { keyMissing, sealedWith } from './vault.ts';

/** A column of ciphertext, under its present or its trash name. */
export interface SealedColumn {
  readonly table: string;
  readonly column: string;
  readonly field: FieldModel;
}

export interface Resealed {
  readonly key: string;
  readonly sealed: number;
  readonly unreadable: number;
  /** Keys still asked for. */
  readonly others: readonly string[];
}

export async function sealedColumns(db: Queryable, tables: Readonly<Record<string, TableModel>>): Promise<SealedColumn[]> {
  const columns: SealedColumn[] = [];
  const add = (field: FieldModel, table: string, column: string): void => void (field.encrypted && columns.push({ table, column, field }));
  for (const { name, fields } of Object.values(tables)) for (const field of Object.values(fields)) add(field, name, field.name);
  for (const { model, objects } of await trashEntries(db)) {
    for (const { kind, table, from, to } of objects) {
      if (kind === 'column') add(model as FieldModel, table, to);
      else if (kind === 'table' && from === (model as TableModel).name) for (const field of Object.values((model as TableModel).fields)) add(field, to, field.name);
    }
  }
  return columns;
}

const BATCH = 1000;

/** Every filled cell of such a column. */
export async function* sealedCells(db: Queryable, { table, column }: SealedColumn): AsyncGenerator<{ rid: number; id: string; text: string }> {
  for (let after = 0; ; ) {
    const rows = await db.all<{ _rid: number; id: string; text: string }>(sql`SELECT "_rid", "id", ${ident(column)} AS "text" FROM ${ident(table)} WHERE "_rid" > ${after} AND ${ident(column)} IS NOT NULL ORDER BY "_rid" LIMIT ${BATCH}`);
    for (const { _rid, id, text } of rows) yield { rid: Number(_rid), id, text };
    if (rows.length < BATCH) return;
    after = Number(rows.at(-1)?._rid);
    await new Promise((resolve) => setImmediate(resolve));
  }
}

export async function reseal(workspace: Workspace, { by, forget }: { readonly by: string; readonly forget: boolean }): Promise<Resealed> {
  const { database, model } = workspace;
  const { vault } = database;
  if (vault.current === null) throw keyMissing(vault.missing);
  const key = vault.current;
  const noted = await notedKeys(database);
  // What is lost is set aside for the time of the work: the rest cannot wait for it.
  const lost = noted.filter((id) => !vault.holds(id));
  if (lost.length > 0 && !forget) throw keyMissing(lost);
  vault.expect([...new Set([key, ...noted.filter((id) => vault.holds(id))])], true);
  // Before the note of the old keys goes: a process that dies in between, or a file that cannot be read, leaves them asked for.
  for (const { stored_as } of await database.all<{ stored_as: string }>(sql`SELECT stored_as FROM relata_import`)) await resealFile(workspace, stored_as);
  const result = await database.transaction(async (tx) => {
    let [sealed, unreadable] = [0, 0];
    for (const column of await sealedColumns(tx, model.tables)) {
      for await (const { rid, id, text } of sealedCells(tx, column)) {
        if (sealedWith(text) === key) continue;
        const plain = vault.open(text, placeOf(column.field.table, column.field.name, id));
        if (plain === null) unreadable += 1;
        else {
          await tx.run(sql`UPDATE ${ident(column.table)} SET ${ident(column.column)} = ${vault.seal(plain, placeOf(column.field.table, column.field.name, id))} WHERE "_rid" = ${rid}`);
          sealed += 1;
        }
      }
    }
    unreadable += await resealAudit(tx, key, by, workspace.now());
    await resealOwn(tx);
    const others = unreadable > 0 && !forget ? noted.filter((id) => id !== key) : [];
    await noteKeys(tx, [key, ...others]);
    await askToReclaim(tx, ['relata_audit']);
    return { key, sealed, unreadable, others };
  });
  vault.expect([key, ...result.others], true);
  await reclaimWhatWasAsked(workspace);
  return result;
}

/** Answers how many values do not open. */
async function resealAudit(tx: Transaction, key: string, by: string, at: string): Promise<number> {
  const { vault } = tx;
  const tables = await tx.all<{ table_name: string }>(sql`SELECT DISTINCT table_name FROM relata_audit`);
  let lost = 0;
  for (const { table_name: table } of tables) {
    const seen = new Set<string>();
    await rewriteAudit(tx, { at, by, about: table, table }, (id, changes) => {
      let isChanged = false;
      const anew = (field: string, value: Json): Json => {
        if (!isSealedValue(value) || sealedWith(value.$sealed) === key) return value;
        const plain = vault.open(value.$sealed, placeOf(table, field, id));
        if (plain === null) seen.add(value.$sealed);
        else isChanged = true;
        return plain === null ? value : { $sealed: vault.seal(plain, placeOf(table, field, id)) };
      };
      const next = changes.map(({ field, before, after }) => ({ field, before: anew(field, before), after: anew(field, after) }));
      return isChanged ? next : null;
    });
    lost += seen.size;
  }
  return lost;
}
