import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ChartDefinition, MeasureDefinition } from '#engine/charts/definitions.ts';
import type { Json } from '#engine/fields/field-type.ts';
import type { Actor } from '#engine/permissions/actor.ts';
import { drillDifferences } from '../testing/drill-check.ts';
import { refusalOf } from '../testing/refusal.ts';
import { DATABASES, openTestWorkspace, type TestWorkspace } from '../testing/test-workspace.ts';
import { thingApp } from '../testing/thing-app.ts';
import { readChart, readGivenChart } from './read-chart.ts';

const label = { 'zh-CN': '图', en: 'Chart' };
const measure = (name: string, rest: Partial<MeasureDefinition> = {}): MeasureDefinition => ({ name, label, function: 'count', ...rest });
const chart = (type: string, rest: Partial<ChartDefinition> = {}): ChartDefinition => ({ name: 'chart', label, type, table: 'thing', measures: [measure('count')], ...rest });
const price = measure('price', { function: 'sum', field: 'price' });

/** Today is Monday, 2026-06-15. */
const THINGS: Record<string, Json>[] = [
  { name: 'a', price: 10, state: 'new', day: '2026-06-15', count: 1, grade: 1 },
  { name: 'b', price: 20.5, state: 'new', day: '2026-06-14', count: 2, grade: 2 },
  { name: 'c', price: 30, state: 'open', day: '2026-04-30', moment: '2026-04-30T15:59:59.999Z', count: 1 },
  { name: 'd', price: 0, state: 'open', day: '2026-04-01', moment: '2026-04-30T16:00:00.000Z', active: true },
  { name: 'e', price: 5, day: '2026-03-31', count: 7, active: false },
  { name: 'f', state: 'new', day: '2025-06-20', price: 100 },
  { name: 'g', count: 7 },
];

