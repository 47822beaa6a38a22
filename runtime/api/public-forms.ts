/** Links to public forms, and the form of a link for whoever opened it. */
import type { FormLink, ShownForm } from '#engine/records/public-form.ts';
import { queryString, request } from './client.ts';
import type { Values } from './types.ts';

export interface About {
  /** The reference of the form's table that names the record. */
  readonly field: string;
  readonly record: string;
}

const path = (table: string): string => `/api/tables/${encodeURIComponent(table)}/form-links`;
const formPath = (token: string): string => `/api/public/forms/${encodeURIComponent(token)}`;

export function createFormLink(table: string, body: { form: string; about?: About; days: number; once: boolean }): Promise<{ id: string; url: string; until: string }> {
  return request('POST', path(table), { body });
}

export function formLinks(table: string, record: string | undefined): Promise<{ data: readonly FormLink[] }> {
  return request('GET', `${path(table)}${queryString({ record })}`);
}

export function endFormLink(id: string): Promise<null> {
  return request('DELETE', `/api/form-links/${encodeURIComponent(id)}`);
}

export function showPublicForm(token: string): Promise<ShownForm> {
  return request('GET', formPath(token));
}

export function submitPublicForm(token: string, values: Values, key: string): Promise<null> {
  return request('POST', formPath(token), { body: values, headers: { 'Idempotency-Key': key } });
}
