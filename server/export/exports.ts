/** Exports from request to file: rows, so a closed tab loses nothing; written in the background, kept for a day, each noted in the audit. */
import { mkdir, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { v7 as uuidv7 } from 'uuid';
import { AppError, type Label, type Locale } from '#engine/errors.ts';
import type { Actor } from '#engine/permissions/actor.ts';
import { withoutNumbers } from '#engine/records/number-ban.ts';
import { formatMoment } from '#engine/fields/moment.ts';
import { toLocalDate } from '#engine/rules/time.ts';
import type { Json } from '#engine/fields/field-type.ts';
import { sql } from '../db/sql.ts';
import { noteInAudit } from '../records/audit.ts';
import type { Workspace } from '../workspace.ts';
import { exportPages } from './export-pages.ts';
import { type ExportFormat, type ExportPlan, type ExportRequest, planExport } from './export-request.ts';
import { fileName } from './file-name.ts';
import type { ExportWriter } from './export-writer.ts';
import { writeCsv } from './write-csv.ts';
import { writePdf } from './write-pdf.ts';
import { writeXlsx } from './write-xlsx.ts';

export const WRITERS: Readonly<Record<ExportFormat, ExportWriter>> = { csv: writeCsv, xlsx: writeXlsx, pdf: writePdf };

export type ExportState = 'running' | 'done' | 'failed' | 'cancelled' | 'expired';

export interface ExportRow {
  readonly id: string;
  readonly table: string;
  readonly userId: string;
  readonly createdAt: string;
  readonly finishedAt: string | null;
  readonly format: ExportFormat;
  readonly title: string;
  readonly state: ExportState;
  readonly done: number;
  readonly total: number;
  readonly columns: readonly string[];
  readonly filter: string | null;
  readonly problem: Label | null;
  readonly fileName: string;
  readonly storedAs: string | null;
  readonly size: number | null;
}

interface StoredRow {
  id: string; table_name: string; user_id: string; created_at: string; finished_at: string | null; format: string; title: string; state: string; done: number; total: number;
  columns: string; filter: string | null; problem: string | null; file_name: string; stored_as: string | null; size: number | null;
}

const SAVE_EVERY_MS = 500;
const KEPT_MS = 24 * 3_600_000;
const MOST_AT_ONCE = 2;

const running = new Map<string, { userId: string; isCancelled: boolean }>();

export const exportsDir = ({ filesDir }: Pick<Workspace, 'filesDir'>): string => join(dirname(filesDir), 'exports');

function toExport(row: StoredRow): ExportRow {
  const interrupted = row.state === 'running' && !running.has(row.id);
  return {
    id: row.id,
    table: row.table_name,
    userId: row.user_id,
    createdAt: row.created_at,
    finishedAt: row.finished_at,
    format: row.format as ExportFormat,
    title: row.title,
    state: interrupted ? 'failed' : (row.state as ExportState),
    done: Number(row.done),
    total: Number(row.total),
    columns: JSON.parse(row.columns) as string[],
    filter: row.filter,
    problem: row.problem === null ? null : (JSON.parse(row.problem) as Label),
    fileName: row.file_name,
    storedAs: row.stored_as,
    size: row.size === null ? null : Number(row.size),
  };
}

/** Checks, counts, begins in the background and answers at once. */
export async function startExport(workspace: Workspace, actor: Actor, table: string, request: ExportRequest, locale: Locale): Promise<ExportRow> {
  if ([...running.values()].filter(({ userId }) => userId === actor.userId).length >= MOST_AT_ONCE) {
    throw new AppError('conflict', { 'zh-CN': '您已有导出正在进行，请稍候', en: 'You have exports under way; wait for them' });
  }
  const plan = await planExport(workspace, actor, table, request, request.locale ?? locale);
  const id = uuidv7();
  const { model } = workspace;
  const name = fileName(plan.title, toLocalDate(workspace.now(), model.settings.timeZone), request.format);
  const filter = JSON.stringify(withoutNumbers({ filter: (plan.find.filter ?? null) as Json, search: plan.find.search ?? null }));
  await workspace.database.transaction(async (tx) => {
    await tx.run(sql`INSERT INTO relata_export (id, table_name, user_id, created_at, format, title, state, done, total, columns, filter, file_name)
      VALUES (${id}, ${table}, ${actor.userId}, ${workspace.now()}, ${request.format}, ${plan.title}, ${'running'}, ${0}, ${plan.total}, ${JSON.stringify(plan.columns.map(({ path }) => path))}, ${filter}, ${name})`);
  });
  running.set(id, { userId: actor.userId, isCancelled: false });
  void work(workspace, actor, plan, id, filter);
  return ownExport(workspace, actor, id);
}

class Cancelled extends Error {}

async function work(workspace: Workspace, actor: Actor, plan: ExportPlan, id: string, filter: string): Promise<void> {
  const { request, locale, table } = plan;
  const { timeZone } = workspace.model.settings;
  const file = join(exportsDir(workspace), id);
  const at = workspace.now();
  let done = 0;
  let saved = Date.now();
  try {
    await mkdir(exportsDir(workspace), { recursive: true });
    const pages = exportPages({
      workspace,
      actor: () => workspace.directory.actor(actor.userId),
      plan,
      async onPage(count) {
        done = count;
        if (running.get(id)?.isCancelled) throw new Cancelled();
        if (Date.now() - saved < SAVE_EVERY_MS) return;
        saved = Date.now();
        await workspace.database.transaction((tx) => tx.run(sql`UPDATE relata_export SET done = ${count} WHERE id = ${id}`));
      },
    });
    const by = workspace.directory.user(actor.userId)?.name ?? '';
    await WRITERS[request.format]({ plan, file, pages, context: { locale, timeZone, today: toLocalDate(at, timeZone) }, by, at: formatMoment(at, timeZone).slice(0, 16) });
    if (running.get(id)?.isCancelled) throw new Cancelled();
    const { size } = await stat(file);
    await workspace.database.transaction(async (tx) => {
      const now = workspace.now();
      await tx.run(sql`UPDATE relata_export SET state = ${'done'}, done = ${done}, stored_as = ${id}, size = ${size}, finished_at = ${now} WHERE id = ${id}`);
      const changes = { format: request.format, columns: plan.columns.map(({ path }) => path), rows: done, ...(JSON.parse(filter) as object), ...(request.preset && { preset: request.preset }) };
      await noteInAudit(tx, { at: now, by: actor.userId, table: table.name, id, action: 'export', version: 0, changes });
    });
  } catch (error) {
    await rm(file, { force: true });
    const isCancelled = error instanceof Cancelled;
    if (!isCancelled && !(error instanceof AppError)) workspace.log.error({ err: error, export: id }, 'export failed');
    const problem: Label | null = isCancelled ? null : error instanceof AppError ? error.detail : { 'zh-CN': '导出出错，请重试', en: 'The export failed; try again' };
    await workspace.database
      .transaction((tx) => tx.run(sql`UPDATE relata_export SET state = ${isCancelled ? 'cancelled' : 'failed'}, done = ${done}, problem = ${problem === null ? null : JSON.stringify(problem)}, finished_at = ${workspace.now()} WHERE id = ${id}`))
      .catch((saving: unknown) => workspace.log.error({ err: saving }, 'export state not saved'));
  } finally {
    running.delete(id);
  }
}

/** One's own; a system owner sees all. */
export async function ownExport(workspace: Workspace, actor: Actor, id: string): Promise<ExportRow> {
  const row = await workspace.database.get<StoredRow>(sql`SELECT * FROM relata_export WHERE id = ${id}`);
  if (!row || (row.user_id !== actor.userId && !actor.unrestricted)) throw new AppError('not_found', { 'zh-CN': '没有这次导出', en: 'There is no such export' });
  return toExport(row);
}

/** `everybody`: for system owners, of all people, the latest first. */
export async function listExports(workspace: Workspace, actor: Actor, everybody: boolean): Promise<ExportRow[]> {
  const whose = everybody && actor.unrestricted ? sql`1 = 1` : sql`user_id = ${actor.userId}`;
  const rows = await workspace.database.all<StoredRow>(sql`SELECT * FROM relata_export WHERE ${whose} ORDER BY created_at DESC, id DESC LIMIT 200`);
  return rows.map(toExport);
}

export function cancelExport(row: ExportRow): void {
  const own = running.get(row.id);
  if (own) own.isCancelled = true;
}

/** Only who took it out gets the file, and only while they may still export that table. */
export function exportFile(workspace: Workspace, actor: Actor, row: ExportRow): string {
  if (row.userId !== actor.userId || row.state !== 'done' || row.storedAs === null) throw new AppError('not_found', { 'zh-CN': '文件已不在，请重新导出', en: 'The file is gone; export again' });
  return join(exportsDir(workspace), row.storedAs);
}

/** Files of yesterday go, their rows stay. */
export async function forgetExports(workspace: Workspace): Promise<void> {
  const before = new Date(Date.parse(workspace.now()) - KEPT_MS).toISOString();
  const old = await workspace.database.all<{ id: string }>(sql`SELECT id FROM relata_export WHERE state = ${'done'} AND created_at < ${before}`);
  for (const { id } of old) {
    await rm(join(exportsDir(workspace), id), { force: true });
    await workspace.database.transaction((tx) => tx.run(sql`UPDATE relata_export SET state = ${'expired'}, stored_as = ${null} WHERE id = ${id}`));
  }
}
