/**
 * Where a field that is encrypted cannot stand: the database sees only ciphertext, so it can neither compare nor order it, and a copy
 * in a field that is not encrypted would lay it open. Rules that run in the database are refused by `checkRule`, charts by `checkChart`.
 */
import { patternFields } from '../fields/auto-number.ts';
import { FIELD_TYPES } from '../fields/index.ts';
import { childPath, type Issue, type Label } from '../errors.ts';
import { pathsOf } from '../rules/check.ts';
import { fieldTypeOf, resolvePath } from '../rules/paths.ts';
import type { Rule } from '../rules/rule.ts';
import { panelTypeOf } from '../panels/index.ts';
import { viewTypeOf } from '../views/index.ts';
import { type RollupSettings, rollupSettings } from './computed.ts';
import type { TableCheck } from './check-references.ts';

const text = {
  type: { 'zh-CN': '这种字段不能加密存储；可以加密的是文本、多行文本、电话和邮箱', en: 'This kind of field cannot be encrypted; texts, long texts, phones and e-mail addresses can' } as Label,
  unique: { 'zh-CN': '加密字段不能要求唯一：数据库看不到它的值', en: 'What is encrypted cannot be unique: the database does not see its value' } as Label,
  index: { 'zh-CN': '加密字段不能建索引', en: 'What is encrypted cannot be indexed' } as Label,
  search: { 'zh-CN': '加密字段不能被搜索：索引中会留下明文', en: 'What is encrypted cannot be searched: the index would hold it in clear' } as Label,
  pinyin: { 'zh-CN': '加密字段不能按拼音查找和排序：拼音会以明文保存', en: 'What is encrypted cannot be found by pinyin: that is kept in clear' } as Label,
  title: { 'zh-CN': '加密字段不能作为记录的标题', en: 'What is encrypted cannot be the title of a record' } as Label,
  place: (name: string): Label => ({ 'zh-CN': `“${name}”加密存储，不能用于排序、分组、比较和汇总`, en: `"${name}" is encrypted: nothing can be sorted, grouped, compared or summed up by it` }),
  copy: (name: string): Label => ({ 'zh-CN': `“${name}”加密存储，不能写入未加密的字段`, en: `"${name}" is encrypted and may not be copied into a field that is not` }),
};

