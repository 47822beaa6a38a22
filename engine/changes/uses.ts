/**
 * Every place in definitions where something is called by its name: fields (also at the end of a path over references), tables,
 * roles, option lists, options, forms and views. Comes in: definitions, which need not build; goes out: one `Use` a place.
 */
import { childPath, type Label } from '../errors.ts';
import type { AppDefinition, Definitions, ExportDefinition, FormDefinition, PageDefinition, SectionDefinition, TableDefinition, ViewDefinition } from '../model/definitions.ts';
import { viewTypeOf } from '../views/index.ts';
import type { PanelDefinition } from '../panels/definitions.ts';
import { panelTypeOf } from '../panels/index.ts';
import { chartUses } from './uses-of-charts.ts';
import { fieldUses } from './uses-of-fields.ts';
import { integrityUses } from './uses-of-integrity.ts';
import { dashboardUses } from './uses-of-dashboards.ts';
import { workflowUses } from './uses-of-workflows.ts';
import { type Names, namesIn } from './names.ts';

export interface Use {
  /** What is called: `field:customer.owner`, `table:customer`, `role:sales`, `options:grade`, `form:activity.quick`, … */
  readonly names: readonly string[];
  /** The table whose definition this stands in. */
  readonly table: string | null;
  /** By name, as a plan writes it. */
  readonly path: string;
  readonly label: Label;
  /** What to delete so that the place calls it no more; absent where only a person can say what should stand there instead. */
  readonly remove?: Pointer;
}

export type Pointer = readonly (string | number)[];

/** Collects the uses of one table; `at` is a place inside its definition. */
export interface Collector {
  readonly table: TableDefinition;
  readonly pointer: Pointer;
  readonly names: Names;
  add(names: readonly string[], at: string, label: Label, remove?: Pointer): void;
  rule(rule: unknown, at: string, label: Label, table?: string): void;
  path(path: string, at: string, label: Label, remove?: Pointer, table?: string): void;
}

export const words = (zh: string, en: string): Label => ({ 'zh-CN': zh, en });

/** A plan asks for every thing that goes; definitions are never changed in place. */
const known = new WeakMap<Definitions, readonly Use[]>();

export function usesIn(definitions: Definitions): readonly Use[] {
  let uses = known.get(definitions);
  if (!uses) known.set(definitions, (uses = collectUses(definitions)));
  return uses;
}

/** `names` may watch what is looked up. */
export function collectUses(definitions: Definitions, names = namesIn(definitions)): Use[] {
  const uses: Use[] = [];
  appUses(definitions.app, uses);
  for (const workflow of definitions.workflows ?? []) uses.push(...workflowUses(workflow, names));
  (definitions.dashboards ?? []).forEach((dashboard, index) => uses.push(...dashboardUses(dashboard, index, names)));
  definitions.tables.forEach((table, index) => {
    const pointer = ['tables', index];
    const add: Collector['add'] = (called, at, label, remove) => {
      if (called.length > 0) uses.push({ names: called, table: table.name, path: `/tables/${table.name}${at}`, label, ...(remove && { remove: [...pointer, ...remove] }) });
    };
    const collector: Collector = {
      table,
      pointer,
      names,
      add,
      rule: (rule, at, label, own = table.name) => rule !== undefined && add(names.inRule(own, rule), at, label),
      path: (path, at, label, remove, own = table.name) => add(names.onPath(own, path), at, label, remove),
    };
    tableUses(collector);
  });
  return uses;
}

function appUses(app: AppDefinition, uses: Use[]): void {
  app.navigation.forEach((group, i) =>
    group.tables.forEach((table, k) => {
      const label = words(`导航“${group.label['zh-CN']}”`, `the navigation group "${group.label.en}"`);
      uses.push({ names: [`table:${table}`], table: null, path: childPath('/app/navigation', group.name), label, remove: ['app', 'navigation', i, 'tables', k] });
    }),
  );
  if (app.workbench !== undefined) uses.push({ names: [`dashboard:${app.workbench}`], table: null, path: '/app/workbench', label: words('工作台', 'the home page'), remove: ['app', 'workbench'] });
  app.roles.forEach(({ label, workbench }, i) => {
    if (workbench !== undefined) uses.push({ names: [`dashboard:${workbench}`], table: null, path: '/app/roles', label: words(`角色“${label['zh-CN']}”的首页`, `the home page of the role "${label.en}"`), remove: ['app', 'roles', i, 'workbench'] });
  });
  app.home?.forEach(({ table, view }, i) => {
    uses.push({ names: [`table:${table}`, `view:${table}.${view}`], table: null, path: '/app/home', label: words('工作台', 'the home page'), remove: ['app', 'home', i] });
  });
}

