/** What people do to runs: try a step again, call a run off, take back what they set off, bring runs over to the live version. */
import { AppError, type Label } from '#engine/errors.ts';
import type { Actor } from '#engine/permissions/actor.ts';
import { graphOf } from '#engine/workflows/graph.ts';
import type { Transaction } from '../db/database.ts';
import { sql } from '../db/sql.ts';
import { noteInAudit } from '../records/audit.ts';
import type { Workspace } from '../workspace.ts';
import { endRun } from './end-run.ts';
import { closeApproval } from './approvals.ts';
import { insertSteps, loadRun, loadStep, openSteps, type Run, saveRun, saveStep } from './runs.ts';
import { workflowOf } from './stage.ts';
import { stageOf } from './worker.ts';

const noRun = (): AppError => new AppError('not_found', { 'zh-CN': '没有这次运行', en: 'There is no such run' });

async function runToChange(tx: Transaction, id: string): Promise<Run> {
  const run = await loadRun(tx, id);
  if (!run) throw noRun();
  return run;
}

async function note(workspace: Workspace, tx: Transaction, actor: Actor, run: string, action: string, changes: unknown): Promise<void> {
  await noteInAudit(tx, { at: workspace.now(), by: actor.userId, table: 'relata_run', id: run, action, version: workspace.definitionsVersion, changes });
}

/** A failed step again; or from a step that is done, once more from there. */
export async function retryStep(workspace: Workspace, actor: Actor, id: string, seq: number): Promise<void> {
  await workspace.database.transaction(async (tx) => {
    const run = await runToChange(tx, id);
    const step = await loadStep(tx, id, seq);
    if (!step) throw noRun();
    const now = workspace.now();
    const isAsking = step.state === 'waiting' && (await tx.get(sql`SELECT 1 AS found FROM relata_approval WHERE run_id = ${id} AND seq = ${seq} AND state IN ('pending', 'queued')`)) !== undefined;
    if (isAsking) {
      // Whoever was asked may be gone: the people are looked up anew.
      await closeApproval(tx, id, seq, now);
      await saveStep(tx, step, { state: 'ready', memory: null, happened: null, dueAt: now, wakeKey: null });
      await note(workspace, tx, actor, id, 'ask again', { seq, node: step.node });
      return;
    }
    if (step.state === 'ready' || step.state === 'waiting') throw new AppError('conflict', { 'zh-CN': '这一步还在进行中', en: 'This step is still under way' });
    if (step.state !== 'failed' && (await openSteps(tx, id)).open > 0) throw new AppError('conflict', { 'zh-CN': '这次运行还在进行，不能从已完成的步骤再走一遍；请先取消', en: 'The run is still under way and cannot go on from a step that is done; cancel it first' });
    if (step.parent !== null && (await loadStep(tx, id, step.parent))?.state !== 'waiting') {
      throw new AppError('conflict', { 'zh-CN': '这一步所在的循环或分支已结束，请从外层的步骤重试', en: 'The loop or branch it stands in has ended; retry from the step around it' });
    }
    await saveRun(tx, id, { state: 'running', problem: null, finishedAt: null });
    if (step.state === 'failed') await saveStep(tx, step, { state: 'ready', attempts: 0, dueAt: now, problem: null, finishedAt: null });
    else await insertSteps(tx, run, [{ node: step.node, parent: step.parent, branch: step.branch }], now);
    await note(workspace, tx, actor, id, 'retry', { seq, node: step.node });
  });
}

export async function cancelRun(workspace: Workspace, actor: Actor, id: string): Promise<void> {
  await workspace.database.transaction(async (tx) => {
    const run = await runToChange(tx, id);
    if (run.finishedAt !== null && run.state !== 'failed') throw new AppError('conflict', { 'zh-CN': '这次运行已结束', en: 'This run is over' });
    await endRun(await stageOf(workspace, tx), run, 'cancelled', { 'zh-CN': '管理员取消', en: 'Cancelled by an administrator' });
    await note(workspace, tx, actor, id, 'cancel', {});
  });
}

