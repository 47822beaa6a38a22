/** Sharing, transferring, uncovering, and why somebody sees a record. */
import Type, { type Static } from 'typebox';
import { explainAccess } from '../../sharing/explain-access.ts';
import { handOver, listToHandOver } from '../../sharing/hand-over.ts';
import { dropPlannedHandOver, planHandOver } from '../../sharing/planned-hand-over.ts';
import { revealField } from '../../sharing/reveal-field.ts';
import { listShares, revokeShare, shareRecords } from '../../sharing/shares.ts';
import { transferRecords } from '../../sharing/transfer-records.ts';
import { listPermissions, showPermission } from '../../sharing/user-permissions.ts';
import type { Answer, Call } from '../endpoint.ts';
import { localeOf } from '../problem.ts';

const strict = { additionalProperties: false } as const;
const Id = Type.String({ minLength: 1, maxLength: 64 });
const Names = Type.Array(Type.String({ maxLength: 64 }), { maxItems: 50, uniqueItems: true });

export const ShareSchema = Type.Object(
  {
    ids: Type.Array(Id, { minItems: 1, maxItems: 500, uniqueItems: true }),
    with: Type.Array(Type.Object({ kind: Type.Union([Type.Literal('user'), Type.Literal('department'), Type.Literal('role')]), id: Id }, strict), { minItems: 1, maxItems: 50 }),
    access: Type.Union([Type.Literal('read'), Type.Literal('edit')]),
    until: Type.Union([Type.String({ maxLength: 40 }), Type.Null()]),
    along: Type.Optional(Names),
    message: Type.Optional(Type.String({ maxLength: 500 })),
  },
  strict,
);
export const TransferSchema = Type.Object(
  {
    ids: Type.Array(Id, { minItems: 1, maxItems: 500, uniqueItems: true }),
    owner: Id,
    along: Type.Optional(Names),
    leave: Type.Optional(Type.Union([Type.Literal('read'), Type.Literal('edit')])),
    clearShares: Type.Optional(Type.Boolean()),
    reason: Type.Optional(Type.String({ maxLength: 500 })),
  },
  strict,
);
export const RevealSchema = Type.Object({ field: Type.String({ maxLength: 64 }), reason: Type.String({ maxLength: 300 }) }, strict);

export const HandOverSchema = Type.Object({ to: Type.Array(Id, { minItems: 1, maxItems: 50, uniqueItems: true }), disable: Type.Boolean() }, strict);

export const PlanHandOverSchema = Type.Object({ ...HandOverSchema.properties, on: Type.String({ maxLength: 10 }) }, strict);

const tableOf = (call: Call): string => call.params.table ?? '';
const idOf = (call: Call): string => call.params.id ?? '';

export async function share(call: Call): Promise<Answer> {
  await shareRecords(call.workspace, call.actor, tableOf(call), call.body as Static<typeof ShareSchema>);
  return { status: 204 };
}

export async function shares(call: Call): Promise<Answer> {
  return { body: { data: await listShares(call.workspace, { ...call.actor, locale: localeOf(call.request) }, tableOf(call), idOf(call)) } };
}

export async function permissions(call: Call): Promise<Answer> {
  return { body: { data: await listPermissions(call.workspace, call.actor) } };
}

export async function permission(call: Call): Promise<Answer> {
  return { body: await showPermission(call.workspace, call.actor, idOf(call)) };
}

export async function unshare(call: Call): Promise<Answer> {
  await revokeShare(call.workspace, call.actor, idOf(call));
  return { status: 204 };
}

export async function transfer(call: Call): Promise<Answer> {
  return { body: await transferRecords(call.workspace, call.actor, tableOf(call), call.body as Static<typeof TransferSchema>) };
}

export async function why(call: Call): Promise<Answer> {
  return { body: { reasons: await explainAccess(call.workspace, call.actor, tableOf(call), idOf(call)) } };
}

export async function reveal(call: Call): Promise<Answer> {
  return { body: { value: await revealField(call.workspace, call.actor, tableOf(call), idOf(call), call.body as Static<typeof RevealSchema>) } };
}

export async function toHandOver(call: Call): Promise<Answer> {
  return { body: await listToHandOver(call.workspace, call.actor, idOf(call)) };
}

export async function handOverWork(call: Call): Promise<Answer> {
  return { body: await handOver(call.workspace, call.actor, idOf(call), call.body as Static<typeof HandOverSchema>) };
}

export async function planHandingOver(call: Call): Promise<Answer> {
  await planHandOver(call.workspace, call.actor, idOf(call), call.body as Static<typeof PlanHandOverSchema>);
  return { status: 204 };
}

export async function dropHandingOver(call: Call): Promise<Answer> {
  await dropPlannedHandOver(call.workspace, call.actor, idOf(call));
  return { status: 204 };
}
