/** Backups, for system owners. A restore stops the server and starts it again. */
import { createReadStream } from 'node:fs';
import { join } from 'node:path';
import Type, { type Static } from 'typebox';
import { AppError } from '#engine/errors.ts';
import { checkSeal } from '../../backup/archive.ts';
import { lastDue } from '../../backup/backup-clock.ts';
import { backupNote, type BackupNote, backupProgress, cancelBackup, drillBackup, listBackups, makeBackup } from '../../backup/backups.ts';
import { manifestOf } from '../../backup/load-backup.ts';
import { refuseWithoutKeys } from '../../backup/restore-backup.ts';
import { noteInAudit } from '../../records/audit.ts';
import type { Answer, Call } from '../endpoint.ts';
import { localeOf } from '../problem.ts';

export const RestoreSchema = Type.Object({ confirm: Type.String({ maxLength: 200 }) }, { additionalProperties: false });

const WEEK_MS = 7 * 86_400_000;

function ownersOnly({ actor }: Call): void {
  if (!actor.unrestricted) throw new AppError('forbidden', { 'zh-CN': '只有系统所有者可以管理备份', en: 'Only a system owner may manage backups' });
}

async function answer(call: Call): Promise<Answer> {
  const { workspace, config, restoring } = call;
  const locale = localeOf(call.request);
  const asShown = ({ problem, ...note }: BackupNote): object => ({ ...note, problem: problem?.[locale] ?? null });
  const next = new Date(Date.parse(lastDue(workspace.now(), workspace.model.settings.timeZone)) + WEEK_MS).toISOString();
  return { body: { running: backupProgress(), failed: failed?.[locale] ?? restoring?.problem?.[locale] ?? null, restorable: restoring !== undefined, folder: config.backupDir, next, data: (await listBackups(config.backupDir)).map(asShown) } };
}

/** Why the last one that was asked for here did not come to be; told, like a restore that failed, until another is begun. */
let failed: { readonly 'zh-CN': string; readonly en: string } | null = null;

function inBackground(call: Call, work: Promise<unknown>): void {
  failed = null;
  if (call.restoring) call.restoring.problem = null;
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

/** Takes the place of all there is, so its name is typed by hand. Begins once this has been answered. */
export async function restoreFromBackup(call: Call): Promise<Answer> {
  ownersOnly(call);
  const { workspace, actor, config, response, restoring } = call;
  const { name } = await backupNote(config.backupDir, call.params.name ?? '');
  if ((call.body as Static<typeof RestoreSchema>).confirm !== name) {
    const message = { 'zh-CN': '请输入这份备份的名称以确认', en: 'Type the name of this backup to confirm' };
    throw new AppError('validation_failed', message, [{ path: '/confirm', code: 'confirm', message }]);
  }
  if (!restoring) throw new AppError('conflict', { 'zh-CN': '这台服务器不能自行重启，请用命令行恢复', en: 'This server cannot start itself again; restore on the command line' });
  if (backupProgress()) throw new AppError('conflict', { 'zh-CN': '备份正在进行，请等它完成', en: 'A backup is under way; wait for its end' });
  const file = join(config.backupDir, name);
  await checkSeal(file);
  refuseWithoutKeys(await manifestOf(file), workspace.database.vault);
  if (restoring.asked) throw new AppError('conflict', { 'zh-CN': '恢复已经开始', en: 'A restore has begun already' });
  restoring.asked = true;
  try {
    await workspace.database.transaction((tx) => noteInAudit(tx, { at: workspace.now(), by: actor.userId, table: 'relata_backup', id: name, action: 'restore', version: 0, changes: {} }));
  } catch (error) {
    restoring.asked = false;
    throw error;
  }
  response.once('close', () => restoring.begin(file));
  return { status: 202, body: { run: call.run ?? null } };
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
