/** Imports from upload to undo: drafts and progress are rows, so a closed tab loses nothing; a run goes on in the background. */
import { v7 as uuidv7 } from 'uuid';
import { AppError } from '#engine/errors.ts';
import type { FieldModel, TableModel } from '#engine/model/app-model.ts';
import type { Actor } from '#engine/permissions/actor.ts';
import { accessTo, authorize, bestRight } from '#engine/permissions/authorize.ts';
import { fieldTypeOf } from '#engine/rules/paths.ts';
import { toLocalDate } from '#engine/rules/time.ts';
import { livingAndReadable, rootScope, visibleColumn } from '../db/access-sql.ts';
import type { Database } from '../db/database.ts';
import { and, bind, column, ident, raw, sql } from '../db/sql.ts';
import { importRecords, undoImportedRecords } from '../records/import-records.ts';
import { contextOf, type Workspace } from '../workspace.ts';
import { type ImportSettings, type PreparedImport, prepareImport } from './prepare-import.ts';
import { type ImportRun, runImport } from './run-import.ts';
import { importPlace, openFile, openJson, sealFile, sealJson } from '../vault/sealed-imports.ts';
import type { Vault } from '../vault/vault.ts';

export interface ImportRow {
  readonly id: string;
  readonly table: string;
  readonly userId: string;
  readonly createdAt: string;
  readonly fileName: string;
  readonly fileSize: number;
  readonly storedAs: string;
  readonly settings: ImportSettings;
  readonly run: (ImportRun & { readonly undo?: { readonly undone: number; readonly kept: number } }) | null;
}

interface StoredRow {
  id: string;
  table_name: string;
  user_id: string;
  created_at: string;
  file_name: string;
  stored_as: string;
  draft: string;
  run: string | null;
}

const SAVE_EVERY_MS = 400;
const KEPT_PREPARED = 4;

const cancelled = new Set<string>();
const running = new Set<string>();
/** A wizard asks about the same file many times; reading a large one takes seconds. */
const prepared = new Map<string, Promise<PreparedImport>>();

function toImport(vault: Vault, row: StoredRow): ImportRow {
  const { settings, fileSize } = openJson<{ settings: ImportSettings; fileSize: number }>(vault, row.draft, importPlace('draft', row.id));
  const run = row.run === null ? null : openJson<ImportRun>(vault, row.run, importPlace('run', row.id));
  // A run that no process is working on was cut off; what it wrote is there and can be taken back.
  const interrupted = run?.state === 'running' && !running.has(row.id);
  return {
    id: row.id,
    table: row.table_name,
    userId: row.user_id,
    createdAt: row.created_at,
    fileName: row.file_name,
    fileSize,
    storedAs: row.stored_as,
    settings,
    run: run && (interrupted ? { ...run, state: 'failed' } : run),
  };
}

export async function startDraft(workspace: Workspace, actor: Actor, table: string, file: { name: string; size: number; storedAs: string }, settings: ImportSettings): Promise<ImportRow> {
  const id = uuidv7();
  const draft = sealJson(workspace.database.vault, { settings, fileSize: file.size }, importPlace('draft', id));
  await sealFile(workspace, file.storedAs);
  await workspace.database.transaction(async (tx) => {
    const json = jsonCast(tx);
    await tx.run(sql`INSERT INTO relata_import (id, table_name, user_id, created_at, file_name, stored_as, state, draft)
      VALUES (${id}, ${table}, ${actor.userId}, ${workspace.now()}, ${file.name}, ${file.storedAs}, ${'draft'}, ${draft}${json})`);
  });
  return ownImport(workspace, actor, id);
}

/** One's own imports; a system owner sees all. */
export async function ownImport(workspace: Workspace, actor: Actor, id: string): Promise<ImportRow> {
  const row = await workspace.database.get<StoredRow>(sql`SELECT * FROM relata_import WHERE id = ${id}`);
  if (!row || (row.user_id !== actor.userId && !actor.unrestricted)) throw new AppError('not_found', { 'zh-CN': '没有这次导入', en: 'There is no such import' });
  return toImport(workspace.database.vault, row);
}

