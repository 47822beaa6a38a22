/** Everything in a table's definition that names a field, table, role or form must name one that exists. */
import { childPath, type Issue, type Label } from '../errors.ts';
import { isScopeName, SCOPE_NAMES } from '../permissions/scopes.ts';
import { fieldTypeOf, resolvePath, singleTarget, type FieldTables } from '../rules/paths.ts';
import { checkRule, type CheckRequest } from '../rules/check.ts';
import type { FieldModel } from './app-model.ts';
import { kindBefore } from './check-integrity.ts';
import { checkPublicForm } from './check-public-form.ts';
import type { AppDefinition, FieldDefinition, FormDefinition, TableDefinition } from './definitions.ts';
import type { PanelDefinition } from '../panels/definitions.ts';
import { panelTypeOf } from '../panels/index.ts';
import { viewTypeOf } from '../views/index.ts';

const text = {
  noField: (name: string): Label => ({ 'zh-CN': `没有字段“${name}”`, en: `There is no field "${name}"` }),
  wrongKind: (name: string): Label => ({ 'zh-CN': `字段“${name}”的类型不合适`, en: `The field "${name}" is of a kind that does not fit here` }),
  noTable: (name: string): Label => ({ 'zh-CN': `没有表“${name}”`, en: `There is no table "${name}"` }),
  noRole: (name: string): Label => ({ 'zh-CN': `没有角色“${name}”`, en: `There is no role "${name}"` }),
  noForm: (name: string): Label => ({ 'zh-CN': `没有表单“${name}”`, en: `There is no form "${name}"` }),
  twice: (name: string): Label => ({ 'zh-CN': `名称“${name}”重复`, en: `The name "${name}" is used twice` }),
  noReference: (name: string): Label => ({ 'zh-CN': `“${name}”不是指向本表的引用`, en: `"${name}" is no reference to this table` }),
  noPerson: (name: string): Label => ({ 'zh-CN': `字段“${name}”不是人员字段`, en: `The field "${name}" does not name people` }),
  noScope: (word: string): Label => ({ 'zh-CN': `没有范围“${word}”；可以是 ${SCOPE_NAMES.join('、')} 或一条规则`, en: `There is no scope "${word}"; it is one of ${SCOPE_NAMES.join(', ')}, or a rule` }),
  noInherit: (name: string): Label => ({ 'zh-CN': `“${name}”不是指向另一张表的引用`, en: `"${name}" is no reference to another table` }),
  notAParent: { 'zh-CN': '只有指向本表的引用才能设为不允许成环', en: 'Only a reference to the same table can forbid cycles' } as Label,
  notInheriting: (name: string): Label => ({ 'zh-CN': `表“${name}”的权限不随本表`, en: `The table "${name}" does not inherit from this one` }),
  noNext: { 'zh-CN': '“下一个”需要给出编号所在的引用字段', en: '"next" names the reference within which numbers follow one another' } as Label,
  notPaired: { 'zh-CN': '两边的字段须一一对应', en: 'Each field needs its counterpart' } as Label,
  noUnique: { 'zh-CN': '这种字段不能设为唯一或建索引', en: 'This kind of field cannot be unique or indexed' } as Label,
};

export interface TableCheck {
  readonly definition: TableDefinition;
  readonly path: string;
  readonly tables: FieldTables;
  readonly allTables: readonly TableDefinition[];
  readonly app: AppDefinition;
}

