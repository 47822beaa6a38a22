/** What differs between two definitions, thing by thing and property by property, with paths by name. Order is a property of the list. */
import { childPath, type Label } from '../errors.ts';
import type { DashboardDefinition } from '../dashboards/definitions.ts';
import type { WorkflowDefinition } from '../workflows/definitions.ts';
import type { AppDefinition, Definitions, TableDefinition } from '../model/definitions.ts';
import { LEVEL_LABELS, LEVELS } from '../permissions/levels.ts';
import type { DefinitionChange, Subject } from './plan.ts';

type Named = { readonly name: string; readonly label?: Label };
type Property = DefinitionChange['properties'][number];
type Place = Pick<DefinitionChange, 'path' | 'label'> & { readonly table?: string; readonly field?: string };

export function diffDefinitions(before: Definitions, after: Definitions): DefinitionChange[] {
  const changes: DefinitionChange[] = [];
  diffApp(before.app, after.app, changes);
  const was = byName(before.tables);
  const now = byName(after.tables);
  for (const table of after.tables) {
    const old = was.get(table.name);
    const at: Place = { path: `/tables/${table.name}`, label: table.label, table: table.name };
    if (!old) changes.push({ ...at, action: 'add', subject: 'table', properties: [] });
    else diffTable(old, table, at, changes, after.app);
  }
  for (const table of before.tables) {
    if (!now.has(table.name)) changes.push({ path: `/tables/${table.name}`, label: table.label, table: table.name, action: 'remove', subject: 'table', properties: [] });
  }
  diffWorkflows(before.workflows ?? [], after.workflows ?? [], changes);
  diffDashboards(before.dashboards ?? [], after.dashboards ?? [], changes);
  return changes;
}

export function isSame(a: unknown, b: unknown): boolean {
  return a === b || JSON.stringify(sortKeys(a)) === JSON.stringify(sortKeys(b));
}

/** Keys in one order, so that two spellings of one thing compare equal. */
export function sortKeys(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sortKeys);
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, inner]) => inner !== undefined)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, inner]) => [key, sortKeys(inner)]),
  );
}

function byName<T extends { readonly name: string }>(items: readonly T[] | undefined): Map<string, T> {
  return new Map((items ?? []).map((item) => [item.name, item]));
}

function diffApp(before: AppDefinition, after: AppDefinition, changes: DefinitionChange[]): void {
  const properties = propertiesOf(before, after, ['navigation', 'roles', 'levels', 'levelVariants', 'options', 'home', '$schema']);
  if (properties.length > 0) changes.push({ action: 'change', subject: 'app', path: '/app', label: after.label, properties });
  diffNamed({ subject: 'navigation', path: '/app/navigation', before: before.navigation, after: after.navigation }, changes);
  diffNamed({ subject: 'role', path: '/app/roles', before: before.roles, after: after.roles }, changes);
  for (const level of LEVELS) {
    const [was, now] = [before.levels?.[String(level)], after.levels?.[String(level)]];
    const properties = propertiesOf(was ?? {}, now ?? {}, []);
    if (properties.length > 0) changes.push({ action: 'change', subject: 'level', path: `/app/levels/${level}`, label: LEVEL_LABELS[level], properties });
  }
  diffNamed({ subject: 'level', path: '/app/levelVariants', before: before.levelVariants, after: after.levelVariants }, changes);
  diffWhole('home', '/app/home', { 'zh-CN': '工作台', en: 'Home' }, before.home, after.home, changes);
  const lists = new Set([...Object.keys(before.options ?? {}), ...Object.keys(after.options ?? {})]);
  for (const name of lists) {
    const label = { 'zh-CN': `选项列表 ${name}`, en: `Option list ${name}` };
    const [was, now] = [before.options?.[name], after.options?.[name]];
    const at = { subject: 'options' as const, path: childPath('/app/options', name), label };
    if (was && now) {
      const options = optionProperties(was, now);
      if (options.length > 0) changes.push({ ...at, action: 'change', properties: options });
    } else changes.push({ ...at, action: now ? 'add' : 'remove', properties: [] });
  }
}

