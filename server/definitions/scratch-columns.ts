/**
 * PostgreSQL shuts readers out of a table from its first ALTER until the commit. So the columns of converted fields are
 * added beforehand, in a transaction of their own and under names nobody uses; the long writing goes there, and what is
 * left at the end are renames. A process killed between leaves columns that nobody reads; they are dropped later.
 */
import { randomBytes } from 'node:crypto';
import { buildModel } from '#engine/model/build-model.ts';
import { fieldTypeOf, singleTarget } from '#engine/rules/paths.ts';
import { physicalColumns } from '#engine/schema/database-schema.ts';
import { storageChanges } from '#engine/schema/storage-changes.ts';
import type { AppModel, FieldModel } from '#engine/model/app-model.ts';
import { existingSchema, tableExists } from '../db/apply-schema.ts';
import type { Database, Transaction } from '../db/database.ts';
import { ident, raw, sql } from '../db/sql.ts';
import type { PublishRequest } from './publish.ts';
import { liveVersion } from './store.ts';
import { entryForField, trashEntries } from './trash.ts';

/** The version it was for, and the second it was made in, in hexadecimal. */
const SCRATCH = /^_n(\d+)_([0-9a-f]{8})[0-9a-f]{4}_\d+$/;
/** Between its making and the transaction that uses it there are milliseconds. */
const ABANDONED_AFTER_S = 900;

/** Names of the columns prepared for a field, by `table.field`. */
export type Scratch = ReadonlyMap<string, readonly string[]>;

export const NO_SCRATCH: Scratch = new Map();

export async function addScratch(database: Database, before: AppModel, { definitions, base, restore = [] }: Pick<PublishRequest, 'definitions' | 'base' | 'restore'>): Promise<Scratch> {
  const { model } = database.dialect.name === 'postgres' ? buildModel(definitions) : { model: null };
  if (!model) return NO_SCRATCH;
  const restorable = restore.length > 0 ? (await trashEntries(database)).filter((entry) => restore.includes(entry.id)) : [];
  const fields = storageChanges(before, model).flatMap((change) => (change.type === 'convertField' && isPrepared(change.to) && !entryForField(restorable, change.to) ? [change.to] : []));
  if (fields.length === 0) return NO_SCRATCH;
  const scratch = new Map<string, readonly string[]>();
  await database.transaction(async (tx) => {
    const version = await liveVersion(tx);
    if (version !== base) return;
    const mark = Math.floor(Date.now() / 1000).toString(16).padStart(8, '0') + randomBytes(2).toString('hex');
    let next = 0;
    for (const field of fields) {
      const names: string[] = [];
      for (const column of physicalColumns(field)) {
        const name = `_n${version + 1}_${mark}_${next++}`;
        await tx.run(sql`ALTER TABLE ${ident(field.table)} ADD COLUMN ${ident(name)} ${raw(tx.dialect.columnTypes[column.type])}`);
        names.push(name);
      }
      scratch.set(`${field.table}.${field.name}`, names);
    }
  });
  return scratch;
}

/** References get their foreign key with the column, so they go the plain way. */
function isPrepared(field: FieldModel): boolean {
  return fieldTypeOf(field).storage === 'columns' && !field.computed && singleTarget(field) === null;
}

export async function nameScratch(tx: Transaction, field: FieldModel, names: readonly string[]): Promise<void> {
  for (const [i, column] of physicalColumns(field).entries()) await tx.run(sql`ALTER TABLE ${ident(field.table)} RENAME COLUMN ${ident(names[i] as string)} TO ${ident(column.name)}`);
}

/** The given ones after a publication that failed; without any, at a start and every hour, those that nobody can be waiting to use. */
export async function dropScratch(database: Database, scratch?: Scratch): Promise<void> {
  if (database.dialect.name !== 'postgres' || scratch?.size === 0) return;
  const own = scratch && new Set([...scratch.values()].flat());
  const left = async (): Promise<[string, string][]> => {
    const live = own ? 0 : (await tableExists(database, 'relata_definitions')) ? await liveVersion(database) : 0;
    const isLeft = (name: string): boolean => {
      const [, version, second = ''] = SCRATCH.exec(name) ?? [];
      if (own || version === undefined) return own?.has(name) ?? false;
      return Number(version) <= live || Number.parseInt(second, 16) + ABANDONED_AFTER_S < Date.now() / 1000;
    };
    return [...(await existingSchema(database))].flatMap(([table, { columns }]) => [...columns].filter(isLeft).map((name): [string, string] => [table, name]));
  };
  if ((await left()).length === 0) return;
  await database.transaction(async (tx) => {
    for (const [table, name] of await left()) await tx.run(sql`ALTER TABLE ${ident(table)} DROP COLUMN ${ident(name)}`);
  });
}
