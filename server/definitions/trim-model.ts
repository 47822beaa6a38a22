/** The model as one actor may know it: tables and fields that are hidden to them are not in it at all. */
import { everythingInChart } from '#engine/charts/chart-paths.ts';
import type { Label } from '#engine/errors.ts';
import { cardKind } from '#engine/dashboards/check-dashboard.ts';
import type { DashboardDefinition } from '#engine/dashboards/definitions.ts';
import type { AppModel, ComputedModel, FieldModel, TableModel } from '#engine/model/app-model.ts';
import { type ExportDefinition, type FormDefinition, type PageDefinition, type SectionDefinition, sectionFields, type ViewDefinition } from '#engine/model/definitions.ts';
import type { Actor } from '#engine/permissions/actor.ts';
import { accessTo, allows, bestRight, type FieldRight, isKnown, TABLE_ACTIONS, type TableAccess, type TableAction } from '#engine/permissions/authorize.ts';
import { gathered, isGathered } from '#engine/permissions/hide-rollups.ts';
import { typedFields } from '#engine/records/typed-fields.ts';
import { pathsOf } from '#engine/rules/check.ts';
import { resolvePath } from '#engine/rules/paths.ts';
import type { Rule } from '#engine/rules/rule.ts';
import type { PanelDefinition } from '#engine/panels/definitions.ts';
import { panelTypeOf } from '#engine/panels/index.ts';
import { viewTypeOf } from '#engine/views/index.ts';

export interface TrimmedApp {
  readonly model: AppModel;
  readonly access: Readonly<Record<string, Record<TableAction, boolean> & { reveal: boolean; fields: Record<string, FieldRight> }>>;
}

export function trimModel(model: AppModel, actor: Actor): TrimmedApp {
  const tables: Record<string, TableModel> = Object.create(null);
  const access: Record<string, TrimmedApp['access'][string]> = {};
  const known = new Map<string, TableAccess>();
  for (const table of Object.values(model.tables)) {
    const own = accessTo(table, actor);
    if (allows(own, 'read') || allows(own, 'create')) known.set(table.name, own);
  }
  const knows = (table: string, path: string): boolean => {
    const resolved = resolvePath(model.tables, table, path);
    return typeof resolved === 'object' && [...resolved.hops, resolved.field].every((field) => {
      const of = known.get(field.table);
      return of !== undefined && isKnown(of, field);
    });
  };
  const isOwner = model.roles.some((role) => role.owner && actor.roles.includes(role.name));
  const countsAll = (field: FieldModel): boolean => isGathered(field) && !actor.unrestricted && !actor.roles.some((role) => gathered(field, role, model.tables) === 'all');
  for (const [name, own] of known) {
    tables[name] = trimTable(own, { countsAll, knows, knowsTable: (table) => known.has(table), isFor: (roles) => isOwner || roles === undefined || roles.some((role) => actor.roles.includes(role)) });
    access[name] = {
      ...(Object.fromEntries(TABLE_ACTIONS.map((action) => [action, allows(own, action)])) as Record<TableAction, boolean>),
      reveal: own.read.some((grant) => grant.reveals),
      fields: Object.fromEntries(Object.values(own.table.fields).filter((field) => isKnown(own, field)).map((field) => [field.name, mostRight(own, field)])),
    };
  }
  const navigation = model.navigation
    .map((group) => ({ ...group, tables: group.tables.filter((table) => known.has(table)) }))
    .filter((group) => group.tables.length > 0);
  const home = model.home.filter(({ table, view }) => tables[table]?.views.some((own) => own.name === view));
  // Which buttons somebody may press is asked for each record; the rest of a workflow is the administrator's business.
  const dashboards: Record<string, DashboardDefinition> = Object.create(null);
  for (const dashboard of Object.values(model.dashboards)) {
    const isFor = isOwner || dashboard.roles === undefined || dashboard.roles.some((role) => actor.roles.includes(role));
    const trimmed = isFor ? trimDashboard(dashboard, { knows, tables }) : undefined;
    if (trimmed && (trimmed.cards.length > 0 || isOwner)) dashboards[dashboard.name] = trimmed;
  }
  const { workbench, ...rest } = model;
  return { model: { ...rest, ...(workbench !== undefined && dashboards[workbench] && { workbench }), navigation, home, tables, workflows: {}, dashboards }, access };
}