/** By whoever set it off, while it waits for others to decide. Answers as if it were not there to everybody else. */
export async function withdrawRun(workspace: Workspace, actor: Actor, id: string): Promise<void> {
  await workspace.database.transaction(async (tx) => {
    const run = await loadRun(tx, id);
    if (!run || run.starter !== actor.userId) throw noRun();
    if (run.finishedAt !== null) throw new AppError('conflict', { 'zh-CN': '这次运行已结束，不能撤回', en: 'This run is over and cannot be withdrawn' });
    const isAsked = await tx.get(sql`SELECT 1 AS found FROM relata_approval WHERE run_id = ${id} AND state = 'pending'`);
    if (!isAsked) throw new AppError('conflict', { 'zh-CN': '没有等待审批的步骤，不能撤回', en: 'No step waits for approval, so there is nothing to withdraw' });
    await endRun(await stageOf(workspace, tx), run, 'cancelled', { 'zh-CN': '发起人撤回', en: 'Withdrawn by whoever set it off' });
    await note(workspace, tx, actor, id, 'withdraw', {});
  });
}

/** Runs under way on versions before the live one, with the nodes they stand at. */
export async function olderRuns(workspace: Workspace, name: string): Promise<{ version: number; runs: number; nodes: string[] }[]> {
  const rows = await workspace.database.all<{ version: number; run: string; node: string }>(
    sql`SELECT relata_run.version AS version, relata_run.id AS run, relata_step.node AS node FROM relata_run JOIN relata_step ON relata_step.run_id = relata_run.id
      WHERE relata_run.workflow = ${name} AND relata_run.version <> ${workspace.definitionsVersion} AND relata_run.state IN ('running', 'waiting', 'failed') AND relata_step.state IN ('ready', 'waiting', 'failed')`,
  );
  return [...new Set(rows.map((row) => Number(row.version)))].sort((a, b) => a - b).map((version) => {
    const own = rows.filter((row) => Number(row.version) === version);
    return { version, runs: new Set(own.map(({ run }) => run)).size, nodes: [...new Set(own.map(({ node }) => node))] };
  });
}

/** Brings them over: each node they stand at must be there in the live version, by its own name or by the mapping. */
export async function moveRuns(workspace: Workspace, actor: Actor, name: string, mapping: Readonly<Record<string, string>>): Promise<{ moved: number; left: { run: string; reason: Label }[] }> {
  const live = workspace.model.workflows[name];
  if (!live) throw new AppError('not_found', { 'zh-CN': '没有这个流程', en: 'There is no such workflow' });
  const graph = graphOf(live);
  const { definitionsVersion, database } = workspace;
  const runs = await database.all<{ id: string }>(sql`SELECT id FROM relata_run WHERE workflow = ${name} AND version <> ${definitionsVersion} AND state IN ('running', 'waiting', 'failed') ORDER BY id LIMIT 10000`);
  const left: { run: string; reason: Label }[] = [];
  let moved = 0;
  for (const { id } of runs) {
    await database.transaction(async (tx) => {
      const run = await loadRun(tx, id);
      const old = run && (await workflowOf(workspace, tx, run));
      const steps = await tx.all<{ seq: number; node: string }>(sql`SELECT seq, node FROM relata_step WHERE run_id = ${id} AND state IN ('ready', 'waiting', 'failed')`);
      const moves = steps.map(({ seq, node }) => ({ seq, node, to: mapping[node] ?? node }));
      const lost = moves.find(({ node, to }) => !graph.node(to) || (old && graphOf(old).node(node)?.type !== graph.node(to)?.type));
      if (lost) {
        left.push({ run: id, reason: { 'zh-CN': `新版本中没有与“${lost.node}”对应的同类节点`, en: `The live version has no node of the same kind for "${lost.node}"` } });
        return;
      }
      for (const { seq, node, to } of moves) if (node !== to) await tx.run(sql`UPDATE relata_step SET node = ${to} WHERE run_id = ${id} AND seq = ${seq}`);
      // What the old node has answered is read under the new name.
      if (run) {
        const outputs = { ...run.data.outputs };
        for (const [from, to] of Object.entries(mapping)) if (outputs[from] !== undefined && outputs[to] === undefined) outputs[to] = outputs[from];
        await saveRun(tx, id, { data: { ...run.data, outputs } });
      }
      await tx.run(sql`UPDATE relata_run SET version = ${definitionsVersion} WHERE id = ${id}`);
      await note(workspace, tx, actor, id, 'move', { from: run?.version, mapping });
      moved += 1;
    });
  }
  return { moved, left };
}
