/** From a number to the list that makes it: an address with the filter. */
import { useCallback } from 'react';
import { useNavigate } from 'react-router';
import type { ChartData, ChartRow } from '#engine/charts/chart-data.ts';
import type { ChartContext } from '#engine/charts/chart-request.ts';
import type { ChartDefinition } from '#engine/charts/definitions.ts';
import { drillFilter, rowKeys } from '#engine/charts/drill-filter.ts';
import type { AppModel } from '#engine/model/app-model.ts';
import type { Rule } from '#engine/rules/rule.ts';
import { tablePath } from '../app/paths.ts';
import { useApp } from '../app/session.tsx';
import { dayOf } from '../fields/format.ts';
import { isListView } from '../views/view-kinds.ts';

/** The list of a table with a filter of its own, in the first view that shows rows. */
export function listAddress(model: AppModel, table: string, filter: Rule | undefined, search?: string): string {
  const views = model.tables[table]?.views ?? [];
  const view = views.find(({ type }) => isListView(type)) ?? views[0];
  const params = new URLSearchParams({ ...(view && { view: view.name }), filter: filter === undefined ? '' : JSON.stringify(filter), ...(search && { q: search }) });
  return `${tablePath(table)}?${params.toString()}`;
}

export function useDrill(chart: ChartDefinition, data: ChartData | undefined, given: Omit<ChartContext, 'today'>): (row: ChartRow, measure: string, before?: boolean) => void {
  const { model } = useApp();
  const navigate = useNavigate();
  return useCallback(
    (row, measure, before = false) => {
      if (!data) return;
      const context = { ...given, today: dayOf(new Date(), model.settings.timeZone), fiscalYearStart: model.settings.fiscalYearStart };
      const { table, filter } = drillFilter({ chart, context, data, ...rowKeys(row), measure, before });
      void navigate(listAddress(model, table, filter, given.search));
    },
    [chart, data, given, model, navigate],
  );
}
