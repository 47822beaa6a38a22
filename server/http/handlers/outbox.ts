/** What leaves the house and the secrets it is sent with, and the business calendar. For system owners. */
import Type, { type Static } from 'typebox';
import { AppError } from '#engine/errors.ts';
import { toLocalDate } from '#engine/rules/time.ts';
import { DELIVERY_STATES } from '#engine/workflows/reports.ts';
import { readCalendar, saveCalendar } from '../../calendar.ts';
import { outboxPage, removeDelivery, retryDelivery } from '../../outbox/outbox-items.ts';
import { forgetSecret, secretNames, storeSecret } from '../../outbox/secrets.ts';
import type { Answer, Call } from '../endpoint.ts';
import { localeOf } from '../problem.ts';
import { ownerOnly } from './guards.ts';

const strict = { additionalProperties: false } as const;
export const SecretSchema = Type.Object({ value: Type.String({ minLength: 1, maxLength: 4000 }) }, strict);
const Day = Type.Object({ day: Type.String({ maxLength: 10 }), working: Type.Boolean(), name: Type.String({ maxLength: 200 }) }, strict);
export const CalendarSchema = Type.Object(
  {
    weekdays: Type.Array(Type.Integer({ minimum: 0, maximum: 6 }), { maxItems: 7, uniqueItems: true }),
    from: Type.String({ maxLength: 5 }),
    to: Type.String({ maxLength: 5 }),
    days: Type.Array(Day, { maxItems: 4000 }),
  },
  strict,
);

export async function listOutbox(call: Call): Promise<Answer> {
  ownerOnly(call);
  const { state, cursor } = call.request.query as Record<string, string | undefined>;
  if (state !== undefined && !DELIVERY_STATES.some((known) => known === state)) throw new AppError('invalid_request', { 'zh-CN': `没有状态“${state}”`, en: `There is no state "${state}"` });
  return { body: await outboxPage(call.workspace.database, { ...(state !== undefined && { state }), ...(cursor !== undefined && { cursor }) }) };
}

export async function retryOutbox(call: Call): Promise<Answer> {
  ownerOnly(call);
  return { body: await retryDelivery(call.workspace.database, call.params.id ?? '', call.workspace.now()) };
}

export async function removeFromOutbox(call: Call): Promise<Answer> {
  ownerOnly(call);
  await removeDelivery(call.workspace.database, call.params.id ?? '');
  return { status: 204 };
}

export async function listSecrets(call: Call): Promise<Answer> {
  ownerOnly(call);
  return { body: { names: await secretNames(call.workspace.database) } };
}

export async function putSecret(call: Call): Promise<Answer> {
  ownerOnly(call);
  await storeSecret(call.workspace, call.actor, call.params.name ?? '', (call.body as Static<typeof SecretSchema>).value);
  return { status: 204 };
}

export async function deleteSecret(call: Call): Promise<Answer> {
  ownerOnly(call);
  await forgetSecret(call.workspace, call.actor, call.params.name ?? '');
  return { status: 204 };
}

export async function showCalendar(call: Call): Promise<Answer> {
  ownerOnly(call);
  const { database, model, now } = call.workspace;
  return { body: await readCalendar(database, localeOf(call.request), Number(toLocalDate(now(), model.settings.timeZone).slice(0, 4))) };
}

export async function putCalendar(call: Call): Promise<Answer> {
  ownerOnly(call);
  await saveCalendar(call.workspace.database, call.body as Static<typeof CalendarSchema>, localeOf(call.request));
  return showCalendar(call);
}