function tableUses(collector: Collector): void {
  const { table, add, rule, path, names } = collector;
  const own = (field: string): string => `field:${table.name}.${field}`;
  add([own(table.titleField)], '/titleField', words('标题字段', 'the title field'));
  fieldUses(collector);
  integrityUses(collector);
  table.indexes?.forEach((columns, i) => add(columns.flatMap((column) => names.onPath(table.name, column)), '/indexes', words('索引', 'an index'), ['indexes', i]));
  table.duplicates?.forEach((duplicate, i) => {
    const other = duplicate.in?.table ?? table.name;
    const theirs = [...(duplicate.in?.fields ?? []), ...(duplicate.foreign ?? [])].map((field) => `field:${other}.${field}`);
    add([...duplicate.fields.map(own), ...theirs, ...(duplicate.in ? [`table:${other}`] : [])], '/duplicates', words('查重规则', 'a duplicate check'), ['duplicates', i]);
  });
  table.validate?.forEach((check, i) => rule(check.rule, `/validate/${i}`, words(`校验规则“${check.message['zh-CN']}”`, `the validation "${check.message.en}"`)));
  table.forms?.forEach((form, i) => formUses(form, i, collector));
  table.views?.forEach((view, i) => viewUses(view, i, collector));
  if (table.page) pageUses(table.page, collector);
  table.exports?.forEach((own, i) => exportUses(own, i, collector));
  table.actions?.forEach((action, i) => {
    const at = childPath('/actions', action.name);
    const label = words(`操作“${action.label['zh-CN']}”`, `the action "${action.label.en}"`);
    add([`table:${action.table}`], at, label, ['actions', i]);
    if (action.form) add([`form:${action.table}.${action.form}`], at, label, ['actions', i, 'form']);
    rule(action.visible, at, label);
    assignments(collector, action.values, { at, label, table: action.table, pointer: ['actions', i, 'values'] });
  });
  table.effects?.forEach((effect, i) => {
    const at = childPath('/effects', effect.name);
    const label = words(`联动“${effect.name}”`, `the effect "${effect.name}"`);
    rule(effect.when, at, label);
    if (effect.create) {
      add([`table:${effect.create.table}`], at, label);
      assignments(collector, effect.create.values, { at, label, table: effect.create.table, pointer: ['effects', i, 'create', 'values'] });
    }
    if (effect.update) {
      path(effect.update.reference, at, label);
      const target = names.targetOf(table.name, effect.update.reference);
      for (const part of ['values', 'add'] as const) assignments(collector, effect.update[part] ?? {}, { at, label, table: target ?? '', pointer: ['effects', i, 'update', part] });
    }
  });
  for (const [role, grant] of Object.entries(table.permissions ?? {})) {
    const at = childPath('/permissions', role);
    const label = words(`角色“${names.roleLabel(role)['zh-CN']}”的权限`, `the permissions of role "${names.roleLabel(role).en}"`);
    add([`role:${role}`], at, label, ['permissions', role]);
    for (const action of ['read', 'update', 'delete', 'share', 'transfer', 'merge'] as const) rule(grant[action], at, label);
    for (const field of Object.keys(grant.fields ?? {})) add([own(field)], at, label, ['permissions', role, 'fields', field]);
    grant.also?.forEach((more, i) => {
      for (const action of ['read', 'update'] as const) rule(more[action], at, label);
      for (const field of Object.keys(more.fields ?? {})) add([own(field)], at, label, ['permissions', role, 'also', i, 'fields', field]);
    });
  }
  table.shareAlong?.forEach((name, i) => add([`table:${name}`], '/shareAlong', words('共享时一并共享', 'what is shared along'), ['shareAlong', i]));
  table.transferAlong?.forEach((along, i) => {
    const label = words('转移时一并转移', 'what is transferred along');
    add([`table:${along.table}`, `field:${along.table}.${along.field}`], '/transferAlong', label, ['transferAlong', i]);
    rule(along.filter, '/transferAlong', label, along.table);
    along.people?.forEach((name, k) => add([`field:${along.table}.${name}`], '/transferAlong', label, ['transferAlong', i, 'people', k]));
  });
  const leaving = words('离职交接', 'what somebody who leaves hands over');
  table.handOver?.people.forEach((name, i) => add([own(name)], '/handOver', leaving, ['handOver', 'people', i]));
  rule(table.handOver?.filter, '/handOver', leaving);
  if (table.inherits !== undefined) add([own(table.inherits)], '/inherits', words('谁能看到它', 'who may see it'), ['inherits']);
}

