/**
 * Definitions in, frozen model out; or all problems at once, each with its path. Everything later takes only the model,
 * so nothing later needs to doubt a name, a rule or a setting.
 */
import { AppError, childPath, type Issue } from '../errors.ts';
import type { AppModel, FieldModel, TableModel } from './app-model.ts';
import { buildComputed } from './computed.ts';
import { buildFields } from './build-fields.ts';
import { builtInTables, RESERVED_NAMES } from './built-in.ts';
import { hideRollups } from '../permissions/hide-rollups.ts';
import { resolveGrants } from '../permissions/resolve-grants.ts';
import { fieldTypeOf } from '../rules/paths.ts';
import { checkEncryption } from './check-encryption.ts';
import { checkIntegrityRules } from './check-integrity.ts';
import { levelIssues } from './check-levels.ts';
import { checkReferences } from './check-references.ts';
import { workflowIssues } from '../workflows/check-workflow.ts';
import type { WorkflowDefinition } from '../workflows/definitions.ts';
import { checkDashboard } from '../dashboards/check-dashboard.ts';
import type { DashboardDefinition } from '../dashboards/definitions.ts';
import { appShapeIssues, dashboardShapeIssues, tableShapeIssues, workflowShapeIssues } from './check-shape.ts';
import type { AppDefinition, Definitions, FormDefinition, TableDefinition, ViewDefinition } from './definitions.ts';

export type BuildResult = { readonly model: AppModel; readonly issues: readonly [] } | { readonly model: null; readonly issues: readonly Issue[] };

