/**
 * Executes what is due: one step, one transaction. Who was set off by a person goes first, batches of imports last. Several processes
 * may look at the same step; the write lock decides, and who comes second finds it done.
 */
import { setImmediate as breathe } from 'node:timers/promises';
import type { Queryable, Transaction } from '../db/database.ts';
import { sql } from '../db/sql.ts';
import { businessCalendar } from '../calendar.ts';
import { StaleModel } from '../definitions/stale-model.ts';
import { liveVersion } from '../definitions/store.ts';
import type { Workspace } from '../workspace.ts';
import { lookAtClock } from './clock.ts';
import { failStep } from './end-run.ts';
import { executeStep } from './execute-step.ts';
import type { Stage } from './stage.ts';

export interface Worker {
  start(): void;
  /** Waits for the step under way. */
  stop(): Promise<void>;
  /** Looks at once rather than at the next beat. */
  wake(): void;
}

const BEAT_MS = 500;
/** Dates and schedules are to the minute; looking four times as often keeps them within it. */
const CLOCK_MS = 15_000;
const BATCH = 50;

interface DueStep {
  readonly run_id: string;
  readonly seq: number;
}

async function dueSteps(db: Queryable, now: string): Promise<DueStep[]> {
  const due: DueStep[] = [];
  // One look a priority: each is answered by the index in the order of time.
  for (const priority of [0, 1, 2]) {
    for (const state of ['ready', 'waiting']) {
      if (due.length >= BATCH) return due;
      due.push(...(await db.all<DueStep>(sql`SELECT run_id, seq FROM relata_step WHERE state = ${state} AND priority = ${priority} AND due_at <= ${now} ORDER BY due_at LIMIT ${BATCH - due.length}`)));
    }
  }
  return due;
}

export async function stageOf(workspace: Workspace, tx: Transaction): Promise<Stage> {
  return { workspace, tx, now: workspace.now(), calendar: await businessCalendar(workspace.database, workspace.model.settings.timeZone, tx) };
}

/** Executes one step; a failure is noted in a transaction of its own. */
export async function runStep(workspace: Workspace, { run_id: run, seq }: DueStep): Promise<boolean> {
  const once = (): Promise<boolean> =>
    workspace.database.transaction(async (tx) => {
      if ((await liveVersion(tx)) !== workspace.definitionsVersion) throw new StaleModel();
      return executeStep(await stageOf(workspace, tx), run, Number(seq));
    });
  try {
    return await once().catch(async (error: unknown) => {
      if (!(error instanceof StaleModel)) throw error;
      await workspace.follow();
      return once();
    });
  } catch (error) {
    workspace.log.warn({ err: error, run, seq: Number(seq) }, 'a workflow step failed');
    await workspace.database.transaction(async (tx) => failStep(await stageOf(workspace, tx), run, Number(seq), error));
    return true;
  }
}

/** Everything that is due now, until nothing is or `isStopped`; answers how many steps were executed. */
export async function runDue(workspace: Workspace, isStopped: () => boolean = () => false): Promise<number> {
  let executed = 0;
  for (;;) {
    const due = await dueSteps(workspace.database, workspace.now());
    let did = 0;
    for (const step of due) {
      if (isStopped()) return executed;
      if (await runStep(workspace, step)) did += 1;
      // People's requests come in between.
      await breathe();
    }
    executed += did;
    if (did === 0) return executed;
  }
}

export function createWorker(workspace: Workspace): Worker {
  let timer: NodeJS.Timeout | undefined;
  let isStopped = false;
  let working: Promise<void> | null = null;
  let again = false;
  let lookedAt = 0;

  const work = async (): Promise<void> => {
    // What runs know does not open: they wait until the key is there.
    if (workspace.database.vault.missing.length > 0) return;
    do {
      again = false;
      if (Date.now() - lookedAt >= CLOCK_MS) {
        lookedAt = Date.now();
        await lookAtClock(workspace);
      }
      await runDue(workspace, () => isStopped);
    } while (again && !isStopped);
  };
  const beat = (): void => {
    again = true;
    if (working || isStopped) return;
    working = work()
      .catch((error: unknown) => workspace.log.error({ err: error }, 'the workflow worker failed'))
      .finally(() => {
        working = null;
      });
  };
  return {
    start() {
      timer = setInterval(beat, BEAT_MS);
      beat();
    },
    async stop() {
      isStopped = true;
      clearInterval(timer);
      await working;
    },
    wake: beat,
  };
}
