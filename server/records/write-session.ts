/**
 * One transaction of record writes by one actor. Operations add what they wrote; before the commit the session brings
 * roll-ups and dependent formulas up to date and writes audit and event rows; after it, open screens are told.
 */
import type { Issue } from '#engine/errors.ts';
import type { AppModel, TableModel } from '#engine/model/app-model.ts';
import type { Actor } from '#engine/permissions/actor.ts';
import type { RuleContext } from '#engine/rules/context.ts';
import type { Transaction } from '../db/database.ts';
import type { RecordValues } from '../db/row-codec.ts';
import { sql } from '../db/sql.ts';
import { StaleModel } from '../definitions/stale-model.ts';
import { liveVersion } from '../definitions/store.ts';
import { guardAccounts } from '../session/guard-accounts.ts';
import { contextOf, type Workspace } from '../workspace.ts';
import { dispatch } from '../workflows/dispatch.ts';
import { writeAudit } from './audit.ts';
import { followDepartments } from './follow-department.ts';
import { rebuildOrganisation } from './organisation.ts';
import { followRollups } from './follow-rollups.ts';
import { checkInvariants } from './integrity.ts';
import { type Derived, propagate } from './propagate.ts';
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
  readonly options: WriteOptions;
  /** What was written in spite of a doubt; told with the answer. */
  readonly warnings: Issue[];
  /** Workflows that run inside this save at the moment, each with its record: `stage_sync opportunity/…`. */
  readonly inside: string[];
  /** How many effects deep the current write is. */
  effectDepth: number;
  /** Set by every operation before its first change; a failure without it has left nothing to take back. */
  hasChanged: boolean;
}

/** A run of a workflow that writes: whose doing it is, and what must not be set off again. */
export interface Cause {
  readonly run: string;
  readonly workflow: string;
  readonly chain: readonly ChainLink[];
  /** Whose doing it was in the beginning; null: nobody's. */
  readonly starter: string | null;
}

export interface ChainLink {
  readonly workflow: string;
  /** `table/id`; null: about no record. */
  readonly record: string | null;
}

export interface WriteOptions {
  readonly importId?: string;
  /** The form it came from. */
  readonly form?: string;
  /** What workflows do of it: set off by each record, all records as one batch of low priority, or nothing at all. Absent: by each. */
  readonly automations?: 'none' | 'each' | 'batch';
  readonly cause?: Cause;
  /** Another moment than now: a trial that moves its clock. */
  readonly now?: string;
}

export async function writeSession<T>(workspace: Workspace, actor: Actor, work: (session: WriteSession) => Promise<T>, options: WriteOptions = {}): Promise<T> {
  try {
    return await writeOnce(workspace, actor, work, options);
  } catch (error) {
    // Nothing has been done yet: with the definitions that are live now it is done right.
    if (!(error instanceof StaleModel)) throw error;
    await workspace.follow();
    return writeOnce(workspace, actor, work, options);
  }
}

async function writeOnce<T>(workspace: Workspace, actor: Actor, work: (session: WriteSession) => Promise<T>, options: WriteOptions): Promise<T> {
  const { result, written } = await workspace.database.transaction(async (tx) => {
    // Another process may have published a moment ago: nothing is written by yesterday's definitions.
    if ((await liveVersion(tx)) !== workspace.definitionsVersion) throw new StaleModel();
    return sessionWithin(workspace, tx, actor, work, options);
  });
  // Awaited, so that whoever was disabled is out before the answer.
  if (written.some(({ table }) => table.builtIn)) await workspace.directory.reload(workspace.database);
  return result;
}

/** A session inside a transaction that is somebody else's: a step of a workflow, a trial that is rolled back. */
export async function sessionWithin<T>(workspace: Workspace, tx: Transaction, actor: Actor, work: (session: WriteSession) => Promise<T>, options: WriteOptions = {}): Promise<{ readonly result: T; readonly written: readonly Written[] }> {
  const context = contextOf(workspace, actor);
  const session: WriteSession = {
    workspace,
    model: workspace.model,
    tx,
    actor,
    context: options.now === undefined ? context : { ...context, now: options.now },
    loaded: new Map(),
    written: [],
    reachable: new Map(),
    warnings: [],
    options,
    inside: [],
    effectDepth: 0,
    hasChanged: false,
  };
  const result = await work(session);
  await finish(session);
  return { result, written: session.written };
}

/** As the audit names it: a person, the product, or a workflow. */
export function authorOf({ actor, options }: Pick<WriteSession, 'actor' | 'options'>): string {
  return options.cause ? `workflow:${options.cause.workflow}` : actor.userId;
}

const MOST_ROUNDS = 5;

/** Roll-ups, and what follows them, until nothing moves; each record as it was before all of it and is after. */
async function settle(session: WriteSession): Promise<Derived[]> {
  const touched = new Map<string, Derived>();
  for (let round = 0; round < MOST_ROUNDS; round++) {
    const derived = await propagate(session);
    for (const change of derived) {
      const earlier = touched.get(`${change.table}/${change.id}`);
      touched.set(`${change.table}/${change.id}`, earlier ? { ...change, before: earlier.before, changed: new Set([...earlier.changed, ...change.changed]) } : change);
    }
    if (!(await followRollups(session, derived))) break;
  }
  return [...touched.values()];
}

async function finish(session: WriteSession): Promise<void> {
  const { workspace, tx, written, options } = session;
  if (written.length === 0) return;
  await guardAccounts(session);
  if (written.some(({ table }) => table.builtIn)) await rebuildOrganisation(tx, session.model);
  await followDepartments(tx, session.model, written);
  const recomputed = await settle(session);
  await checkInvariants(session, recomputed);
  const { first, last } = await writeAudit(session);
  if (options.importId !== undefined) await tx.run(sql`INSERT INTO relata_import_batch (import_id, first_seq, last_seq) VALUES (${options.importId}, ${first}, ${last})`);
  await dispatch(session, recomputed);
  const by = authorOf(session);
  const changes = written.map(({ table, id, action }) => ({ table: table.name, id, action, by }));
  const derived = recomputed.map(({ table, id }) => ({ table, id, action: 'update', by }));
  tx.afterCommit(() => workspace.changes.publish([...changes, ...derived]));
}