export function checkEncryption({ definition, path, tables }: TableCheck): Issue[] {
  const issues: Issue[] = [];
  const own = tables[definition.name]?.fields ?? {};
  const report = (at: string, message: Label): void => void issues.push({ path: at, code: 'encrypted', message });
  const isEncrypted = (name: string, table = definition.name): boolean => {
    const resolved = resolvePath(tables, table, name.replace(/^\$before\./, ''));
    return typeof resolved === 'object' && resolved.field.encrypted === true;
  };
  const refuse = (name: string | undefined, at: string, table = definition.name): void => {
    if (name !== undefined && isEncrypted(name.replace(/^-/, ''), table)) report(at, text.place(name.replace(/^-/, '')));
  };
  /** A rule whose result is stored in `into`; `table` is where it reads. */
  const copied = (rule: unknown, at: string, into: { readonly table: string; readonly field: string }, table = definition.name): void => {
    const found = rule === undefined ? undefined : readsOf(rule).find((name) => isEncrypted(name, table));
    if (found !== undefined && !tables[into.table]?.fields[into.field]?.encrypted) report(at, text.copy(found));
  };

  if (isEncrypted(definition.titleField)) report(childPath(path, 'titleField'), text.title);
  definition.fields.forEach((field, index) => {
    const at = `${path}/fields/${index}`;
    const model = Object.hasOwn(own, field.name) ? own[field.name] : undefined;
    if (!model) return;
    const type = fieldTypeOf(model);
    if (model.encrypted) {
      if (!type.encryptable) report(`${at}/encrypted`, text.type);
      if (model.unique) report(`${at}/unique`, text.unique);
      if (model.index) report(`${at}/index`, text.index);
      if (model.searchable) report(`${at}/searchable`, text.search);
      if (model.settings.pinyin === true) report(`${at}/pinyin`, text.pinyin);
    }
    const fallback = field.default;
    if (fallback !== null && typeof fallback === 'object' && 'rule' in fallback) copied(fallback.rule, `${at}/default/rule`, { table: definition.name, field: field.name });
    if (type === FIELD_TYPES.autoNumber) for (const name of patternFields(String(model.settings.pattern ?? ''))) refuse(name, `${at}/pattern`);
    if (!model.computed) return;
    if (model.computed.rule !== undefined) for (const name of model.computed.reads) refuse(name, `${at}/${type.storage === 'query' ? 'path' : 'formula'}`);
    else gathered(rollupSettings(model), at);
  });
  function gathered({ table, of, sort = [] }: RollupSettings, at: string): void {
    refuse(of, `${at}/of`, table);
    for (const key of sort) refuse(key, `${at}/sort`, table);
  }

  definition.indexes?.forEach((names, i) => names.forEach((name, k) => refuse(name, `${path}/indexes/${i}/${k}`)));
  definition.unique?.forEach(({ fields }, i) => fields.forEach((name, k) => refuse(name, `${path}/unique/${i}/fields/${k}`)));
  definition.duplicates?.forEach(({ fields, in: other, foreign }, i) => {
    const at = `${path}/duplicates/${i}`;
    const table = other?.table ?? definition.name;
    fields.forEach((name, k) => refuse(name, `${at}/fields/${k}`));
    other?.fields.forEach((name, k) => refuse(name, `${at}/in/fields/${k}`, table));
    foreign?.forEach((name, k) => refuse(name, `${at}/foreign/${k}`, table));
  });
  definition.stamps?.forEach(({ field, value }, i) => copied(value, `${path}/stamps/${i}/value`, { table: definition.name, field }));

  definition.views?.forEach((view, i) => {
    const at = `${path}/views/${i}`;
    view.sort?.forEach((key, k) => refuse(key, `${at}/sort/${k}`));
    const type = viewTypeOf(view);
    // A type that looks for itself refuses it where it stands.
    if (type?.issues) return;
    const shown = new Set(type?.shown?.(view));
    for (const name of type?.paths(view) ?? []) if (!shown.has(name) || isAlso(view, name)) refuse(name, `${at}/${settingOf(view, name)}`);
  });
  definition.exports?.forEach(({ sort }, i) => sort?.forEach((key, k) => refuse(key, `${path}/exports/${i}/sort/${k}`)));

  const { page } = definition;
  page?.related?.forEach(({ table, sort }, i) => sort?.forEach((key, k) => refuse(key, `${path}/page/related/${i}/sort/${k}`, table)));
  page?.timeline?.forEach(({ table, date }, i) => refuse(date, `${path}/page/timeline/${i}/date`, table));
  page?.panels?.forEach((panel, i) => panelTypeOf(panel)?.paths(panel).forEach(({ at, path: name }) => refuse(name, `${path}/page/panels/${i}/${at}`, panel.table)));

  definition.actions?.forEach((action, i) => {
    for (const [field, rule] of Object.entries(action.values ?? {})) copied(rule, `${path}/actions/${i}/values/${field}`, { table: action.table, field });
    for (const [name, carried] of Object.entries(action.lines ?? {})) {
      const [from, into] = [targetOf(definition.name, carried.from), targetOf(action.table, name)];
      if (from && into) for (const [field, rule] of Object.entries(carried.values)) copied(rule, `${path}/actions/${i}/lines/${name}/values/${field}`, { table: into, field }, from);
    }
  });
  definition.effects?.forEach(({ create, update }, i) => {
    for (const [field, rule] of Object.entries(create?.values ?? {})) copied(rule, `${path}/effects/${i}/create/values/${field}`, { table: create?.table ?? '', field });
    const target = update && targetOf(definition.name, update.reference);
    for (const part of ['values', 'add'] as const) for (const [field, rule] of Object.entries(update?.[part] ?? {})) copied(rule, `${path}/effects/${i}/update/${part}/${field}`, { table: target ?? '', field });
  });
  function targetOf(table: string, name: string): string | undefined {
    const field = tables[table]?.fields[name];
    return field && fieldTypeOf(field).target?.(field);
  }
  return issues;
}

/** Every path a rule reads, `$before.family` among them. */
function readsOf(rule: unknown): string[] {
  const before = [...JSON.stringify(rule).matchAll(/"var":\[?"(\$before\.[a-z0-9_.]+)"/g)].map(([, name]) => name as string);
  return [...pathsOf(rule as Rule), ...before];
}

/** The setting of a view in which a path stands alone. */
function settingOf(view: Readonly<Record<string, unknown>>, name: string): string {
  return Object.keys(view).find((key) => view[key] === name) ?? 'columns';
}

/** Shown, and used to group or colour besides. */
function isAlso(view: Readonly<Record<string, unknown>>, name: string): boolean {
  return Object.entries(view).some(([key, value]) => value === name && key !== 'title' && key !== 'name');
}