interface Assigned {
  readonly at: string;
  readonly label: Label;
  /** The table the values go to. */
  readonly table: string;
  readonly pointer: Pointer;
}

/** Rules over this record, given to fields of another. */
function assignments({ add, names, table: own }: Collector, values: Readonly<Record<string, unknown>>, { at, label, table, pointer }: Assigned): void {
  for (const [field, value] of Object.entries(values)) {
    const assigned = `field:${table}.${field}`;
    add([assigned], at, label, [...pointer, field]);
    // What the rule says of the field it is given to goes with it.
    add(names.inRule(own.name, value).filter((name) => name !== assigned), at, label);
    if (typeof value === 'string') add([`option:${table}.${field}.${value}`], at, label);
  }
}

function formUses(form: FormDefinition, index: number, collector: Collector): void {
  const { add, rule, table } = collector;
  const at = childPath('/forms', form.name);
  const label = words(`表单“${form.label['zh-CN']}”`, `the form "${form.label.en}"`);
  const sections = (list: readonly SectionDefinition[] | undefined, pointer: Pointer): void =>
    list?.forEach((section, i) => {
      section.fields.forEach((entry, k) => typeof entry === 'string' && add([`field:${table.name}.${entry}`], at, label, [...pointer, i, 'fields', k]));
      rule(section.visible, at, words(`表单“${form.label['zh-CN']}”中“${section.label['zh-CN']}”的显示条件`, `when "${section.label.en}" is shown in the form "${form.label.en}"`));
    });
  sections(form.sections, ['forms', index, 'sections']);
  form.tabs?.forEach((tab, i) => sections(tab.sections, ['forms', index, 'tabs', i, 'sections']));
  rule(form.when, at, words(`表单“${form.label['zh-CN']}”的使用条件`, `when the form "${form.label.en}" is used`));
  roleUses(form.roles, at, label, ['forms', index, 'roles'], add);
  if (form.public?.values) assignments(collector, form.public.values, { at, label, table: table.name, pointer: ['forms', index, 'public', 'values'] });
}

/** Without its last role a form or view would be everybody's, so that one is left to a person. */
function roleUses(roles: readonly string[] | undefined, at: string, label: Label, pointer: Pointer, add: Collector['add']): void {
  roles?.forEach((role, i) => add([`role:${role}`], at, label, roles.length > 1 ? [...pointer, i] : undefined));
}

function viewUses(view: ViewDefinition, index: number, { add, rule, path, table, names }: Collector): void {
  const at = childPath('/views', view.name);
  const of = (zh: string, en: string): Label => words(`视图“${view.label['zh-CN']}”的${zh}`, `the ${en} of view "${view.label.en}"`);
  const pointer = ['views', index];
  rule(view.filter, `${at}/filter`, of('筛选', 'filter'));
  view.sort?.forEach((key, i) => path(key.replace(/^-/, ''), `${at}/sort`, of('排序', 'order'), [...pointer, 'sort', i]));
  roleUses(view.roles, `${at}/roles`, of('角色', 'roles'), [...pointer, 'roles'], add);
  const type = viewTypeOf(view);
  const chart = type?.chart?.(view, table.name);
  if (chart) {
    for (const use of chartUses(chart, names)) add(use.names, at + use.at, of('图表', 'chart'));
    return;
  }
  const columns = (Array.isArray(view.columns) ? view.columns : []) as (string | { field: string })[];
  (Array.isArray(view.fields) ? (view.fields as string[]) : []).forEach((field, i) => path(field, `${at}/fields`, of('卡片字段', 'fields on a card'), [...pointer, 'fields', i]));
  columns.forEach((column, i) => {
    const field = typeof column === 'string' ? column : column.field;
    path(field, `${at}/columns`, of('列', 'columns'), columns.length > 1 ? [...pointer, 'columns', i] : undefined);
  });
  for (const [key, value] of Object.entries(type?.rules?.(view) ?? {})) rule(value, `${at}/${key.split('/')[0]}`, of('行颜色', 'row colours'));
  const settings = Object.entries(view).filter(([key, value]) => key !== 'columns' && typeof value === 'string' && type?.paths(view).includes(value));
  for (const [key, value] of settings) path(value as string, `${at}/${key}`, of('分组与颜色', 'grouping and colours'), type?.needs?.(view).includes(value as string) ? undefined : [...pointer, key]);
}

