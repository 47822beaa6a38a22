/** Charts that count everybody's records: only as declared, only of fields the reader may see, and nothing beyond the number. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ChartDefinition } from '#engine/charts/definitions.ts';
import type { Json } from '#engine/fields/field-type.ts';
import { type Actor, systemActor } from '#engine/permissions/actor.ts';
import { levelApp } from '../testing/level-app.ts';
import { DATABASES, openTestWorkspace, type TestWorkspace } from '../testing/test-workspace.ts';
import { readGivenChart } from './read-chart.ts';
import { readDashboard } from './read-dashboard.ts';

const label = { 'zh-CN': '图', en: 'Chart' };
const chart = (name: string, rest: Partial<ChartDefinition>): ChartDefinition => ({ name, label, type: 'bar', table: 'account', unscoped: true, measures: [{ name: 'count', label, function: 'count' }, { name: 'budget', label, function: 'sum', field: 'budget' }], ...rest });
const wide = chart('wide', { dimensions: [{ field: 'owner' }] });
const cost = chart('cost', { dimensions: [{ field: 'owner' }], measures: [{ name: 'cost', label, function: 'sum', field: 'cost' }] });
const phones = chart('phones', { dimensions: [{ field: 'owner' }], measures: [{ name: 'phones', label, function: 'countDistinct', field: 'phone' }] });
const own: ChartDefinition = { ...wide, name: 'own', unscoped: undefined as never };
const card = (one: ChartDefinition, y: number) => ({ name: one.name, x: 0, y, w: 4, h: 4, chart: JSON.parse(JSON.stringify(one)) as ChartDefinition });

describe.each(DATABASES)('company-wide charts on %s', (database) => {
  let workspace: TestWorkspace;
  let anna: Actor;
  let bert: Actor;
  beforeAll(async () => {
    workspace = await openTestWorkspace(database, { definitions: { ...levelApp, dashboards: [{ name: 'board', label, cards: [card(wide, 0), card(own, 4), card(cost, 8), card(phones, 12)] }] } });
    anna = await workspace.addUser({ name: 'anna', roles: ['seller'] });
    bert = await workspace.addUser({ name: 'bert', roles: ['seller'] });
    for (const [name, owner, budget] of [['a', anna, 5], ['b', bert, 7], ['c', bert, 1]] as const) await workspace.create(systemActor, 'account', { name, owner: owner.userId, budget, cost: 3 });
  });
  afterAll(() => workspace.close());

  const rows = (answer: unknown): Json => ((answer as { chart: { rows: { keys: Json[]; values: Json[] }[] } }).chart.rows ?? []).map(({ keys, values }) => [...keys, ...values]).sort((a, b) => Number(a[1]) - Number(b[1]));

  it('count everybody’s records, beside a chart of the reader’s own', async () => {
    const { cards } = await readDashboard(workspace, anna, 'board', {});
    expect(rows(cards.wide)).toEqual([[anna.userId, 1, 5], [bert.userId, 2, 8]]);
    expect(rows(cards.own)).toEqual([[anna.userId, 1, 5]]);
  });

  it('show no field that is hidden from the reader', async () => {
    const { cards } = await readDashboard(workspace, anna, 'board', {});
    expect(cards.cost === undefined || 'error' in cards.cost).toBe(true);
    await expect(readGivenChart(workspace, anna, card(cost, 0).chart, {})).rejects.toThrow();
  });

  it('show no field that is masked for the reader', async () => {
    const admin = await workspace.addUser({ name: 'admin', roles: ['level8'] });
    const owner = await workspace.addUser({ name: 'owner', roles: ['owner'] });
    expect((await readDashboard(workspace, owner, 'board', {})).cards.phones).toHaveProperty('chart');
    // Anna reads the phones of her own, and none in the public pool.
    for (const reader of [admin, anna]) expect((await readDashboard(workspace, reader, 'board', {})).cards.phones).toHaveProperty('error');
  });

  it('are asked only as they were declared', async () => {
    const declared = card(wide, 0).chart;
    expect((await readGivenChart(workspace, anna, declared, {})).rows).toHaveLength(2);
    for (const changed of [{ ...declared, filter: { '==': [{ var: 'name' }, 'b'] } }, { ...declared, dimensions: [{ field: 'name' }] }, { ...declared, name: 'other' }]) await expect(readGivenChart(workspace, anna, changed, {})).rejects.toThrow('forbidden');
    await expect(readGivenChart(workspace, anna, declared, { filter: { '==': [{ var: 'name' }, 'b'] } })).rejects.toThrow('forbidden');
    await expect(readGivenChart(workspace, anna, declared, { search: 'b' })).rejects.toThrow('forbidden');
  });
});
