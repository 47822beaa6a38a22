/** The weekly backup: Sunday at two in the workspace's time zone, once however many processes look; and the alarm when there has been none for long. */
import type { Label } from '#engine/errors.ts';
import { addToDate, fromLocal, startOf, toLocalDate } from '#engine/rules/time.ts';
import type { Database, Transaction } from '../db/database.ts';
import { sql } from '../db/sql.ts';
import { queueNotices } from '../notices/queue-notices.ts';
import type { Workspace } from '../workspace.ts';
import { listBackups, makeBackup, thinOut } from './backups.ts';

const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;
const ALARM_AFTER_MS = 8 * DAY_MS;
const TIME = 'T02:00:00';
const LAST = 'backup/weekly';
const SINCE = 'backup/since';
const ALARM = 'backup/alarm';

/** The latest moment at which a backup was due. */
export function lastDue(now: string, timeZone: string): string {
  const today = toLocalDate(now, timeZone);
  const monday = startOf(today, 'week');
  const sundays = [addToDate(monday, 6, 'day'), addToDate(monday, -1, 'day')];
  return sundays.map((day) => fromLocal(day + TIME, timeZone)).find((moment) => moment <= now) as string;
}

async function setting(db: Pick<Database, 'get'>, key: string): Promise<string | null> {
  return (await db.get<{ value: string }>(sql`SELECT value FROM relata_setting WHERE key = ${key}`))?.value ?? null;
}

async function remember(tx: Transaction, key: string, value: string): Promise<void> {
  await tx.run(sql`INSERT INTO relata_setting (key, value) VALUES (${key}, ${value}) ON CONFLICT (key) DO UPDATE SET value = ${value}`);
}

/** Answers whether one was made. A new workspace begins with the next Sunday. */
export async function backUpWhenDue(workspace: Workspace, dir: string): Promise<boolean> {
  const { database, model } = workspace;
  const now = workspace.now();
  const due = lastDue(now, model.settings.timeZone);
  const before = await setting(database, LAST);
  if (before === null || before < due) {
    const isOurs = await database.transaction(async (tx) => {
      const known = await setting(tx, LAST);
      if (known !== null && known >= due) return false;
      await remember(tx, LAST, due);
      if (known === null) await remember(tx, SINCE, now);
      return known !== null;
    });
    if (isOurs) {
      try {
        const note = await makeBackup(workspace, dir, { kind: 'weekly', by: 'system' });
        await thinOut(dir, model.settings.timeZone);
        await tellOwners(workspace, { 'zh-CN': '每周备份已完成', en: 'The weekly backup is done' }, { 'zh-CN': `${note.name}：${note.rows} 行、${note.files} 个文件，已通过测试恢复。`, en: `${note.name}: ${note.rows} rows, ${note.files} files, proved by a test restore.` });
        return true;
      } catch (error) {
        workspace.log.error({ err: error }, 'the weekly backup failed');
        const reason = (error as { detail?: Label }).detail;
        await tellOwners(workspace, { 'zh-CN': '每周备份失败', en: 'The weekly backup failed' }, { 'zh-CN': `${reason?.['zh-CN'] ?? '请查看服务器日志'}。可在“备份”页面重试。`, en: `${reason?.en ?? 'See the log of the server'}. Try again on the page of backups.` }, true);
      }
    }
  }
  await alarm(workspace, dir, now);
  return false;
}

/** No good backup for more than eight days: the owners hear of it, once in eight days. */
async function alarm(workspace: Workspace, dir: string, now: string): Promise<void> {
  const { database } = workspace;
  const since = new Date(Date.parse(now) - ALARM_AFTER_MS).toISOString();
  const [told, begun] = [await setting(database, ALARM), await setting(database, SINCE)];
  if ((told ?? '') > since || (begun ?? now) > since) return;
  const good = (await listBackups(dir)).find(({ verifiedAt, problem }) => verifiedAt !== null && problem === null);
  if (good && good.at > since) return;
  await database.transaction((tx) => remember(tx, ALARM, now));
  await tellOwners(workspace, { 'zh-CN': '已超过 8 天没有可用的备份', en: 'There has been no good backup for more than 8 days' }, { 'zh-CN': `最近一次：${good?.at.slice(0, 10) ?? '无'}。请在“备份”页面立即备份。`, en: `The last one: ${good?.at.slice(0, 10) ?? 'none'}. Make one on the page of backups.` }, true);
}

async function tellOwners(workspace: Workspace, title: Label, body: Label, urgent = false): Promise<void> {
  await workspace.database.transaction((tx) =>
    queueNotices(tx, workspace, { to: workspace.directory.owners(), title, body, record: null, channels: urgent ? ['inApp', 'email'] : ['inApp'], urgent, workflow: null, run: null, at: workspace.now(), mandatory: true }),
  );
}

/** Answers the way to stop. */
export function backUpRegularly(workspace: Workspace, dir: string): () => void {
  const look = (): void => void backUpWhenDue(workspace, dir).catch((error: unknown) => workspace.log.error({ err: error }, 'could not look after backups'));
  const timer = setInterval(look, MINUTE_MS);
  return () => clearInterval(timer);
}
