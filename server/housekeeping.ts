/** What piles up and nobody needs: ended sessions, spent links, old idempotency keys, uploads that no record ever took, old deliveries and notices. */
import { sql } from './db/sql.ts';
import { purgeOldTrash } from './definitions/purge-trash.ts';
import { dropScratch } from './definitions/scratch-columns.ts';
import { forgetExports } from './export/exports.ts';
import { removeStored } from './files/store.ts';
import { undoableSince } from './merging/tombstones.ts';
import { forgetRuns } from './workflows/forget-runs.ts';
import type { Workspace } from './workspace.ts';

const HOUR_MS = 3_600_000;
/** A client may repeat a request for this long and be answered with what it made. */
const KEYS_KEPT_MS = 7 * 24 * HOUR_MS;
/** After its end an address of a public form says that it has ended; the audit keeps who made it. */
const LINKS_KEPT_MS = 90 * 24 * HOUR_MS;
/** A form may stay open for this long with a file in it. */
const UPLOADS_KEPT_MS = 48 * HOUR_MS;

/** How long an administrator can look up what was sent. */
const SENT_KEPT_MS = 90 * 24 * HOUR_MS;
/** Of what a person is done with, or has never looked at. */
const NOTICES_KEPT_MS = 365 * 24 * HOUR_MS;

const before = (now: string, ms: number): string => new Date(Date.parse(now) - ms).toISOString();

export async function tidyUp(workspace: Workspace): Promise<void> {
  const { database, filesDir } = workspace;
  const now = workspace.now();
  const orphans = await database.transaction(async (tx) => {
    await tx.run(sql`DELETE FROM relata_session WHERE expires_at <= ${now}`);
    await tx.run(sql`DELETE FROM relata_sign_in_link WHERE expires_at <= ${now}`);
    await tx.run(sql`DELETE FROM relata_form_link WHERE expires_at <= ${before(now, LINKS_KEPT_MS)}`);
    await tx.run(sql`DELETE FROM relata_idempotency WHERE created_at < ${before(now, KEYS_KEPT_MS)}`);
    // A merge that can no longer be taken back keeps no values; the address of what was merged still leads on.
    await tx.run(sql`UPDATE relata_merge SET memory = NULL WHERE memory IS NOT NULL AND merged_at <= ${undoableSince(now)}`);
    await tx.run(sql`DELETE FROM relata_outbox WHERE state = 'sent' AND created_at < ${before(now, SENT_KEPT_MS)}`);
    await tx.run(sql`DELETE FROM relata_notice WHERE visible_at < ${before(now, NOTICES_KEPT_MS)} AND (done_at IS NOT NULL OR kind = 'notice')`);
    const rows = await tx.all<{ id: string; stored_as: string }>(sql`SELECT id, stored_as FROM relata_file WHERE record_id IS NULL AND uploaded_at < ${before(now, UPLOADS_KEPT_MS)}`);
    for (const { id } of rows) await tx.run(sql`DELETE FROM relata_file WHERE id = ${id}`);
    return rows;
  });
  // The rows are gone first: a file without a row is waste, a row without a file would be a lie.
  for (const { stored_as } of orphans) await removeStored(filesDir, stored_as);
  await forgetRuns(workspace);
  await forgetExports(workspace);
  await purgeOldTrash(workspace);
  await dropScratch(database);
}

/** Now and every hour; answers the way to stop. */
export function tidyUpRegularly(workspace: Workspace): () => void {
  const work = (): void => void tidyUp(workspace).catch((error: unknown) => workspace.log.error({ err: error }, 'could not tidy up'));
  work();
  const timer = setInterval(work, HOUR_MS);
  return () => clearInterval(timer);
}