function exportUses({ name, label: called, columns, filter, sort, roles }: ExportDefinition, index: number, { add, rule, path }: Collector): void {
  const at = childPath('/exports', name);
  const label = words(`导出“${called['zh-CN']}”`, `the export "${called.en}"`);
  const pointer = ['exports', index];
  columns.forEach((column, i) => path(column, `${at}/columns`, label, columns.length > 1 ? [...pointer, 'columns', i] : undefined));
  rule(filter, `${at}/filter`, label);
  sort?.forEach((key, i) => path(key.replace(/^-/, ''), `${at}/sort`, label, [...pointer, 'sort', i]));
  roleUses(roles, `${at}/roles`, label, [...pointer, 'roles'], add);
}

function panelUses(panel: PanelDefinition, pointer: Pointer, { add, path, rule, names }: Collector): void {
  const at = childPath('/page/panels', panel.name);
  const label = words(`记录页的面板“${panel.label['zh-CN']}”`, `the panel "${panel.label.en}" of the record page`);
  const type = panelTypeOf(panel);
  add([`table:${panel.table}`, `field:${panel.table}.${panel.field}`], at, label, pointer);
  rule(panel.filter, at, label, panel.table);
  for (const own of type?.paths(panel) ?? []) path(own.path, at, label, own.needed ? pointer : [...pointer, own.at], panel.table);
  const chart = type?.chart?.(panel);
  if (chart) for (const use of chartUses(chart, names)) if (use.at !== '/table') add(use.names, at + use.at, label);
}

function pageUses(page: PageDefinition, collector: Collector): void {
  const { add, path, table } = collector;
  page.panels?.forEach((panel, i) => panelUses(panel, ['page', 'panels', i], collector));
  const header = words('记录页的关键信息', 'the key facts of the record page');
  page.header?.forEach((field, i) => path(field, '/page/header', header, ['page', 'header', i]));
  if (page.stage) add([`field:${table.name}.${page.stage}`], '/page/stage', words('记录页的阶段路径', 'the stage path of the record page'), ['page', 'stage']);
  page.related?.forEach((related, i) => {
    const label = words('记录页的相关列表', 'a related list of the record page');
    const [at, pointer] = [`/page/related/${related.table}.${related.field}`, ['page', 'related', i]];
    add([`table:${related.table}`, `field:${related.table}.${related.field}`], at, label, pointer);
    related.columns.forEach((column, k) => path(column, at, label, [...pointer, 'columns', k], related.table));
    related.sort?.forEach((key, k) => path(key.replace(/^-/, ''), at, label, [...pointer, 'sort', k], related.table));
  });
  page.timeline?.forEach((entry, i) => {
    const label = words('记录页的时间线', 'the timeline of the record page');
    const [at, pointer] = [`/page/timeline/${entry.table}.${entry.field}`, ['page', 'timeline', i]];
    add([`table:${entry.table}`, `field:${entry.table}.${entry.field}`], at, label, pointer);
    // Without its date or title an entry says nothing.
    for (const key of ['date', 'title'] as const) path(entry[key], at, label, pointer, entry.table);
    for (const key of ['content', 'actor'] as const) if (entry[key]) path(entry[key], at, label, [...pointer, key], entry.table);
  });
}
