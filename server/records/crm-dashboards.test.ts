/** The dashboards the CRM ships with: exact figures of a small reference set, and the list behind every number. */
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ChartData } from '#engine/charts/chart-data.ts';
import type { SharedValue } from '#engine/charts/chart-request.ts';
import { chartTypeOf } from '#engine/charts/index.ts';
import type { ChartDefinition } from '#engine/charts/definitions.ts';
import type { Json } from '#engine/fields/field-type.ts';
import type { Actor } from '#engine/permissions/actor.ts';
import { systemActor } from '#engine/permissions/actor.ts';
import { readTemplate } from '../definitions/read-template.ts';
import { sql } from '../db/sql.ts';
import { drillDifferences } from '../testing/drill-check.ts';
import { refusalOf } from '../testing/refusal.ts';
import { DATABASES, openTestWorkspace, type TestWorkspace } from '../testing/test-workspace.ts';
import { chartShot } from '../workflows/chart-shot.ts';
import { readChart } from './read-chart.ts';
import { readDashboard } from './read-dashboard.ts';

const TODAY = '2024-04-01T04:00:00.000Z';
const CRM = fileURLToPath(new URL('../../templates/crm', import.meta.url));

interface Deal {
  readonly amount: number;
  readonly stage: string;
  readonly last?: string;
  readonly close?: string;
  readonly closed?: string;
}
const STAGES = ['lead', 'intent', 'negotiation', 'won'];
const DEALS: readonly Deal[] = [
  { amount: 100_000, stage: 'lead', close: '2024-04-30' },
  { amount: 200_000, stage: 'intent', close: '2024-04-15' },
  { amount: 150_000, stage: 'negotiation', close: '2024-05-20' },
  { amount: 300_000, stage: 'won', close: '2024-03-20', closed: '2024-03-20' },
  { amount: 80_000, stage: 'lost', last: 'negotiation', close: '2024-03-25', closed: '2024-03-25' },
  { amount: 50_000, stage: 'intent', close: '2024-06-10' },
  { amount: 120_000, stage: 'won', close: '2024-02-10', closed: '2024-02-10' },
  { amount: 60_000, stage: 'lost', last: 'intent', close: '2024-02-15', closed: '2024-02-15' },
];
const PLANS = [[30_000, '2024-02-15', 30_000], [60_000, '2024-03-15', 20_000], [10_000, '2024-04-01', 0], [50_000, '2024-05-10', 0], [20_000, '2024-03-31', 0]] as const;
const LAGS = [1, 23, 25, 0.5];

