/** What dashboards call by name. A card that speaks of something that goes can be taken out with it. */
import { childPath, type Label } from '../errors.ts';
import { chartUses } from './uses-of-charts.ts';
import type { DashboardDefinition } from '../dashboards/definitions.ts';
import type { Names } from './names.ts';
import type { Use } from './uses.ts';

export function dashboardUses(dashboard: DashboardDefinition, index: number, names: Names): Use[] {
  const path = childPath('/dashboards', dashboard.name);
  const of = (zh: string, en: string): Label => ({ 'zh-CN': `仪表盘“${dashboard.label['zh-CN']}”的${zh}`, en: `${en} of dashboard "${dashboard.label.en}"` });
  const roles = dashboard.roles ?? [];
  return [
    ...roles.map((role, i): Use => ({ names: [`role:${role}`], table: null, path: `${path}/roles`, label: of('角色', 'the roles'), ...(roles.length > 1 && { remove: ['dashboards', index, 'roles', i] }) })),
    ...(dashboard.filters ?? []).flatMap(({ label, values }, i): Use[] =>
      values ? [{ names: [`table:${values.table}`, ...names.onPath(values.table, values.field)], table: null, path: `${path}/filters/${i}`, label: of(`筛选“${label['zh-CN']}”`, `the filter "${label.en}"`) }] : [],
    ),
    ...dashboard.cards.flatMap((card, i): Use[] => {
      const remove = ['dashboards', index, 'cards', i] as const;
      const at = `${path}/cards/${card.name}`;
      if (card.list) {
        const { table, view } = card.list;
        return [{ names: [`table:${table}`, `view:${table}.${view}`], table: null, path: at, label: of('列表', 'a list'), remove }];
      }
      if (!card.chart) return [];
      const label = of(`图表“${card.chart.label['zh-CN']}”`, `the chart "${card.chart.label.en}"`);
      return chartUses(card.chart, names).map((use) => ({ names: use.names, table: null, path: at, label, remove }));
    }),
  ];
}
