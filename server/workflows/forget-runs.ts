/** Runs that are long over, with their steps and approvals; and occurrences so old that nobody would take them for new. */
import { sql } from '../db/sql.ts';
import type { Workspace } from '../workspace.ts';
import { later, timedWorkflows } from './clock.ts';

const DAY_MS = 86_400_000;
/** Failed ones stay until somebody has seen to them. */
const RUNS_KEPT_MS = 365 * DAY_MS;
const OCCURRENCES_KEPT_MS = 800 * DAY_MS;
/** Runs a transaction: others write in between. */
const BATCH = 500;

export async function forgetRuns(workspace: Workspace): Promise<void> {
  const { database } = workspace;
  const now = workspace.now();
  const before = later(now, -RUNS_KEPT_MS);
  for (;;) {
    const removed = await database.transaction(async (tx) => {
      const old = sql`SELECT id FROM relata_run WHERE started_at < ${before} AND finished_at < ${before} AND state IN ('done', 'cancelled', 'stopped') ORDER BY started_at LIMIT ${BATCH}`;
      const runs = (await tx.all<{ id: string }>(old)).map(({ id }) => id);
      for (const id of runs) {
        await tx.run(sql`DELETE FROM relata_step WHERE run_id = ${id}`);
        await tx.run(sql`DELETE FROM relata_approval WHERE run_id = ${id}`);
        await tx.run(sql`DELETE FROM relata_run WHERE id = ${id}`);
      }
      return runs.length;
    });
    if (removed < BATCH) break;
  }
  // A record is taken up once for each value of a field, however long it keeps it.
  const lasting = new Set(timedWorkflows(workspace.model).flatMap(({ workflow, watch }) => (watch.kind === 'schedule' && watch.once !== undefined ? [workflow.name] : [])));
  const names = await database.all<{ workflow: string }>(sql`SELECT DISTINCT workflow FROM relata_occurrence WHERE at < ${later(now, -OCCURRENCES_KEPT_MS)}`);
  for (const { workflow } of names) {
    if (!lasting.has(workflow)) await database.transaction((tx) => tx.run(sql`DELETE FROM relata_occurrence WHERE workflow = ${workflow} AND at < ${later(now, -OCCURRENCES_KEPT_MS)}`));
  }
}
