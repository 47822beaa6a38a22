/** Public forms: links for colleagues to hand out, and the form itself for whoever holds one. */
import Type, { type Static } from 'typebox';
import type { Json } from '#engine/fields/field-type.ts';
import { createFormLink, endFormLink, listFormLinks } from '../../public-forms/form-links.ts';
import { showForm, submitForm } from '../../public-forms/submit-form.ts';
import type { Answer, Call } from '../endpoint.ts';
import { once } from './idempotency.ts';
import { queryText } from './request-parts.ts';

const strict = { additionalProperties: false } as const;
const Name = Type.String({ minLength: 1, maxLength: 64 });

export const FormLinkSchema = Type.Object({ form: Name, about: Type.Optional(Type.Object({ field: Name, record: Name }, strict)), days: Type.Integer({ minimum: 1, maximum: 365 }), once: Type.Boolean() }, strict);
export const SubmitSchema = Type.Record(Type.String(), Type.Unknown());

const tableOf = (call: Call): string => call.params.table ?? '';
const tokenOf = (call: Call): string => call.params.token ?? '';

export async function createLink(call: Call): Promise<Answer> {
  const { workspace, actor, request } = call;
  const { id, token, until } = await createFormLink(workspace, actor, tableOf(call), call.body as Static<typeof FormLinkSchema>);
  return { body: { id, until, url: `${request.protocol}://${request.headers.host ?? 'localhost'}/f/${token}` } };
}

export async function links(call: Call): Promise<Answer> {
  return { body: { data: await listFormLinks(call.workspace, call.actor, tableOf(call), queryText(call, 'record')) } };
}

export async function endLink(call: Call): Promise<Answer> {
  await endFormLink(call.workspace, call.actor, call.params.id ?? '');
  return { status: 204 };
}

export async function showPublicForm(call: Call): Promise<Answer> {
  await call.formLimit.opened(call.request.ip ?? '');
  return { body: await showForm(call.workspace, tokenOf(call)) };
}

/** Answers nothing but that it has come in. */
export async function submitPublicForm(call: Call): Promise<Answer> {
  const token = tokenOf(call);
  await call.formLimit.sent(call.request.ip ?? '', token);
  await submitForm(call.workspace, token, call.body as Record<string, Json>, (session, actor, work) => once(session, { workspace: call.workspace, request: call.request, body: call.body, actor }, `form ${token.slice(0, 8)}`, work));
  return { status: 204 };
}
