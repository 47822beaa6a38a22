/** Definitions under other names: tables, roles and option lists are called otherwise everywhere they are called. Fields keep their names. */
import type { AppDefinition, Definitions, FieldDefinition, TableDefinition, ViewDefinition } from '../model/definitions.ts';
import { type Names, namesIn } from './names.ts';
import { renameChart, renameDashboard, renameMeasures } from './rename-charts.ts';
import { renameWorkflow } from './rename-workflow.ts';

export interface Renames {
  readonly tables: Readonly<Record<string, string>>;
  readonly roles: Readonly<Record<string, string>>;
  readonly options: Readonly<Record<string, string>>;
  readonly workflows?: Readonly<Record<string, string>>;
  readonly dashboards?: Readonly<Record<string, string>>;
}

type NewName = (name: string) => string;

const newName = (names: Readonly<Record<string, string>>): NewName => (name) => (Object.hasOwn(names, name) ? (names[name] as string) : name);

export function renameDefinitions(definitions: Definitions, renames: Renames): Definitions {
  const { app, tables, workflows, dashboards } = definitions;
  const [table, role, list] = [newName(renames.tables), newName(renames.roles), newName(renames.options)];
  const dashboard = newName(renames.dashboards ?? {});
  const names = namesIn(definitions);
  const inRule = (rule: unknown, of: string): unknown => inRules(rule, { own: of, names, role });
  return {
    app: { ...renameApp(app, { table, list }), ...(app.workbench !== undefined && { workbench: dashboard(app.workbench) }), roles: app.roles.map((own) => ({ ...own, name: role(own.name), ...(own.workbench !== undefined && { workbench: dashboard(own.workbench) }) })) },
    tables: tables.map((own) => inRules(renameTable(own, { table, role, list }), { own: own.name, names, role }) as TableDefinition),
    ...(workflows && { workflows: workflows.map((own) => renameWorkflow(own, { table, role, workflow: newName(renames.workflows ?? {}), dashboard, inRule })) }),
    ...(dashboards && { dashboards: dashboards.map((own) => renameDashboard(own, { table, role, dashboard, inRule })) }),
  };
}

interface NewNames {
  readonly table: NewName;
  readonly role: NewName;
  readonly list: NewName;
}

function renameApp(app: AppDefinition, { table, list }: Omit<NewNames, 'role'>): AppDefinition {
  return {
    ...app,
    navigation: app.navigation.map((group) => ({ ...group, tables: group.tables.map(table) })),
    ...(app.home && { home: app.home.map((entry) => ({ ...entry, table: table(entry.table) })) }),
    ...(app.options && { options: mapKeys(app.options, list) }),
  };
}

function renameTable(definition: TableDefinition, names: NewNames): TableDefinition {
  const { table, role } = names;
  const pointing = <T extends { readonly table: string }>(entry: T): T => ({ ...entry, table: table(entry.table) });
  const forRoles = <T extends { readonly roles?: string[] }>(entry: T): T => (entry.roles ? { ...entry, roles: entry.roles.map(role) } : entry);
  const { page, actions, effects, exports, forms, views, permissions, shareAlong, transferAlong } = definition;
  return {
    ...definition,
    name: table(definition.name),
    fields: definition.fields.map((field) => renameField(field, names)),
    ...(forms && { forms: forms.map(forRoles) }),
    // Rules over this table are renamed with all others of it; only what a chart takes from other tables is named here.
    ...(views && { views: views.map((view) => inCharts(forRoles(view), table)) }),
    ...(definition.duplicates && { duplicates: definition.duplicates.map((duplicate) => (duplicate.in ? { ...duplicate, in: pointing(duplicate.in) } : duplicate)) }),
    ...(exports && { exports: exports.map(forRoles) }),
    ...(page && { page: { ...page, ...(page.related && { related: page.related.map(pointing) }), ...(page.timeline && { timeline: page.timeline.map(pointing) }), ...(page.panels && { panels: page.panels.map((panel) => ({ ...pointing(panel), ...(Array.isArray(panel.measures) && { measures: renameMeasures(panel.measures, { table, inRule: (rule) => rule }, '') }) })) }) } }),
    ...(actions && { actions: actions.map(pointing) }),
    ...(effects && { effects: effects.map((effect) => (effect.create ? { ...effect, create: pointing(effect.create) } : effect)) }),
    ...(shareAlong && { shareAlong: shareAlong.map(table) }),
    ...(transferAlong && { transferAlong: transferAlong.map(pointing) }),
    ...(permissions && { permissions: mapKeys(permissions, role) }),
  };
}

function inCharts(view: ViewDefinition, table: NewName): ViewDefinition {
  const plain = { table, inRule: (rule: unknown) => rule };
  return {
    ...view,
    ...(view.chart !== undefined && { chart: renameChart(view.chart as object, plain, '') }),
    ...(Array.isArray(view.measures) && { measures: renameMeasures(view.measures, plain, '') }),
  };
}

/** References, lines and roll-ups name a table in `table`; choices name a shared list in `options`. */
function renameField(field: FieldDefinition, { table, list }: NewNames): FieldDefinition {
  return {
    ...field,
    ...(typeof field.table === 'string' && { table: table(field.table) }),
    ...(typeof field.options === 'string' && { options: list(field.options) }),
  };
}

interface RuleScope {
  readonly own: string;
  readonly names: Names;
  readonly role: NewName;
}

/** A role is called in a rule too where it is compared with somebody's roles: `{ "contains": [{ "var": "owner.roles" }, "agent"] }`. */
function inRules(value: unknown, scope: RuleScope): unknown {
  if (Array.isArray(value)) {
    const isAboutRoles = value.some((part) => calledBy(part, scope));
    return value.map((part) => {
      if (isAboutRoles && typeof part === 'string') return scope.role(part);
      return isAboutRoles && Array.isArray(part) ? part.map((item) => (typeof item === 'string' ? scope.role(item) : item)) : inRules(part, scope);
    });
  }
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, inRules(inner, scope)]));
}

const STARTER = '$run.starter.';

function calledBy(part: unknown, { own, names }: RuleScope): boolean {
  const path = part !== null && typeof part === 'object' && 'var' in part ? part.var : undefined;
  if (typeof path !== 'string') return false;
  // Whoever set a run off is a user, whatever the table.
  const [table, rest] = path.startsWith(STARTER) ? ['user', path.slice(STARTER.length)] : [own, path];
  return names.onPath(table, rest).at(-1) === 'field:user.roles';
}

function mapKeys<T>(record: Readonly<Record<string, T>>, name: NewName): Record<string, T> {
  return Object.fromEntries(Object.entries(record).map(([key, value]) => [name(key), value]));
}
