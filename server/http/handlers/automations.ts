/** Workflows as those meet them who work with records: buttons, approvals, what the clock will do; and webhooks from outside. */
import Type, { type Static } from 'typebox';
import { AppError } from '#engine/errors.ts';
import { getRecord } from '../../records/get-record.ts';
import { approvalNotice } from '../../notices/inbox.ts';
import { addApprovers, decide, delegate } from '../../workflows/approvals.ts';
import { forecasts } from '../../workflows/forecast.ts';
import { buttonsOf, MOST_PRESSED, press } from '../../workflows/manual.ts';
import { withdrawRun } from '../../workflows/manage-runs.ts';
import { openApprovals, overrideApproval } from '../../workflows/override-approval.ts';
import { runPage } from '../../workflows/run-reports.ts';
import { takeWebhook } from '../../workflows/webhook.ts';
import type { Answer, Call } from '../endpoint.ts';
import { localeOf } from '../problem.ts';

const strict = { additionalProperties: false } as const;
const Id = Type.String({ maxLength: 64 });
const Comment = Type.String({ maxLength: 2000 });

export const StartSchema = Type.Object({ records: Type.Array(Id, { minItems: 1, maxItems: MOST_PRESSED }) }, strict);
export const DecideSchema = Type.Object({ decision: Type.Union([Type.Literal('approved'), Type.Literal('rejected'), Type.Literal('returned')]), comment: Comment }, strict);
export const DelegateSchema = Type.Object({ to: Id, comment: Comment }, strict);
export const OverrideSchema = Type.Object({ seq: Type.Integer({ minimum: 0 }), decision: Type.Union([Type.Literal('approved'), Type.Literal('rejected')]), reason: Comment }, strict);
export const AddSchema = Type.Object({ approvers: Type.Array(Id, { minItems: 1, maxItems: 20 }), comment: Comment }, strict);

const idOf = (call: Call): string => call.params.id ?? '';
const tableOf = (call: Call): string => call.params.table ?? '';

async function asNotice(call: Call): Promise<Answer> {
  return { body: await approvalNotice(call.workspace, call.workspace.database, call.actor, idOf(call)) };
}

export async function decideApproval(call: Call): Promise<Answer> {
  await decide(call.workspace, call.actor, idOf(call), call.body as Static<typeof DecideSchema>);
  return asNotice(call);
}

export async function delegateApproval(call: Call): Promise<Answer> {
  await delegate(call.workspace, call.actor, idOf(call), call.body as Static<typeof DelegateSchema>);
  return asNotice(call);
}

export async function addToApproval(call: Call): Promise<Answer> {
  await addApprovers(call.workspace, call.actor, idOf(call), call.body as Static<typeof AddSchema>);
  return asNotice(call);
}

export async function override(call: Call): Promise<Answer> {
  await overrideApproval(call.workspace, call.actor, idOf(call), call.body as Static<typeof OverrideSchema>);
  return { status: 204 };
}

export async function withdraw(call: Call): Promise<Answer> {
  await withdrawRun(call.workspace, call.actor, idOf(call));
  return { status: 204 };
}

export async function listButtons(call: Call): Promise<Answer> {
  return { body: { items: await buttonsOf(call.workspace, call.actor, tableOf(call)) } };
}

/** Of a record that the caller may read. */
export async function recordWorkflows(call: Call): Promise<Answer> {
  const { workspace, actor } = call;
  const [table, id] = [tableOf(call), idOf(call)];
  await getRecord(workspace, actor, table, id);
  const { items } = await runPage(workspace, { record: { table, id }, limit: 10 });
  // Problems of steps that ran with every right may tell more than this reader knows.
  const runs = actor.unrestricted ? items : items.map((run) => ({ ...run, problem: null, at: [], record: run.record && { ...run.record, title: '' } }));
  return { body: { buttons: await buttonsOf(workspace, actor, table, id), forecasts: await forecasts(workspace, actor, table, id), runs, approvals: await openApprovals(workspace, { ...actor, locale: localeOf(call.request) }, table, id) } };
}

export async function startWorkflow(call: Call): Promise<Answer> {
  return { body: await press(call.workspace, call.actor, call.params.name ?? '', (call.body as Static<typeof StartSchema>).records) };
}

const LARGEST_HOOK = 256 * 1024;

export async function receiveWebhook(call: Call): Promise<Answer> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of call.request) {
    size += (chunk as Buffer).length;
    if (size > LARGEST_HOOK) throw new AppError('too_large', { 'zh-CN': '内容超过 256 KB', en: 'The body is larger than 256 kB' });
    chunks.push(chunk as Buffer);
  }
  const header = (name: string): string | undefined => {
    const value = call.request.headers[name];
    return typeof value === 'string' ? value : undefined;
  };
  const started = await takeWebhook(call.workspace, call.params.name ?? '', { id: header('webhook-id'), timestamp: header('webhook-timestamp'), signature: header('webhook-signature'), body: Buffer.concat(chunks).toString('utf8') });
  return { status: 202, body: { started } };
}