export function checkReferences({ definition, path, tables, allTables, app }: TableCheck): Issue[] {
  const issues: Issue[] = [];
  const own = tables[definition.name]?.fields ?? {};
  const report = (at: string, code: string, message: Label): void => void issues.push({ path: at, code, message });
  const fieldPath = (name: string, at: string, table = definition.name): void => {
    const resolved = resolvePath(tables, table, name);
    if (typeof resolved === 'string') report(at, resolved, text.noField(name));
  };
  const ownField = (name: string, at: string): void => {
    if (!Object.hasOwn(own, name)) report(at, 'unknown_field', text.noField(name));
  };
  const rule = (value: unknown, at: string, options: Partial<CheckRequest> = {}): void => {
    if (value === undefined) return;
    issues.push(...checkRule(value, { tables, table: definition.name, path: at, target: 'memory', ...options }).issues);
  };
  const reference = (table: string, field: string, at: string): void => {
    const found = tables[table]?.fields[field];
    if (!found || fieldTypeOf(found).target?.(found) !== definition.name) report(at, 'not_a_reference', text.noReference(`${table}.${field}`));
  };

  ownField(definition.titleField, childPath(path, 'titleField'));
  definition.fields.forEach((field, index) => {
    const at = childPath(childPath(path, 'fields'), index);
    const model = own[field.name];
    if (model) checkField(field, model, at);
  });

  function checkField(field: FieldDefinition, model: FieldModel, at: string): void {
    const type = fieldTypeOf(model);
    const target = type.target?.(model);
    if (target !== undefined && !Object.hasOwn(tables, target)) report(childPath(at, 'table'), 'unknown_table', text.noTable(target));
    // What may be chosen is a rule over the table chosen from, and the server asks the database.
    if (target !== undefined && Object.hasOwn(tables, target)) rule(model.settings.filter, childPath(at, 'filter'), { table: target, target: 'sql' });
    if (model.settings.acyclic === true && target !== definition.name) report(childPath(at, 'acyclic'), 'not_a_parent', text.notAParent);
    if (type.storage === 'children' && target) reference(target, String(model.settings.field ?? ''), childPath(at, 'field'));
    if ((field.unique || field.index) && type.storage !== 'columns') report(childPath(at, field.unique ? 'unique' : 'index'), 'cannot_index', text.noUnique);
    for (const key of ['visible', 'requiredWhen', 'readOnlyWhen'] as const) rule(field[key], childPath(at, key));
    field.validate?.forEach((check, i) => rule(check.rule, childPath(childPath(childPath(at, 'validate'), i), 'rule')));
    const fallback = field.default;
    if (fallback !== null && typeof fallback === 'object' && 'next' in fallback && !(typeof fallback.next === 'string' && Object.hasOwn(own, fallback.next) && singleTarget(own[fallback.next] as FieldModel))) {
      report(`${at}/default/next`, 'not_a_reference', text.noNext);
    }
    if (fallback !== null && typeof fallback === 'object' && 'rule' in fallback) rule(fallback.rule, childPath(childPath(at, 'default'), 'rule'));
  }

  definition.validate?.forEach((check, i) => rule(check.rule, `${path}/validate/${i}/rule`));
  definition.indexes?.forEach((columns, i) => columns.forEach((name, k) => fieldPath(name, `${path}/indexes/${i}/${k}`)));
  definition.duplicates?.forEach((duplicate, i) => {
    const at = `${path}/duplicates/${i}`;
    duplicate.fields.forEach((name, k) => ownField(name, `${at}/fields/${k}`));
    const other = duplicate.in?.table ?? definition.name;
    const theirs = tables[other]?.fields;
    if (!theirs) return report(`${at}/in/table`, 'unknown_table', text.noTable(other));
    duplicate.in?.fields.forEach((name, k) => !Object.hasOwn(theirs, name) && report(`${at}/in/fields/${k}`, 'unknown_field', text.noField(name)));
    if (duplicate.in && duplicate.in.fields.length !== duplicate.fields.length) report(`${at}/in/fields`, 'wrong_shape', text.notPaired);
    duplicate.foreign?.forEach((name, k) => !Object.hasOwn(theirs, name) && report(`${at}/foreign/${k}`, 'unknown_field', text.noField(name)));
  });

  uniqueNames(definition.forms ?? [], `${path}/forms`);
  definition.forms?.forEach((form, i) => {
    checkForm(form, `${path}/forms/${i}`);
    issues.push(...checkPublicForm(form, definition, tables[definition.name]?.fields ?? {}, `${path}/forms/${i}`));
    rule(form.when, `${path}/forms/${i}/when`);
    form.roles?.forEach((role, k) => roleExists(role, `${path}/forms/${i}/roles/${k}`));
  });
  function checkForm(form: FormDefinition, at: string): void {
    const groups = [
      { sections: form.sections ?? [], at: `${at}/sections` },
      ...(form.tabs ?? []).map((tab, i) => ({ sections: tab.sections, at: `${at}/tabs/${i}/sections` })),
    ];
    for (const group of groups) {
      group.sections.forEach((section, i) => {
        section.fields.forEach((name, k) => typeof name === 'string' && ownField(name, `${group.at}/${i}/fields/${k}`));
        rule(section.visible, `${group.at}/${i}/visible`);
      });
    }
  }

  uniqueNames(definition.views ?? [], `${path}/views`);
  definition.views?.forEach((view, i) => {
    const at = `${path}/views/${i}`;
    rule(view.filter, `${at}/filter`, { target: 'sql' });
    view.sort?.forEach((key, k) => fieldPath(key.replace(/^-/, ''), `${at}/sort/${k}`));
    const viewType = viewTypeOf(view);
    // A type that looks for itself says better what is wrong, and where.
    const own = viewType?.issues?.(view, { tables, table: definition.name, path: at });
    if (own) issues.push(...own);
    else for (const name of viewType?.paths(view) ?? []) fieldPath(name, `${at}/columns`);
    for (const [key, value] of Object.entries(viewType?.rules?.(view) ?? {})) rule(value, `${at}/${key}`);
    view.roles?.forEach((role, k) => roleExists(role, `${at}/roles/${k}`));
  });

  uniqueNames(definition.exports ?? [], `${path}/exports`);
  definition.exports?.forEach((own, i) => {
    const at = `${path}/exports/${i}`;
    own.columns.forEach((name, k) => fieldPath(name, `${at}/columns/${k}`));
    rule(own.filter, `${at}/filter`, { target: 'sql' });
    own.sort?.forEach((key, k) => fieldPath(key.replace(/^-/, ''), `${at}/sort/${k}`));
    own.roles?.forEach((role, k) => roleExists(role, `${at}/roles/${k}`));
  });

  const page = definition.page;
  page?.header?.forEach((name, i) => fieldPath(name, `${path}/page/header/${i}`));
  if (page?.stage) ownField(page.stage, `${path}/page/stage`);
  page?.related?.forEach((related, i) => {
    const at = `${path}/page/related/${i}`;
    reference(related.table, related.field, at);
    related.columns.forEach((name, k) => fieldPath(name, `${at}/columns/${k}`, related.table));
  });
  uniqueNames(page?.panels ?? [], `${path}/page/panels`);
  page?.panels?.forEach((panel, i) => checkPanel(panel, `${path}/page/panels/${i}`));
  function checkPanel(panel: PanelDefinition, at: string): void {
    reference(panel.table, panel.field, at);
    if (!Object.hasOwn(tables, panel.table)) return;
    rule(panel.filter, `${at}/filter`, { table: panel.table, target: 'sql' });
    const type = panelTypeOf(panel);
    for (const { at: setting, path: name, kinds } of type?.paths(panel) ?? []) {
      const resolved = resolvePath(tables, panel.table, name);
      if (typeof resolved === 'string') report(`${at}/${setting}`, resolved, text.noField(name));
      else if (kinds && !kinds.includes(resolved.kind)) report(`${at}/${setting}`, 'wrong_kind', text.wrongKind(name));
    }
    const actions = (table: string) => allTables.find(({ name }) => name === table)?.actions ?? [];
    issues.push(...(type?.issues?.(panel, { tables, path: at, actions }) ?? []));
  }
  page?.timeline?.forEach((entry, i) => {
    const at = `${path}/page/timeline/${i}`;
    reference(entry.table, entry.field, at);
    for (const key of ['date', 'title', 'content', 'actor'] as const) {
      const name = entry[key];
      if (name) fieldPath(name, `${at}/${key}`, entry.table);
    }
  });

  definition.actions?.forEach((action, i) => {
    const at = `${path}/actions/${i}`;
    const target = allTables.find((table) => table.name === action.table);
    if (!target) return report(`${at}/table`, 'unknown_table', text.noTable(action.table));
    if (action.form && !target.forms?.some((form) => form.name === action.form)) report(`${at}/form`, 'unknown_form', text.noForm(action.form));
    rule(action.visible, `${at}/visible`);
    assignments(action.values, action.table, `${at}/values`);
    for (const [name, carried] of Object.entries(action.lines ?? {})) checkCarried(name, carried, action.table, `${at}/lines/${name}`);
  });
  /** Rows of one `lines` field become rows of another; the rules are over a row of this record's. */
  function checkCarried(name: string, carried: NonNullable<NonNullable<TableDefinition['actions']>[number]['lines']>[string], target: string, at: string): void {
    const rowsOf = (table: string, field: string): string | undefined => {
      const found = tables[table]?.fields[field];
      return found && fieldTypeOf(found).storage === 'children' ? fieldTypeOf(found).target?.(found) : undefined;
    };
    const [from, to] = [rowsOf(definition.name, carried.from), rowsOf(target, name)];
    if (!from) report(`${at}/from`, 'unknown_field', text.noField(carried.from));
    if (!to) report(at, 'unknown_field', text.noField(name));
    if (!from || !to) return;
    for (const [field, value] of Object.entries(carried.values)) {
      if (!Object.hasOwn(tables[to]?.fields ?? {}, field)) report(`${at}/values/${field}`, 'unknown_field', text.noField(field));
      rule(value, `${at}/values/${field}`, { table: from });
    }
  }
  definition.effects?.forEach((effect, i) => {
    const at = `${path}/effects/${i}`;
    rule(effect.when, `${at}/when`, { variable: kindBefore(own) });
    if (effect.create) {
      if (!Object.hasOwn(tables, effect.create.table)) report(`${at}/create/table`, 'unknown_table', text.noTable(effect.create.table));
      else assignments(effect.create.values, effect.create.table, `${at}/create/values`, kindBefore(own));
    }
    if (effect.update) {
      const field = own[effect.update.reference];
      const target = field && fieldTypeOf(field).target?.(field);
      if (!target) report(`${at}/update/reference`, 'not_a_reference', text.noReference(effect.update.reference));
      else for (const part of ['values', 'add'] as const) assignments(effect.update[part] ?? {}, target, `${at}/update/${part}`, kindBefore(own));
    }
  });
  function assignments(values: Readonly<Record<string, unknown>>, table: string, at: string, variable?: CheckRequest['variable']): void {
    for (const [name, value] of Object.entries(values)) {
      if (!Object.hasOwn(tables[table]?.fields ?? {}, name)) report(childPath(at, name), 'unknown_field', text.noField(name));
      rule(value, childPath(at, name), variable && { variable });
    }
  }

  for (const [role, grant] of Object.entries(definition.permissions ?? {})) {
    const at = childPath(childPath(path, 'permissions'), role);
    roleExists(role, at);
    for (const action of ['read', 'update', 'delete', 'share', 'transfer', 'merge'] as const) permit(grant[action], childPath(at, action));
    for (const name of Object.keys(grant.fields ?? {})) ownField(name, childPath(childPath(at, 'fields'), name));
    grant.also?.forEach((more, i) => {
      for (const action of ['read', 'update'] as const) rule(more[action], `${at}/also/${i}/${action}`, { target: 'sql' });
      for (const name of Object.keys(more.fields ?? {})) ownField(name, `${at}/also/${i}/fields/${name}`);
    });
  }
  if (definition.inherits !== undefined) {
    const field = Object.hasOwn(own, definition.inherits) ? own[definition.inherits] : undefined;
    const target = field && singleTarget(field);
    if (!target || target === definition.name) report(childPath(path, 'inherits'), 'not_a_reference', text.noInherit(definition.inherits));
  }
  definition.shareAlong?.forEach((name, i) => {
    const target = allTables.find((table) => table.name === name);
    const back = target?.inherits === undefined ? undefined : tables[name]?.fields[target.inherits];
    if (!back || singleTarget(back) !== definition.name) report(`${path}/shareAlong/${i}`, 'not_inheriting', text.notInheriting(name));
  });
  definition.transferAlong?.forEach((along, i) => {
    const at = `${path}/transferAlong/${i}`;
    if (!Object.hasOwn(tables, along.table)) return report(`${at}/table`, 'unknown_table', text.noTable(along.table));
    reference(along.table, along.field, `${at}/field`);
    rule(along.filter, `${at}/filter`, { table: along.table, target: 'sql' });
    along.people?.forEach((name, k) => {
      const field = tables[along.table]?.fields[name];
      if (!field || singleTarget(field) !== 'user') report(`${at}/people/${k}`, 'unknown_field', text.noField(name));
    });
  });
  definition.handOver?.people.forEach((name, i) => {
    const field = Object.hasOwn(own, name) ? own[name] : undefined;
    if (!field || fieldTypeOf(field).target?.(field) !== 'user') report(`${path}/handOver/people/${i}`, 'not_a_person', text.noPerson(name));
  });
  rule(definition.handOver?.filter, childPath(childPath(path, 'handOver'), 'filter'), { target: 'sql' });
  /** A text that is no scope word would be a constant, and a constant that is not empty means every row. */
  function permit(value: unknown, at: string): void {
    if (typeof value === 'string' && !isScopeName(value)) report(at, 'unknown_scope', text.noScope(value));
    else if (typeof value === 'object') rule(value, at, { target: 'sql' });
  }
  function roleExists(role: string, at: string): void {
    if (!app.roles.some((known) => known.name === role)) report(at, 'unknown_role', text.noRole(role));
  }
  function uniqueNames(items: readonly { name: string }[], at: string): void {
    const seen = new Set<string>();
    items.forEach((item, i) => {
      if (seen.has(item.name)) report(`${at}/${i}/name`, 'duplicate_name', text.twice(item.name));
      seen.add(item.name);
    });
  }
  return issues;
}