/** Cards that speak of what the actor may not know are not there. */
function trimDashboard(dashboard: DashboardDefinition, { knows, tables }: { knows: (table: string, path: string) => boolean; tables: Readonly<Record<string, TableModel>> }): DashboardDefinition {
  const isShown = (card: DashboardDefinition['cards'][number]): boolean => {
    const { chart, list } = card;
    if (chart) return everythingInChart(chart).every(({ table, path }) => knows(table, path)) && chart.measures.every(({ table }) => tables[table ?? chart.table] !== undefined);
    if (list) return tables[list.table]?.views.some(({ name }) => name === list.view) === true;
    return cardKind(card) !== undefined;
  };
  return { ...dashboard, cards: dashboard.cards.filter(isShown), ...(dashboard.filters && { filters: dashboard.filters.filter(({ values }) => values === undefined || knows(values.table, values.field)) }) };
}

/** `write` counts where the actor may create or update; else the cell is for reading. */
function mostRight(access: TableAccess, field: FieldModel): FieldRight {
  const writing = bestRight([...access.update, ...access.create], field);
  const reading = bestRight(access.read, field);
  return writing === 'write' ? 'write' : reading === 'write' ? 'read' : reading;
}

interface Knowledge {
  knows(table: string, path: string): boolean;
  knowsTable(table: string): boolean;
  /** Forms and views may be for some roles only. */
  isFor(roles: readonly string[] | undefined): boolean;
  /** A roll-up over records of which the actor may not read all. */
  countsAll(field: FieldModel): boolean;
}

const COUNTS_ALL: Label = { 'zh-CN': '按全部记录计算，可能包含您看不到的记录。', en: 'Counts all records, also those you may not see.' };

/** A roll-up that gathers more than the reader may see says so. */
function marked(field: FieldModel, countsAll: boolean): FieldModel {
  if (!countsAll) return field;
  const { help } = field;
  return { ...field, help: help ? { 'zh-CN': `${help['zh-CN']}${COUNTS_ALL['zh-CN']}`, en: `${help.en} ${COUNTS_ALL.en}` } : COUNTS_ALL };
}

function trimTable(access: TableAccess, { knows: knowsPath, knowsTable, isFor, countsAll }: Knowledge): TableModel {
  const { handOver: _leaving, ...table } = access.table;
  const knows = (path: string): boolean => knowsPath(table.name, path);
  const readable = (rule: Rule | undefined): boolean => rule === undefined || pathsOf(rule).every(knows);
  const fields: Record<string, FieldModel> = Object.create(null);
  for (const field of Object.values(table.fields)) if (isKnown(access, field)) fields[field.name] = marked(trimField(field, knowsPath), countsAll(field));
  // Rows are typed beneath one another, and their amounts follow at once: what a row computes from itself goes along.
  const followed = table.inherits === undefined ? [] : table.computeOrder.filter((name) => fields[name] && isOfItself(table.fields[name] as FieldModel, knows));
  for (const name of followed) fields[name] = { ...(fields[name] as FieldModel), computed: (table.fields[name] as FieldModel).computed as ComputedModel };
  return {
    ...table,
    fields,
    indexes: [],
    computeOrder: followed,
    // What is looked at elsewhere is the server's business; a form watches what is typed.
    duplicates: table.duplicates
      .filter((duplicate) => duplicate.fields.every(knows))
      .map(({ in: _in, foreign: _foreign, ...duplicate }) => ({ ...duplicate, fields: duplicate.fields.flatMap((name) => typedFields(table, name)).filter(knows) })),
    validate: table.validate.filter((check) => readable(check.rule)),
    forms: table.forms.filter((form) => isFor(form.roles) && readable(form.when)).map((form) => trimForm(form, knows, readable)),
    views: table.views
      .filter((view) => isFor(view.roles) && readable(view.filter) && isShowable(view, table.name, knowsPath))
      .map((view) => trimView(view, knows, readable)),
    page: trimPage(table.page, knows, knowsPath, knowsTable),
    exports: access.export ? table.exports.filter((own) => isFor(own.roles) && readable(own.filter)).map((own) => trimExport(own, knows)).filter((own) => own.columns.length > 0) : [],
    actions: table.actions
      .filter((action) => knowsTable(action.table) && readable(action.visible))
      .map(({ lines, ...action }) => ({ ...action, ...(lines && { lines: Object.fromEntries(Object.entries(lines).filter(([name, { from }]) => knowsPath(action.table, name) && knows(from))) }), values: Object.fromEntries(Object.entries(action.values).filter(([name, rule]) => knowsPath(action.table, name) && readable(rule))) })),
    effects: [],
    shareAlong: table.shareAlong.filter(knowsTable),
    transferAlong: table.transferAlong.filter((along) => knowsTable(along.table)).map(({ table: name, field }) => ({ table: name, field })),
    permissions: {},
  };
}