export function buildModel(definitions: Definitions): BuildResult {
  const issues: Issue[] = [...appShapeIssues(definitions.app)];
  definitions.tables.forEach((table, index) => issues.push(...tableShapeIssues(table, tablePath(table, index))));
  const workflows = definitions.workflows ?? [];
  workflows.forEach((workflow, index) => issues.push(...workflowShapeIssues(workflow, workflowPath(workflow, index))));
  const dashboards = definitions.dashboards ?? [];
  dashboards.forEach((dashboard, index) => issues.push(...dashboardShapeIssues(dashboard, `/dashboards/${nameOr(dashboard, index)}`)));
  if (issues.length > 0) return { model: null, issues };

  const { app } = definitions;
  const builtIn = builtInTables(app);
  const all = [...definitions.tables, ...builtIn];
  const names = new Set<string>();
  definitions.tables.forEach((table, index) => {
    const at = childPath(tablePath(table, index), 'name');
    if (names.has(table.name)) issues.push({ path: at, code: 'duplicate_name', message: { 'zh-CN': `表名“${table.name}”重复`, en: `The table name "${table.name}" is used twice` } });
    if (RESERVED_NAMES.has(table.name) || table.name.includes('__') || table.name.startsWith('relata_') || builtIn.some((own) => own.name === table.name)) {
      issues.push({ path: at, code: 'reserved_name', message: { 'zh-CN': `“${table.name}”是保留名称`, en: `"${table.name}" is a reserved name` } });
    }
    names.add(table.name);
  });

  const tables: Record<string, { fields: Record<string, FieldModel> }> = Object.create(null);
  all.forEach((table, index) => {
    tables[table.name] = { fields: buildFields(table, app, tablePath(table, index), issues) };
  });

  const computeOrder = buildComputed(tables, (field) => fieldPath(all, field), issues);
  all.forEach((definition, index) => {
    issues.push(...checkIntegrityRules({ definition, path: tablePath(definition, index), tables, allTables: all, app }));
    issues.push(...checkReferences({ definition, path: tablePath(definition, index), tables, allTables: all, app }));
    issues.push(...checkEncryption({ definition, path: tablePath(definition, index), tables, allTables: all, app }));
  });
  app.navigation.forEach((group, i) =>
    group.tables.forEach((name, k) => {
      if (!Object.hasOwn(tables, name)) issues.push({ path: `/app/navigation/${i}/tables/${k}`, code: 'unknown_table', message: { 'zh-CN': `没有表“${name}”`, en: `There is no table "${name}"` } });
    }),
  );
  app.home?.forEach(({ table, view }, i) => {
    const views = all.find((definition) => definition.name === table)?.views ?? [];
    if (!views.some((own) => own.name === view)) issues.push({ path: `/app/home/${i}`, code: 'unknown_view', message: { 'zh-CN': `表“${table}”没有视图“${view}”`, en: `The table "${table}" has no view "${view}"` } });
  });
  workflows.forEach((workflow, index) => {
    if (workflows.findIndex(({ name }) => name === workflow.name) !== index) issues.push({ path: `/workflows/${workflow.name}/name`, code: 'duplicate_name', message: { 'zh-CN': `流程名“${workflow.name}”重复`, en: `The workflow name "${workflow.name}" is used twice` } });
    issues.push(...workflowIssues(workflow, { tables, workflows, roles: app.roles }));
  });
  const hasView = (table: string, view: string): boolean => {
    const found = all.find(({ name }) => name === table);
    return found !== undefined && (found.views?.length ? found.views : [defaultView(found)]).some(({ name }) => name === view);
  };
  dashboards.forEach((dashboard, index) => {
    if (dashboards.findIndex(({ name }) => name === dashboard.name) !== index) issues.push({ path: `/dashboards/${dashboard.name}/name`, code: 'duplicate_name', message: { 'zh-CN': `仪表盘名“${dashboard.name}”重复`, en: `The dashboard name "${dashboard.name}" is used twice` } });
    issues.push(...checkDashboard(dashboard, { tables, hasView, hasRole: (role) => app.roles.some(({ name }) => name === role), isStrict: (table) => all.some(({ name, sharing }) => name === table && sharing === 'strict') }));
  });
  const mustHaveDashboard = (name: string | undefined, path: string): void => {
    if (name !== undefined && !dashboards.some((own) => own.name === name)) issues.push({ path, code: 'unknown_dashboard', message: { 'zh-CN': `没有仪表盘“${name}”`, en: `There is no dashboard "${name}"` } });
  };
  issues.push(...levelIssues(app));
  mustHaveDashboard(app.workbench, '/app/workbench');
  for (const role of app.roles) mustHaveDashboard(role.workbench, `/app/roles/${role.name}/workbench`);
  if (issues.length > 0) return { model: null, issues };

  const models: Record<string, TableModel> = Object.create(null);
  const lines = lineTables(tables);
  const inside = new Set(workflows.filter(({ trigger }) => trigger.inside === true).map(({ trigger }) => String(trigger.table)));
  for (const definition of all) {
    const grants = resolveGrants(app, definition, definition.inherits !== undefined && lines.get(definition.name) === definition.inherits);
    models[definition.name] = tableModel(definition, { fields: tables[definition.name]?.fields ?? {}, computeOrder: computeOrder[definition.name] ?? [], grants, builtIn: builtIn.includes(definition), changesInSave: inside.has(definition.name) });
  }
  return { model: deepFreeze(appModel(app, hideRollups(models), workflows, dashboards)), issues: [] };
}

/** For callers that hold definitions known to be good, or want the problems thrown. */
export function requireModel(definitions: Definitions): AppModel {
  const { model, issues } = buildModel(definitions);
  if (model) return model;
  throw new AppError('invalid_definition', { 'zh-CN': '定义有误', en: 'The definitions have problems' }, issues);
}

function tablePath(table: TableDefinition, index: number): string {
  const name = (table as { name?: unknown } | null)?.name;
  return `/tables/${typeof name === 'string' && /^[a-z][a-z0-9_]*$/.test(name) ? name : index}`;
}

function workflowPath(workflow: WorkflowDefinition, index: number): string {
  return `/workflows/${nameOr(workflow, index)}`;
}

function nameOr(definition: unknown, index: number): string | number {
  const name = (definition as { name?: unknown } | null)?.name;
  return typeof name === 'string' && /^[a-z][a-z0-9_]*$/.test(name) ? name : index;
}

function fieldPath(tables: readonly TableDefinition[], field: FieldModel): string {
  const table = tables.find((candidate) => candidate.name === field.table);
  return `/tables/${field.table}/fields/${table?.fields.findIndex((candidate) => candidate.name === field.name) ?? 0}`;
}