function diffTable(before: TableDefinition, after: TableDefinition, at: Place, changes: DefinitionChange[], app: AppDefinition): void {
  const properties = propertiesOf(before, after, ['$schema', 'fields', 'forms', 'views', 'page', 'permissions', 'actions', 'effects', 'validate', 'indexes', 'duplicates']);
  const fieldOrder = orderProperty(before.fields, after.fields);
  if (properties.length > 0 || fieldOrder) changes.push({ ...at, action: 'change', subject: 'table', properties: fieldOrder ? [...properties, fieldOrder] : properties });
  diffFields(before, after, at, changes);
  diffNamed({ subject: 'form', path: `${at.path}/forms`, before: before.forms, after: after.forms, table: after.name }, changes);
  diffNamed({ subject: 'view', path: `${at.path}/views`, before: before.views, after: after.views, table: after.name }, changes);
  diffNamed({ subject: 'action', path: `${at.path}/actions`, before: before.actions, after: after.actions, table: after.name }, changes);
  diffNamed({ subject: 'effect', path: `${at.path}/effects`, before: before.effects, after: after.effects, table: after.name }, changes);
  const place = { table: after.name };
  diffWhole('page', `${at.path}/page`, after.label, before.page, after.page, changes, place);
  for (const key of ['validate', 'duplicates'] as const) diffWhole('rule', `${at.path}/${key}`, after.label, before[key], after[key], changes, place);
  diffWhole('index', `${at.path}/indexes`, after.label, before.indexes, after.indexes, changes, place);
  const roles = new Set([...Object.keys(before.permissions ?? {}), ...Object.keys(after.permissions ?? {})]);
  for (const role of roles) {
    const name = app.roles.find((known) => known.name === role)?.label ?? { 'zh-CN': role, en: role };
    diffWhole('permission', childPath(`${at.path}/permissions`, role), { 'zh-CN': `${after.label['zh-CN']} · ${name['zh-CN']}`, en: `${after.label.en} · ${name.en}` }, before.permissions?.[role], after.permissions?.[role], changes, place);
  }
}

function diffFields(before: TableDefinition, after: TableDefinition, at: Place, changes: DefinitionChange[]): void {
  const was = byName(before.fields);
  const now = byName(after.fields);
  for (const field of after.fields) {
    const old = was.get(field.name);
    const place = { path: `${at.path}/fields/${field.name}`, label: field.label, table: after.name, field: field.name, subject: 'field' as const };
    if (!old) changes.push({ ...place, action: 'add', properties: [] });
    else {
      const lists = Array.isArray(old.options) && Array.isArray(field.options);
      const properties = [...propertiesOf(old, field, lists ? ['options'] : []), ...(lists ? optionProperties(old.options as Option[], field.options as Option[]) : [])];
      if (properties.length > 0) changes.push({ ...place, action: 'change', properties });
    }
  }
  for (const field of before.fields) {
    if (!now.has(field.name)) changes.push({ path: `${at.path}/fields/${field.name}`, label: field.label, table: after.name, field: field.name, subject: 'field', action: 'remove', properties: [] });
  }
}

/** Nodes and parameters are told one by one: `nodes/remind`. */
function diffWorkflows(before: readonly WorkflowDefinition[], after: readonly WorkflowDefinition[], changes: DefinitionChange[]): void {
  const was = byName(before);
  const now = byName(after);
  const place = (workflow: WorkflowDefinition) => ({ subject: 'workflow' as const, path: childPath('/workflows', workflow.name), label: workflow.label });
  for (const workflow of after) {
    const old = was.get(workflow.name);
    if (!old) changes.push({ ...place(workflow), action: 'add', properties: [] });
    else {
      const properties = [...propertiesOf(old, workflow, ['$schema', 'nodes', 'parameters']), ...listProperties('nodes', old.nodes, workflow.nodes), ...listProperties('parameters', old.parameters ?? [], workflow.parameters ?? [])];
      if (properties.length > 0) changes.push({ ...place(workflow), action: 'change', properties });
    }
  }
  for (const workflow of before) if (!now.has(workflow.name)) changes.push({ ...place(workflow), action: 'remove', properties: [] });
}

/** Cards and filters are told one by one: `cards/funnel`. */
function diffDashboards(before: readonly DashboardDefinition[], after: readonly DashboardDefinition[], changes: DefinitionChange[]): void {
  const was = byName(before);
  const now = byName(after);
  const place = (dashboard: DashboardDefinition) => ({ subject: 'dashboard' as const, path: childPath('/dashboards', dashboard.name), label: dashboard.label });
  for (const dashboard of after) {
    const old = was.get(dashboard.name);
    if (!old) changes.push({ ...place(dashboard), action: 'add', properties: [] });
    else {
      const properties = [...propertiesOf(old, dashboard, ['$schema', 'cards', 'filters']), ...listProperties('cards', old.cards, dashboard.cards), ...listProperties('filters', old.filters ?? [], dashboard.filters ?? [])];
      if (properties.length > 0) changes.push({ ...place(dashboard), action: 'change', properties });
    }
  }
  for (const dashboard of before) if (!now.has(dashboard.name)) changes.push({ ...place(dashboard), action: 'remove', properties: [] });
}

