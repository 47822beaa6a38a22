/** A form that strangers fill in must not let them look into records, nor ask for what they cannot give. */
import { childPath, type Issue, type Label } from '../errors.ts';
import { FIELD_TYPES } from '../fields/index.ts';
import { pathsOf } from '../rules/check.ts';
import type { Rule } from '../rules/rule.ts';
import { type FieldModel, optionsOf } from './app-model.ts';
import { type FormDefinition, sectionFields, type TableDefinition } from './definitions.ts';

export function formFields(form: Pick<FormDefinition, 'sections' | 'tabs'>): string[] {
  return [...(form.sections ?? []), ...(form.tabs ?? []).flatMap((tab) => tab.sections)].flatMap(sectionFields);
}

export function checkPublicForm(form: FormDefinition, table: Pick<TableDefinition, 'unique' | 'validate'>, fields: Readonly<Record<string, FieldModel>>, path: string): Issue[] {
  if (form.public === undefined) return [];
  const issues: Issue[] = [];
  const report = (at: string, code: string, message: Label): void => void issues.push({ path: `${path}/public${at}`, code, message });
  const combined = new Set(table.unique?.flatMap((rule) => rule.fields));
  for (const name of formFields(form)) {
    const field = fields[name];
    if (!field) continue;
    const label = field.label;
    if (!isFilledIn(field)) report('', 'not_for_public', { 'zh-CN': `公开表单不能包含“${label['zh-CN']}”：它要从系统里选择或上传`, en: `A public form cannot hold "${label.en}": it is chosen from records or uploaded` });
    // That a value is taken would tell of somebody else's record.
    if (field.unique || combined.has(name)) report('', 'unique_in_public', { 'zh-CN': `公开表单不能包含不可重复的“${label['zh-CN']}”：提示重复会透露已有的记录`, en: `A public form cannot hold "${label.en}", which must be unique: to say that it is taken tells of a record` });
  }
  const asked = new Set(formFields(form));
  const rules: (Rule | undefined)[] = (table.validate ?? []).map(({ rule }) => rule).filter((rule) => pathsOf(rule).some((path) => asked.has(path.split('.')[0] ?? '')));
  for (const name of asked) rules.push(...[fields[name]?.visible, fields[name]?.requiredWhen, fields[name]?.readOnlyWhen, ...(fields[name]?.validate ?? []).map(({ rule }) => rule)]);
  for (const path of new Set(rules.flatMap((rule) => (rule === undefined ? [] : pathsOf(rule))))) {
    const [first = '', ...rest] = path.split('.');
    // Trying answers would tell what the other record holds.
    if (readsElsewhere(fields, first, rest.length > 0)) report('', 'reads_records_in_public', { 'zh-CN': `公开表单的规则不能读取“${path}”：反复尝试会透露该记录的内容`, en: `A rule on a public form cannot read "${path}": trying answers would tell what that record holds` });
  }
  for (const [name, value] of Object.entries(form.public.values ?? {})) {
    const at = childPath('/values', name);
    const field = Object.hasOwn(fields, name) ? fields[name] : undefined;
    if (!field) report(at, 'unknown_field', { 'zh-CN': `没有字段“${name}”`, en: `There is no field "${name}"` });
    else if (!givenChoices(field).some((choice) => choice.value === value)) report(at, 'wrong_value', { 'zh-CN': `“${field.label['zh-CN']}”须是单选或是否字段，值须是它的选项`, en: `"${field.label.en}" must be a select or a yes/no field, and the value one of its own` });
  }
  return issues;
}

/** Over a reference, or by a field that was computed over one. */
function readsElsewhere(fields: Readonly<Record<string, FieldModel>>, name: string, isPath: boolean): boolean {
  const field = fields[name];
  if (!field) return false;
  if (isPath && FIELD_TYPES[field.type].target !== undefined) return true;
  return field.computed?.reads.some((path) => path.includes('.') || readsElsewhere(fields, path, false)) === true;
}

const UPLOADED: ReadonlySet<string> = new Set(['attachment', 'image', 'json']);

function isFilledIn(field: FieldModel): boolean {
  const type = FIELD_TYPES[field.type];
  return type.storage === 'columns' && !type.computed && !field.computed && !field.system && type.target === undefined && !UPLOADED.has(field.type);
}

/** What such a field can be given for good, each as the value and its label; none for fields that are no choice. */
export function givenChoices(field: FieldModel): readonly { readonly value: string | boolean; readonly label: Label }[] {
  const kind = FIELD_TYPES[field.type].kind(field);
  if (kind === 'boolean') return [{ value: true, label: { 'zh-CN': '是', en: 'Yes' } }, { value: false, label: { 'zh-CN': '否', en: 'No' } }];
  return kind === 'option' && !field.computed ? optionsOf(field) : [];
}
