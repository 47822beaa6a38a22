/** Numbers of charts and dashboards, read anew a moment after a record they count has changed. */
import { keepPreviousData, useQuery, type UseQueryResult } from '@tanstack/react-query';
import { useEffect, useRef } from 'react';
import type { ChartData } from '#engine/charts/chart-data.ts';
import type { ChartContext } from '#engine/charts/chart-request.ts';
import type { ChartDefinition, MeasureFormat } from '#engine/charts/definitions.ts';
import { request } from './client.ts';
import { saveFile } from './download.ts';
import type { ExportFormat } from './exports.ts';
import { useRecordEvents } from './events.ts';
import { onTableChanged } from './records.ts';

export type ChartGiven = Omit<ChartContext, 'today'>;

/** Bursts of changes (an import, a bulk edit) are answered by one read. */
const SETTLE = 1500;

export function tablesOf(chart: Pick<ChartDefinition, 'table' | 'measures'>): string[] {
  return [...new Set([chart.table, ...chart.measures.flatMap(({ table }) => table ?? [])])];
}

/** Calls `refresh` once it has been quiet for a moment after one of the tables changed, here or elsewhere. */
export function useTableChanges(tables: readonly string[], refresh: () => void): void {
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);
  const latest = useRef({ tables, refresh });
  latest.current = { tables, refresh };
  const hear = useRef((table: string) => {
    if (!latest.current.tables.includes(table)) return;
    clearTimeout(timer.current);
    timer.current = setTimeout(() => latest.current.refresh(), SETTLE);
  });
  useRecordEvents(({ table }) => hear.current(table));
  useEffect(() => onTableChanged((table) => hear.current(table)), []);
  useEffect(() => () => clearTimeout(timer.current), []);
}

function bodyOf(chart: ChartDefinition, { filter, search, shared }: ChartGiven): object {
  return { chart, ...(filter !== undefined && { filter }), ...(search && { search }), ...(shared && { shared }) };
}

/** The chart's table as a file; the words of its keys are the screen's. */
export interface ChartSheet {
  readonly title: string;
  readonly columns: readonly { readonly text: string; readonly format: MeasureFormat | 'text' }[];
  readonly rows: readonly (readonly (string | number | null)[])[];
}

export function downloadChart(chart: ChartDefinition, given: ChartGiven, sheet: ChartSheet, format: ExportFormat): Promise<void> {
  return saveFile(`${sheet.title}.${format}`, '/api/charts/export', { ...bodyOf(chart, given), sheet, format });
}

export function useChart(chart: ChartDefinition, given: ChartGiven, enabled = true): UseQueryResult<ChartData> {
  const query = useQuery({
    queryKey: ['records', chart.table, 'chart', chart, given],
    queryFn: ({ signal }) => request<ChartData>('POST', '/api/charts/data', { body: bodyOf(chart, given), signal }),
    placeholderData: keepPreviousData,
    enabled,
  });
  useTableChanges(enabled ? tablesOf(chart) : [], () => void query.refetch());
  return query;
}
