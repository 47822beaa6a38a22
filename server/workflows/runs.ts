/** Runs and their steps as rows, and back. Whoever changes one holds the write lock, so what was read stays true. */
import { v7 as uuidv7 } from 'uuid';
import type { Label } from '#engine/errors.ts';
import type { Json } from '#engine/fields/field-type.ts';
import type { RunState, StepState } from '#engine/workflows/reports.ts';
import type { Queryable, Transaction } from '../db/database.ts';
import { sql } from '../db/sql.ts';
import type { ChainLink } from '../records/write-session.ts';
import { isSealedValue, openOwn, sealOwn } from '../vault/sealed-values.ts';
import type { Vault } from '../vault/vault.ts';

/** Whose turn is first: people who wait for an answer, the clock and ordinary changes, batches of an import. */
export const PRIORITY = { person: 0, usual: 1, batch: 2 } as const;

export interface RunData {
  /** What the trigger tells, as `$trigger`. */
  readonly trigger: Readonly<Record<string, Json>>;
  /** The record before the change. */
  readonly before: Readonly<Record<string, Json>> | null;
  /** The latest answer of each node. */
  readonly outputs: Record<string, Json>;
  /** Records of an import that are told of as one. */
  readonly batch?: string;
}

export interface Run {
  readonly id: string;
  readonly workflow: string;
  readonly version: number;
  readonly state: RunState;
  readonly table: string | null;
  readonly record: string | null;
  readonly starter: string | null;
  readonly chain: readonly ChainLink[];
  readonly priority: number;
  readonly data: RunData;
  readonly problem: Label | null;
  /** Steps begun so far; the number of the next one. */
  readonly steps: number;
  /** Woken when the run ends: the step of a workflow that called it. */
  readonly wakeKey: string | null;
  readonly startedAt: string;
  readonly finishedAt: string | null;
}

export interface Step {
  readonly run: string;
  readonly seq: number;
  readonly node: string;
  readonly parent: number | null;
  readonly branch: string | null;
  readonly state: StepState;
  readonly priority: number;
  readonly dueAt: string | null;
  readonly wakeKey: string | null;
  /** What happened while it waited; null: it is due. */
  readonly happened: Json;
  readonly memory: Json;
  readonly input: Json;
  readonly output: Json;
  readonly port: string | null;
  readonly attempts: number;
  readonly problem: Label | null;
  readonly startedAt: string | null;
  readonly finishedAt: string | null;
}

type Row = Record<string, string | number | null>;
const parsed = <T>(value: unknown): T | null => (value === null || value === undefined ? null : (JSON.parse(String(value)) as T));
const written = (value: unknown): string | null => (value === null || value === undefined ? null : JSON.stringify(value));
const orNull = (value: unknown): string | null => (value === null || value === undefined ? null : String(value));

/** The columns of a step that may hold values of records. */
function opened<T>(vault: Vault, value: unknown, place: string): T | null {
  if (value === null || value === undefined) return null;
  const text = openOwn(vault, String(value), place);
  // It goes back as it came; nothing is executed while a key is missing.
  return (text === null ? { $sealed: String(value) } : JSON.parse(text)) as T;
}
function sealed(vault: Vault, value: unknown, place: string): string | null {
  if (value === null || value === undefined) return null;
  return isSealedValue(value) ? value.$sealed : sealOwn(vault, JSON.stringify(value), place);
}
export const runPlace = (run: string): string => `relata_run/data/${run}`;
export const stepPlace = (column: string, run: string, seq: number): string => `relata_step/${column}/${run}/${seq}`;
export const STEP_VALUES = ['happened', 'memory', 'input', 'output'] as const;

const asRun = (vault: Vault, row: Row): Run => ({
  id: String(row.id),
  workflow: String(row.workflow),
  version: Number(row.version),
  state: String(row.state) as RunState,
  table: orNull(row.table_name),
  record: orNull(row.record_id),
  starter: orNull(row.starter),
  chain: parsed<ChainLink[]>(row.chain) ?? [],
  priority: Number(row.priority),
  data: opened<RunData>(vault, row.data, runPlace(String(row.id))) ?? { trigger: {}, before: null, outputs: {} },
  problem: parsed<Label>(row.problem),
  steps: Number(row.steps),
  wakeKey: orNull(row.wake_key),
  startedAt: String(row.started_at),
  finishedAt: orNull(row.finished_at),
});

