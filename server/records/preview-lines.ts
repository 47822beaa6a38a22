/**
 * What saving would make of the lines of a record: all that runs inside the save runs, prices are looked up and checks made, in a
 * transaction that is rolled back. Nothing is kept, no number is taken and nobody hears of it.
 */
import type { Json } from '#engine/fields/field-type.ts';
import type { Actor } from '#engine/permissions/actor.ts';
import { fieldTypeOf } from '#engine/rules/paths.ts';
import type { Database, Transaction } from '../db/database.ts';
import type { Workspace } from '../workspace.ts';
import { createRecord } from './create-record.ts';
import { getRecord } from './get-record.ts';
import { updateRecord } from './update-record.ts';
import { sessionWithin } from './write-session.ts';

/** By `lines` field, in their order, as the actor may see them. */
export type PreviewedLines = Readonly<Record<string, Json>>;

/** Carries the answer out of the transaction that it rolls back. */
class RolledBack extends Error {
  readonly lines: PreviewedLines;
  constructor(lines: PreviewedLines) {
    super('preview');
    this.lines = lines;
  }
}

/** `id` null: of a record to be created. Throws what the save would throw. */
export async function previewLines(workspace: Workspace, actor: Actor, tableName: string, { id, values }: { readonly id: string | null; readonly values: unknown }): Promise<PreviewedLines> {
  try {
    return await workspace.database.transaction(async (tx): Promise<PreviewedLines> => {
      const { result } = await sessionWithin(workspace, tx, actor, async (session) => {
        if (id === null) return createRecord(session, tableName, values);
        await updateRecord(session, tableName, id, values);
        return id;
      });
      const inside: Workspace = Object.create(workspace, { database: { value: readingWithin(tx, workspace.database) } });
      const { data } = await getRecord(inside, actor, tableName, result);
      const fields = Object.values(workspace.model.tables[tableName]?.fields ?? {}).filter((field) => fieldTypeOf(field).storage === 'children');
      throw new RolledBack(Object.fromEntries(fields.flatMap(({ name }) => (data[name] === undefined ? [] : [[name, data[name]]]))));
    });
  } catch (error) {
    if (error instanceof RolledBack) return error.lines;
    throw error;
  }
}

/** Reads see what the transaction has written. */
function readingWithin(tx: Transaction, database: Database): Database {
  return {
    ...database,
    dialect: tx.dialect,
    vault: tx.vault,
    all: (query, context) => tx.all(query, context),
    values: (query, context) => tx.values(query, context),
    get: (query, context) => tx.get(query, context),
    planned: (query, context) => tx.values(query, context),
    aside: (query, context) => tx.all(query, context),
  };
}
