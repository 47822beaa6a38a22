/** Who is signed in. The session itself is an HttpOnly cookie that no script sees. */
import type { Locale } from '#engine/errors.ts';
import { askNoMore, request } from './client.ts';
import { isProblem } from './problem.ts';
import type { User } from './types.ts';

export async function readSession(): Promise<User | null> {
  try {
    const { user, viewedBy } = await request<{ user: User; viewedBy?: NonNullable<User['viewedBy']> }>('GET', '/api/session');
    return viewedBy ? { ...user, viewedBy } : user;
  } catch (error) {
    if (isProblem(error, 401)) return null;
    throw error;
  }
}

/** In, or with a ticket to the second step. */
export type Entry = { readonly user: User } | { readonly ticket: string };

export function signIn(login: string, password: string): Promise<Entry> {
  return request<Entry>('POST', '/api/session', { body: { login, password } });
}

export function signInByLink(token: string): Promise<Entry> {
  return request<Entry>('POST', '/api/session/link', { body: { token } });
}

/** The page is left afterwards; what it would still ask for meanwhile is asked by nobody, and not sent. */
export async function signOut(): Promise<void> {
  const ended = request<null>('DELETE', '/api/session');
  askNoMore(true);
  await ended.catch((error: unknown) => {
    askNoMore(false);
    throw error;
  });
}

export interface OwnChanges {
  readonly locale?: Locale;
  readonly name?: string;
  readonly password?: { readonly current?: string; readonly next: string };
}

export async function changeOwn(changes: OwnChanges): Promise<User> {
  return (await request<{ user: User }>('PATCH', '/api/session/user', { body: changes })).user;
}

/** A link that signs a colleague in once; only the system owner may make one. */
export async function makeSignInLink(userId: string): Promise<string> {
  return (await request<{ url: string }>('POST', `/api/users/${encodeURIComponent(userId)}/sign-in-link`)).url;
}
