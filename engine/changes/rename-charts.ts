/** Charts and dashboards whose tables, roles and dashboards are called otherwise. */
import type { ChartDefinition } from '../charts/definitions.ts';
import type { DashboardDefinition } from '../dashboards/definitions.ts';

export interface ChartRenames {
  readonly table: (name: string) => string;
  readonly role: (name: string) => string;
  readonly dashboard: (name: string) => string;
  /** A rule over a table, told by its old name. */
  inRule(rule: unknown, table: string): unknown;
}

type Measure = ChartDefinition['measures'][number];

export function renameChart<Chart extends Partial<ChartDefinition>>(chart: Chart, { table, inRule }: Pick<ChartRenames, 'table' | 'inRule'>, own: string): Chart {
  return {
    ...chart,
    ...(chart.table !== undefined && { table: table(chart.table) }),
    ...(chart.filter !== undefined && { filter: inRule(chart.filter, own) }),
    ...(chart.measures && { measures: renameMeasures(chart.measures, { table, inRule }, own) }),
  };
}

export function renameMeasures(measures: readonly Measure[], { table, inRule }: Pick<ChartRenames, 'table' | 'inRule'>, own: string): Measure[] {
  return measures.map((measure) => ({
    ...measure,
    ...(measure.filter !== undefined && { filter: inRule(measure.filter, measure.table ?? own) as Measure['filter'] & {} }),
    ...(measure.within !== undefined && { within: inRule(measure.within, measure.table ?? own) as Measure['within'] & {} }),
    ...(measure.table !== undefined && { table: table(measure.table) }),
  }));
}

export function renameDashboard(dashboard: DashboardDefinition, names: ChartRenames): DashboardDefinition {
  const { table, role } = names;
  return {
    ...dashboard,
    name: names.dashboard(dashboard.name),
    ...(dashboard.roles && { roles: dashboard.roles.map(role) }),
    ...(dashboard.filters && { filters: dashboard.filters.map((filter) => (filter.values ? { ...filter, values: { ...filter.values, table: table(filter.values.table) } } : filter)) }),
    cards: dashboard.cards.map((card) => ({
      ...card,
      ...(card.list && { list: { ...card.list, table: table(card.list.table) } }),
      ...(card.chart && { chart: renameChart(card.chart, names, card.chart.table) }),
    })),
  };
}
