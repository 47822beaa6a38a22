/**
 * Backups of a running workspace: made, proved by a test restore, listed, thinned out. Each lies in the folder of backups with a note of
 * what is known about it beside it, so that what is in the folder is what there is, also after a restore.
 */
import { existsSync } from 'node:fs';
import { mkdir, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { AppError, type Label } from '#engine/errors.ts';
import type { Actor } from '#engine/permissions/actor.ts';
import { toLocalDate } from '#engine/rules/time.ts';
import { noteInAudit } from '../records/audit.ts';
import type { Workspace } from '../workspace.ts';
import type { Manifest } from './manifest.ts';
import { verifyAside } from './verify-aside.ts';
import { writeBackup } from './write-backup.ts';

export type BackupKind = 'manual' | 'weekly';

export interface BackupNote {
  readonly name: string;
  readonly kind: BackupKind;
  /** A user's id, or `system`. */
  readonly by: string;
  readonly at: string;
  readonly size: number;
  readonly tables: number;
  readonly rows: number;
  readonly files: number;
  /** When a test restore last proved it; null: not yet, or it failed. */
  readonly verifiedAt: string | null;
  readonly problem: Label | null;
}

export interface BackupProgress {
  readonly step: 'writing' | 'verifying';
  readonly name: string;
  readonly done: number;
  readonly total: number;
}

export const WEEKLY_KEPT = 8;
export const MONTHLY_KEPT = 6;
const NAME = /^relata-[0-9t]{15}z-(?:manual|weekly)\.relata$/;

let running: { progress: BackupProgress; abort: AbortController } | null = null;

export const backupProgress = (): BackupProgress | null => running?.progress ?? null;

export function cancelBackup(): void {
  running?.abort.abort(new AppError('conflict', { 'zh-CN': '备份已取消', en: 'The backup was cancelled' }));
}

async function exclusively<T>(name: string, step: BackupProgress['step'], work: (tell: (step: BackupProgress['step'], done: number, total: number) => void, signal: AbortSignal) => Promise<T>): Promise<T> {
  if (running) throw new AppError('conflict', { 'zh-CN': '已有备份正在进行', en: 'A backup is under way already' });
  const own = { progress: { step, name, done: 0, total: 0 } as BackupProgress, abort: new AbortController() };
  running = own;
  try {
    return await work((now, done, total) => {
      own.progress = { step: now, name, done, total };
    }, own.abort.signal);
  } finally {
    running = null;
  }
}

/** Made and proved; one that does not come back is kept under another name, to be looked at, and is none. */
export function makeBackup(workspace: Workspace, dir: string, { kind, by }: { readonly kind: BackupKind; readonly by: string }): Promise<BackupNote> {
  const at = workspace.now();
  const name = `relata-${at.replace(/[-:]/g, '').replace(/\..*$/, '').toLowerCase()}z-${kind}.relata`;
  const target = join(dir, name);
  return exclusively(name, 'writing', async (tell, signal) => {
    if (existsSync(target)) throw new AppError('conflict', { 'zh-CN': '同名备份已存在，请稍后再试', en: 'There is a backup of that name already; try again in a moment' });
    const { database, filesDir } = workspace;
    const manifest = await writeBackup({ database, filesDir, now: () => at, target, signal, onProgress: (done, total) => tell('writing', done, total) });
    const note = { ...summary(manifest), name, kind, by, at, size: (await stat(target)).size };
    const proved = await prove(target, tell, signal).catch(async (error: unknown) => {
      if (signal.aborted) await rm(target, { force: true });
      else await rename(target, `${target}.failed`);
      throw error;
    });
    await writeNote(dir, { ...note, ...proved, verifiedAt: workspace.now(), problem: null });
    await workspace.database.transaction((tx) => noteInAudit(tx, { at: workspace.now(), by, table: 'relata_backup', id: name, action: 'backup', version: 0, changes: { size: note.size, rows: note.rows, files: note.files } }));
    return { ...note, verifiedAt: workspace.now(), problem: null };
  });
}

async function prove(target: string, tell: (step: BackupProgress['step'], done: number, total: number) => void, signal: AbortSignal): Promise<Pick<BackupNote, 'tables' | 'rows' | 'files'>> {
  tell('verifying', 0, 0);
  return summary(await verifyAside(target, (done, total) => tell('verifying', done, total), signal));
}

/** A drill: the backup restored to a scratch store once more, and what came of it noted. */
export async function drillBackup(workspace: Workspace, actor: Actor, dir: string, name: string): Promise<BackupNote> {
  const note = await backupNote(dir, name);
  return exclusively(name, 'verifying', async (tell, signal) => {
    let problem: Label | null = null;
    await prove(join(dir, name), tell, signal).catch((error: unknown) => {
      if (!(error instanceof AppError) || signal.aborted) throw error;
      problem = error.detail;
    });
    const next: BackupNote = { ...note, verifiedAt: problem === null ? workspace.now() : null, problem };
    await writeNote(dir, next);
    await workspace.database.transaction((tx) => noteInAudit(tx, { at: workspace.now(), by: actor.userId, table: 'relata_backup', id: name, action: 'verify', version: 0, changes: { ok: problem === null } }));
    return next;
  });
}

function summary({ tables, files }: Manifest): Pick<BackupNote, 'tables' | 'rows' | 'files'> {
  return { tables: tables.length, rows: tables.reduce((sum, { rows }) => sum + rows, 0), files: files.length };
}

async function writeNote(dir: string, note: BackupNote): Promise<void> {
  const path = join(dir, `${note.name}.json`);
  await writeFile(`${path}.part`, JSON.stringify(note), { flush: true });
  await rename(`${path}.part`, path);
}

/** The latest first. */
export async function listBackups(dir: string): Promise<BackupNote[]> {
  await mkdir(dir, { recursive: true });
  const names = (await readdir(dir)).filter((name) => NAME.test(name)).sort().reverse();
  return Promise.all(names.map((name) => backupNote(dir, name)));
}

export async function backupNote(dir: string, name: string): Promise<BackupNote> {
  const path = join(dir, name);
  if (!NAME.test(name) || !existsSync(path)) throw new AppError('not_found', { 'zh-CN': '没有这个备份', en: 'There is no such backup' });
  const known = await readFile(`${path}.json`, 'utf8').then((text) => JSON.parse(text) as BackupNote, () => null);
  if (known) return known;
  // Its note was lost; the file is there all the same.
  const { size, mtime } = await stat(path);
  return { name, kind: name.includes('-weekly') ? 'weekly' : 'manual', by: 'system', at: mtime.toISOString(), size, tables: 0, rows: 0, files: 0, verifiedAt: null, problem: null };
}

/** Of the weekly ones the last eight stay, and the first of each of the last six months; those somebody made by hand stay as long as they like. */
export async function thinOut(dir: string, timeZone: string): Promise<string[]> {
  const weekly = (await listBackups(dir)).filter(({ kind }) => kind === 'weekly');
  const months = new Map<string, string>();
  for (const { name, at } of weekly) months.set(toLocalDate(at, timeZone).slice(0, 7), name);
  const kept = new Set([...weekly.slice(0, WEEKLY_KEPT).map(({ name }) => name), ...[...months.values()].slice(0, MONTHLY_KEPT)]);
  const gone = weekly.map(({ name }) => name).filter((name) => !kept.has(name));
  for (const name of gone) {
    await rm(join(dir, name), { force: true });
    await rm(join(dir, `${name}.json`), { force: true });
  }
  return gone;
}
