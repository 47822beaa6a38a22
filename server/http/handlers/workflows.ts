/** Workflows for the system owner: runs, trials, webhooks. */
import Type, { type Static } from 'typebox';
import { AppError } from '#engine/errors.ts';
import { RUN_STATES, type RunState, type TrialRequest } from '#engine/workflows/reports.ts';
import { backTest } from '../../workflows/back-test.ts';
import { cancelRun, moveRuns, olderRuns, retryStep } from '../../workflows/manage-runs.ts';
import { runDetail, runPage, statistics } from '../../workflows/run-reports.ts';
import { simulate } from '../../workflows/simulate.ts';
import { MOST_TRIED, modelWith, tryWorkflow } from '../../workflows/trial.ts';
import { rotateSecret, webhookSecret } from '../../workflows/webhook.ts';
import type { Answer, Call } from '../endpoint.ts';
import { administratorsOnly, ownerOnly } from './guards.ts';
import { queryText } from './request-parts.ts';

const strict = { additionalProperties: false } as const;
const Drafted = Type.Unsafe<unknown>({ type: 'object' });
const Day = Type.String({ pattern: '^\\d{4}-\\d{2}-\\d{2}$' });

export const RetrySchema = Type.Object({ seq: Type.Integer({ minimum: 0 }) }, strict);
export const MoveSchema = Type.Object({ mapping: Type.Record(Type.String(), Type.String({ maxLength: 48 })) }, strict);
export const TrialSchema = Type.Object(
  {
    workflow: Drafted,
    records: Type.Array(Type.String({ maxLength: 64 }), { maxItems: MOST_TRIED }),
    now: Type.Optional(Type.String({ pattern: '^\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}:\\d{2}(\\.\\d{3})?Z$' })),
    decide: Type.Optional(Type.Union([Type.Literal('approved'), Type.Literal('rejected')])),
    events: Type.Optional(Type.Union([Type.Literal('happen'), Type.Literal('timeout')])),
    response: Type.Optional(Type.Object({ status: Type.Integer({ minimum: 100, maximum: 599 }), body: Type.Unknown() }, strict)),
  },
  strict,
);
export const BackTestSchema = Type.Object({ workflow: Drafted, from: Type.Optional(Day) }, strict);
export const SimulateSchema = Type.Object({ at: Day, workflow: Type.Optional(Drafted) }, strict);

const nameOf = (call: Call): string => call.params.name ?? '';
const idOf = (call: Call): string => call.params.id ?? '';

export async function workflowStatistics(call: Call): Promise<Answer> {
  administratorsOnly(call);
  return { body: { items: await statistics(call.workspace) } };
}

export async function listRuns(call: Call): Promise<Answer> {
  ownerOnly(call);
  const state = queryText(call, 'state');
  if (state !== undefined && !RUN_STATES.some((known) => known === state)) throw new AppError('invalid_request', { 'zh-CN': `没有状态“${state}”`, en: `There is no state "${state}"` });
  return { body: await runPage(call.workspace, { workflow: queryText(call, 'workflow'), state: state as RunState | undefined, cursor: queryText(call, 'cursor') }) };
}

export async function showRun(call: Call): Promise<Answer> {
  ownerOnly(call);
  return { body: await runDetail(call.workspace, idOf(call)) };
}

export async function retryRun(call: Call): Promise<Answer> {
  ownerOnly(call);
  await retryStep(call.workspace, call.actor, idOf(call), (call.body as Static<typeof RetrySchema>).seq);
  return { body: await runDetail(call.workspace, idOf(call)) };
}

export async function stopRun(call: Call): Promise<Answer> {
  ownerOnly(call);
  await cancelRun(call.workspace, call.actor, idOf(call));
  return { body: await runDetail(call.workspace, idOf(call)) };
}

export async function listOlder(call: Call): Promise<Answer> {
  ownerOnly(call);
  return { body: { versions: await olderRuns(call.workspace, nameOf(call)) } };
}

export async function moveOlder(call: Call): Promise<Answer> {
  ownerOnly(call);
  return { body: await moveRuns(call.workspace, call.actor, nameOf(call), (call.body as Static<typeof MoveSchema>).mapping) };
}

export async function runTrial(call: Call): Promise<Answer> {
  ownerOnly(call);
  const request = call.body as TrialRequest;
  if (request.now !== undefined && Number.isNaN(Date.parse(request.now))) throw new AppError('invalid_request', { 'zh-CN': '没有这个时刻', en: 'There is no such moment' }, [{ path: '/now', code: 'not_a_moment', message: { 'zh-CN': '没有这个时刻', en: 'There is no such moment' } }]);
  return { body: await tryWorkflow(call.workspace, { ...request, ...(request.now !== undefined && { now: new Date(request.now).toISOString() }) }) };
}

export async function runBackTest(call: Call): Promise<Answer> {
  ownerOnly(call);
  const { workflow, from } = call.body as Static<typeof BackTestSchema>;
  const found = await modelWith(call.workspace, workflow);
  if ('issues' in found) throw new AppError('validation_failed', { 'zh-CN': '流程还有问题', en: 'The workflow has problems' }, found.issues);
  return { body: await backTest(call.workspace, found, checkedDay(from)) };
}

export async function runSimulation(call: Call): Promise<Answer> {
  ownerOnly(call);
  const { at, workflow } = call.body as Static<typeof SimulateSchema>;
  const found = workflow === undefined ? call.workspace : await modelWith(call.workspace, workflow);
  if ('issues' in found) throw new AppError('validation_failed', { 'zh-CN': '流程还有问题', en: 'The workflow has problems' }, found.issues);
  return { body: await simulate(call.workspace, found.model, checkedDay(at) as string) };
}

function checkedDay(day: string | undefined): string | undefined {
  if (day === undefined || (!Number.isNaN(Date.parse(day)) && new Date(day).toISOString().startsWith(day))) return day;
  throw new AppError('invalid_request', { 'zh-CN': `没有“${day}”这一天`, en: `There is no day "${day}"` }, [{ path: '/at', code: 'not_a_day', message: { 'zh-CN': '没有这一天', en: 'There is no such day' } }]);
}

export async function showWebhook(call: Call): Promise<Answer> {
  ownerOnly(call);
  return { body: { path: `/api/hooks/${nameOf(call)}`, secret: await webhookSecret(call.workspace, nameOf(call)) } };
}

export async function rotateWebhook(call: Call): Promise<Answer> {
  ownerOnly(call);
  return { body: { path: `/api/hooks/${nameOf(call)}`, secret: await rotateSecret(call.workspace, nameOf(call)) } };
}
