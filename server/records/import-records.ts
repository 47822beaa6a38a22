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
import type { FieldChange } from './audit.ts';
import { createRecord } from './create-record.ts';
import { deleteRecord } from './delete-record.ts';
import { type DuplicateMatch, findDuplicates } from './find-duplicates.ts';
import { attempt } from './savepoint.ts';
import { loadForWrite, sameValue, updateRecord } from './update-record.ts';
import { type WriteSession, writeSession } from './write-session.ts';

export interface ImportBatch {
  readonly table: string;
  readonly importId: string;
  readonly rows: readonly ImportRecord[];
  readonly duplicates: ImportOptions['duplicates'];
  readonly dryRun: boolean;
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
    if (error instanceof DryRun) return error.outcomes;
    // Rare: a row failed half way. Only then is each row worth a savepoint of its own.
    if (error instanceof HalfDone) return writeBatch(workspace, actor, batch, attempt).catch(outcomesOfDryRun);
    throw error;
  }
}

function outcomesOfDryRun(error: unknown): readonly ImportOutcome[] {
  if (error instanceof DryRun) return error.outcomes;
  throw error;
}

type Attempt = typeof attempt;

function writeBatch(workspace: Workspace, actor: Actor, batch: ImportBatch, trying: Attempt): Promise<readonly ImportOutcome[]> {
  return writeSession(workspace, actor, async (session) => {
    const outcomes: ImportOutcome[] = [];
    for (const row of batch.rows) outcomes.push(await importRow(session, batch, row, trying));
    if (batch.dryRun) throw new DryRun(outcomes);
    return outcomes;
  }, batch.importId);
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
  const [match] = await findDuplicates(workspace, actor, table, row.values, undefined, tx);
  const hint = match && { duplicate: asHint(match) };
  if (match?.level === 'same' && duplicates === 'skip') return { outcome: 'skipped', id: match.id, ...hint };
  const updating = match?.level === 'same' && duplicates === 'update';
  const gaps: Issue[] = [];
  const result = await trying(session, async (): Promise<ImportOutcome> => {
    if (updating) await updateRecord(session, table, match.id, row.values, { numbersMayBeGiven: true });
    const id = updating ? match.id : await createRecord(session, table, row.values, { numbersMayBeGiven: true, gaps });
    for (const [index, child] of row.children.entries()) {
      await createRecord(session, child.table, { ...child.values, [child.reference]: id }, { path: `/children/${index}`, numbersMayBeGiven: true, gaps });
    }
    return { outcome: updating ? 'updated' : 'created', id, ...hint, ...(gaps.length > 0 && { warnings: gaps }) };
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
  let undone = 0;
  let kept = 0;
  let below = Number.MAX_SAFE_INTEGER;
  /** Versions that the undo itself has made: a customer loses its main contact before its own turn comes. */
  const own = new Set<string>();
  for (;;) {
    const notes = await workspace.database.all<StoredNote>(
      sql`SELECT position, table_name, record_id, action, record_version, before FROM relata_import_record WHERE import_id = ${importId} AND position < ${below} ORDER BY position DESC LIMIT ${UNDO_BATCH}`,
    );
    if (notes.length === 0) return { undone, kept };
    // Whoever may import may take the import back, also without the right to delete in general.
    await writeSession(workspace, elevated(actor), async (session) => {
      for (const note of notes) {
        const mark = session.written.length;
        const result = await attempt(session, () => undoOne(session, note, own));
        for (const write of session.written.slice(mark)) own.add(versionKey(write.table.name, write.id, write.version));
        if (result === true) undone += 1;
        else if (result === false || result.code !== 'not_found') kept += 1;
      }
    });
    below = Number(notes.at(-1)?.position);
  }
}

interface StoredNote {
  position: number;
  table_name: string;
  record_id: string;
  action: string;
  record_version: number;
  before: string | null;
}

const versionKey = (table: string, id: string, version: number): string => `${table}/${id}@${version}`;

async function undoOne(session: WriteSession, note: StoredNote, own: ReadonlySet<string>): Promise<boolean> {
  const { table_name: table, record_id: id } = note;
  const before = note.before === null ? null : (JSON.parse(note.before) as Record<string, Json>);
  const { values, access } = await loadForWrite(session, table, id, before ? 'update' : 'delete');
  for (let version = Number(note.record_version) + 1; version <= Number(values.version); version++) if (!own.has(versionKey(table, id, version))) return false;
  if (!before) {
    await deleteRecord(session, table, id);
    return true;
  }
  const back = Object.entries(before).filter(([name, value]) => !access.table.fields[name]?.computed && !access.table.fields[name]?.readOnly && !sameValue(value, values[name] ?? null));
  if (back.length > 0) await updateRecord(session, table, id, Object.fromEntries(back), { numbersMayBeGiven: true });
  return true;
}
