import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Actor } from '#engine/permissions/actor.ts';
import type { WorkflowDefinition } from '#engine/workflows/definitions.ts';
import { sql } from '../db/sql.ts';
import { getRecord } from '../records/get-record.ts';
import { updateRecord } from '../records/update-record.ts';
import { writeSession } from '../records/write-session.ts';
import { approvalApp } from '../testing/approval-app.ts';
import { recordsChecksum } from '../testing/records-checksum.ts';
import { DATABASES, openTestWorkspace, type TestWorkspace } from '../testing/test-workspace.ts';
import { decide } from './approvals.ts';
import { backTest } from './back-test.ts';
import { forecasts } from './forecast.ts';
import { cancelRun, moveRuns, olderRuns, retryStep } from './manage-runs.ts';
import { press } from './manual.ts';
import { runDetail, runPage, statistics } from './run-reports.ts';
import { loadRun, stepsOf } from './runs.ts';
import { simulate } from './simulate.ts';
import { modelWith, tryWorkflow } from './trial.ts';
import { rotateSecret, sign, takeWebhook, webhookSecret } from './webhook.ts';
import { runDue } from './worker.ts';

describe.each(DATABASES)('what administrators do with workflows on %s', (database) => {
  let workspace: TestWorkspace;
  let admin: Actor;
  let boss: Actor;
  beforeAll(async () => {
    workspace = await openTestWorkspace(database, { definitions: approvalApp });
    admin = await workspace.addUser({ name: 'admin', roles: ['owner'] });
    boss = await workspace.addUser({ name: 'boss', roles: ['boss'] });
  });
  afterAll(() => workspace.close());
  const value = async (id: string) => (await getRecord(workspace, admin, 'contract', id)).data;
  const latest = async (workflow: string) => (await runPage(workspace, { workflow })).items[0];

  it('a block is all or nothing, what fails comes to the dead letters, and is tried again from there', async () => {
    const id = await workspace.create(admin, 'contract', { title: 'broken', remark: 'before' });
    await press(workspace, admin, 'fragile', [id]);
    await runDue(workspace);
    const run = await latest('fragile');
    expect(run).toMatchObject({ state: 'failed', record: { title: 'broken' }, problem: { en: expect.stringMatching(/.+/) } });
    expect((await value(id)).remark).toBe('before');
    const steps = await stepsOf(workspace.database, run?.id ?? '');
    expect(steps.map(({ node, state, port }) => [node, state, port])).toEqual([['first', 'done', 'error'], ['failed', 'done', 'no'], ['dead', 'failed', null]]);
    // Why it failed is there for the steps after it.
    expect((await workspace.database.transaction((tx) => loadRun(tx, run?.id ?? '')))?.data.outputs.first).toEqual({ error: steps[0]?.problem?.['zh-CN'] });
    await retryStep(workspace, admin, run?.id ?? '', steps.at(-1)?.seq ?? 0);
    await runDue(workspace);
    expect((await latest('fragile'))?.state).toBe('failed');
    await writeSession(workspace, admin, (session) => updateRecord(session, 'contract', id, { title: 'retry' }));
    await retryStep(workspace, admin, run?.id ?? '', 1);
    await runDue(workspace);
    const detail = await runDetail(workspace, run?.id ?? '');
    expect(detail.steps.at(-1)).toMatchObject({ node: 'failed', port: 'yes' });
    await cancelRun(workspace, admin, run?.id ?? '');
    expect((await runDetail(workspace, run?.id ?? '')).state).toBe('cancelled');
    await expect(cancelRun(workspace, admin, run?.id ?? '')).rejects.toMatchObject({ code: 'conflict' });
  });

  it('a step that fails inside a loop is seen to fail, and the loop goes on when it is mended', async () => {
    const ids: string[] = [];
    for (const [title, remark] of [['loop 1', 'approved'], ['loop 2', 'nonsense'], ['loop 3', 'approved']] as const) ids.push(await workspace.create(admin, 'contract', { title, remark }));
    await press(workspace, admin, 'loop', [ids[0] ?? '']);
    await runDue(workspace);
    const run = await latest('loop');
    expect(run).toMatchObject({ state: 'failed', at: ['each'] });
    expect(await Promise.all(ids.map(async (id) => (await value(id)).state))).toEqual(['approved', 'draft', 'draft']);
    await writeSession(workspace, admin, (session) => updateRecord(session, 'contract', ids[1] ?? '', { remark: 'rejected' }));
    const failed = (await stepsOf(workspace.database, run?.id ?? '')).find(({ state }) => state === 'failed');
    await retryStep(workspace, admin, run?.id ?? '', failed?.seq ?? -1);
    await runDue(workspace);
    expect((await latest('loop'))?.state).toBe('done');
    expect(await Promise.all(ids.map(async (id) => (await value(id)).state))).toEqual(['approved', 'rejected', 'approved']);
    expect((await value(ids[0] ?? '')).remark).toBe('looped 3');
  });

  it('a webhook needs its signature, is fresh, and starts one run however often it comes', async () => {
    const secret = await webhookSecret(workspace, 'hook');
    const timestamp = String(Math.floor(Date.parse(workspace.now()) / 1000));
    const body = JSON.stringify({ name: '{{title}} $me "}}' });
    const message = { id: 'msg_1', timestamp, body, signature: sign(secret, { id: 'msg_1', timestamp, body }) };
    const taken = await Promise.all(Array.from({ length: 10 }, () => takeWebhook(workspace, 'hook', message)));
    expect(taken.filter(Boolean)).toHaveLength(1);
    await runDue(workspace);
    const made = await workspace.database.all<{ title: string }>(sql`SELECT title FROM contract WHERE title LIKE '%$me%'`);
    // What came from outside is text and is never read as an expression.
    expect(made).toEqual([{ title: '{{title}} $me "}}' }]);
    const refused = { code: 'unauthenticated' };
    await expect(takeWebhook(workspace, 'hook', { ...message, id: 'msg_2' })).rejects.toMatchObject(refused);
    await expect(takeWebhook(workspace, 'hook', { ...message, body: '{}' })).rejects.toMatchObject(refused);
    await expect(takeWebhook(workspace, 'nothing', message)).rejects.toMatchObject(refused);
    const old = String(Number(timestamp) - 400);
    await expect(takeWebhook(workspace, 'hook', { id: 'x', timestamp: old, body, signature: sign(secret, { id: 'x', timestamp: old, body }) })).rejects.toMatchObject(refused);
    await rotateSecret(workspace, 'hook');
    await expect(takeWebhook(workspace, 'hook', { ...message, id: 'msg_3', signature: sign(secret, { id: 'msg_3', timestamp, body }) })).rejects.toMatchObject(refused);
  });

  it('a text that looks like an expression stays a text', async () => {
    const title = '{{remark}}{{$params}}{"var":"constructor"}';
    const id = await workspace.create(admin, 'contract', { title, salary: 1 });
    await writeSession(workspace, admin, (session) => updateRecord(session, 'contract', id, { salary: 2 }));
    await runDue(workspace);
    expect((await value(id)).remark).toBe(title);
  });

  const timer: WorkflowDefinition = {
    name: 'trial',
    label: { 'zh-CN': '试', en: 'Trial' },
    trigger: { type: 'schedule', cron: '0 1 * * *', table: 'contract', filter: { '==': [{ var: 'state' }, 'draft'] }, once: 'title', next: 'hold' },
    nodes: [
      { name: 'hold', type: 'wait', for: { amount: 180, unit: 'day' }, next: { done: 'ask' } },
      { name: 'ask', type: 'approval', title: { 'zh-CN': '问 {{title}}', en: 'Ask {{title}}' }, approvers: [{ role: 'boss' }], next: { approved: 'mark' } },
      { name: 'mark', type: 'update', values: { state: 'approved' }, next: { done: 'call' } },
      { name: 'call', type: 'http', url: 'https://example.com/{{title}}', next: { done: 'tell' } },
      { name: 'tell', type: 'notify', to: [{ role: 'boss' }], title: { 'zh-CN': '完成 {{$call.status}}', en: 'Done {{$call.status}}' }, channels: ['inApp'] },
    ],
  };

  it('a trial runs all of it, waits passed over, and leaves nothing behind', async () => {
    const id = await workspace.create(admin, 'contract', { title: 'tried' });
    const before = await recordsChecksum(workspace);
    const count = async (table: 'relata_run' | 'relata_notice' | 'relata_outbox' | 'relata_approval') => Number((await workspace.database.get<{ n: number }>({ text: `SELECT count(*) AS n FROM ${table}`, params: [] }))?.n);
    const rows = [await count('relata_run'), await count('relata_notice'), await count('relata_outbox'), await count('relata_approval')];
    const report = await tryWorkflow(workspace, { workflow: timer, records: [id], response: { status: 201, body: { ok: true } } });
    expect(report.issues).toEqual([]);
    const [run] = report.runs;
    expect(run).toMatchObject({ state: 'done', wouldStart: true, record: { title: 'tried' } });
    expect(Date.parse(run?.finishedAt ?? '') - Date.parse(workspace.now())).toBeGreaterThanOrEqual(180 * 86_400_000);
    expect(run?.effects.map(({ kind }) => kind)).toEqual(['approval', 'update', 'request', 'notice']);
    expect(run?.effects[1]).toMatchObject({ changes: [{ field: 'state', before: 'draft', after: 'approved' }] });
    expect(run?.effects[3]).toMatchObject({ to: ['boss'], title: { en: 'Done 201' } });
    expect(await recordsChecksum(workspace)).toEqual(before);
    expect([await count('relata_run'), await count('relata_notice'), await count('relata_outbox'), await count('relata_approval')]).toEqual(rows);
    const refused = await tryWorkflow(workspace, { workflow: { ...timer, nodes: [{ name: 'mark', type: 'update', values: { nothing: 1 } }] }, records: [id] });
    expect(refused.issues.map(({ path }) => path)).toEqual(expect.arrayContaining(['/workflows/trial/trigger/next', '/workflows/trial/nodes/mark/values/nothing']));
  });

  it('a back-test finds what the trigger would have taken up in recorded history', async () => {
    const moved: WorkflowDefinition = { ...timer, trigger: { type: 'recordUpdated', table: 'contract', fields: ['state'], rule: { and: [{ '==': [{ var: 'state' }, 'approved'] }, { '==': [{ var: '$before.state' }, 'draft'] }] }, next: 'mark' }, nodes: [{ name: 'mark', type: 'condition', rule: { contains: [{ var: 'title' }, 'back'] } }] };
    const id = await workspace.create(admin, 'contract', { title: 'back 1' });
    for (const state of ['approved', 'draft', 'approved', 'rejected']) await writeSession(workspace, admin, (session) => updateRecord(session, 'contract', id, { state }));
    const found = await modelWith(workspace, moved);
    if ('issues' in found) throw new Error(JSON.stringify(found.issues));
    const report = await backTest(workspace, found);
    const own = report.hits.filter(({ record }) => record?.id === id);
    expect(own.map(({ port }) => port)).toEqual(['yes', 'yes']);
    expect(report.times).toBeGreaterThanOrEqual(2);
  });

  it('a day to come shows what it sets off, and a record when and why', async () => {
    const found = await modelWith(workspace, timer);
    if ('issues' in found) throw new Error(JSON.stringify(found.issues));
    const report = await simulate(workspace, found.model, '2026-06-16');
    expect(report.items.length).toBeGreaterThan(0);
    expect(new Set(report.items.map(({ workflow }) => workflow))).toEqual(new Set(['trial']));
    const id = await workspace.create(admin, 'contract', { title: 'forecast' });
    const live = Object.create(workspace, { model: { value: found.model } }) as TestWorkspace;
    const [forecast] = await forecasts(live, admin, 'contract', id);
    expect(forecast).toMatchObject({ workflow: 'trial', due: '2026-06-15T17:00:00.000Z', conditions: [{ holds: true }] });
    expect(forecast?.conditions[0]?.text.en).toContain('draft');
  });

  it('runs stay on their version, and are moved with a mapping of nodes', async () => {
    const id = await workspace.create(admin, 'contract', { title: 'versions' });
    await press(workspace, admin, 'anyone', [id]);
    await runDue(workspace);
    const live = { ...approvalApp, workflows: (approvalApp.workflows ?? []).map((workflow) => (workflow.name === 'anyone' ? { ...workflow, trigger: { ...workflow.trigger, next: 'decide' }, nodes: workflow.nodes.map((node) => (node.name === 'ask' ? { ...node, name: 'decide' } : { ...node, values: { state: 'draft', remark: 'new version' } })) } : workflow)) };
    await workspace.publish({ definitions: live, base: workspace.definitionsVersion, by: admin.userId, note: 'v2' });
    expect(await olderRuns(workspace, 'anyone')).toEqual([{ version: 1, runs: 1, nodes: ['ask'] }]);
    expect((await statistics(workspace)).find(({ workflow }) => workflow === 'anyone')).toMatchObject({ older: 1, waiting: 1 });
    const left = await moveRuns(workspace, admin, 'anyone', { ask: 'yes' });
    expect(left).toMatchObject({ moved: 0, left: [{ reason: { en: expect.stringContaining('ask') } }] });
    expect(await moveRuns(workspace, admin, 'anyone', { ask: 'decide' })).toEqual({ moved: 1, left: [] });
    const row = await workspace.database.get<{ id: string }>(sql`SELECT id FROM relata_approval WHERE user_id = ${boss.userId} AND record_id = ${id} AND state = 'pending'`);
    await decide(workspace, boss, row?.id ?? '', { decision: 'approved', comment: '' });
    await runDue(workspace);
    expect((await value(id)).remark).toBe('new version');
  });
});
