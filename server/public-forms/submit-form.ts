/** What somebody without an account sends: only what the form asks for goes in, and nothing of what is kept comes out. */
import { AppError, type Issue, type Label } from '#engine/errors.ts';
import type { Json } from '#engine/fields/field-type.ts';
import type { TableModel } from '#engine/model/app-model.ts';
import { formFields } from '#engine/model/check-public-form.ts';
import type { ShownForm } from '#engine/records/public-form.ts';
import { pathsOf } from '#engine/rules/check.ts';
import { trimField } from '../definitions/trim-model.ts';
import { createRecord, validationFailed } from '../records/create-record.ts';
import { writeSession, type WriteSession } from '../records/write-session.ts';
import type { Workspace } from '../workspace.ts';
import { gone, isUsedUp, openForm, type OpenForm, takeAnswer } from './form-links.ts';

export async function showForm(workspace: Workspace, token: string): Promise<ShownForm> {
  const { link, table, form } = await openForm(workspace, token);
  if (isUsedUp(link)) throw gone();
  const { model } = workspace;
  return { app: model.label, settings: model.settings, table: narrowed(table, form), form, once: Number(link.once) === 1 };
}

/** Throws `validation_failed` with the issues of the form's own fields, `not_found` when the link is good no more. */
export async function submitForm(workspace: Workspace, token: string, input: Readonly<Record<string, Json>>, once: (session: WriteSession, actor: OpenForm['actor'], work: () => Promise<string>) => Promise<string>): Promise<void> {
  const { link, table, form, actor } = await openForm(workspace, token);
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
          await takeAnswer(workspace, session.tx, link);
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

/** Named one by one: whatever a table is given later is not told to strangers by itself. Rules that read what the form does not hold are left to the server. */
function narrowed({ name, label, pluralLabel, titleField, fields, validate }: TableModel, form: OpenForm['form']): TableModel {
  const shown = new Set([...formFields(form), ...Object.keys(form.public.values ?? {})]);
  const knows = (path: string): boolean => path.startsWith('$') || shown.has(path.split('.')[0] ?? '');
  return {
    name,
    label,
    pluralLabel,
    titleField,
    fields: Object.fromEntries(Object.values(fields).filter((field) => shown.has(field.name)).map((field) => [field.name, trimField(field, (_, path) => knows(path))])),
    validate: validate.filter(({ rule }) => pathsOf(rule).every(knows)),
    forms: [form],
    views: [], page: {}, indexes: [], computeOrder: [], duplicates: [], unique: [], invariants: [], stamps: [], follows: [],
    exports: [], actions: [], effects: [], shareAlong: [], transferAlong: [], permissions: {},
  };
}