function appModel(app: AppDefinition, tables: Record<string, TableModel>, workflows: readonly WorkflowDefinition[], dashboards: readonly DashboardDefinition[]): AppModel {
  return {
    name: app.name,
    label: app.label,
    version: app.version,
    settings: { timeZone: 'Asia/Shanghai', currency: 'CNY', locale: 'zh-CN', sensitiveNumbers: 'block', secondFactor: 'optional', fiscalYearStart: 1, ownerDepartment: 'keep', ...app.settings },
    navigation: app.navigation,
    home: app.home ?? [],
    ...(app.workbench !== undefined && { workbench: app.workbench }),
    roles: app.roles,
    tables,
    workflows: byName(workflows),
    dashboards: byName(dashboards),
  };
}

/** Tables that hold the rows of a `lines` field, with the reference that leads to their parent. */
function lineTables(tables: Readonly<Record<string, { fields: Record<string, FieldModel> }>>): Map<string, string> {
  const children = Object.values(tables).flatMap(({ fields }) => Object.values(fields).filter((field) => fieldTypeOf(field).storage === 'children'));
  return new Map(children.map((field) => [String(fieldTypeOf(field).target?.(field)), String(field.settings.field)]));
}

interface TableParts {
  readonly fields: Record<string, FieldModel>;
  readonly computeOrder: readonly string[];
  readonly grants: TableModel['permissions'];
  readonly builtIn: boolean;
  readonly changesInSave: boolean;
}

/** Without prototype: safe to look up a name that came from outside. */
function byName<Of extends { readonly name: string }>(items: readonly Of[]): Readonly<Record<string, Of>> {
  return Object.assign(Object.create(null), Object.fromEntries(items.map((item) => [item.name, item]))) as Record<string, Of>;
}

function tableModel(definition: TableDefinition, { fields, computeOrder, grants, builtIn, changesInSave }: TableParts): TableModel {
  const { name, label, pluralLabel, description, icon, group, titleField } = definition;
  return {
    name,
    label,
    pluralLabel: pluralLabel ?? label,
    ...(description && { description }),
    ...(icon && { icon }),
    ...(group && { group }),
    titleField,
    fields,
    indexes: definition.indexes ?? [],
    duplicates: definition.duplicates ?? [],
    validate: definition.validate ?? [],
    unique: definition.unique ?? [],
    invariants: definition.invariants ?? [],
    stamps: definition.stamps ?? [],
    follows: definition.follows ?? [],
    ...(definition.appendOnly && { appendOnly: definition.appendOnly }),
    forms: definition.forms?.length ? definition.forms : [defaultForm(definition)],
    views: definition.views?.length ? definition.views : [defaultView(definition)],
    page: definition.page ?? {},
    exports: definition.exports ?? [],
    actions: definition.actions ?? [],
    effects: definition.effects ?? [],
    ...(definition.sharing && { sharing: definition.sharing }),
    ...(definition.inherits !== undefined && { inherits: definition.inherits }),
    shareAlong: definition.shareAlong ?? [],
    transferAlong: definition.transferAlong ?? [],
    ...(definition.handOver && { handOver: definition.handOver }),
    permissions: grants,
    computeOrder,
    ...(builtIn && { builtIn: true as const }),
    ...(changesInSave && { changesInSave: true as const }),
  };
}

const shown = (definition: TableDefinition): string[] => definition.fields.filter((field) => !field.hidden).map((field) => field.name);

/** A table without a form still opens: all its fields in one section. */
function defaultForm(definition: TableDefinition): FormDefinition {
  return { name: 'default', label: definition.label, sections: [{ name: 'main', label: { 'zh-CN': '基本信息', en: 'Details' }, fields: shown(definition) }] };
}

function defaultView(definition: TableDefinition): ViewDefinition {
  return { name: 'all', label: { 'zh-CN': '全部', en: 'All' }, type: 'table', columns: shown(definition).slice(0, 8), sort: ['-updated_at'] };
}

function deepFreeze<T>(value: T): T {
  if (value !== null && typeof value === 'object' && !Object.isFrozen(value)) {
    Object.freeze(value);
    for (const inner of Object.values(value)) deepFreeze(inner);
  }
  return value;
}
