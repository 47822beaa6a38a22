/** Sharing and transferring records, why one sees them, and uncovering what is masked. */
import type { Label } from '#engine/errors.ts';
import type { Json } from '#engine/fields/field-type.ts';
import type { HandedOver, ToHandOver } from '#engine/permissions/reports.ts';
import { request } from './client.ts';
import { recordPath } from './records.ts';

export interface Grantee {
  readonly kind: 'user' | 'department' | 'role';
  readonly id: string;
}

export interface Share {
  readonly id: string;
  readonly with: Grantee & { readonly name: string };
  readonly access: 'read' | 'edit';
  readonly until: string | null;
  readonly along: readonly string[];
  readonly by: string;
  readonly message: string | null;
  readonly mayRevoke: boolean;
}

export interface ShareRequest {
  readonly ids: readonly string[];
  readonly with: readonly Grantee[];
  readonly access: 'read' | 'edit';
  readonly until: string | null;
  readonly along: readonly string[];
  readonly message?: string;
}

export interface TransferRequest {
  readonly ids: readonly string[];
  readonly owner: string;
  readonly along: readonly string[];
  readonly leave?: 'read' | 'edit';
  readonly clearShares?: boolean;
  readonly reason?: string;
}

const listPath = (table: string): string => `/api/tables/${encodeURIComponent(table)}/records`;

export function shareRecords(table: string, body: ShareRequest): Promise<null> {
  return request<null>('POST', `${listPath(table)}/share`, { body });
}

export async function listShares(table: string, id: string): Promise<readonly Share[]> {
  return (await request<{ data: readonly Share[] }>('GET', `${recordPath(table, id)}/shares`)).data;
}

export function revokeShare(id: string): Promise<null> {
  return request<null>('DELETE', `/api/shares/${encodeURIComponent(id)}`);
}

export function transferRecords(table: string, body: TransferRequest): Promise<{ readonly records: number; readonly along: Readonly<Record<string, number>> }> {
  return request('POST', `${listPath(table)}/transfer`, { body });
}

export async function explainAccess(table: string, id: string): Promise<readonly { readonly role: Label | null; readonly reason: Label }[]> {
  return (await request<{ reasons: readonly { role: Label | null; reason: Label }[] }>('GET', `${recordPath(table, id)}/why`)).reasons;
}

export async function revealField(table: string, id: string, field: string, reason: string): Promise<Json> {
  return (await request<{ value: Json }>('POST', `${recordPath(table, id)}/reveal`, { body: { field, reason } })).value;
}

export function viewAs(user: string): Promise<null> {
  return request<null>('POST', '/api/session/view-as', { body: { user } });
}

export function endViewAs(): Promise<null> {
  return request<null>('DELETE', '/api/session/view-as');
}

const handOverPath = (user: string): string => `/api/users/${encodeURIComponent(user)}/hand-over`;

export const toHandOver = (user: string): Promise<ToHandOver> => request('GET', handOverPath(user));
export const handOver = (user: string, body: { to: readonly string[]; disable: boolean }): Promise<HandedOver> => request('POST', handOverPath(user), { body });
export const planHandOver = (user: string, body: { to: readonly string[]; disable: boolean; on: string }): Promise<null> => request('PUT', handOverPath(user), { body });
export const dropPlannedHandOver = (user: string): Promise<null> => request('DELETE', handOverPath(user));