const asStep = (vault: Vault, row: Row): Step => ({
  run: String(row.run_id),
  seq: Number(row.seq),
  node: String(row.node),
  parent: row.parent === null ? null : Number(row.parent),
  branch: orNull(row.branch),
  state: String(row.state) as StepState,
  priority: Number(row.priority),
  dueAt: orNull(row.due_at),
  wakeKey: orNull(row.wake_key),
  happened: opened<Json>(vault, row.happened, stepPlace('happened', String(row.run_id), Number(row.seq))),
  memory: opened<Json>(vault, row.memory, stepPlace('memory', String(row.run_id), Number(row.seq))),
  input: opened<Json>(vault, row.input, stepPlace('input', String(row.run_id), Number(row.seq))),
  output: opened<Json>(vault, row.output, stepPlace('output', String(row.run_id), Number(row.seq))),
  port: orNull(row.port),
  attempts: Number(row.attempts),
  problem: parsed<Label>(row.problem),
  startedAt: orNull(row.started_at),
  finishedAt: orNull(row.finished_at),
});

export async function loadRun(db: Queryable, id: string): Promise<Run | null> {
  const row = await db.get<Row>(sql`SELECT * FROM relata_run WHERE id = ${id}`);
  return row ? asRun(db.vault, row) : null;
}

export async function loadStep(db: Queryable, run: string, seq: number): Promise<Step | null> {
  const row = await db.get<Row>(sql`SELECT * FROM relata_step WHERE run_id = ${run} AND seq = ${seq}`);
  return row ? asStep(db.vault, row) : null;
}

export async function stepsOf(db: Queryable, run: string): Promise<Step[]> {
  return (await db.all<Row>(sql`SELECT * FROM relata_step WHERE run_id = ${run} ORDER BY seq LIMIT 2000`)).map((row) => asStep(db.vault, row));
}

export function asRuns(vault: Vault, rows: readonly Row[]): Run[] {
  return rows.map((row) => asRun(vault, row));
}

export interface NewRun {
  readonly workflow: string;
  readonly version: number;
  readonly table: string | null;
  readonly record: string | null;
  readonly starter: string | null;
  readonly chain: readonly ChainLink[];
  readonly priority: number;
  readonly data: RunData;
  readonly wakeKey?: string | null;
  readonly at: string;
  /** Refused before its first step: the loop guard. */
  readonly stopped?: Label;
}

export async function insertRun(tx: Transaction, run: NewRun): Promise<string> {
  const id = uuidv7();
  const { stopped } = run;
  await tx.run(sql`INSERT INTO relata_run (id, workflow, version, state, table_name, record_id, starter, chain, priority, data, problem, steps, wake_key, started_at, finished_at)
    VALUES (${id}, ${run.workflow}, ${run.version}, ${stopped ? 'stopped' : 'running'}, ${run.table}, ${run.record}, ${run.starter}, ${JSON.stringify(run.chain)}, ${run.priority},
      ${sealed(tx.vault, run.data, runPlace(id))}, ${written(stopped)}, 0, ${run.wakeKey ?? null}, ${run.at}, ${stopped ? run.at : null})`);
  return id;
}

export interface NewStep {
  readonly node: string;
  readonly parent: number | null;
  readonly branch: string | null;
}

/** The steps are numbered on from what the run has had. */
export async function insertSteps(tx: Transaction, run: Pick<Run, 'id' | 'priority' | 'steps'>, steps: readonly NewStep[], at: string): Promise<void> {
  let seq = run.steps;
  for (const { node, parent, branch } of steps) {
    await tx.run(sql`INSERT INTO relata_step (run_id, seq, node, parent, branch, state, priority, due_at, attempts) VALUES (${run.id}, ${seq}, ${node}, ${parent}, ${branch}, 'ready', ${run.priority}, ${at}, 0)`);
    seq += 1;
  }
  if (steps.length > 0) await tx.run(sql`UPDATE relata_run SET steps = ${seq}, state = 'running' WHERE id = ${run.id}`);
}

