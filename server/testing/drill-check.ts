/** Whether every number of a chart is the number of the list it leads to. */
import type { AggregateFunction } from '#engine/charts/aggregate.ts';
import type { ChartContext } from '#engine/charts/chart-request.ts';
import { isCounted } from '#engine/charts/chart-request.ts';
import type { ChartDefinition } from '#engine/charts/definitions.ts';
import { drillFilter, rowKeys } from '#engine/charts/drill-filter.ts';
import type { Actor } from '#engine/permissions/actor.ts';
import { aggregateRecords } from '../records/aggregate-records.ts';
import { findRecords } from '../records/find-records.ts';
import { readChart, todayOf } from '../records/read-chart.ts';
import type { Workspace } from '../workspace.ts';

/** Numbers that differ, in words; and how many were looked at. */
export async function drillDifferences(workspace: Workspace, actor: Actor, chart: ChartDefinition, given: Omit<ChartContext, 'today'> = {}): Promise<{ readonly checked: number; readonly differences: readonly string[] }> {
  const data = await readChart(workspace, actor, chart, given);
  const context = { ...given, today: todayOf(workspace) };
  const differences: string[] = [];
  let checked = 0;
  for (const row of data.rows) {
    for (const [i, measure] of chart.measures.entries()) {
      if (!isCounted(measure)) continue;
      for (const before of row.before ? [false, true] : [false]) {
        const shown = (before ? row.before?.[i] : row.values[i]) ?? null;
        // What was added up beyond the limit has no median of its own.
        if (row.other && shown === null) continue;
        const { table, filter } = drillFilter({ chart, context, data, ...rowKeys(row), measure: measure.name, before });
        const [whole] = (await aggregateRecords(workspace, actor, table, { filter, measures: [{ function: measure.function as AggregateFunction, ...(measure.field !== undefined && { field: measure.field }), ...(measure.since !== undefined && { since: measure.since }) }] })).groups;
        const listed = whole?.values[0] ?? (shown === 0 ? 0 : null);
        const total = measure.function === 'count' ? (await findRecords(workspace, actor, table, { filter, count: true, limit: 1, fields: ['id'] })).count?.value : listed;
        checked += 1;
        const isSame = (value: unknown): boolean => value === shown || (typeof value === 'number' && typeof shown === 'number' && Math.abs(value - shown) < 1e-6);
        if (!isSame(listed) || !isSame(total)) differences.push(`${chart.name} ${JSON.stringify(row.keys)}${row.other ? ' other' : ''}${before ? ' before' : ''} ${measure.name}: shows ${String(shown)}, lists ${String(listed)} / ${String(total)} by ${JSON.stringify(filter)}`);
      }
    }
  }
  return { checked, differences };
}
