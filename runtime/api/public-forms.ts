/** Links to public forms, and the form of a link for whoever opened it. */
import type { Label } from '#engine/errors.ts';
import type { AppModel, TableModel } from '#engine/model/app-model.ts';
import type { FormDefinition } from '#engine/model/definitions.ts';
import { queryString, request } from './client.ts';
import type { Values } from './types.ts';

export interface About {
  /** The reference of the form's table that names the record. */
  readonly field: string;
  readonly record: string;
}

export interface FormLink {
  readonly id: string;
  readonly form: string;
  readonly by: string;
  readonly at: string;
  readonly until: string;
  readonly once: boolean;
  readonly used: number;
}

export interface ShownForm {
  readonly app: Label;
  readonly settings: AppModel['settings'];
  readonly table: TableModel;
  readonly form: FormDefinition;
  readonly once: boolean;
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
