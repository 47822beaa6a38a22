/** A chart's numbers as one actor may see them: each of its requests is an aggregate over that actor's rows. */
import { type ChartData, chartData } from '#engine/charts/chart-data.ts';
import { type ChartContext, chartSources } from '#engine/charts/chart-request.ts';
import { checkChart } from '#engine/charts/check-chart.ts';
import type { ChartDefinition } from '#engine/charts/definitions.ts';
import { chartTypeOf } from '#engine/charts/index.ts';
import { AppError } from '#engine/errors.ts';
import { chartShapeIssues } from '#engine/model/check-shape.ts';
import type { Actor } from '#engine/permissions/actor.ts';
import { toLocalDate } from '#engine/rules/time.ts';
import { trimModel } from '../definitions/trim-model.ts';
import type { Workspace } from '../workspace.ts';
import { aggregateRecords } from './aggregate-records.ts';

/** For a chart of the live definitions, which were checked when they were published. */
export async function readChart(workspace: Workspace, actor: Actor, chart: ChartDefinition, given: Omit<ChartContext, 'today'> = {}): Promise<ChartData> {
  const context: ChartContext = { ...given, today: todayOf(workspace), fiscalYearStart: workspace.model.settings.fiscalYearStart };
  const sources = chartSources(chart, context);
  const answers = await Promise.all(sources.map(({ table, request }) => aggregateRecords(workspace, actor, table, request)));
  return chartData({ chart, context, sources, answers, tables: workspace.model.tables, fills: chartTypeOf(chart).fills === true });
}

/** For a chart that comes from outside: checked against what the actor may know, so that what is hidden is what does not exist. */
export async function readGivenChart(workspace: Workspace, actor: Actor, chart: unknown, given: Omit<ChartContext, 'today'>): Promise<ChartData> {
  const shape = chartShapeIssues(chart, '/chart');
  const issues = shape.length > 0 ? shape : checkChart(chart as ChartDefinition, trimModel(workspace.model, actor).model.tables, '/chart');
  if (issues.length > 0) throw new AppError('validation_failed', { 'zh-CN': '图表的设置有误', en: 'The chart has problems' }, issues);
  return readChart(workspace, actor, chart as ChartDefinition, given);
}

export function todayOf(workspace: Workspace): string {
  return toLocalDate(workspace.now(), workspace.model.settings.timeZone);
}
