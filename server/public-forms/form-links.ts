/**
 * Links to public forms: who made one may create such a record, and the link can do nothing that they could not. Only a
 * hash of the token is kept; a link ends with its date, with its one answer, when it is taken back, or with its maker.
 */
import { randomBytes } from 'node:crypto';
import { v7 as uuidv7 } from 'uuid';
import { AppError, type Issue, type Label } from '#engine/errors.ts';
import type { TableModel } from '#engine/model/app-model.ts';
import { formFields } from '#engine/model/check-public-form.ts';
import type { FormDefinition } from '#engine/model/definitions.ts';
import type { Actor } from '#engine/permissions/actor.ts';
import { authorize, bestRight, type TableAccess } from '#engine/permissions/authorize.ts';
import { isAdministrator } from '#engine/permissions/levels.ts';
import type { FormLink } from '#engine/records/public-form.ts';
import { fieldTypeOf, singleTarget } from '#engine/rules/paths.ts';
import type { Transaction } from '../db/database.ts';
import { sql } from '../db/sql.ts';
import { noteInAudit } from '../records/audit.ts';
import { validationFailed } from '../records/create-record.ts';
import { getRecord } from '../records/get-record.ts';
import { hashToken } from '../session/sessions.ts';
import type { Workspace } from '../workspace.ts';

export interface FormLinkRequest {
  readonly form: string;
  /** The record that what comes in is about: a reference field of the table, and whom it names. */
  readonly about?: { readonly field: string; readonly record: string };
  /** How long it is good for. */
  readonly days: number;
  /** For one answer only. */
  readonly once: boolean;
}

interface LinkRow {
  readonly id: string;
  readonly table_name: string;
  readonly form: string;
  readonly field: string | null;
  readonly record_id: string | null;
  readonly created_by: string;
  readonly created_at: string;
  readonly expires_at: string;
  readonly once: number;
  readonly used: number;
}

/** A link that is good now, with what it opens. */
export interface OpenForm {
  readonly link: LinkRow;
  readonly table: TableModel;
  readonly form: FormDefinition & { readonly public: NonNullable<FormDefinition['public']> };
  /** In whose name it is written. */
  readonly actor: Actor;
}

const DAY_MS = 86_400_000;

const text = {
  noForm: { 'zh-CN': '没有这个公开表单', en: 'There is no such public form' } as Label,
  noReference: { 'zh-CN': '没有这个关联字段', en: 'There is no such reference' } as Label,
  missing: ({ label }: { readonly label: Label }): Label => ({ 'zh-CN': `“${label['zh-CN']}”必填，但不在公开表单里`, en: `"${label.en}" is required, but not on the public form` }),
  notWritable: ({ label }: { readonly label: Label }): Label => ({ 'zh-CN': `您不能填写“${label['zh-CN']}”，这份表单由能填写它的人发出`, en: `You may not fill in "${label.en}"; somebody who may has to send this form` }),
};

export function gone(): AppError {
  return new AppError('not_found', { 'zh-CN': '这个链接已失效', en: 'This link is no longer valid' });
}

function publicForm(table: TableModel | undefined, name: string): OpenForm['form'] | undefined {
  return table?.forms.find((form): form is OpenForm['form'] => form.name === name && form.public !== undefined);
}

export async function createFormLink(workspace: Workspace, actor: Actor, tableName: string, request: FormLinkRequest): Promise<{ id: string; token: string; until: string }> {
  const access = authorize(workspace.model, actor, 'create', tableName);
  const { table } = access;
  const form = publicForm(table, request.form);
  if (!form || (form.roles && !actor.unrestricted && !form.roles.some((role) => actor.roles.includes(role)))) throw validationFailed([{ path: '/form', code: 'unknown_form', message: text.noForm }]);
  const issues = [...(await aboutIssues(workspace, actor, table, request)), ...gaps(access, form, request)];
  if (issues.length > 0) throw validationFailed(issues);
  const { database } = workspace;
  const at = workspace.now();
  const until = new Date(Date.parse(at) + request.days * DAY_MS).toISOString();
  const id = uuidv7();
  const token = randomBytes(32).toString('base64url');
  const { field = null, record = null } = request.about ?? {};
  await database.transaction(async (tx) => {
    await tx.run(sql`INSERT INTO relata_form_link (id, token_hash, table_name, form, field, record_id, created_by, created_at, expires_at, once, used)
      VALUES (${id}, ${hashToken(token)}, ${tableName}, ${form.name}, ${field}, ${record}, ${actor.userId}, ${at}, ${until}, ${request.once ? 1 : 0}, 0)`);
    await noteInAudit(tx, { at, by: actor.userId, table: tableName, id, action: 'form_link', version: 0, changes: { form: form.name, until, ...(field !== null && { of: table.fields[field]?.target ?? '', record }) } });
  });
  return { id, token, until };
}

