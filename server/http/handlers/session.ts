import Type, { type Static } from 'typebox';
import { AppError } from '#engine/errors.ts';
import { closeOtherSessions, closeSession, createSignInLink, openSession, redeemSignInLink, setViewAs } from '../../session/sessions.ts';
import { hashPassword, hasPassword, storePassword, verifyPassword } from '../../session/passwords.ts';
import { hasSecondFactor, useCode } from '../../session/second-factor.ts';
import { closeTicket, openTicket, tryTicket } from '../../session/pending-sign-in.ts';
import { noteInAudit } from '../../records/audit.ts';
import type { Workspace } from '../../workspace.ts';
import { updateRecord } from '../../records/update-record.ts';
import { writeSession } from '../../records/write-session.ts';
import { systemActor } from '#engine/permissions/actor.ts';
import { clearSessionCookie, mayViewAs, mustEnrol, sessionToken, setSessionCookie } from '../authenticate.ts';
import type { Answer, Call } from '../endpoint.ts';

const strict = { additionalProperties: false } as const;
export const SignInSchema = Type.Object({ login: Type.String({ minLength: 1, maxLength: 200 }), password: Type.String({ minLength: 1, maxLength: 256 }) }, strict);
export const LinkSchema = Type.Object({ token: Type.String({ minLength: 20, maxLength: 100 }) }, strict);
export const TicketSchema = Type.Object({ ticket: Type.String({ minLength: 20, maxLength: 100 }), code: Type.String({ minLength: 6, maxLength: 20 }) }, strict);
export const ProfileSchema = Type.Object(
  {
    name: Type.Optional(Type.String({ minLength: 1, maxLength: 80 })),
    locale: Type.Optional(Type.Union([Type.Literal('zh-CN'), Type.Literal('en')])),
    password: Type.Optional(Type.Object({ current: Type.Optional(Type.String({ maxLength: 256 })), next: Type.String({ maxLength: 1000 }) }, strict)),
  },
  strict,
);

async function userAnswer({ workspace }: Call, userId: string, viewedBy: string = userId): Promise<Answer> {
  const user = workspace.directory.user(userId);
  if (!user) throw wrongCredentials();
  return {
    body: {
      user: { secondFactor: await hasSecondFactor(workspace.database, userId), mustEnrol: await mustEnrol(workspace, viewedBy), id: user.id, name: user.name, login: user.login, locale: user.locale, roles: user.roles, department: user.department, hasPassword: await hasPassword(workspace.database, userId) },
    },
  };
}

export async function whoAmI(call: Call): Promise<Answer> {
  const { viewedBy } = call.actor;
  const answer = await userAnswer(call, call.actor.userId, viewedBy);
  if (viewedBy === undefined) return answer;
  return { ...answer, body: { ...(answer.body as object), viewedBy: { id: viewedBy, name: call.workspace.directory.user(viewedBy)?.name ?? '' } } };
}

export const ViewAsSchema = Type.Object({ user: Type.String({ minLength: 1, maxLength: 64 }) }, strict);

export async function viewAs({ workspace, actor, request, body }: Call): Promise<Answer> {
  const { user } = body as Static<typeof ViewAsSchema>;
  if (actor.viewedBy !== undefined || !mayViewAs(workspace, actor, user)) {
    throw new AppError('forbidden', { 'zh-CN': '您不能以这位用户的视角查看', en: 'You may not look through this user’s eyes' });
  }
  await workspace.database.transaction(async (tx) => {
    await setViewAs(tx, sessionToken(request) ?? '', user);
    await noteInAudit(tx, { at: workspace.now(), by: actor.userId, table: 'user', id: user, action: 'view_as', version: 0, changes: {} });
  });
  return { status: 204 };
}

export async function endViewAs({ workspace, request }: Call): Promise<Answer> {
  await workspace.database.transaction((tx) => setViewAs(tx, sessionToken(request) ?? '', null));
  return { status: 204 };
}

