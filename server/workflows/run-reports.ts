/** Runs as the administrator reads them: lists, one run step by step, numbers of a workflow. */
import { AppError } from '#engine/errors.ts';
import type { RunDetail, RunState, RunSummary, StepReport, WorkflowStatistics } from '#engine/workflows/reports.ts';
import type { Queryable } from '../db/database.ts';
import { and, bind, join, sql, type Sql } from '../db/sql.ts';
import { shownValue } from '../vault/sealed-values.ts';
import type { Workspace } from '../workspace.ts';
import { named } from './record-names.ts';
import { asRuns, loadRun, type Run, stepsOf, type Step } from './runs.ts';
import { workflowOf } from './stage.ts';

const PAGE = 50;

export function asReport({ seq, node, state, port, startedAt, finishedAt, dueAt, attempts, input, output, problem }: Step): StepReport {
  return { seq, node, state, port, startedAt, finishedAt, dueAt: state === 'ready' || state === 'waiting' ? dueAt : null, attempts, input: shownValue(input), output: shownValue(output), problem };
}

async function summaries(workspace: Workspace, db: Queryable, runs: readonly Run[]): Promise<RunSummary[]> {
  if (runs.length === 0) return [];
  const ids = join(runs.map(({ id }) => bind(id)), ', ');
  const open = await db.all<{ run_id: string; node: string; due_at: string | null }>(sql`SELECT run_id, node, due_at FROM relata_step WHERE run_id IN (${ids}) AND state IN ('ready', 'waiting') ORDER BY seq`);
  const records = await named(workspace, db, runs.map(({ table, record }) => (table !== null && record !== null ? { table, id: record } : null)));
  return runs.map((run, i) => {
    const own = open.filter((step) => step.run_id === run.id);
    const dues = own.flatMap(({ due_at }) => (due_at === null ? [] : [due_at])).sort();
    const starter = run.starter === null ? undefined : workspace.directory.user(run.starter);
    return {
      id: run.id,
      workflow: run.workflow,
      label: workspace.model.workflows[run.workflow]?.label ?? { 'zh-CN': run.workflow, en: run.workflow },
      version: run.version,
      isCurrent: run.version === workspace.definitionsVersion,
      state: run.state,
      record: records[i] ?? null,
      starter: starter ? { id: starter.id, name: starter.name } : null,
      startedAt: run.startedAt,
      finishedAt: run.finishedAt,
      dueAt: dues[0] ?? null,
      at: [...new Set(own.map(({ node }) => node))],
      problem: run.problem,
    };
  });
}

export interface RunFilter {
  readonly workflow?: string | undefined;
  readonly state?: RunState | undefined;
  readonly record?: { readonly table: string; readonly id: string };
  /** The id of the last run of the page before. */
  readonly cursor?: string | undefined;
  readonly limit?: number;
}

/** Newest first. */
export async function runPage(workspace: Workspace, { workflow, state, record, cursor, limit = PAGE }: RunFilter): Promise<{ items: RunSummary[]; next: string | null }> {
  const { database } = workspace;
  const conditions: Sql[] = [
    ...(workflow === undefined ? [] : [sql`workflow = ${workflow}`]),
    ...(state === undefined ? [] : [sql`state = ${state}`]),
    ...(record === undefined ? [] : [sql`table_name = ${record.table} AND record_id = ${record.id}`]),
    ...(cursor === undefined ? [] : [sql`id < ${cursor}`]),
  ];
  const where = conditions.length === 0 ? sql`1 = 1` : and(conditions);
  const rows = await database.all<Record<string, string | number | null>>(sql`SELECT * FROM relata_run WHERE ${where} ORDER BY id DESC LIMIT ${limit + 1}`);
  const runs = asRuns(database.vault, rows.slice(0, limit));
  return { items: await summaries(workspace, database, runs), next: rows.length > limit ? (runs.at(-1)?.id ?? null) : null };
}

export async function runDetail(workspace: Workspace, id: string): Promise<RunDetail> {
  const { database } = workspace;
  const run = await loadRun(database, id);
  if (!run) throw new AppError('not_found', { 'zh-CN': '没有这次运行', en: 'There is no such run' });
  const [summary] = await summaries(workspace, database, [run]);
  return { ...(summary as RunSummary), definition: await workflowOf(workspace, database, run), steps: (await stepsOf(database, id)).map(asReport) };
}

const MONTH_MS = 30 * 86_400_000;

export async function statistics(workspace: Workspace): Promise<WorkflowStatistics[]> {
  const { database, definitionsVersion, model } = workspace;
  const since = new Date(Date.parse(workspace.now()) - MONTH_MS).toISOString();
  const open = await database.all<{ workflow: string; state: string; count: number; older: number }>(
    sql`SELECT workflow, state, count(*) AS count, sum(CASE WHEN version <> ${definitionsVersion} THEN 1 ELSE 0 END) AS older FROM relata_run WHERE state IN ('running', 'waiting', 'failed') GROUP BY workflow, state`,
  );
  const done = await database.all<{ workflow: string; count: number }>(sql`SELECT workflow, count(*) AS count FROM relata_run WHERE state = 'done' AND started_at >= ${since} GROUP BY workflow`);
  const last = await database.all<{ workflow: string; at: string }>(sql`SELECT workflow, max(started_at) AS at FROM relata_run GROUP BY workflow`);
  return Object.keys(model.workflows).map((workflow) => {
    const count = (state: string): number => Number(open.find((row) => row.workflow === workflow && row.state === state)?.count ?? 0);
    const older = open.filter((row) => row.workflow === workflow && row.state !== 'failed').reduce((sum, row) => sum + Number(row.older ?? 0), 0);
    return {
      workflow,
      running: count('running'),
      waiting: count('waiting'),
      failed: count('failed'),
      doneLastMonth: Number(done.find((row) => row.workflow === workflow)?.count ?? 0),
      older,
      lastStartedAt: last.find((row) => row.workflow === workflow)?.at ?? null,
    };
  });
}
