/** What a dashboard names must exist, and each of its cards must be one thing. */
import { checkChart } from '../charts/check-chart.ts';
import { checkUnscoped } from '../charts/check-unscoped.ts';
import { childPath, type Issue } from '../errors.ts';
import { type FieldTables, resolvePath } from '../rules/paths.ts';
import { type CardDefinition, type DashboardDefinition, GRID_COLUMNS } from './definitions.ts';

export interface DashboardPlace {
  readonly tables: FieldTables;
  readonly hasView: (table: string, view: string) => boolean;
  readonly hasRole: (role: string) => boolean;
  readonly isStrict: (table: string) => boolean;
}

export const CARD_KINDS = ['chart', 'list', 'text', 'inbox'] as const;
export type CardKind = (typeof CARD_KINDS)[number];

export function cardKind(card: CardDefinition): CardKind | undefined {
  const kinds = CARD_KINDS.filter((kind) => card[kind] !== undefined);
  return kinds.length === 1 ? kinds[0] : undefined;
}

/** Called with a dashboard of the right shape. */
export function checkDashboard(dashboard: DashboardDefinition, { tables, hasView, hasRole, isStrict }: DashboardPlace): Issue[] {
  const issues: Issue[] = [];
  const path = childPath('/dashboards', dashboard.name);
  const report = (at: string, code: string, zh: string, en: string): void => void issues.push({ path: at, code, message: { 'zh-CN': zh, en } });
  const twice = (names: readonly string[], at: (i: number) => string): void =>
    names.forEach((name, i) => {
      if (names.indexOf(name) !== i) report(at(i), 'duplicate_name', `名称“${name}”重复`, `The name "${name}" is used twice`);
    });
  dashboard.roles?.forEach((role, i) => {
    if (!hasRole(role)) report(`${path}/roles/${i}`, 'unknown_role', `没有角色“${role}”`, `There is no role "${role}"`);
  });
  const filters = dashboard.filters ?? [];
  twice(filters.map(({ name }) => name), (i) => `${path}/filters/${i}/name`);
  filters.forEach((filter, i) => {
    const at = `${path}/filters/${i}`;
    if ((filter.period === undefined) === (filter.values === undefined)) report(at, 'wrong_shape', '筛选应是时段或字段值之一', 'A filter is of a period or of values');
    if (!filter.values) return;
    const resolved = Object.hasOwn(tables, filter.values.table) ? resolvePath(tables, filter.values.table, filter.values.field) : 'unknown_field';
    if (typeof resolved === 'string') report(`${at}/values/field`, resolved, `没有字段“${filter.values.field}”`, `There is no field "${filter.values.field}"`);
    else if (resolved.kind !== 'option' && resolved.kind !== 'reference') report(`${at}/values/field`, 'wrong_kind', '只能按选项或引用筛选', 'Values are options or references');
  });
  twice(dashboard.cards.map(({ name }) => name), (i) => `${path}/cards/${i}/name`);
  dashboard.cards.forEach((card, i) => {
    const at = `${path}/cards/${i}`;
    if (card.x + card.w > GRID_COLUMNS) report(`${at}/w`, 'out_of_range', '卡片超出了网格', 'The card reaches beyond the grid');
    if (cardKind(card) === undefined) report(at, 'wrong_shape', '卡片应是图表、列表、文字或消息之一', 'A card is a chart, a list, a text or the inbox');
    if (card.list && !hasView(card.list.table, card.list.view)) report(`${at}/list/view`, 'unknown_view', `表“${card.list.table}”没有视图“${card.list.view}”`, `The table "${card.list.table}" has no view "${card.list.view}"`);
    if (!card.chart) return;
    issues.push(...checkChart(card.chart, tables, `${at}/chart`), ...(card.chart.unscoped ? checkUnscoped(card.chart, { tables, isStrict }, `${at}/chart`) : []));
    for (const one of [card.chart, ...card.chart.measures]) {
      for (const name of Object.keys(one.shared ?? {})) if (!filters.some((filter) => filter.name === name)) report(childPath(`${at}/chart/shared`, name), 'unknown_filter', `没有共享筛选“${name}”`, `There is no shared filter "${name}"`);
    }
  });
  return issues;
}
