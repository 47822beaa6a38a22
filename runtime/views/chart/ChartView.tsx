/** One chart over the list's own filter and search. */
import { useEffect, useMemo } from 'react';
import { chartOfView } from '#engine/views/chart.ts';
import { useChart } from '../../api/charts.ts';
import { ChartCard } from '../../charts/ChartCard.tsx';
import type { ViewProps } from '../view-components.ts';
import './chart-view.css';

export function ChartView({ table, state, onCount }: ViewProps) {
  const { filter, search, choice } = state;
  const chart = useMemo(() => chartOfView(choice.view, table.name), [choice.view, table.name]);
  const given = useMemo(() => ({ filter, search }), [filter, search]);
  const query = useChart(chart, given);
  useEffect(() => onCount(undefined), [onCount]);
  return (
    <div className="chart-view">
      <ChartCard chart={chart} data={query.data} error={query.error} onRetry={() => void query.refetch()} given={given} bare />
    </div>
  );
}
