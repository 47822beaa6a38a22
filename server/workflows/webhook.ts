/** Webhooks that come in, signed as standardwebhooks.com says. A message that is sent again starts nothing again. */
import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import { AppError } from '#engine/errors.ts';
import type { Json } from '#engine/fields/field-type.ts';
import { withoutNumbers } from '#engine/records/number-ban.ts';
import { triggerTypeOf } from '#engine/workflows/triggers/index.ts';
import type { Queryable } from '../db/database.ts';
import { sql } from '../db/sql.ts';
import type { Workspace } from '../workspace.ts';
import { startRun } from './start-run.ts';

/** A message older than this may have been copied on its way. */
const MOST_AGE_S = 5 * 60;
const keyOf = (workflow: string): string => `webhook/${workflow}`;

const noHook = (): AppError => new AppError('not_found', { 'zh-CN': '没有这个地址', en: 'There is no such address' });
const badSignature = (): AppError => new AppError('unauthenticated', { 'zh-CN': '签名不正确或已过期', en: 'The signature is wrong or out of date' });

export async function webhookSecret(workspace: Workspace, workflow: string): Promise<string> {
  const own = workspace.model.workflows[workflow];
  if (!own || triggerTypeOf(own.trigger).startedBy !== 'webhook') throw noHook();
  return (await storedSecret(workspace.database, workflow)) ?? rotateSecret(workspace, workflow);
}

async function storedSecret(db: Queryable, workflow: string): Promise<string | null> {
  return (await db.get<{ value: string }>(sql`SELECT value FROM relata_setting WHERE key = ${keyOf(workflow)}`))?.value ?? null;
}

export async function rotateSecret(workspace: Workspace, workflow: string): Promise<string> {
  const own = workspace.model.workflows[workflow];
  if (!own || triggerTypeOf(own.trigger).startedBy !== 'webhook') throw noHook();
  const secret = `whsec_${randomBytes(24).toString('base64')}`;
  await workspace.database.transaction((tx) => tx.run(sql`INSERT INTO relata_setting (key, value) VALUES (${keyOf(workflow)}, ${secret}) ON CONFLICT (key) DO UPDATE SET value = ${secret}`));
  return secret;
}

export interface IncomingMessage {
  readonly id: string | undefined;
  readonly timestamp: string | undefined;
  readonly signature: string | undefined;
  /** As it came: the signature is over these bytes. */
  readonly body: string;
}

export function sign(secret: string, { id, timestamp, body }: { readonly id: string; readonly timestamp: string; readonly body: string }): string {
  const key = Buffer.from(secret.replace(/^whsec_/, ''), 'base64');
  return `v1,${createHmac('sha256', key).update(`${id}.${timestamp}.${body}`).digest('base64')}`;
}

/** Answers whether a run was started: false for a message that had come before. */
export async function takeWebhook(workspace: Workspace, name: string, { id, timestamp, signature, body }: IncomingMessage): Promise<boolean> {
  const workflow = Object.hasOwn(workspace.model.workflows, name) ? workspace.model.workflows[name] : undefined;
  const secret = workflow && !workflow.disabled && triggerTypeOf(workflow.trigger).startedBy === 'webhook' ? await storedSecret(workspace.database, name) : null;
  // An address that is not there and a wrong signature answer alike.
  if (!workflow || secret === null || id === undefined || timestamp === undefined || signature === undefined || !/^[\x21-\x7e]{1,200}$/.test(id)) throw badSignature();
  const age = Math.abs(Date.parse(workspace.now()) / 1000 - Number(timestamp));
  const expected = Buffer.from(sign(secret, { id, timestamp, body }));
  const isSigned = signature.split(' ').some((candidate) => {
    const given = Buffer.from(candidate);
    return given.length === expected.length && timingSafeEqual(given, expected);
  });
  if (!isSigned || !(age <= MOST_AGE_S)) throw badSignature();
  let content: Json;
  try {
    content = body === '' ? null : (JSON.parse(body) as Json);
  } catch (error) {
    const message = withoutNumbers((error as SyntaxError).message);
    throw new AppError('invalid_request', { 'zh-CN': `内容不是有效的 JSON：${message}`, en: `The body is not valid JSON: ${message}` });
  }
  const at = workspace.now();
  const run = await workspace.database.transaction((tx) => startRun({ workspace, tx, workflow, record: null, starter: null, trigger: { body: withoutNumbers(content), id }, occurrence: `hook ${id}`, at }));
  return run !== null;
}
