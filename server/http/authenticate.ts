/** Who is calling, from the session cookie; and whether a change comes from our own pages. */
import type { Request, Response } from 'express';
import { AppError } from '#engine/errors.ts';
import type { Actor } from '#engine/permissions/actor.ts';
import { ADMINISTRATOR_LEVEL, OWNER_LEVEL } from '#engine/permissions/levels.ts';
import type { Config } from '../config.ts';
import { hasSecondFactor } from '../session/second-factor.ts';
import { liveSession } from '../session/sessions.ts';
import { withAsked } from '../workflows/approvals.ts';
import type { Workspace } from '../workspace.ts';
import type { Endpoint } from './endpoint.ts';

const COOKIE = 'relata_session';
const MAX_AGE_MS = 30 * 86_400_000;

export function sessionToken(request: Request): string | undefined {
  for (const part of (request.headers.cookie ?? '').split(';')) {
    const [name, value] = part.trim().split('=', 2);
    if (name === COOKIE && value) return value;
  }
  return undefined;
}

export function setSessionCookie(response: Response, config: Config, token: string): void {
  response.cookie(COOKIE, token, { httpOnly: true, sameSite: 'lax', secure: config.secureCookies, path: '/', maxAge: MAX_AGE_MS });
}

export function clearSessionCookie(response: Response): void {
  response.clearCookie(COOKIE, { path: '/' });
}

export function notSignedIn(): AppError {
  return new AppError('unauthenticated', { 'zh-CN': '请先登录', en: 'Sign in first' });
}

export async function authenticate(workspace: Workspace, request: Request): Promise<Actor> {
  const token = sessionToken(request);
  const session = token === undefined ? undefined : await liveSession(workspace.database, token, workspace.now());
  if (session === undefined) throw notSignedIn();
  const own = workspace.directory.actor(session.userId);
  const viewed = session.viewAs === null || !mayViewAs(workspace, own, session.viewAs) ? own : { ...workspace.directory.actor(session.viewAs), viewedBy: own.userId };
  return withAsked(workspace.database, viewed);
}

/** Administrators may look at what somebody of a lower level sees; owners at anybody's view. Asked anew with every request. */
export function mayViewAs(workspace: Workspace, actor: Actor, userId: string): boolean {
  const level = actor.unrestricted ? OWNER_LEVEL : (actor.level ?? 0);
  if (level < ADMINISTRATOR_LEVEL || actor.userId === userId || !workspace.directory.user(userId)?.active) return false;
  return actor.unrestricted || (workspace.directory.actor(userId).level ?? 0) < level;
}

/** Looking through somebody's eyes changes nothing in their name. */
export function refuseWhileViewing(endpoint: Pick<Endpoint, 'method' | 'reads' | 'whileViewing'>, actor: Actor): void {
  if (actor.viewedBy === undefined || endpoint.method === 'get' || endpoint.reads || endpoint.whileViewing) return;
  throw new AppError('forbidden', { 'zh-CN': '正在以他人的视角查看，不能修改任何内容；请先退出', en: 'You are looking through somebody else’s eyes and can change nothing; leave that view first' });
}

/** Where everybody must have a second factor, one who has none may set it up and nothing else. */
export async function mustEnrol({ model, database }: Workspace, userId: string): Promise<boolean> {
  return model.settings.secondFactor === 'required' && !(await hasSecondFactor(database, userId));
}

export async function requireSecondFactor(workspace: Workspace, actor: Actor, path: string): Promise<void> {
  if (path.startsWith('/session') || !(await mustEnrol(workspace, actor.viewedBy ?? actor.userId))) return;
  const detail = { 'zh-CN': '请先开启两步验证', en: 'Set up your second factor first' };
  throw new AppError('forbidden', detail, [{ path: '', code: 'second_factor_required', message: detail }]);
}

/**
 * A change must come from our own pages or from a program, never from another site's page: browsers say where a request
 * comes from, and a plain form cannot send JSON.
 */
export function checkSameOrigin(request: Request): void {
  const site = request.headers['sec-fetch-site'];
  const { origin, host } = request.headers;
  const foreignOrigin = origin !== undefined && hostOf(origin) !== host;
  if (foreignOrigin || (site !== undefined && site !== 'same-origin' && site !== 'none')) {
    throw new AppError('forbidden', { 'zh-CN': '请求来自其他网站，已拒绝', en: 'The request comes from another site and was refused' });
  }
}

function hostOf(origin: string): string | undefined {
  return URL.canParse(origin) ? new URL(origin).host : undefined;
}
