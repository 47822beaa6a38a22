/** Backups, for system owners. Restoring is for the command line: no server may be at work then. */
import { createReadStream } from 'node:fs';
import { join } from 'node:path';
import { AppError } from '#engine/errors.ts';
import { lastDue } from '../../backup/backup-clock.ts';
import { backupNote, type BackupNote, backupProgress, cancelBackup, drillBackup, listBackups, makeBackup } from '../../backup/backups.ts';
import { noteInAudit } from '../../records/audit.ts';
import type { Answer, Call } from '../endpoint.ts';
import { localeOf } from '../problem.ts';

const WEEK_MS = 7 * 86_400_000;

function ownersOnly({ actor }: Call): void {
  if (!actor.unrestricted) throw new AppError('forbidden', { 'zh-CN': '只有系统所有者可以管理备份', en: 'Only a system owner may manage backups' });
}

async function answer(call: Call): Promise<Answer> {
  const { workspace, config } = call;
  const locale = localeOf(call.request);
  const asShown = ({ problem, ...note }: BackupNote): object => ({ ...note, problem: problem?.[locale] ?? null });
  const next = new Date(Date.parse(lastDue(workspace.now(), workspace.model.settings.timeZone)) + WEEK_MS).toISOString();
  return { body: { running: backupProgress(), failed: failed?.[locale] ?? null, folder: config.backupDir, next, data: (await listBackups(config.backupDir)).map(asShown) } };
}

/** Why the last one that was asked for here did not come to be; told until another is begun. */
let failed: { readonly 'zh-CN': string; readonly en: string } | null = null;

function inBackground(call: Call, work: Promise<unknown>): void {
  failed = null;
  work.catch((error: unknown) => {
    if (!(error instanceof AppError)) call.workspace.log.error({ err: error }, 'a backup failed');
    failed = error instanceof AppError ? error.detail : { 'zh-CN': '备份出错，详见服务器日志', en: 'The backup failed; see the log of the server' };
  });
}

export async function showBackups(call: Call): Promise<Answer> {
  ownersOnly(call);
  return answer(call);
}

export async function createBackup(call: Call): Promise<Answer> {
  ownersOnly(call);
  if (backupProgress()) throw new AppError('conflict', { 'zh-CN': '已有备份正在进行', en: 'A backup is under way already' });
  inBackground(call, makeBackup(call.workspace, call.config.backupDir, { kind: 'manual', by: call.actor.userId }));
  return { ...(await answer(call)), status: 202 };
}

export async function stopBackup(call: Call): Promise<Answer> {
  ownersOnly(call);
  cancelBackup();
  return answer(call);
}

export async function drill(call: Call): Promise<Answer> {
  ownersOnly(call);
  const name = call.params.name ?? '';
  await backupNote(call.config.backupDir, name);
  if (backupProgress()) throw new AppError('conflict', { 'zh-CN': '已有备份正在进行', en: 'A backup is under way already' });
  inBackground(call, drillBackup(call.workspace, call.actor, call.config.backupDir, name));
  return { ...(await answer(call)), status: 202 };
}

/** Everything there is leaves the house: noted before the first byte. */
export async function downloadBackup(call: Call): Promise<Answer | undefined> {
  ownersOnly(call);
  const { workspace, actor, config, response } = call;
  const { name, size } = await backupNote(config.backupDir, call.params.name ?? '');
  await workspace.database.transaction((tx) => noteInAudit(tx, { at: workspace.now(), by: actor.userId, table: 'relata_backup', id: name, action: 'download', version: 0, changes: {} }));
  response.setHeader('Content-Type', 'application/x-tar');
  response.setHeader('Content-Length', size);
  response.setHeader('Content-Disposition', `attachment; filename*=UTF-8''${encodeURIComponent(name)}`);
  createReadStream(join(config.backupDir, name))
    .on('error', () => response.destroy())
    .pipe(response);
  return undefined;
}
