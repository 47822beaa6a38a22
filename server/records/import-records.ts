/**
 * A batch of rows through the ordinary operations, one transaction, a savepoint a row. What the batch wrote is noted, so
 * that the whole import can be taken back.
 */
import { AppError, type Issue } from '#engine/errors.ts';
import type { Json } from '#engine/fields/field-type.ts';
import { type Actor, elevated } from '#engine/permissions/actor.ts';
import { authorize } from '#engine/permissions/authorize.ts';
import { raw, sql } from '../db/sql.ts';
import type { ImportOptions } from '../import/prepare-import.ts';
import type { DuplicateHint, ImportOutcome, ImportRecord } from '../import/run-import.ts';
import type { Workspace } from '../workspace.ts';
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
    return await writeSession(workspace, actor, async (session) => {
      const outcomes: ImportOutcome[] = [];
      for (const row of batch.rows) outcomes.push(await importRow(session, batch, row));
      if (batch.dryRun) throw new DryRun(outcomes);
      await noteWrites(session, batch.importId);
      return outcomes;
    });
  } catch (error) {
    if (error instanceof DryRun) return error.outcomes;
    throw error;
  }
}

async function importRow(session: WriteSession, { table, duplicates }: ImportBatch, row: ImportRecord): Promise<ImportOutcome> {
  const { workspace, actor, tx } = session;
  const [match] = await findDuplicates(workspace, actor, table, row.values, undefined, tx);
  const hint = match && { duplicate: asHint(match) };
  if (match?.level === 'same' && duplicates === 'skip') return { outcome: 'skipped', id: match.id, ...hint };
  const updating = match?.level === 'same' && duplicates === 'update';
  const gaps: Issue[] = [];
  const result = await attempt(session, async (): Promise<ImportOutcome> => {
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

interface Note {
  readonly table: string;
  readonly id: string;
  readonly action: 'create' | 'update';
  version: number;
  /** Values as they were, of the fields that an update changed. */
  readonly before: Record<string, Json>;
}

/** Everything the batch wrote, effects included, once a record. */
async function noteWrites(session: WriteSession, importId: string): Promise<void> {
  const notes = new Map<string, Note>();
  for (const write of session.written) {
    const key = `${write.table.name}/${write.id}`;
    let note = notes.get(key);
    if (!note) notes.set(key, (note = { table: write.table.name, id: write.id, action: write.action === 'create' ? 'create' : 'update', version: 0, before: {} }));
    note.version = write.version;
    for (const name of write.changed) if (!(name in note.before)) note.before[name] = write.before?.[name] ?? null;
  }
  const { tx } = session;
  const json = tx.dialect.name === 'postgres' ? raw('::jsonb') : raw('');
  const last = await tx.get<{ position: number | null }>(sql`SELECT max(position) AS position FROM relata_import_record WHERE import_id = ${importId}`);
  let position = Number(last?.position ?? 0);
  for (const note of notes.values()) {
    position += 1;
    const before = note.action === 'create' ? null : JSON.stringify(note.before);
    await tx.run(sql`INSERT INTO relata_import_record (import_id, position, table_name, record_id, action, record_version, before)
      VALUES (${importId}, ${position}, ${note.table}, ${note.id}, ${note.action}, ${note.version}, ${before}${json})`);
  }
}

const UNDO_BATCH = 200;

export interface UndoResult {
  readonly undone: number;
  /** Changed or used since, and therefore kept. */
  readonly kept: number;
}

/** Takes back what an import made: new records go to the bin, changed values return where nobody has changed them since. */
export async function undoImportedRecords(workspace: Workspace, actor: Actor, importId: string): Promise<UndoResult> {
  let undone = 0;
  let kept = 0;
  let after = 0;
  for (;;) {
    const notes = await workspace.database.all<{ position: number; table_name: string; record_id: string; action: string; record_version: number; before: string | null }>(
      sql`SELECT position, table_name, record_id, action, record_version, before FROM relata_import_record WHERE import_id = ${importId} AND position > ${after} ORDER BY position LIMIT ${UNDO_BATCH}`,
    );
    if (notes.length === 0) return { undone, kept };
    // Whoever may import may take the import back, also without the right to delete in general.
    await writeSession(workspace, elevated(actor), async (session) => {
      for (const note of notes) {
        const before = note.before === null ? null : (JSON.parse(note.before) as Record<string, Json>);
        const result = await attempt(session, () => undoOne(session, note.table_name, note.record_id, Number(note.record_version), before));
        if (result === true) undone += 1;
        else if (result === false || result.code !== 'not_found') kept += 1;
      }
    });
    after = Number(notes.at(-1)?.position);
  }
}

async function undoOne(session: WriteSession, table: string, id: string, version: number, before: Record<string, Json> | null): Promise<boolean> {
  const { values, access } = await loadForWrite(session, table, id, before ? 'update' : 'delete');
  if (values.version !== version) return false;
  if (!before) {
    await deleteRecord(session, table, id);
    return true;
  }
  const back = Object.entries(before).filter(([name, value]) => !access.table.fields[name]?.computed && !access.table.fields[name]?.readOnly && !sameValue(value, values[name] ?? null));
  if (back.length > 0) await updateRecord(session, table, id, Object.fromEntries(back), { numbersMayBeGiven: true });
  return true;
}
