/** All charts of a dashboard in one answer. Each card fails alone; what the reader may not know of is not among them. */
import type { ChartData } from '#engine/charts/chart-data.ts';
import type { CardDefinition } from '#engine/dashboards/definitions.ts';
import { type SharedValues, sharedValues } from '#engine/dashboards/shared-values.ts';
import { AppError, type Issue, type Label } from '#engine/errors.ts';
import type { Actor } from '#engine/permissions/actor.ts';
import { trimModel } from '../definitions/trim-model.ts';
import type { Workspace } from '../workspace.ts';
import { readChart } from './read-chart.ts';

export type CardAnswer = { readonly chart: ChartData } | { readonly error: { readonly detail: Label; readonly issues: readonly Issue[] } };

export interface DashboardAnswer {
  /** By card; only charts have something to answer. */
  readonly cards: Readonly<Record<string, CardAnswer>>;
}

export async function readDashboard(workspace: Workspace, actor: Actor, name: string, given: SharedValues): Promise<DashboardAnswer> {
  const { dashboards } = trimModel(workspace.model, actor).model;
  const dashboard = Object.hasOwn(dashboards, name) ? dashboards[name] : undefined;
  if (!dashboard) throw new AppError('not_found', { 'zh-CN': '没有这个仪表盘', en: 'There is no such dashboard' });
  const shared = sharedValues(dashboard, given, actor.userId);
  const cards = await Promise.all(dashboard.cards.map(async (card) => [card.name, await answerOf({ workspace, actor, shared }, card)] as const));
  return { cards: Object.fromEntries(cards.flatMap(([card, answer]) => (answer ? [[card, answer]] : []))) };
}

interface Reading {
  readonly workspace: Workspace;
  readonly actor: Actor;
  readonly shared: SharedValues;
}

async function answerOf(reading: Reading, card: CardDefinition): Promise<CardAnswer | undefined> {
  try {
    if (card.chart) return { chart: await readChart(reading.workspace, reading.actor, card.chart, { shared: reading.shared }) };
    return undefined;
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    return { error: { detail: error.detail, issues: error.issues } };
  }
}