export async function listOwnImports(workspace: Workspace, actor: Actor, table: string | undefined): Promise<ImportRow[]> {
  const conditions = [actor.unrestricted ? sql`1=1` : sql`user_id = ${actor.userId}`, table === undefined ? sql`1=1` : sql`table_name = ${table}`];
  const rows = await workspace.database.all<StoredRow>(sql`SELECT * FROM relata_import WHERE ${and(conditions)} AND run IS NOT NULL ORDER BY created_at DESC LIMIT 50`);
  return rows.map((row) => toImport(workspace.database.vault, row));
}

export async function changeDraft(workspace: Workspace, row: ImportRow, settings: ImportSettings): Promise<ImportRow> {
  refuseWhileRunning(row);
  const draft = sealJson(workspace.database.vault, { settings, fileSize: row.fileSize }, importPlace('draft', row.id));
  await workspace.database.transaction(async (tx) => void (await tx.run(sql`UPDATE relata_import SET draft = ${draft}${jsonCast(tx)} WHERE id = ${row.id}`)));
  return { ...row, settings };
}

function refuseWhileRunning(row: ImportRow): void {
  if (row.run?.state === 'running') throw new AppError('conflict', { 'zh-CN': '导入正在进行', en: 'The import is running' });
}

const jsonCast = (db: { dialect: Database['dialect'] }) => (db.dialect.name === 'postgres' ? raw('::jsonb') : raw(''));

export function prepare(workspace: Workspace, actor: Actor, row: ImportRow): Promise<PreparedImport> {
  const key = `${row.id} ${workspace.definitionsVersion} ${actor.userId} ${JSON.stringify(row.settings)}`;
  const known = prepared.get(key);
  if (known) return known;
  const work = readAndPrepare(workspace, actor, row);
  prepared.set(key, work);
  work.catch(() => prepared.delete(key));
  if (prepared.size > KEPT_PREPARED) prepared.delete(prepared.keys().next().value as string);
  return work;
}

async function readAndPrepare(workspace: Workspace, actor: Actor, row: ImportRow): Promise<PreparedImport> {
  const { model } = workspace;
  const { table } = authorize(model, actor, 'import', row.table);
  const { timeZone } = model.settings;
  return prepareImport({
    bytes: await openFile(workspace, row.storedAs),
    settings: row.settings,
    model,
    table,
    access: {
      canCreate: (name) => accessTo(model.tables[name] as TableModel, actor).create.length > 0,
      canWrite: (name, field) => {
        const target = model.tables[name];
        const found = target?.fields[field];
        return target !== undefined && found !== undefined && bestRight(accessTo(target, actor).create, found) === 'write';
      },
    },
    context: { locale: actor.locale, timeZone, today: toLocalDate(workspace.now(), timeZone) },
    findByText: (target, field, texts) => findByText(workspace, actor, target, field, texts),
  });
}

/** Ids of readable records by the text of a field, two at most for each. */
async function findByText(workspace: Workspace, actor: Actor, table: TableModel, field: FieldModel, texts: readonly string[]): Promise<ReadonlyMap<string, readonly string[]>> {
  const { database, model } = workspace;
  const found = new Map<string, string[]>();
  if (fieldTypeOf(field).storage !== 'columns' || accessTo(table, actor).read.length === 0) return found;
  const scope = rootScope(model, database.dialect, table, actor);
  const cell = visibleColumn(scope, field, field.name);
  const list = database.dialect.typed(bind(database.dialect.listParam(texts)), 'list');
  const rows = await database.all<{ id: string; text: string }>(
    sql`SELECT ${column('t0', 'id')} AS id, ${cell} AS text FROM ${ident(table.name)} ${ident('t0')} WHERE ${database.dialect.inList(cell, list)} AND ${livingAndReadable(scope)}`,
    contextOf(workspace, actor),
  );
  for (const { id, text } of rows) {
    const ids = found.get(text) ?? [];
    if (ids.length < 2) found.set(text, [...ids, id]);
  }
  return found;
}