export type StepChanges = Partial<Pick<Step, 'state' | 'dueAt' | 'wakeKey' | 'happened' | 'memory' | 'input' | 'output' | 'port' | 'attempts' | 'problem' | 'startedAt' | 'finishedAt'>>;

export async function saveStep(tx: Transaction, step: Step, changes: StepChanges): Promise<void> {
  const next = { ...step, ...changes };
  const kept = (column: (typeof STEP_VALUES)[number]): string | null => sealed(tx.vault, next[column], stepPlace(column, step.run, step.seq));
  await tx.run(sql`UPDATE relata_step SET state = ${next.state}, due_at = ${next.dueAt}, wake_key = ${next.wakeKey}, happened = ${kept('happened')}, memory = ${kept('memory')},
    input = ${kept('input')}, output = ${kept('output')}, port = ${next.port}, attempts = ${next.attempts}, problem = ${written(next.problem)}, started_at = ${next.startedAt},
    finished_at = ${next.finishedAt} WHERE run_id = ${step.run} AND seq = ${step.seq}`);
}

export async function saveRun(tx: Transaction, id: string, changes: { readonly state?: RunState; readonly data?: RunData; readonly problem?: Label | null; readonly finishedAt?: string | null }): Promise<void> {
  if (changes.data !== undefined) await tx.run(sql`UPDATE relata_run SET data = ${sealed(tx.vault, changes.data, runPlace(id))} WHERE id = ${id}`);
  if (changes.state !== undefined) await tx.run(sql`UPDATE relata_run SET state = ${changes.state}, problem = ${written(changes.problem)}, finished_at = ${changes.finishedAt ?? null} WHERE id = ${id}`);
}

/** A step that waits for this goes on, with what has happened. Nobody waits for it: nothing is done. */
export async function wakeStep(tx: Transaction, key: string, value: Json, at: string): Promise<boolean> {
  const row = await tx.get<Row>(sql`SELECT * FROM relata_step WHERE wake_key = ${key} AND state IN ('waiting', 'ready')`);
  if (!row) return false;
  const step = asStep(tx.vault, row);
  // Its own timer goes on when the node answers that it stays.
  const until = step.state === 'waiting' ? step.dueAt : timerOf(step);
  await saveStep(tx, step, { state: 'ready', dueAt: at, happened: { kind: 'event', value, until } });
  await tx.run(sql`UPDATE relata_run SET state = 'running' WHERE id = ${String(row.run_id)}`);
  return true;
}

/** When a step that was woken would have gone on by itself. */
export function timerOf({ happened }: Step): string | null {
  const until = (happened as { until?: unknown } | null)?.until;
  return typeof until === 'string' ? until : null;
}

/** Whether the run has steps that may still go on, and whether one of them has something to do now. */
export async function openSteps(db: Queryable, run: string): Promise<{ open: number; ready: number; failed: number }> {
  const rows = await db.all<{ state: string; count: number }>(sql`SELECT state, count(*) AS count FROM relata_step WHERE run_id = ${run} GROUP BY state`);
  const count = (state: string): number => Number(rows.find((row) => row.state === state)?.count ?? 0);
  return { open: count('ready') + count('waiting'), ready: count('ready'), failed: count('failed') };
}

export async function endSteps(tx: Transaction, run: string, at: string): Promise<void> {
  await tx.run(sql`UPDATE relata_step SET state = 'cancelled', finished_at = ${at} WHERE run_id = ${run} AND state IN ('ready', 'waiting')`);
  await tx.run(sql`DELETE FROM relata_watch WHERE run_id = ${run}`);
  await tx.run(sql`UPDATE relata_approval SET state = 'closed' WHERE run_id = ${run} AND state IN ('pending', 'queued')`);
  await tx.run(sql`UPDATE relata_notice SET done_at = ${at} WHERE done_at IS NULL AND approval_id IN (SELECT id FROM relata_approval WHERE run_id = ${run})`);
}