describe.each(DATABASES)('charts on %s', (database) => {
  let workspace: TestWorkspace;
  let worker: Actor;
  beforeAll(async () => {
    workspace = await openTestWorkspace(database, { definitions: thingApp });
    worker = await workspace.addUser({ name: 'worker', roles: ['worker'] });
    for (const [i, values] of THINGS.entries()) await workspace.create(worker, 'thing', { ...values, ...(i % 2 === 0 && { keeper: worker.userId }) });
  });
  afterAll(() => workspace.close());

  const rows = async (one: ChartDefinition, given = {}) => (await readChart(workspace, worker, one, given)).rows.map(({ keys, values, other }) => [...keys, ...(other ? ['other'] : []), ...values]);

  it('shows every month of a period, those without a record with zero', async () => {
    const months = chart('line', { period: { field: 'day', range: 'last', count: 4, unit: 'month' }, dimensions: [{ field: 'day', grain: 'month' }], measures: [measure('count'), price] });
    expect(await rows(months)).toEqual([['2026-03-01', 1, 5], ['2026-04-01', 2, 30], ['2026-05-01', 0, 0], ['2026-06-01', 2, 30.5]]);
  });

  it('shows options in their order, empty ones where it is told to, and what is not set at the end', async () => {
    expect(await rows(chart('bar', { dimensions: [{ field: 'state' }] }))).toEqual([['new', 3], ['open', 2], [null, 2]]);
    expect(await rows(chart('bar', { dimensions: [{ field: 'state', fill: true }] }))).toEqual([['new', 3], ['open', 2], ['done', 0], [null, 2]]);
    expect(await rows(chart('funnel', { dimensions: [{ field: 'state', values: ['open', 'done'] }] }))).toEqual([['open', 2], ['done', 0]]);
  });

  it('takes ratios of two measures, and none where there is nothing to divide by', async () => {
    const ratio = chart('table', {
      dimensions: [{ field: 'state', fill: true }],
      measures: [measure('all', { hidden: true }), measure('dear', { filter: { '>=': [{ var: 'price' }, 20] }, hidden: true }), measure('rate', { function: 'ratio', of: ['dear', 'all'] })],
    });
    expect((await rows(ratio)).map((row) => row.at(-1))).toEqual([2 / 3, 0.5, null, 0]);
    expect((await readChart(workspace, worker, ratio)).totals).toEqual([7, 3, 3 / 7]);
  });

  it('puts what lies beyond the limit into one', async () => {
    const top = chart('pie', { dimensions: [{ field: 'count' }], limit: 1, other: true });
    expect(await rows(top)).toEqual([[null, 2], [null, 'other', 5]]);
    expect(await rows(chart('bar', { dimensions: [{ field: 'count' }], measures: [price], sort: { by: 'price' }, limit: 2, other: true }))).toEqual([[null, 100], [1, 40], [null, 'other', 25.5]]);
  });

  it('compares with the period before and with the year before', async () => {
    const month = chart('number', { period: { field: 'day', range: 'thisMonth' }, compare: 'before', measures: [price] });
    expect((await readChart(workspace, worker, month)).rows).toEqual([{ keys: [], values: [30.5], before: [0] }]);
    const year = chart('line', { period: { field: 'day', range: 'last', count: 2, unit: 'month' }, compare: 'year', dimensions: [{ field: 'day', grain: 'month' }], measures: [price] });
    expect((await readChart(workspace, worker, year)).rows).toEqual([{ keys: ['2026-05-01'], values: [0], before: [0] }, { keys: ['2026-06-01'], values: [30.5], before: [100] }]);
  });

  it('brings measures of another table together by what they are grouped by', async () => {
    await workspace.create(worker, 'thing_row', { title: 'r', quantity: 3, thing: (await firstThing()) as string });
    const both = chart('table', { dimensions: [{ field: 'state' }], measures: [measure('count'), measure('rows', { table: 'thing_row', by: ['thing.state'], function: 'sum', field: 'quantity' })] });
    expect(await rows(both)).toEqual([['new', 3, 3], ['open', 2, 0], [null, 2, 0]]);
  });
  const firstThing = async () => (await workspace.database.all<{ id: string }>({ text: `SELECT id FROM thing WHERE name = 'a'`, params: [] }))[0]?.id;

  it('lays shared filters and the list’s own over it', async () => {
    const one = chart('number', { period: { field: 'day', range: 'thisMonth' }, shared: { period: 'day', keeper: 'keeper' } });
    expect(await rows(one)).toEqual([[2]]);
    expect(await rows(one, { shared: { period: { period: { range: 'between', from: '2026-04-01', to: '2026-04-30' } } } })).toEqual([[2]]);
    expect(await rows(one, { shared: { period: { period: { range: 'all' } }, keeper: { is: [worker.userId] } } })).toEqual([[4]]);
    expect(await rows(one, { filter: { '==': [{ var: 'name' }, 'a'] } })).toEqual([[1]]);
  });

  const CHARTS: readonly ChartDefinition[] = [
    chart('number', { period: { field: 'day', range: 'thisMonth' }, compare: 'before', measures: [measure('count'), price] }),
    chart('line', { period: { field: 'day', range: 'last', count: 13, unit: 'month' }, compare: 'year', dimensions: [{ field: 'day', grain: 'month' }], measures: [measure('count'), price] }),
    chart('line', { dimensions: [{ field: 'moment', grain: 'day' }] }),
    chart('bar', { dimensions: [{ field: 'day', grain: 'week' }, { field: 'state', fill: true }], stacked: true }),
    chart('bar', { dimensions: [{ field: 'price', bands: [5, 20.5, 30] }], measures: [measure('count'), measure('median', { function: 'median', field: 'price' })] }),
    chart('bar', { dimensions: [{ field: 'day', bands: [1, 31, 61] }] }),
    chart('bar', { dimensions: [{ field: 'moment', bands: [1, 46] }] }),
    chart('pie', { dimensions: [{ field: 'count' }], limit: 1, other: true, measures: [price] }),
    chart('pie', { dimensions: [{ field: 'keeper' }] }),
    chart('bar', { dimensions: [{ field: 'active' }] }),
    chart('funnel', { dimensions: [{ field: 'state' }], measures: [measure('count'), price] }),
    chart('pareto', { dimensions: [{ field: 'name' }], measures: [price], classes: [0.8, 0.95], limit: 3, other: true }),
    chart('combo', { dimensions: [{ field: 'day', grain: 'quarter' }], measures: [price, measure('p90', { function: 'p90', field: 'price', line: true })] }),
    chart('heat', { dimensions: [{ field: 'state' }, { field: 'day', grain: 'year' }] }),
    chart('table', { dimensions: [{ field: 'state' }], measures: [measure('priced', { field: 'price' }), measure('distinct', { function: 'countDistinct', field: 'count' }), measure('rows', { table: 'thing_row', by: ['thing.state'] })] }),
    chart('gauge', { measures: [measure('dear', { filter: { '>': [{ var: 'price' }, 10] } })], target: 10 }),
  ];

  it.each(CHARTS.map((one) => [`${one.type} by ${one.dimensions?.map(({ field, grain, bands }) => `${field}${grain ? ` ${grain}` : ''}${bands ? ' bands' : ''}`).join(' and ') ?? 'nothing'}`, one] as const))('leads from every number to the list that makes it: %s', async (_, one) => {
    const { checked, differences } = await drillDifferences(workspace, worker, one);
    expect(differences).toEqual([]);
    expect(checked).toBeGreaterThan(0);
  });

  it('refuses a chart that does not fit, and speaks of what is hidden as of what is not there', async () => {
    const issues = async (one: unknown) => (await refusalOf(readGivenChart(workspace, worker, one, {}))).issues;
    expect(await issues(chart('pie', { dimensions: [], measures: [measure('a', { function: 'sum', field: 'name' })] }))).toEqual(['/chart/dimensions wrong_count', '/chart/measures/0/field wrong_kind']);
    expect(await issues(chart('bar', { dimensions: [{ field: 'secret' }] }))).toEqual(await issues(chart('bar', { dimensions: [{ field: 'no_such' }] })));
    expect(await issues(chart('number', { measures: [measure('a', { filter: { '==': [{ var: 'secret' }, 'x'] } })] }))).toEqual(['/chart/measures/0/filter/==/0/var unknown_field']);
    expect(await issues({ ...chart('number'), table: 'relata_user' })).toEqual(['/chart/table unknown_table']);
    expect(await issues({ ...chart('sparkle') })).toEqual(['/chart/type unknown_chart_type']);
    expect(await issues(chart('bar', { dimensions: [{ field: 'state' }], measures: [measure('a', { table: 'thing_row', by: ['thing.name'] })] }))).toEqual(['/chart/measures/0/by/0 wrong_kind']);
  });
});