/** One answer for every failure: unknown, disabled, wrong password. */
function wrongCredentials(): AppError {
  return new AppError('unauthenticated', { 'zh-CN': '登录名或密码不正确', en: 'The login or password is not right' });
}

export async function signIn(call: Call): Promise<Answer> {
  const { workspace, request, signInLimit } = call;
  const { login, password } = call.body as Static<typeof SignInSchema>;
  const address = request.ip ?? '';
  await signInLimit.attempt(login, address);
  const user = workspace.directory.userByLogin(login);
  const right = await verifyPassword(workspace.database, user?.id, password);
  if (!right || !user?.active) {
    workspace.log.info({ address }, 'sign-in refused');
    if (user) countRefusal(workspace, user.id);
    throw wrongCredentials();
  }
  await signInLimit.succeeded(login, address);
  return enter(call, user.id, 'password');
}

/** In, or asked for the code first. */
async function enter(call: Call, userId: string, by: 'password' | 'link'): Promise<Answer> {
  const { workspace, request } = call;
  if (await hasSecondFactor(workspace.database, userId)) {
    return { body: { ticket: await workspace.database.transaction((tx) => openTicket(tx, userId, workspace.now())) } };
  }
  await begin(call, userId, by);
  workspace.log.info({ user: userId, address: request.ip ?? '' }, 'signed in');
  return userAnswer(call, userId);
}

const wrongCode = (): AppError => new AppError('unauthenticated', { 'zh-CN': '验证码不正确或已使用过', en: 'The code is not right, or was used before' });

/** The second step. A wrong code uses up one of five tries of the ticket, and counts towards the limit of the account. */
export async function signInByCode(call: Call): Promise<Answer> {
  const { workspace, request, signInLimit } = call;
  const { ticket, code } = call.body as Static<typeof TicketSchema>;
  const address = request.ip ?? '';
  const { userId, right } = await workspace.database.transaction(async (tx) => {
    const owner = await tryTicket(tx, ticket, workspace.now());
    if (owner === undefined || !workspace.directory.user(owner)?.active) return { userId: undefined, right: false };
    await signInLimit.attempt(`code ${owner}`, address);
    const isRight = await useCode(tx, owner, code, workspace.now());
    if (isRight) await closeTicket(tx, ticket);
    return { userId: owner, right: isRight };
  });
  if (userId === undefined) throw new AppError('unauthenticated', { 'zh-CN': '登录已超时或尝试过多，请重新输入密码', en: 'This sign-in has run out; enter the password again' });
  if (!right) {
    workspace.log.info({ user: userId, address }, 'code refused');
    throw wrongCode();
  }
  await signInLimit.succeeded(`code ${userId}`, address);
  await begin(call, userId, 'code');
  workspace.log.info({ user: userId, address }, 'signed in with a code');
  return userAnswer(call, userId);
}

/** Refused attempts at an account change nothing in the database; the next that succeeds tells of them. */
const refusals = new WeakMap<Workspace['directory'], Map<string, number>>();

function countRefusal({ directory }: Workspace, userId: string): void {
  const counts = refusals.get(directory) ?? new Map<string, number>();
  refusals.set(directory, counts);
  counts.set(userId, (counts.get(userId) ?? 0) + 1);
}

function refusedBefore({ directory }: Workspace, userId: string): { refused?: number } {
  const count = refusals.get(directory)?.get(userId) ?? 0;
  refusals.get(directory)?.delete(userId);
  return count > 0 ? { refused: count } : {};
}

/** A new token at every sign-in; the old one of this browser ends. */
async function begin({ workspace, request, response, config }: Call, userId: string, by: 'password' | 'link' | 'code'): Promise<void> {
  const old = sessionToken(request);
  if (old !== undefined) await closeSession(workspace.database, old);
  const address = request.ip ?? '';
  const token = await workspace.database.transaction(async (tx) => {
    await noteInAudit(tx, { at: workspace.now(), by: userId, table: 'user', id: `sign_in:${userId}`, action: 'sign_in', version: 0, changes: { by, address, ...refusedBefore(workspace, userId) } });
    return openSession(tx, userId, workspace.now(), request.headers['user-agent'] ?? '', address);
  });
  setSessionCookie(response, config, token);
}

