/** One's own second factor and sessions; inviting colleagues and helping those who lost their phone. */
import Type, { type Static } from 'typebox';
import { v7 as uuidv7 } from 'uuid';
import { AppError, type Label } from '#engine/errors.ts';
import { isAdministrator } from '#engine/permissions/levels.ts';
import { createSmtpMailer, isMailAddress } from '../../outbox/mailer.ts';
import { noteInAudit } from '../../records/audit.ts';
import { createRecord } from '../../records/create-record.ts';
import { writeSession } from '../../records/write-session.ts';
import { decideLevelChange } from '../../session/decide-level-change.ts';
import { listLevelChanges } from '../../session/level-changes.ts';
import { hasPassword, verifyPassword } from '../../session/passwords.ts';
import { beginSecondFactor, confirmSecondFactor, hasSecondFactor, removeSecondFactor } from '../../session/second-factor.ts';
import { closeOtherSessions, closeSessionById, createSignInLink, INVITATION_MS, listSessions } from '../../session/sessions.ts';
import { sessionToken } from '../authenticate.ts';
import type { Answer, Call } from '../endpoint.ts';
import { issuesIn, localeOf } from '../problem.ts';

const strict = { additionalProperties: false } as const;
const Password = Type.Optional(Type.String({ maxLength: 256 }));
export const PasswordSchema = Type.Object({ password: Password }, strict);
export const CodeSchema = Type.Object({ code: Type.String({ minLength: 6, maxLength: 20 }) }, strict);
export const InviteSchema = Type.Object(
  {
    name: Type.String({ minLength: 1, maxLength: 80 }),
    login: Type.String({ minLength: 1, maxLength: 120 }),
    roles: Type.Array(Type.String({ maxLength: 60 }), { minItems: 1, maxItems: 50 }),
    department: Type.Optional(Type.Union([Type.String({ maxLength: 64 }), Type.Null()])),
    superior: Type.Optional(Type.Union([Type.String({ maxLength: 64 }), Type.Null()])),
    locale: Type.Optional(Type.Union([Type.Literal('zh-CN'), Type.Literal('en')])),
  },
  strict,
);

function refused(path: string, code: string, message: Label): AppError {
  return new AppError('validation_failed', message, [{ path, code, message }]);
}

/** Whoever changes how one gets in shows the password again; a browser left open is not enough. */
async function checkPassword({ workspace, actor, signInLimit, request }: Call, password: string | undefined): Promise<void> {
  if (!(await hasPassword(workspace.database, actor.userId))) throw refused('/password', 'no_password', { 'zh-CN': '请先设置密码', en: 'Set a password first' });
  await signInLimit.attempt(actor.userId, request.ip ?? '');
  if (!(await verifyPassword(workspace.database, actor.userId, password ?? ''))) throw refused('/password', 'wrong_password', { 'zh-CN': '密码不正确', en: 'The password is not right' });
  await signInLimit.succeeded(actor.userId, request.ip ?? '');
}

export async function startSecondFactor(call: Call): Promise<Answer> {
  const { workspace, actor } = call;
  await checkPassword(call, (call.body as Static<typeof PasswordSchema>).password);
  const user = workspace.directory.user(actor.userId);
  const enrolment = await workspace.database.transaction(async (tx) => {
    if (await hasSecondFactor(tx, actor.userId)) throw new AppError('conflict', { 'zh-CN': '两步验证已开启；要换手机请先关闭', en: 'The second factor is on already; turn it off first to change phones' });
    await removeSecondFactor(tx, actor.userId);
    return beginSecondFactor(tx, actor.userId, { issuer: workspace.model.label.en, label: user?.login ?? '', now: workspace.now() });
  });
  return { body: enrolment };
}

export async function finishSecondFactor(call: Call): Promise<Answer> {
  const { workspace, actor, request, signInLimit } = call;
  await signInLimit.attempt(`code ${actor.userId}`, request.ip ?? '');
  const codes = await workspace.database.transaction(async (tx) => {
    const found = await confirmSecondFactor(tx, actor.userId, (call.body as Static<typeof CodeSchema>).code, workspace.now());
    if (!found) throw refused('/code', 'wrong_code', { 'zh-CN': '验证码不正确，请核对手机上的时间', en: 'The code is not right; check the clock of the phone' });
    await closeOtherSessions(tx, actor.userId, sessionToken(request) ?? '');
    await note(call, tx, actor.userId, 'second_factor', { on: true });
    return found;
  });
  await signInLimit.succeeded(`code ${actor.userId}`, request.ip ?? '');
  return { body: { recoveryCodes: codes } };
}

export async function stopSecondFactor(call: Call): Promise<Answer> {
  const { workspace, actor } = call;
  if (workspace.model.settings.secondFactor === 'required') throw new AppError('forbidden', { 'zh-CN': '本系统要求所有人使用两步验证，不能关闭', en: 'Everybody here must use a second factor; it cannot be turned off' });
  await checkPassword(call, (call.body as Static<typeof PasswordSchema>).password);
  await workspace.database.transaction(async (tx) => {
    if (await removeSecondFactor(tx, actor.userId)) await note(call, tx, actor.userId, 'second_factor', { on: false });
  });
  return { status: 204 };
}

type Noting = Parameters<typeof noteInAudit>[0];