describe.each(DATABASES)('the dashboards of the CRM on %s', (database) => {
  let workspace: TestWorkspace;
  let seller: Actor;
  beforeAll(async () => {
    const { definitions } = await readTemplate(CRM);
    // What is counted is told outright; what workflows would add to it is theirs to test.
    const { workflows: _workflows, ...plain } = definitions;
    workspace = await openTestWorkspace(database, { definitions: plain, now: '2024-01-02T02:00:00.000Z' });
    seller = await workspace.addUser({ name: '陈晓', roles: ['salesperson'] });
    const make = (table: string, values: Record<string, Json>) => workspace.create(systemActor, table, { owner: seller.userId, ...values });
    const customer = await make('customer', { name: '华信科技', industry: 'C', status: 'active' });
    await make('customer', { name: '远大贸易', industry: 'F', status: 'active', size_class: 'small' });
    for (const { amount, stage, last, close, closed } of DEALS) {
      workspace.setNow(closed ? `${closed}T03:00:00.000Z` : '2024-03-28T03:00:00.000Z');
      const deal = await make('opportunity', { name: `${amount}`, customer, amount, stage, expected_close: close ?? null, ...(closed && { closed_on: closed }), ...(stage === 'lost' && { result_reason: 'price' }) });
      await workspace.database.transaction(async (tx) => void (await tx.run(sql`UPDATE opportunity SET created_at = ${'2024-01-15T02:00:00.000Z'} WHERE id = ${deal}`)));
      const passed = STAGES.slice(0, STAGES.indexOf(last ?? stage) + 1);
      for (const [i, to] of passed.entries()) await make('opportunity_stage_log', { opportunity: deal, ...(i > 0 && { from_stage: passed[i - 1] as string, days_in_from: 4 * i }), to_stage: to, changed_at: `2024-01-${16 + i}T02:00:00.000Z`, via: 'form' });
    }
    workspace.setNow('2024-04-01T03:00:00.000Z');
    const contract = await make('contract', { name: '传感器采购', customer, amount: 170_000, signed_on: '2024-01-10', start_on: '2024-01-10', end_on: '2025-01-09', status: 'active', kind: 'sale' });
    for (const [i, [amount, due, paid]] of PLANS.entries()) {
      const plan = await make('receivable_plan', { contract, customer, period: i + 1, amount, due_on: due });
      if (paid === 0) continue;
      const payment = await make('payment', { customer, amount: paid, currency: 'CNY', paid_on: '2024-03-20', method: 'transfer', state: 'confirmed' });
      await make('payment_allocation', { payment, plan, amount: paid });
    }
    for (const [i, lag] of LAGS.entries()) {
      const end = `2024-03-${19 + i}T02:00:00.000Z`;
      const entered = new Date(Date.parse(end) + lag * 3_600_000).toISOString();
      workspace.setNow(entered);
      await make('activity', { customer, method: 'phone', state: 'done', content: '电话', person: seller.userId, time: { start: `2024-03-${19 + i}T01:00:00.000Z`, end } });
    }
    workspace.setNow(TODAY);
  });
  afterAll(() => workspace.close());

  const chartOf = (dashboard: string, card: string): ChartDefinition => workspace.model.dashboards[dashboard]?.cards.find(({ name }) => name === card)?.chart as ChartDefinition;
  const read = (dashboard: string, card: string, shared: Record<string, SharedValue> = {}): Promise<ChartData> => readChart(workspace, seller, chartOf(dashboard, card), { shared });
  const shown = (chart: ChartDefinition, data: ChartData, ...names: string[]) => data.rows.map(({ keys, values }) => [...keys, ...names.map((name) => values[chart.measures.findIndex((own) => own.name === name)])]);
  const of = async (dashboard: string, card: string, names: string[], shared: Record<string, SharedValue> = {}) => shown(chartOf(dashboard, card), await read(dashboard, card, shared), ...names);

  it('counts who stands in which stage now', async () => {
    expect(await of('sales_process', 'funnel', ['count', 'amount'])).toEqual([['lead', 1, 100_000], ['intent', 2, 250_000], ['negotiation', 1, 150_000], ['won', 2, 420_000], ['lost', 2, 140_000]]);
  });

  it('are read as figures to be kept, by the eyes of whoever it is for', async () => {
    const shot = await chartShot(workspace, seller, 'sales_process.funnel');
    expect(shot?.name).toBe('销售漏斗');
    expect(shot?.figures.split('\n')).toEqual(['- 线索：商机 1，金额 100,000', '- 意向：商机 2，金额 250,000', '- 谈判：商机 1，金额 150,000', '- 成交：商机 2，金额 420,000', '- 流失：商机 2，金额 140,000']);
    const stranger = await workspace.addUser({ name: '别人', roles: ['salesperson'] });
    expect((await chartShot(workspace, stranger, 'sales_process.funnel'))?.figures).not.toContain('100,000');
    expect(await chartShot(workspace, seller, 'sales_process.nothing')).toBeNull();
    expect(await chartShot(workspace, seller, 'nothing')).toBeNull();
  });

  it('counts who ever reached a stage, with each step and the whole way', async () => {
    const chart = chartOf('sales_process', 'cohort');
    const data = await read('sales_process', 'cohort');
    expect(shown(chart, data, 'reached').map((row) => row[1])).toEqual([8, 7, 4, 2]);
    const [step, overall] = chartTypeOf(chart).extras?.(chart, data) ?? [];
    expect(step?.values.map((value) => (value === null ? null : Math.round(Number(value) * 10_000) / 100))).toEqual([null, 87.5, 57.14, 50]);
    expect(overall?.values.at(-1)).toBe(0.25);
    expect(await of('sales_process', 'dwell', ['median', 'p90'])).toEqual([['lead', 4, 4], ['intent', 8, 8], ['negotiation', 12, 12]]);
  });

  it('knows the win rate by count and by amount, by month and over all', async () => {
    const chart = chartOf('sales_process', 'win_rate');
    const data = await read('sales_process', 'win_rate');
    const total = (name: string) => data.totals[chart.measures.findIndex((own) => own.name === name)];
    expect([total('rate'), total('amount_rate')]).toEqual([0.5, 0.75]);
    const months = shown(chart, data, 'won', 'lost', 'rate');
    expect(months).toHaveLength(12);
    expect(months.slice(-3)).toEqual([['2024-02-01', 1, 1, 0.5], ['2024-03-01', 1, 1, 0.5], ['2024-04-01', 0, 0, null]]);
    expect(await of('sales_process', 'reasons', ['count'])).toEqual([['price', 2]]);
  });

  it('forecasts by the month of the expected close', async () => {
    const months = await of('sales_process', 'forecast', ['weighted']);
    expect(months.slice(0, 4)).toEqual([['2024-04-01', 70_000], ['2024-05-01', 90_000], ['2024-06-01', 15_000], ['2024-07-01', 0]]);
    expect(months.reduce((sum, [, value]) => sum + Number(value), 0)).toBe(175_000);
  });

  it('knows how soon follow-ups are entered', async () => {
    const chart = chartOf('management', 'efficiency');
    const week = shown(chart, await read('management', 'efficiency'), 'count', 'rate', 'lag').find(([key]) => key === '2024-03-18');
    expect(week).toEqual(['2024-03-18', 4, 0.75, 12]);
    const mean = await readChart(workspace, seller, { ...chart, measures: chart.measures.map((own) => (own.name === 'lag' ? { ...own, function: 'avg' as const } : own)) });
    expect(shown(chart, mean, 'lag').find(([key]) => key === '2024-03-18')?.[1]).toBe(12.375);
  });

  it('knows what was planned, came in, is outstanding and overdue', async () => {
    const [row] = await of('receivables', 'summary', ['planned', 'collected', 'outstanding', 'overdue', 'rate', 'count_rate', 'of_outstanding', 'collection_rate']);
    const [planned, collected, outstanding, overdue, ...rates] = row as number[];
    expect([planned, collected, outstanding, overdue]).toEqual([170_000, 50_000, 120_000, 60_000]);
    expect(rates.map((rate) => Math.round(rate * 10_000) / 100)).toEqual([54.55, 66.67, 50, 29.41]);
    expect(await of('receivables', 'ageing', ['outstanding'])).toEqual([[0, 60_000], [1, 60_000], [2, 0], [3, 0], [4, 0]]);
    expect(await of('receivables', 'overdue_customers', ['overdue', 'days', 'plans'])).toEqual([[expect.any(String), 60_000, 17, 2]]);
  });

  it('answers a dashboard at once, narrowed by what its charts share', async () => {
    const answer = await readDashboard(workspace, seller, 'receivables', { period: { period: { range: 'between', from: '2024-03-01', to: '2024-03-31' } } });
    const months = answer.cards.receivables && 'chart' in answer.cards.receivables ? answer.cards.receivables.chart.axes[0] : [];
    expect(months).toEqual(['2024-03-01']);
    expect(Object.values(answer.cards).every((card) => 'chart' in card)).toBe(true);
    const home = await readDashboard(workspace, seller, 'workbench', {});
    expect(home.cards.my_won && 'chart' in home.cards.my_won ? home.cards.my_won.chart.rows[0]?.before : null).toEqual([300_000]);
  });

  it('shows a dashboard to its roles alone, and each card only to who may know what it speaks of', async () => {
    expect((await refusalOf(readDashboard(workspace, seller, 'management', {}))).code).toBe('not_found');
    const stock = await workspace.addUser({ name: '库管', roles: ['partner'] });
    const cards = await readDashboard(workspace, stock, 'receivables', {}).then((answer) => Object.keys(answer.cards), () => []);
    for (const card of cards) expect(chartOf('receivables', card)).toBeDefined();
  });

  it('leads from every number of every shipped chart to the list that makes it', async () => {
    let checked = 0;
    for (const dashboard of Object.values(workspace.model.dashboards)) {
      for (const { chart } of dashboard.cards) {
        if (!chart) continue;
        const result = await drillDifferences(workspace, systemActor, chart);
        expect(result.differences, `${dashboard.name}/${chart.name}`).toEqual([]);
        checked += result.checked;
      }
    }
    expect(checked).toBeGreaterThan(300);
  }, 120_000);
});
