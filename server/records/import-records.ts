/**
 * A batch of rows through the ordinary operations, one transaction, a savepoint a row. What the batch wrote is noted, so
 * that the whole import can be taken back.
 */
import { AppError, type Issue } from '#engine/errors.ts';
import type { Json } from '#engine/fields/field-type.ts';
import { type Actor, elevated } from '#engine/permissions/actor.ts';
import { authorize } from '#engine/permissions/authorize.ts';
import { sql } from '../db/sql.ts';
import type { ImportOptions } from '../import/prepare-import.ts';
import type { DuplicateHint, ImportOutcome, ImportRecord } from '../import/run-import.ts';
import type { Workspace } from '../workspace.ts';
import { type FieldChange, openChanges } from './audit.ts';
import { createRecord } from './create-record.ts';
import { deleteRecord } from './delete-record.ts';
import { type DuplicateMatch, findDuplicates } from './find-duplicates.ts';
import { InvariantBroken } from './integrity.ts';
import { attempt } from './savepoint.ts';
import { sameValue } from './same-value.ts';
import { loadForWrite, updateRecord } from './update-record.ts';
import { type WriteSession, writeSession } from './write-session.ts';

export interface ImportBatch {
  readonly table: string;
  readonly importId: string;
  readonly rows: readonly ImportRecord[];
  readonly duplicates: ImportOptions['duplicates'];
  readonly dryRun: boolean;
  readonly automations?: 'none' | 'each' | 'batch';
}

/** Carries the outcomes of a dry run out of the transaction that it rolls back. */
class DryRun extends Error {
  readonly outcomes: readonly ImportOutcome[];
  constructor(outcomes: readonly ImportOutcome[]) {
    super('dry run');
    this.outcomes = outcomes;
  }
}

export async function importRecords(workspace: Workspace, actor: Actor, batch: ImportBatch): Promise<readonly ImportOutcome[]> {
  authorize(workspace.model, actor, 'import', batch.table);
  try {
    return await writeBatch(workspace, actor, batch, plainly);
  } catch (error) {
    // Rare: a row failed half way. Only then is each row worth a savepoint of its own.
    if (error instanceof HalfDone) return writeBatch(workspace, actor, batch, attempt).catch((second: unknown) => outcomesOfDryRun(second, workspace, actor, batch));
    return outcomesOfDryRun(error, workspace, actor, batch);
  }
}

async function outcomesOfDryRun(error: unknown, workspace: Workspace, actor: Actor, batch: ImportBatch): Promise<readonly ImportOutcome[]> {
  if (error instanceof DryRun) return error.outcomes;
  if (!(error instanceof InvariantBroken)) throw error;
  // Something over several records does not add up: each row for itself tells which.
  const outcomes: ImportOutcome[] = [];
  for (const row of batch.rows) outcomes.push(...(await rowAlone(workspace, actor, { ...batch, rows: [row] })));
  return outcomes;
}

async function rowAlone(workspace: Workspace, actor: Actor, batch: ImportBatch): Promise<readonly ImportOutcome[]> {
  try {
    return await writeBatch(workspace, actor, batch, attempt);
  } catch (error) {
    if (error instanceof DryRun) return error.outcomes;
    if (error instanceof InvariantBroken) return [{ outcome: 'failed', issues: error.issues }];
    throw error;
  }
}

type Attempt = typeof attempt;

function writeBatch(workspace: Workspace, actor: Actor, batch: ImportBatch, trying: Attempt): Promise<readonly ImportOutcome[]> {
  return writeSession(workspace, actor, async (session) => {
    const outcomes: ImportOutcome[] = [];
    for (const row of batch.rows) outcomes.push(await importRow(session, batch, row, trying));
    if (batch.dryRun) throw new DryRun(outcomes);
    return outcomes;
  }, { importId: batch.importId, automations: batch.automations ?? 'none' });
}

/** A row that fails its checks has written nothing; one that fails later undoes the batch. */
const plainly: Attempt = async (session, work) => {
  session.hasChanged = false;
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    if (session.hasChanged) throw new HalfDone();
    return error;
  }
};

class HalfDone extends Error {}