export async function signInByLink(call: Call): Promise<Answer> {
  const { workspace, request, signInLimit } = call;
  const { token } = call.body as Static<typeof LinkSchema>;
  // Counted by link, so that one wrong link does not lock out the others behind the same address.
  await signInLimit.attempt(token, request.ip ?? '');
  const userId = await workspace.database.transaction(async (tx) => {
    const redeemed = await redeemSignInLink(tx, token, workspace.now());
    if (redeemed !== undefined && workspace.directory.user(redeemed)?.active) return redeemed;
    throw new AppError('unauthenticated', { 'zh-CN': '这个链接已失效或已被使用', en: 'This link has expired or was used already' });
  });
  await signInLimit.succeeded(token, request.ip ?? '');
  return enter(call, userId, 'link');
}

export async function signOut({ workspace, request, response }: Call): Promise<Answer> {
  const token = sessionToken(request);
  if (token !== undefined) await closeSession(workspace.database, token);
  clearSessionCookie(response);
  return { status: 204, headers: { 'Clear-Site-Data': '"cache"' } };
}

export async function changeUser(call: Call): Promise<Answer> {
  const { workspace, actor, request } = call;
  const { name, locale, password } = call.body as Static<typeof ProfileSchema>;
  const passwordHash = password && (await newPasswordHash(call, password));
  let changed = false;
  // One's own name and language are one's own: no role needs to grant them.
  await writeSession(workspace, systemActor, async (session) => {
    if (name !== undefined || locale !== undefined) {
      await updateRecord(session, 'user', actor.userId, { ...(name !== undefined && { name }), ...(locale !== undefined && { locale }) });
    }
    if (passwordHash === undefined) return;
    await storePassword(session.tx, actor.userId, passwordHash, workspace.now());
    await closeOtherSessions(session.tx, actor.userId, sessionToken(request) ?? '');
    changed = true;
  });
  if (changed) await workspace.database.transaction((tx) => noteInAudit(tx, { at: workspace.now(), by: actor.userId, table: 'user', id: `sign_in:${actor.userId}`, action: 'password', version: 0, changes: {} }));
  return userAnswer(call, actor.userId);
}

async function newPasswordHash({ workspace, actor, signInLimit, request }: Call, password: { current?: string; next: string }): Promise<string> {
  if (await hasPassword(workspace.database, actor.userId)) {
    await signInLimit.attempt(actor.userId, request.ip ?? '');
    if (!(await verifyPassword(workspace.database, actor.userId, password.current ?? ''))) {
      throw new AppError('validation_failed', { 'zh-CN': '有内容需要更正', en: 'Some values need correcting' }, [
        { path: '/password/current', code: 'wrong_password', message: { 'zh-CN': '当前密码不正确', en: 'The current password is not right' } },
      ]);
    }
    await signInLimit.succeeded(actor.userId, request.ip ?? '');
  }
  return hashPassword(password.next);
}

export async function createLink({ workspace, actor, params, request }: Call): Promise<Answer> {
  if (!actor.unrestricted) throw new AppError('forbidden', { 'zh-CN': '只有系统所有者可以生成登录链接', en: 'Only a system owner may make sign-in links' });
  const user = workspace.directory.user(params.id ?? '');
  if (!user?.active) throw new AppError('not_found', { 'zh-CN': '没有这个启用的用户', en: 'There is no such active user' });
  const at = workspace.now();
  const token = await workspace.database.transaction(async (tx) => {
    await noteInAudit(tx, { at, by: actor.userId, table: 'user', id: `sign_in:${user.id}`, action: 'sign_in_link', version: 0, changes: {} });
    return createSignInLink(tx, user.id, at);
  });
  workspace.log.info({ by: actor.userId, user: user.id }, 'sign-in link made');
  return { body: { url: `${request.protocol}://${request.headers.host ?? 'localhost'}/sign-in#token=${token}` } };
}