/** One may only send out what one may read oneself. */
async function aboutIssues(workspace: Workspace, actor: Actor, table: TableModel, { about }: FormLinkRequest): Promise<Issue[]> {
  if (!about) return [];
  const field = Object.hasOwn(table.fields, about.field) ? table.fields[about.field] : undefined;
  const target = field && singleTarget(field);
  if (!target) return [{ path: '/about/field', code: 'unknown_field', message: text.noReference }];
  await getRecord(workspace, actor, target, about.record);
  return [];
}

/** What nobody would be able to fill in. */
function gaps({ table, create }: TableAccess, form: OpenForm['form'], { about }: FormLinkRequest): Issue[] {
  const asked = formFields(form);
  const given = new Set([...asked, ...Object.keys(form.public.values ?? {}), ...(about ? [about.field] : [])]);
  const fields = Object.values(table.fields);
  return [
    ...fields.filter((field) => field.required && !field.computed && !fieldTypeOf(field).computed && !field.system && field.default === undefined && !given.has(field.name)).map((field): Issue => ({ path: `/about/${field.name}`, code: 'required', message: text.missing(field) })),
    ...fields.filter((field) => given.has(field.name) && bestRight(create, field) !== 'write').map((field): Issue => ({ path: `/form/${field.name}`, code: 'forbidden_field', message: text.notWritable(field) })),
  ];
}

/** Own ones that are still good; everybody's for administrators. */
export async function listFormLinks({ database, model, now }: Workspace, actor: Actor, table: string, record?: string): Promise<FormLink[]> {
  authorize(model, actor, 'create', table);
  const whose = isAdministrator(actor) ? sql`1 = 1` : sql`created_by = ${actor.userId}`;
  const about = record === undefined ? sql`1 = 1` : sql`record_id = ${record}`;
  const rows = await database.all<LinkRow>(sql`SELECT * FROM relata_form_link WHERE table_name = ${table} AND expires_at > ${now()} AND (once = 0 OR used = 0) AND ${whose} AND ${about} ORDER BY id DESC LIMIT 100`);
  return rows.map((row) => ({ id: row.id, form: row.form, by: row.created_by, at: row.created_at, until: row.expires_at, once: Number(row.once) === 1, used: Number(row.used) }));
}

export async function endFormLink(workspace: Workspace, actor: Actor, id: string): Promise<void> {
  const at = workspace.now();
  await workspace.database.transaction(async (tx) => {
    const row = await tx.get<LinkRow>(sql`SELECT * FROM relata_form_link WHERE id = ${id} AND expires_at > ${at}`);
    if (!row || (row.created_by !== actor.userId && !isAdministrator(actor))) throw gone();
    await tx.run(sql`UPDATE relata_form_link SET expires_at = ${at} WHERE id = ${id}`);
    await noteInAudit(tx, { at, by: actor.userId, table: row.table_name, id, action: 'form_link_end', version: 0, changes: { form: row.form } });
  });
}

/** Throws `not_found` where it is good no more, whatever the reason. One that was for a single answer stays open to who sends that answer again. */
export async function openForm({ database, model, directory, now }: Workspace, token: string): Promise<OpenForm> {
  const link = await database.get<LinkRow>(sql`SELECT * FROM relata_form_link WHERE token_hash = ${hashToken(token)} AND expires_at > ${now()}`);
  const table = link && Object.hasOwn(model.tables, link.table_name) ? model.tables[link.table_name] : undefined;
  const form = publicForm(table, link?.form ?? '');
  if (!link || !table || !form || !directory.user(link.created_by)?.active) throw gone();
  return { link, table, form, actor: directory.actor(link.created_by) };
}

/** Counts an answer, in the transaction that keeps it; throws `not_found` where the link was used up or ended meanwhile. */
export async function takeAnswer({ now }: Workspace, tx: Transaction, { id }: OpenForm['link']): Promise<void> {
  const taken = await tx.run(sql`UPDATE relata_form_link SET used = used + 1 WHERE id = ${id} AND expires_at > ${now()} AND (once = 0 OR used = 0)`);
  if (taken === 0) throw gone();
}

export function isUsedUp({ once, used }: OpenForm['link']): boolean {
  return Number(once) === 1 && Number(used) > 0;
}
