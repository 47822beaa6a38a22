/** One mail a day to those who asked for that, at their own time: what has come into their inbox since the last. */
import { fromLocal, toLocalDateTime } from '#engine/rules/time.ts';
import { sql } from '../db/sql.ts';
import { isMailAddress } from '../outbox/mailer.ts';
import { queueEmail } from '../outbox/queue.ts';
import type { DirectoryUser } from '../records/directory.ts';
import { withAsked } from '../workflows/approvals.ts';
import type { Workspace } from '../workspace.ts';
import { noticesSince } from './inbox.ts';
import { digestMail } from './notice-mail.ts';
import { preferencesOf } from './preferences.ts';

const DAY_MS = 24 * 3_600_000;
const keyOf = (userId: string): string => `digest.${userId}`;

/** Called every minute; answers how many mails were queued. However many processes call it, each day's mail goes once. */
export async function sendDigests(workspace: Workspace): Promise<number> {
  const rows = await workspace.database.all<{ user_id: string; preferences: string }>(sql`SELECT user_id, preferences FROM relata_preference`);
  let sent = 0;
  for (const { user_id } of rows.filter(({ preferences }) => wantsNow(workspace, preferences))) {
    const user = workspace.directory.user(user_id);
    if (user?.active && isMailAddress(user.login) && (await sendDigest(workspace, user))) sent += 1;
  }
  return sent;
}

function wantsNow(workspace: Workspace, preferences: string): boolean {
  const { digestAt, email } = JSON.parse(preferences) as { digestAt: string | null; email: boolean };
  return email && digestAt !== null && toLocalDateTime(workspace.now(), workspace.model.settings.timeZone).slice(11, 16) >= digestAt;
}

async function sendDigest(workspace: Workspace, user: DirectoryUser): Promise<boolean> {
  const now = workspace.now();
  const { timeZone } = workspace.model.settings;
  return workspace.database.transaction(async (tx) => {
    const { digestAt } = await preferencesOf(tx, user.id);
    if (digestAt === null) return false;
    const due = fromLocal(`${toLocalDateTime(now, timeZone).slice(0, 10)}T${digestAt}:00`, timeZone);
    const last = (await tx.get<{ value: string }>(sql`SELECT value FROM relata_setting WHERE key = ${keyOf(user.id)}`))?.value;
    if (last !== undefined && last >= due) return false;
    await tx.run(sql`DELETE FROM relata_setting WHERE key = ${keyOf(user.id)}`);
    await tx.run(sql`INSERT INTO relata_setting (key, value) VALUES (${keyOf(user.id)}, ${now})`);
    const lines = await noticesSince(workspace, tx, await withAsked(tx, workspace.directory.actor(user.id)), last ?? new Date(Date.parse(now) - DAY_MS).toISOString());
    if (lines.length === 0) return false;
    await queueEmail(tx, { email: digestMail({ to: user.login, locale: user.locale, lines }), at: now });
    return true;
  });
}
