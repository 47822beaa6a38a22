/**
 * What saving would make of the lines of a record: all that runs inside the save runs, prices are looked up and checks made, in a
 * transaction that is rolled back. Nothing is kept, no number is taken and nobody hears of it.
 */
import { AppError } from '#engine/errors.ts';
import type { Json } from '#engine/fields/field-type.ts';
import type { AppModel, TableModel } from '#engine/model/app-model.ts';
import type { Actor } from '#engine/permissions/actor.ts';
import { authorize } from '#engine/permissions/authorize.ts';
import { fieldTypeOf } from '#engine/rules/paths.ts';
import type { Database, Transaction } from '../db/database.ts';
import { StaleModel } from '../definitions/stale-model.ts';
import { liveVersion } from '../definitions/store.ts';
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

export interface PreviewRequest {
  /** Null: of a record to be created. */
  readonly id: string | null;
  readonly values: Readonly<Record<string, unknown>>;
}

const NONE: PreviewedLines = {};
/** It takes the turn of a writer, so each person has one at a time; what they type meanwhile is asked about again. */
const underWay = new WeakMap<Workspace['changes'], Set<string>>();

/** Nothing where another one of the same person is under way. Throws what the save would throw, `invalid_request` for a table without such lines. */
export async function previewLines(workspace: Workspace, actor: Actor, tableName: string, request: PreviewRequest): Promise<PreviewedLines> {
  const { table } = authorize(workspace.model, actor, 'read', tableName);
  if (!movedLines(workspace.model, table)) throw new AppError('invalid_request', { 'zh-CN': '这张表没有保存时会变动的明细', en: 'This table has no lines that saving changes' });
  let busy = underWay.get(workspace.changes);
  if (!busy) underWay.set(workspace.changes, (busy = new Set()));
  if (busy.has(actor.userId)) return NONE;
  busy.add(actor.userId);
  try {
    return await tryLines(workspace, actor, tableName, request);
  } finally {
    busy.delete(actor.userId);
  }
}

/** Lines that something inside the save may change, of no strictly private table. */
function movedLines({ tables }: AppModel, table: TableModel): boolean {
  return Object.values(table.fields).some((field) => {
    const child = fieldTypeOf(field).storage === 'children' ? tables[String(field.settings.table)] : undefined;
    return child?.changesInSave === true && child.sharing !== 'strict';
  });
}

async function tryLines(workspace: Workspace, actor: Actor, tableName: string, { id, values: { owner: _owner, collaborators: _collaborators, ...values } }: PreviewRequest): Promise<PreviewedLines> {
  try {
    return await workspace.database.transaction(async (tx): Promise<PreviewedLines> => {
      if ((await liveVersion(tx)) !== workspace.definitionsVersion) throw new StaleModel();
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
    if (!(error instanceof StaleModel)) throw error;
    await workspace.follow();
    return NONE;
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
