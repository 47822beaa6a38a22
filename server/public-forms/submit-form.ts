/** What somebody without an account sends: only what the form asks for goes in, and nothing of what is kept comes out. */
import { AppError, type Issue, type Label } from '#engine/errors.ts';
import type { Json } from '#engine/fields/field-type.ts';
import type { FieldModel, TableModel } from '#engine/model/app-model.ts';
import { formFields } from '#engine/model/check-public-form.ts';
import type { FormDefinition } from '#engine/model/definitions.ts';
import { pathsOf } from '#engine/rules/check.ts';
import type { Rule } from '#engine/rules/rule.ts';
import { sql } from '../db/sql.ts';
import { createRecord, validationFailed } from '../records/create-record.ts';
import { writeSession, type WriteSession } from '../records/write-session.ts';
import type { Workspace } from '../workspace.ts';
import { openForm, type OpenForm } from './form-links.ts';

export interface ShownForm {
  readonly app: Label;
  readonly settings: Workspace['model']['settings'];
  /** With the fields of the form, and of what is given beside them, alone. */
  readonly table: TableModel;
  readonly form: FormDefinition;
  /** For one answer only. */
  readonly once: boolean;
}

export async function showForm(workspace: Workspace, token: string): Promise<ShownForm> {
  const { link, table, form } = await openForm(workspace, token);
  const { model } = workspace;
  return { app: model.label, settings: model.settings, table: narrowed(table, form), form, once: Number(link.once) === 1 };
}

/** Throws `validation_failed` with the issues of the form's own fields, `not_found` when the link is good no more. */
export async function submitForm(workspace: Workspace, token: string, input: Readonly<Record<string, Json>>, once: (session: WriteSession, actor: OpenForm['actor'], work: () => Promise<string>) => Promise<string>): Promise<void> {
  const open = await openForm(workspace, token);
  const { link, table, form, actor } = open;
  const asked = new Set(formFields(form));
  const unknown = Object.keys(input).filter((name) => !asked.has(name));
  if (unknown.length > 0) throw validationFailed(unknown.map((name): Issue => ({ path: `/${name}`, code: 'unknown_field', message: { 'zh-CN': '表单里没有这一项', en: 'The form does not ask for this' } })));
  const values = { ...input, ...form.public.values, ...(link.field !== null && { [link.field]: link.record_id }) };
  try {
    await writeSession(
      workspace,
      actor,
      (session) =>
        once(session, actor, async () => {
          // Whoever comes second with a link for one answer finds it used.
          const taken = await session.tx.run(sql`UPDATE relata_form_link SET used = used + 1 WHERE id = ${link.id} AND (once = 0 OR used = 0)`);
          if (taken === 0) throw new AppError('not_found', { 'zh-CN': '这个链接已经用过', en: 'This link has been used' });
          return createRecord(session, table.name, values);
        }),
      { form: form.name },
    );
  } catch (error) {
    throw error instanceof AppError ? told(error, asked) : error;
  }
}

const NOT_TAKEN: Label = { 'zh-CN': '这份表单现在不能提交，请联系发给您的人', en: 'This form cannot be sent right now; ask whoever gave it to you' };

/** Only what is wrong with the answers themselves; anything else would tell of records, rights or colleagues. */
function told(error: AppError, asked: ReadonlySet<string>): AppError {
  if (error.code === 'not_found' || error.code === 'invalid_request') return error;
  const isOwn = ({ path, code }: Issue): boolean => code !== 'not_unique' && (path === '' || asked.has(path.split('/')[1] ?? ''));
  const own = error.issues.filter(isOwn);
  return error.code === 'validation_failed' && own.length > 0 ? validationFailed(own) : new AppError('conflict', NOT_TAKEN);
}

function narrowed({ description: _, ...table }: TableModel, form: OpenForm['form']): TableModel {
  const names = new Set([...formFields(form), ...Object.keys(form.public.values ?? {})]);
  const stays = (rule: Rule | undefined): boolean => rule === undefined || pathsOf(rule).every((path) => path.startsWith('$') || names.has(path.split('.')[0] ?? ''));
  const fields = Object.fromEntries(Object.values(table.fields).filter(({ name }) => names.has(name)).map((field) => [field.name, narrowedField(field, stays)]));
  return {
    ...table,
    fields,
    forms: [form],
    views: [],
    page: {},
    indexes: [],
    computeOrder: [],
    duplicates: [],
    exports: [],
    actions: [],
    effects: [],
    validate: table.validate.filter(({ rule }) => stays(rule)),
    shareAlong: [],
    transferAlong: [],
    permissions: {},
  };
}

/** A rule that reads what the form does not hold is left to the server. */
function narrowedField({ visible, requiredWhen, readOnlyWhen, validate, default: fallback, ...field }: FieldModel, stays: (rule: Rule | undefined) => boolean): FieldModel {
  return {
    ...field,
    ...(visible !== undefined && stays(visible) && { visible }),
    ...(requiredWhen !== undefined && stays(requiredWhen) && { requiredWhen }),
    ...(readOnlyWhen !== undefined && stays(readOnlyWhen) && { readOnlyWhen }),
    ...(validate && { validate: validate.filter(({ rule }) => stays(rule)) }),
    ...(fallback !== undefined && stays(fallback as Rule) && { default: fallback }),
  };
}
