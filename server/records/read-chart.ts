/** A chart's numbers as one actor may see them: each of its requests is an aggregate over that actor's rows. */
import { isSame } from '#engine/changes/diff-definitions.ts';
import { everythingInChart } from '#engine/charts/chart-paths.ts';
import { type ChartData, chartData } from '#engine/charts/chart-data.ts';
import { type ChartContext, chartSources } from '#engine/charts/chart-request.ts';
import { checkChart } from '#engine/charts/check-chart.ts';
import type { ChartDefinition } from '#engine/charts/definitions.ts';
import { choices, exploredChart, UNEXPLORED } from '#engine/charts/explore.ts';
import { chartTypeOf } from '#engine/charts/index.ts';
import { AppError } from '#engine/errors.ts';
import { chartShapeIssues } from '#engine/model/check-shape.ts';
import type { AppModel } from '#engine/model/app-model.ts';
import type { Actor } from '#engine/permissions/actor.ts';
import { accessTo, atLeast } from '#engine/permissions/authorize.ts';
import { resolvePath } from '#engine/rules/paths.ts';
import { toLocalDate } from '#engine/rules/time.ts';
import { trimModel } from '../definitions/trim-model.ts';
import type { Workspace } from '../workspace.ts';
import { aggregateRecords } from './aggregate-records.ts';

/** For a chart of the live definitions, which were checked when they were published. */
export async function readChart(workspace: Workspace, actor: Actor, chart: ChartDefinition, given: Omit<ChartContext, 'today'> = {}): Promise<ChartData> {
  const context: ChartContext = { ...given, today: todayOf(workspace), fiscalYearStart: workspace.model.settings.fiscalYearStart };
  const sources = chartSources(chart, context);
  if (chart.unscoped) refuseCovered(workspace, actor, chart);
  const answers = await Promise.all(sources.map(({ table, request }) => aggregateRecords(workspace, actor, table, request, chart.unscoped === true)));
  return chartData({ chart, context, sources, answers, tables: workspace.model.tables, fills: chartTypeOf(chart).fills === true });
}

/** Everybody's records are counted, so every field it reads must be open to the reader, not hidden or masked on some. */
function refuseCovered({ model }: Workspace, actor: Actor, chart: ChartDefinition): void {
  for (const { table, path } of everythingInChart(chart)) {
    const found = resolvePath(model.tables, table, path);
    if (typeof found !== 'object') continue;
    for (const field of [...found.hops, found.field]) {
      const own = model.tables[field.table];
      const grants = own ? accessTo(own, actor).read : [];
      if (grants.length > 0 && grants.every((grant) => atLeast(grant.right(field), 'read'))) continue;
      throw new AppError('forbidden', { 'zh-CN': '这张全公司口径的图表用到了您不能查看的字段', en: 'This company-wide chart reads a field that you may not see' });
    }
  }
}

/** The chart as it is declared, and as its reader may switch it. */
function shownOf(chart: ChartDefinition): ChartDefinition[] {
  return [chart, exploredChart(chart, UNEXPLORED, ''), ...choices(chart).map(({ name }) => exploredChart(chart, { opened: [], measure: name }, ''))];
}

/** One that counts company-wide must stand on a dashboard of the reader just so: what nobody declared nobody may ask. */
function refuseUndeclared(model: AppModel, chart: ChartDefinition, { filter, search }: Omit<ChartContext, 'today'>): void {
  if (!chart.unscoped) return;
  const isDeclared = Object.values(model.dashboards).some(({ cards }) => cards.some((card) => card.chart?.unscoped && shownOf(card.chart).some((shown) => isSame(shown, chart))));
  if (isDeclared && filter === undefined && !search) return;
  throw new AppError('forbidden', { 'zh-CN': '全公司口径的图表须由管理员设在仪表盘上', en: 'A company-wide chart has to be set on a dashboard by an administrator' });
}

/** For a chart that comes from outside: checked against what the actor may know, so that what is hidden is what does not exist. */
export async function readGivenChart(workspace: Workspace, actor: Actor, chart: unknown, given: Omit<ChartContext, 'today'>): Promise<ChartData> {
  const shape = chartShapeIssues(chart, '/chart');
  const known = trimModel(workspace.model, actor).model;
  const issues = shape.length > 0 ? shape : checkChart(chart as ChartDefinition, known.tables, '/chart');
  if (issues.length > 0) throw new AppError('validation_failed', { 'zh-CN': '图表的设置有误', en: 'The chart has problems' }, issues);
  refuseUndeclared(known, chart as ChartDefinition, given);
  return readChart(workspace, actor, chart as ChartDefinition, given);
}

export function todayOf(workspace: Workspace): string {
  return toLocalDate(workspace.now(), workspace.model.settings.timeZone);
}