function trimPage(page: PageDefinition, knows: (path: string) => boolean, knowsPath: (table: string, path: string) => boolean, knowsTable: (table: string) => boolean): PageDefinition {
  const { stage, ...rest } = page;
  return {
    ...rest,
    ...(stage !== undefined && knows(stage) && { stage }),
    header: page.header?.filter(knows),
    related: page.related
      ?.filter((related) => knowsTable(related.table) && knowsPath(related.table, related.field))
      .map((related) => ({
        ...related,
        columns: related.columns.filter((path) => knowsPath(related.table, path)),
        ...(related.sort && { sort: related.sort.filter((key) => knowsPath(related.table, key.replace(/^-/, ''))) }),
      })),
    panels: page.panels?.flatMap((panel) => trimPanel(panel, knowsPath, knowsTable)),
    timeline: page.timeline
      ?.filter(({ table, field, date, title }) => knowsTable(table) && [field, date, title].every((path) => knowsPath(table, path)))
      .map(({ content, actor, ...entry }) => ({
        ...entry,
        ...(content !== undefined && knowsPath(entry.table, content) && { content }),
        ...(actor !== undefined && knowsPath(entry.table, actor) && { actor }),
      })),
  };
}

/** Without what may not be known; gone where that leaves nothing, or would show other numbers than those meant. */
function trimPanel(panel: PanelDefinition, knowsPath: (table: string, path: string) => boolean, knowsTable: (table: string) => boolean): PanelDefinition[] {
  const knows = (path: string): boolean => knowsPath(panel.table, path);
  const type = panelTypeOf(panel);
  if (!type || !knowsTable(panel.table) || !knows(panel.field) || (panel.filter !== undefined && !pathsOf(panel.filter).every((path) => path.startsWith('$') || knows(path)))) return [];
  const hidden = type.paths(panel).filter(({ path }) => !knows(path));
  const chart = type.chart?.(panel);
  if (hidden.some(({ needed }) => needed) || (chart && !everythingInChart(chart).every(({ table, path }) => knowsPath(table, path)))) return [];
  return [Object.fromEntries(Object.entries(panel).filter(([key]) => !hidden.some(({ at }) => at === key))) as PanelDefinition];
}

