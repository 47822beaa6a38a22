/** A dashboard's charts, all in one answer, read anew a moment after a record they count has changed. */
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import type { ChartData } from '#engine/charts/chart-data.ts';
import type { DashboardDefinition } from '#engine/dashboards/definitions.ts';
import type { SharedValues } from '#engine/dashboards/shared-values.ts';
import type { Label } from '#engine/errors.ts';
import { tablesOf, useTableChanges } from './charts.ts';
import { request } from './client.ts';

export type CardAnswer = { readonly chart: ChartData } | { readonly error: { readonly detail: Label } };

export function useDashboard(dashboard: DashboardDefinition, shared: SharedValues) {
  const query = useQuery({
    queryKey: ['records', 'dashboards', dashboard.name, dashboard.cards, shared],
    queryFn: ({ signal }) => request<{ cards: Readonly<Record<string, CardAnswer>> }>('POST', `/api/dashboards/${encodeURIComponent(dashboard.name)}/data`, { body: { shared }, signal }),
    placeholderData: keepPreviousData,
  });
  const tables = [...new Set(dashboard.cards.flatMap(({ chart }) => (chart ? tablesOf(chart) : [])))];
  useTableChanges(tables, () => void query.refetch());
  return query;
}