async function importRow(session: WriteSession, { table, duplicates }: ImportBatch, row: ImportRecord, trying: Attempt): Promise<ImportOutcome> {
  const { workspace, actor, tx } = session;
  // What one may not see, or what stands in another table, is no record to skip or update.
  const [match] = (await findDuplicates(workspace, actor, table, row.values, undefined, tx)).filter((found): found is DuplicateMatch & { id: string } => found.id !== null && found.table === table);
  const hint = match && { duplicate: asHint(match) };
  if (match?.level === 'same' && duplicates === 'skip') return { outcome: 'skipped', id: match.id, ...hint };
  const updating = match?.level === 'same' && duplicates === 'update';
  const gaps: Issue[] = [];
  const warnedBefore = session.warnings.length;
  const result = await trying(session, async (): Promise<ImportOutcome> => {
    if (updating) await updateRecord(session, table, match.id, row.values, { numbersMayBeGiven: true });
    const id = updating ? match.id : await createRecord(session, table, row.values, { numbersMayBeGiven: true, gaps });
    for (const [index, child] of row.children.entries()) {
      await createRecord(session, child.table, { ...child.values, [child.reference]: id }, { path: `/children/${index}`, numbersMayBeGiven: true, gaps });
    }
    const warnings = [...gaps, ...session.warnings.slice(warnedBefore)];
    return { outcome: updating ? 'updated' : 'created', id, ...hint, ...(warnings.length > 0 && { warnings }) };
  });
  if (!(result instanceof AppError)) return result;
  const issues: readonly Issue[] = result.issues.length > 0 ? result.issues : [{ path: '', code: result.code, message: result.detail }];
  return { outcome: 'failed', issues, ...hint };
}

function asHint(match: DuplicateMatch): DuplicateHint {
  return { title: match.title ?? '', message: match.message };
}

export interface UndoResult {
  readonly undone: number;
  /** Changed or used since, and therefore kept. */
  readonly kept: number;
}

const UNDO_BATCH = 200;

/**
 * Takes back what an import made: new records go to the bin, changed values return where nobody has changed them since.
 * Backwards, so that what refers to a record goes before it.
 */
export async function undoImportedRecords(workspace: Workspace, actor: Actor, importId: string): Promise<UndoResult> {
  const notes = (await notesOf(workspace, importId)).reverse();
  /** Versions that the undo itself has made: a customer loses its main contact before its own turn comes. */
  const own = new Set<string>();
  let undone = 0;
  let kept = 0;
  for (let start = 0; start < notes.length; start += UNDO_BATCH) {
    // Whoever may import may take the import back, also without the right to delete in general, and what was locked since it came.
    await writeSession(workspace, { ...elevated(actor), writesReadOnly: true }, async (session) => {
      for (const note of notes.slice(start, start + UNDO_BATCH)) {
        const mark = session.written.length;
        // Lines of a log go with the record they tell of.
        if (note.created && session.model.tables[note.table]?.appendOnly !== undefined) continue;
        const result = await attempt(session, () => undoOne(session, note, own));
        for (const write of session.written.slice(mark)) own.add(versionKey(write.table.name, write.id, write.version));
        if (result === true) undone += 1;
        else if (result === false || result.code !== 'not_found') kept += 1;
      }
    });
  }
  return { undone, kept };
}

interface Note {
  readonly table: string;
  readonly id: string;
  readonly created: boolean;
  /** As the import left it. */
  version: number;
  /** Values as they were before the import, of the fields it changed. */
  readonly before: Record<string, Json>;
}

/** Every record the import wrote, effects included, once, in the order of writing; read from the audit. */
async function notesOf({ database }: Workspace, importId: string): Promise<Note[]> {
  const batches = await database.all<{ first_seq: number; last_seq: number }>(sql`SELECT first_seq, last_seq FROM relata_import_batch WHERE import_id = ${importId} ORDER BY first_seq`);
  const notes = new Map<string, Note>();
  for (const { first_seq, last_seq } of batches) {
    const rows = await database.all<{ table_name: string; record_id: string; action: string; record_version: number; changes: string }>(
      sql`SELECT table_name, record_id, action, record_version, changes FROM relata_audit WHERE seq BETWEEN ${first_seq} AND ${last_seq} ORDER BY seq`,
    );
    for (const row of rows) {
      const key = `${row.table_name}/${row.record_id}`;
      let note = notes.get(key);
      if (!note) notes.set(key, (note = { table: row.table_name, id: row.record_id, created: row.action === 'create', version: 0, before: {} }));
      note.version = Number(row.record_version);
      if (note.created) continue;
      for (const { field, before } of openChanges(database.vault, row.table_name, row.record_id, JSON.parse(row.changes) as FieldChange[])) if (!(field in note.before)) note.before[field] = before;
    }
  }
  return [...notes.values()];
}

const versionKey = (table: string, id: string, version: number): string => `${table}/${id}@${version}`;

async function undoOne(session: WriteSession, { table, id, version, created, before }: Note, own: ReadonlySet<string>): Promise<boolean> {
  const { values, access } = await loadForWrite(session, table, id, created ? 'delete' : 'update');
  for (let since = version + 1; since <= Number(values.version); since++) if (!own.has(versionKey(table, id, since))) return false;
  if (created) {
    await deleteRecord(session, table, id);
    return true;
  }
  const back = Object.entries(before).filter(([name, value]) => access.table.fields[name] !== undefined && !access.table.fields[name]?.computed && !access.table.fields[name]?.readOnly && !sameValue(value, values[name] ?? null));
  if (back.length > 0) await updateRecord(session, table, id, Object.fromEntries(back), { numbersMayBeGiven: true });
  return true;
}