/** Compiled formulas are the server's business; a rule or a setting that reads a hidden field would tell of it. */
export function trimField(field: FieldModel, knowsPath: (table: string, path: string) => boolean): FieldModel {
  const readable = (rule: Rule | undefined): boolean => rule === undefined || pathsOf(rule).every((path) => knowsPath(field.table, path));
  const { visible, requiredWhen, readOnlyWhen, validate, default: fallback, computed, ...rest } = field;
  return {
    ...rest,
    ...(visible !== undefined && readable(visible) && { visible }),
    ...(requiredWhen !== undefined && readable(requiredWhen) && { requiredWhen }),
    ...(readOnlyWhen !== undefined && readable(readOnlyWhen) && { readOnlyWhen }),
    ...(validate && { validate: validate.filter((check) => readable(check.rule)) }),
    ...(fallback !== undefined && readable(fallback as Rule) && { default: fallback }),
    ...(computed && { computed: { mode: computed.mode, kind: computed.kind, reads: [] } }),
    ...(computed && !readsOnlyKnown(field, knowsPath) && { settings: { result: field.settings.result, scale: field.settings.scale, ...(field.settings.format !== undefined && { format: field.settings.format }), ...(field.settings.options !== undefined && { options: field.settings.options }) } }),
  };
}

/** A formula over fields of the same record that the actor knows. */
function isOfItself({ computed }: FieldModel, knows: (path: string) => boolean): boolean {
  return computed?.rule !== undefined && computed.mode === 'stored' && computed.reads.every((path) => !path.includes('.') && knows(path));
}

/** A roll-up names what it reads as `table.field`, the others as paths from here. */
function readsOnlyKnown({ table, computed, settings }: FieldModel, knowsPath: (table: string, path: string) => boolean): boolean {
  return (computed?.reads ?? []).every((path) => {
    const [first = '', ...rest] = path.split('.');
    return computed?.rule === undefined && settings.table !== undefined ? knowsPath(first, rest.join('.')) : knowsPath(table, path);
  });
}

function trimForm(form: FormDefinition, knows: (path: string) => boolean, readable: (rule: Rule | undefined) => boolean): FormDefinition {
  const trim = (sections: readonly SectionDefinition[]): SectionDefinition[] =>
    sections.map(({ visible, ...section }) => ({ ...section, fields: section.fields.filter((entry) => typeof entry !== 'string' || knows(entry)), ...(visible !== undefined && readable(visible) && { visible }) })).filter((section) => sectionFields(section).length > 0);
  return { ...form, ...(form.sections && { sections: trim(form.sections) }), ...(form.tabs && { tabs: form.tabs.map((tab) => ({ ...tab, sections: trim(tab.sections) })) }) };
}

/** Something of it can be shown, and everything it stands on. */
function isShowable(view: ViewDefinition, table: string, knowsPath: (table: string, path: string) => boolean): boolean {
  const knows = (path: string): boolean => knowsPath(table, path);
  const type = viewTypeOf(view);
  if (!type?.paths(view).some(knows) || !(type.needs?.(view) ?? []).every(knows)) return false;
  return type.chart === undefined || everythingInChart(type.chart(view, table)).every((mention) => knowsPath(mention.table, mention.path));
}

/** Settings that name one path each, and lists of paths, in any view type. */
const SINGLE_PATHS = ['colorBy', 'groupBy', 'amount', 'avatar', 'mark', 'since', 'end', 'title', 'rrule', 'exdates'] as const;

function trimExport(own: ExportDefinition, knows: (path: string) => boolean): ExportDefinition {
  return { ...own, columns: own.columns.filter(knows), ...(own.sort && { sort: own.sort.filter((key) => knows(key.replace(/^-/, ''))) }) };
}

function trimView(view: ViewDefinition, knows: (path: string) => boolean, readable: (rule: Rule | undefined) => boolean): ViewDefinition {
  const columns = view.columns as (string | { field: string })[] | undefined;
  const gone = SINGLE_PATHS.filter((key) => typeof view[key] === 'string' && !knows(view[key]));
  return {
    ...view,
    ...(columns && { columns: columns.filter((column) => knows(typeof column === 'string' ? column : column.field)) }),
    ...(Array.isArray(view.fields) && { fields: (view.fields as string[]).filter(knows) }),
    ...Object.fromEntries(gone.map((key) => [key, undefined])),
    ...(Array.isArray(view.colors) && { colors: view.colors.filter(({ when }: { when: Rule }) => readable(when)) }),
    ...(view.sort && { sort: view.sort.filter((key) => knows(key.replace(/^-/, ''))) }),
  };
}
