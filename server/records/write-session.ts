/**
 * One transaction of record writes by one actor. Operations add what they wrote; before the commit the session brings
 * roll-ups and dependent formulas up to date and writes audit and event rows; after it, open screens are told.
 */
import type { AppModel, TableModel } from '#engine/model/app-model.ts';
import type { Actor } from '#engine/permissions/actor.ts';
import type { RuleContext } from '#engine/rules/context.ts';
import type { Transaction } from '../db/database.ts';
import type { RecordValues } from '../db/row-codec.ts';
import { sql } from '../db/sql.ts';
import { StaleModel } from '../definitions/stale-model.ts';
import { liveVersion } from '../definitions/store.ts';
import { contextOf, type Workspace } from '../workspace.ts';
import { writeAudit } from './audit.ts';
import { propagate } from './propagate.ts';
import type { LoadedRecords } from './rule-data.ts';

export type WriteAction = 'create' | 'update' | 'delete' | 'restore' | 'purge';

export interface Written {
  readonly table: TableModel;
  readonly id: string;
  readonly action: WriteAction;
  /** Null for a create. */
  readonly before: RecordValues | null;
  /** Null for a purge. */
  readonly after: RecordValues | null;
  readonly changed: ReadonlySet<string>;
  readonly version: number;
  /** Sample data tells of the past; absent: now, by the session's actor. */
  readonly at?: string;
  readonly by?: string;
}

export interface WriteSession {
  readonly workspace: Workspace;
  readonly model: AppModel;
  readonly tx: Transaction;
  readonly actor: Actor;
  readonly context: RuleContext;
  readonly loaded: LoadedRecords;
  readonly written: Written[];
  /** Answers of the reference check, by `table/id`; new records of this session are put in as they are prepared. */
  readonly reachable: Map<string, boolean>;
  /** How many effects deep the current write is. */
  effectDepth: number;
  /** Set by every operation before its first change; a failure without it has left nothing to take back. */
  hasChanged: boolean;
}

export async function writeSession<T>(workspace: Workspace, actor: Actor, work: (session: WriteSession) => Promise<T>, importId?: string): Promise<T> {
  try {
    return await writeOnce(workspace, actor, work, importId);
  } catch (error) {
    // Nothing has been done yet: with the definitions that are live now it is done right.
    if (!(error instanceof StaleModel) || !(await workspace.follow())) throw error;
    return writeOnce(workspace, actor, work, importId);
  }
}

async function writeOnce<T>(workspace: Workspace, actor: Actor, work: (session: WriteSession) => Promise<T>, importId: string | undefined): Promise<T> {
  const { result, written } = await workspace.database.transaction(async (tx) => {
    // Another process may have published a moment ago: nothing is written by yesterday's definitions.
    if ((await liveVersion(tx)) !== workspace.definitionsVersion) throw new StaleModel();
    const session: WriteSession = {
      workspace,
      model: workspace.model,
      tx,
      actor,
      context: contextOf(workspace, actor),
      loaded: new Map(),
      written: [],
      reachable: new Map(),
      effectDepth: 0,
      hasChanged: false,
    };
    const result = await work(session);
    await finish(session, importId);
    return { result, written: session.written };
  });
  // Awaited, so that whoever was disabled is out before the answer.
  if (written.some(({ table }) => table.builtIn)) await workspace.directory.reload(workspace.database);
  return result;
}

async function finish(session: WriteSession, importId: string | undefined): Promise<void> {
  const { workspace, tx, actor, written } = session;
  if (written.length === 0) return;
  const recomputed = await propagate(session);
  const { first, last } = await writeAudit(session);
  if (importId !== undefined) await tx.run(sql`INSERT INTO relata_import_batch (import_id, first_seq, last_seq) VALUES (${importId}, ${first}, ${last})`);
  const changes = written.map(({ table, id, action }) => ({ table: table.name, id, action, by: actor.userId }));
  const derived = recomputed.map(({ table, id }) => ({ table, id, action: 'update', by: actor.userId }));
  tx.afterCommit(() => workspace.changes.publish([...changes, ...derived]));
}
