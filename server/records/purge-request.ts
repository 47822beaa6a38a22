/** Whoever keeps the application may not remove records for good, but may ask the system owners to. */
import { AppError } from '#engine/errors.ts';
import { ADMINISTRATOR_LEVEL } from '#engine/permissions/levels.ts';
import { authorize } from '#engine/permissions/authorize.ts';
import { queueNotices } from '../notices/queue-notices.ts';
import { noteInAudit } from './audit.ts';
import { titlesOf } from './included.ts';
import { loadForWrite } from './update-record.ts';
import type { WriteSession } from './write-session.ts';

/** Tells the owners, and is noted. Throws `forbidden` below level 8, `not_found`. */
export async function askToPurge(session: WriteSession, tableName: string, id: string): Promise<void> {
  const { workspace, tx, actor, model } = session;
  authorize(model, actor, 'read', tableName);
  if ((actor.level ?? 0) < ADMINISTRATOR_LEVEL) throw new AppError('forbidden', { 'zh-CN': '只有系统所有者可以彻底删除记录', en: 'Only a system owner may delete records for good' });
  const { access, values } = await loadForWrite(session, tableName, id, 'delete', true);
  const { label, titleField } = access.table;
  const title = String(values[titleField] ?? (await titlesOf(workspace, actor, tableName, [id]))[id]?.title ?? id);
  const who = workspace.directory.user(actor.userId)?.name ?? '';
  const at = workspace.now();
  await noteInAudit(tx, { at, by: actor.userId, table: tableName, id, action: 'ask_to_purge', version: Number(values.version), changes: {} });
  await queueNotices(tx, workspace, {
    to: workspace.directory.owners(),
    title: { 'zh-CN': `${who} 请求彻底删除${label['zh-CN']}“${title}”`, en: `${who} asks to delete the ${label.en} "${title}" for good` },
    body: { 'zh-CN': '可在回收站中彻底删除。', en: 'It lies in the recycle bin.' },
    record: null, channels: ['inApp'], urgent: false, workflow: null, run: null, at, mandatory: true,
  });
}