function listProperties(list: string, before: readonly { readonly name: string }[], after: readonly { readonly name: string }[]): Property[] {
  const was = byName(before);
  const now = byName(after);
  const order = orderProperty(before, after);
  return [
    ...[...new Set([...was.keys(), ...now.keys()])].filter((name) => !isSame(was.get(name), now.get(name))).map((name) => ({ name: `${list}/${name}`, before: was.get(name), after: now.get(name) })),
    ...(order ? [{ ...order, name: list }] : []),
  ];
}

interface NamedLists {
  readonly subject: Subject;
  readonly path: string;
  readonly before: readonly Named[] | undefined;
  readonly after: readonly Named[] | undefined;
  readonly table?: string;
}

function diffNamed({ subject, path, before, after, table }: NamedLists, changes: DefinitionChange[]): void {
  const was = byName(before);
  const now = byName(after);
  const place = (item: Named) => ({ subject, path: childPath(path, item.name), label: item.label ?? { 'zh-CN': item.name, en: item.name }, ...(table !== undefined && { table }) });
  for (const item of after ?? []) {
    const old = was.get(item.name);
    const properties = old ? propertiesOf(old, item, []) : [];
    if (!old) changes.push({ ...place(item), action: 'add', properties: [] });
    else if (properties.length > 0) changes.push({ ...place(item), action: 'change', properties });
  }
  for (const item of before ?? []) if (!now.has(item.name)) changes.push({ ...place(item), action: 'remove', properties: [] });
  const order = orderProperty(before, after);
  const first = after?.[0];
  if (order && first) changes.push({ ...place(first), path, action: 'change', properties: [order] });
}

function diffWhole(subject: Subject, path: string, label: Label, before: unknown, after: unknown, changes: DefinitionChange[], place: { table?: string } = {}): void {
  if (isSame(before, after)) return;
  const at = { subject, path, label, ...place };
  if (before === undefined || after === undefined) changes.push({ ...at, action: after === undefined ? 'remove' : 'add', properties: [{ name: '', before, after }] });
  else if (Array.isArray(after) || Array.isArray(before)) changes.push({ ...at, action: 'change', properties: [{ name: '', before, after }] });
  else changes.push({ ...at, action: 'change', properties: propertiesOf(before as object, after as object, []) });
}

function propertiesOf(before: object, after: object, except: readonly string[]): Property[] {
  const [was, now] = [before as Record<string, unknown>, after as Record<string, unknown>];
  const keys = new Set([...Object.keys(was), ...Object.keys(now)]);
  return [...keys].filter((key) => !except.includes(key) && !isSame(was[key], now[key])).map((name) => ({ name, before: was[name], after: now[name] }));
}

interface Option {
  readonly value: string;
}

function optionProperties(before: readonly Option[], after: readonly Option[]): Property[] {
  const was = new Map(before.map((option) => [option.value, option]));
  const now = new Map(after.map((option) => [option.value, option]));
  const values = [...new Set([...was.keys(), ...now.keys()])];
  const properties = values.filter((value) => !isSame(was.get(value), now.get(value))).map((value) => ({ name: `options/${value}`, before: was.get(value), after: now.get(value) }));
  const kept = (list: readonly Option[]): string[] => list.map((option) => option.value).filter((value) => was.has(value) && now.has(value));
  return isSame(kept(before), kept(after)) ? properties : [...properties, { name: 'options', before: kept(before), after: kept(after) }];
}

/** Things on both sides stand in another order. */
function orderProperty(before: readonly Named[] | undefined, after: readonly Named[] | undefined): Property | undefined {
  const was = byName(before);
  const now = byName(after);
  const order = (items: readonly Named[] | undefined): string[] => (items ?? []).map((item) => item.name).filter((name) => was.has(name) && now.has(name));
  return isSame(order(before), order(after)) ? undefined : { name: 'order', before: order(before), after: order(after) };
}