function note({ workspace, actor }: Call, tx: Noting, userId: string, action: string, changes: object): Promise<void> {
  return noteInAudit(tx, { at: workspace.now(), by: actor.userId, table: 'user', id: `sign_in:${userId}`, action, version: 0, changes });
}

export async function showSessions({ workspace, actor, request }: Call): Promise<Answer> {
  return { body: { data: await listSessions(workspace.database, actor.viewedBy ?? actor.userId, sessionToken(request) ?? '', workspace.now()) } };
}

export async function endSession(call: Call): Promise<Answer> {
  const { workspace, actor, params } = call;
  await workspace.database.transaction(async (tx) => {
    if (!(await closeSessionById(tx, actor.userId, params.id ?? ''))) throw new AppError('not_found', { 'zh-CN': '没有这个会话', en: 'There is no such session' });
    await note(call, tx, actor.userId, 'sessions', { ended: 1 });
  });
  return { status: 204 };
}

export async function endOtherSessions(call: Call): Promise<Answer> {
  const { workspace, actor, request } = call;
  await workspace.database.transaction(async (tx) => {
    const ended = await closeOtherSessions(tx, actor.userId, sessionToken(request) ?? '');
    if (ended > 0) await note(call, tx, actor.userId, 'sessions', { ended });
  });
  return { status: 204 };
}

function ownersOnly({ actor }: Call): void {
  if (!actor.unrestricted) throw new AppError('forbidden', { 'zh-CN': '只有系统所有者可以管理账号', en: 'Only a system owner may manage accounts' });
}

/**
 * The account and the link in one step; mail carries it where a mail server is set up, and it is kept nowhere. Administrators invite
 * whoever stands below them: which roles they may give is said by the write itself.
 */
export async function invite(call: Call): Promise<Answer> {
  const { workspace, actor, config } = call;
  if (!isAdministrator(actor)) throw new AppError('forbidden', { 'zh-CN': '只有管理员可以邀请同事', en: 'Only administrators may invite colleagues' });
  const values = call.body as Static<typeof InviteSchema>;
  const { id, token, warnings } = await writeSession(workspace, actor, async (session) => {
    const made = await createRecord(session, 'user', { ...values, active: true });
    return { id: made, token: await createSignInLink(session.tx, made, workspace.now(), INVITATION_MS), warnings: session.warnings };
  });
  await workspace.database.transaction((tx) => note(call, tx, id, 'invite', {}));
  const url = `${addressOf(call)}/sign-in#token=${token}&welcome=1`;
  const waiting = warnings.length > 0 && { warnings: issuesIn(localeOf(call.request), warnings) };
  return { status: 201, body: { id, url, ...waiting, mailed: config.smtpUrl !== undefined && isMailAddress(values.login) && (await mail(call, values, url)) } };
}

function addressOf({ request, config }: Call): string {
  return request.headers.host === undefined ? config.publicUrl : `${request.protocol}://${request.headers.host}`;
}

async function mail({ workspace, config, request }: Call, { name, login, locale }: Static<typeof InviteSchema>, url: string): Promise<boolean> {
  const isChinese = (locale ?? localeOf(request)) === 'zh-CN';
  const app = workspace.model.label[isChinese ? 'zh-CN' : 'en'];
  const outcome = await createSmtpMailer({ url: config.smtpUrl as string, from: config.mailFrom }).send({
    id: uuidv7(),
    to: login,
    subject: isChinese ? `邀请您使用${app}` : `You are invited to ${app}`,
    text: isChinese ? `${name}，您好：\n\n请在 7 天内打开以下链接，设置密码后即可使用${app}。链接只能使用一次。\n\n${url}` : `Hello ${name},\n\nopen this link within 7 days, set a password, and ${app} is yours to use. The link works once.\n\n${url}`,
  });
  if (outcome.kind !== 'sent') workspace.log.warn({ problem: outcome.problem }, 'an invitation could not be mailed');
  return outcome.kind === 'sent';
}

export const LevelDecisionSchema = Type.Object({ decision: Type.Union([Type.Literal('confirm'), Type.Literal('refuse')]), question: Type.String({ maxLength: 64 }) }, { additionalProperties: false });

export async function levelChanges({ workspace, actor, request }: Call): Promise<Answer> {
  const locale = localeOf(request);
  const changes = await listLevelChanges(workspace, actor);
  return { body: { data: changes.map(({ gives, takes, refusal, ...change }) => ({ ...change, gives: gives[locale], takes: takes?.[locale] ?? null, refusal: refusal?.[locale] ?? null })) } };
}

export async function decideOnLevel({ workspace, actor, params, body }: Call): Promise<Answer> {
  await decideLevelChange(workspace, actor, params.id ?? '', body as Static<typeof LevelDecisionSchema>);
  return { status: 204 };
}

/** For who lost the phone and the paper: they sign in by password and set it up again. */
export async function resetSecondFactor(call: Call): Promise<Answer> {
  ownersOnly(call);
  const { workspace, params } = call;
  const user = workspace.directory.user(params.id ?? '');
  if (!user) throw new AppError('not_found', { 'zh-CN': '没有这个用户', en: 'There is no such user' });
  await workspace.database.transaction(async (tx) => {
    if (!(await removeSecondFactor(tx, user.id))) throw new AppError('not_found', { 'zh-CN': '该用户没有开启两步验证', en: 'This user has no second factor' });
    await closeOtherSessions(tx, user.id, '');
    await note(call, tx, user.id, 'second_factor', { reset: true });
  });
  return { status: 204 };
}