async function saveRun(workspace: Workspace, id: string, run: ImportRow['run']): Promise<void> {
  await workspace.database.transaction(async (tx) => {
    await tx.run(sql`UPDATE relata_import SET state = ${run?.state ?? 'draft'}, run = ${sealJson(tx.vault, run, importPlace('run', id))}${jsonCast(tx)} WHERE id = ${id}`);
  });
}

export interface RunRequest {
  readonly dryRun: boolean;
  /** What workflows do of it: see `WriteOptions`. */
  readonly automations?: 'none' | 'each' | 'batch';
}

/** Starts in the background and answers at once; progress is read with `ownImport`. */
export async function startRun(workspace: Workspace, actor: Actor, row: ImportRow, { dryRun, automations = 'none' }: RunRequest): Promise<ImportRun> {
  refuseWhileRunning(row);
  if (row.run && !row.run.dryRun && row.run.state !== 'undone' && row.run.created + row.run.updated > 0) {
    throw new AppError('conflict', { 'zh-CN': '这个文件已经导入，请先撤销', en: 'This file was imported already; undo that first' });
  }
  const plan = await prepare(workspace, actor, row);
  refuseTooMany(workspace, actor, row.table, plan.data.records.length);
  const first: ImportRun = { state: 'running', dryRun, total: plan.data.records.length, done: 0, created: 0, updated: 0, skipped: 0, failed: 0, warnings: 0, duplicates: [], failures: [] };
  running.add(row.id);
  cancelled.delete(row.id);
  await saveRun(workspace, row.id, first);
  void work(workspace, actor, row, plan, { dryRun, automations }, first);
  return first;
}

/** How many rows a level may bring in at once. */
function refuseTooMany({ model }: Workspace, actor: Actor, table: string, rows: number): void {
  const limit = authorize(model, actor, 'import', table).import;
  if (typeof limit !== 'number' || rows <= limit) return;
  const message = { 'zh-CN': `您一次最多导入 ${limit} 行，这个文件有 ${rows} 行；请拆成几个文件，或请上级导入`, en: `You may import ${limit} rows at once, and this file has ${rows}; split it, or ask somebody above you` };
  throw new AppError('validation_failed', message, [{ path: '/rows', code: 'too_many_rows', message }]);
}

async function work(workspace: Workspace, actor: Actor, row: ImportRow, plan: PreparedImport, { dryRun, automations }: Required<RunRequest>, first: ImportRun): Promise<void> {
  let latest = first;
  let saved = Date.now();
  try {
    latest = await runImport(plan, dryRun, {
      importRecords: (rows, options) => importRecords(workspace, workspace.directory.actor(actor.userId), { table: row.table, importId: row.id, rows, duplicates: options.duplicates, dryRun, automations }),
      isCancelled: () => cancelled.has(row.id),
      onProgress: async (run) => {
        latest = run;
        // Others get their turn between batches.
        await new Promise((resolve) => setImmediate(resolve));
        if (Date.now() - saved < SAVE_EVERY_MS) return;
        saved = Date.now();
        await saveRun(workspace, row.id, run);
      },
    });
    await saveRun(workspace, row.id, latest);
  } catch (error) {
    workspace.log.error({ err: error, import: row.id }, 'import failed');
    await saveRun(workspace, row.id, { ...latest, state: 'failed' }).catch((saving: unknown) => workspace.log.error({ err: saving }, 'import state not saved'));
  } finally {
    running.delete(row.id);
    cancelled.delete(row.id);
  }
}

export function requestCancel(row: ImportRow): void {
  if (running.has(row.id)) cancelled.add(row.id);
}

export async function undoRun(workspace: Workspace, actor: Actor, row: ImportRow): Promise<ImportRow['run']> {
  refuseWhileRunning(row);
  if (!row.run || row.run.dryRun || row.run.state === 'undone') throw new AppError('conflict', { 'zh-CN': '没有可以撤销的导入', en: 'There is nothing to undo' });
  authorize(workspace.model, actor, 'import', row.table);
  const undo = await undoImportedRecords(workspace, actor, row.id);
  const run = { ...row.run, state: 'undone' as const, undo };
  await saveRun(workspace, row.id, run);
  return run;
}
