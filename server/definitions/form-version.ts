/**
 * A form is drawn from one version of the definitions. What it sends after its table has changed is refused, so that
 * nothing is written that the person did not see; the browser keeps what was typed and shows the new form.
 */
import { isSame } from '#engine/changes/diff-definitions.ts';
import { AppError } from '#engine/errors.ts';
import type { Definitions } from '#engine/model/definitions.ts';
import type { Workspace } from '../workspace.ts';
import { definitionsOf } from './store.ts';

/** Sent by forms: the version of the model they were drawn from. */
export const FORM_VERSION_HEADER = 'relata-definitions';

export async function refuseOldForm(workspace: Workspace, header: unknown, table: string): Promise<void> {
  const version = typeof header === 'string' && /^\d{1,9}$/.test(header) ? Number(header) : undefined;
  if (version === undefined || version >= workspace.definitionsVersion) return;
  const [then, now] = [await definitionsOf(workspace.database, version), await definitionsOf(workspace.database, workspace.definitionsVersion)];
  if (then && now && isSame(asked(then.definitions, table), asked(now.definitions, table))) return;
  throw new AppError('conflict', { 'zh-CN': '管理员刚刚更改了这个表单，您填写的内容已保留，请核对后再保存', en: 'An administrator has just changed this form. What you typed is kept; check it and save again' }, [
    { path: '', code: 'definitions_changed', message: { 'zh-CN': `表单基于第 ${version} 版定义`, en: `The form was drawn from version ${version}` } },
  ]);
}

/** What a form of this table asks for. */
function asked({ app, tables }: Definitions, name: string): unknown {
  const table = tables.find((candidate) => candidate.name === name);
  return table && [table.fields, table.validate ?? [], table.forms ?? [], app.options ?? {}];
}
