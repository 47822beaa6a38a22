/** One's own second factor and sessions, and the accounts of colleagues. */
import { useQuery } from '@tanstack/react-query';
import type { Locale } from '#engine/errors.ts';
import { request } from './client.ts';
import type { User } from './types.ts';

export interface Enrolment {
  readonly secret: string;
  readonly uri: string;
  /** A picture as a data URL. */
  readonly qr: string;
}

export const startSecondFactor = (password: string): Promise<Enrolment> => request('POST', '/api/session/second-factor', { body: { password } });
export const stopSecondFactor = (password: string): Promise<null> => request('POST', '/api/session/second-factor/remove', { body: { password } });

export async function confirmSecondFactor(code: string): Promise<readonly string[]> {
  return (await request<{ recoveryCodes: string[] }>('POST', '/api/session/second-factor/confirm', { body: { code } })).recoveryCodes;
}

export async function signInByCode(ticket: string, code: string): Promise<User> {
  return (await request<{ user: User }>('POST', '/api/session/code', { body: { ticket, code } })).user;
}

export interface SessionEntry {
  readonly id: string;
  readonly current: boolean;
  readonly createdAt: string;
  readonly seenAt: string;
  readonly userAgent: string;
  readonly address: string;
}

export const SESSIONS_KEY = ['session', 'list'] as const;

export function useSessions() {
  return useQuery({ queryKey: SESSIONS_KEY, queryFn: () => request<{ data: readonly SessionEntry[] }>('GET', '/api/session/list') });
}

export const endSession = (id: string): Promise<null> => request('DELETE', `/api/session/list/${encodeURIComponent(id)}`);
export const endOtherSessions = (): Promise<null> => request('POST', '/api/session/list/end-others');

export interface Invitation {
  readonly name: string;
  readonly login: string;
  readonly roles: readonly string[];
  readonly department?: string | null;
  readonly superior?: string | null;
  readonly locale?: Locale;
}

export const inviteUser = (invitation: Invitation): Promise<{ id: string; url: string; mailed: boolean; warnings?: readonly { readonly message: string }[] }> => request('POST', '/api/users', { body: invitation });
export const resetSecondFactor = (userId: string): Promise<null> => request('DELETE', `/api/users/${encodeURIComponent(userId)}/second-factor`);
