/** Looking into a chart: levels inside a group, one of several measures; and what a company-wide chart may not tell. */
import { describe, expect, it } from 'vitest';
import { requireModel } from '../model/build-model.ts';
import type { Definitions } from '../model/definitions.ts';
import { beyondDesignRights } from '../changes/design-rights.ts';
import { chartSources } from './chart-request.ts';
import { checkChart } from './check-chart.ts';
import { checkUnscoped } from './check-unscoped.ts';
import type { ChartDefinition } from './definitions.ts';
import { choices, exploredChart, hasDeeper, UNEXPLORED } from './explore.ts';

const label = (text: string) => ({ 'zh-CN': text, en: text });
const field = (name: string, type: string, rest: object = {}) => ({ name, label: label(name), type, ...rest });
const definitions: Definitions = {
  app: { name: 'app', label: label('app'), version: '1.0.0', navigation: [], options: { state: [{ value: 'open', label: label('open') }] }, roles: [{ name: 'boss', label: label('boss'), owner: true }] },
  tables: [
    { name: 'place', label: label('place'), titleField: 'name', fields: [field('name', 'text'), field('region', 'region'), field('state', 'select', { options: 'state' }), field('size', 'integer')] },
    { name: 'deal', label: label('deal'), titleField: 'name', fields: [field('name', 'text'), field('place', 'reference', { table: 'place' }), field('amount', 'money')] },
  ],
};
const { tables } = requireModel(definitions);
const count = { name: 'count', label: label('count'), function: 'count' as const };
const won = { name: 'won', label: label('won'), function: 'sum' as const, field: 'amount', table: 'deal', by: ['place.region'], filter: { notEmpty: [{ var: 'amount' }] } };
const chart: ChartDefinition = { name: 'regions', label: label('regions'), type: 'bar', table: 'place', filter: { '==': [{ var: 'state' }, 'open'] }, dimensions: [{ field: 'region', leading: 2 }], deeper: [{ field: 'region', leading: 4 }, { field: 'region', leading: 6 }], measures: [count, won], oneMeasure: true };

describe('looking into a chart', () => {
  it('shows one measure, the first until another is chosen', () => {
    expect(choices(chart).map(({ name }) => name)).toEqual(['count', 'won']);
    const hidden = (measure: string | null) => exploredChart(chart, { opened: [], measure }, '2026-06-15').measures.map((one) => one.hidden === true);
    expect(hidden(null)).toEqual([false, true]);
    expect(hidden('won')).toEqual([true, false]);
    expect(hidden('no such')).toEqual([false, true]);
  });

  it('opens a group: its records, in the next level, of every table that is counted', () => {
    const opened = exploredChart(chart, { opened: [{ key: '33', kind: 'text' }], measure: null }, '2026-06-15');
    expect(opened.dimensions).toEqual([{ field: 'region', leading: 4 }]);
    expect(opened.filter).toEqual({ and: [chart.filter, { startsWith: [{ var: 'region' }, '33'] }] });
    expect(opened.measures[1]).toMatchObject({ filter: won.filter, within: { startsWith: [{ var: 'place.region' }, '33'] } });
    expect(chartSources(opened, { today: '2026-06-15' })[1]?.request.filter).toEqual({ startsWith: [{ var: 'place.region' }, '33'] });
    expect(checkChart(opened, tables, '')).toEqual([]);
  });

  it('goes as deep as there are levels', () => {
    const at = (depth: number) => ({ opened: Array.from({ length: depth }, () => ({ key: '33', kind: 'text' as const })), measure: null });
    expect([0, 1, 2].map((depth) => hasDeeper(chart, at(depth)))).toEqual([true, true, false]);
    expect(exploredChart(chart, at(2), '2026-06-15').dimensions).toEqual([{ field: 'region', leading: 6 }]);
    expect(exploredChart({ ...chart, oneMeasure: undefined as never }, UNEXPLORED, '2026-06-15').dimensions).toEqual(chart.dimensions);
  });

  it('refuses levels of another field beside measures of another table, and levels without groups', () => {
    const refused = (changed: Partial<ChartDefinition>) => checkChart({ ...chart, ...changed }, tables, '').map(({ path }) => path);
    expect(refused({})).toEqual([]);
    expect(refused({ deeper: [{ field: 'state' }] })).toEqual(['/deeper/0/field']);
    expect(refused({ deeper: [{ field: 'state' }], measures: [count], oneMeasure: undefined as never })).toEqual([]);
    expect(refused({ unscoped: true })).toEqual(['/deeper']);
  });
});

describe('a company-wide chart', () => {
  const place = { tables, isStrict: (table: string) => table === 'secret' };
  const refused = (changed: Partial<ChartDefinition>) => {
    const { deeper: _deeper, ...flat } = chart;
    return checkUnscoped({ ...flat, unscoped: true, ...changed }, place, '').map(({ path }) => path);
  };

  it('is grouped by what many records share, never by a record or its text', () => {
    expect(refused({})).toEqual([]);
    for (const good of [{ field: 'state' }, { field: 'owner' }, { field: 'owner_department' }, { field: 'created_at', grain: 'month' as const }, { field: 'size', bands: [1, 2] }]) expect(refused({ dimensions: [good], measures: [count] })).toEqual([]);
    for (const bad of ['name', 'size']) expect(refused({ dimensions: [{ field: bad }], measures: [count] })).toEqual(['/dimensions/0/field']);
    expect(refused({ table: 'deal', dimensions: [{ field: 'place' }], measures: [count] })).toEqual(['/dimensions/0/field']);
    expect(refused({ table: 'deal', dimensions: [], measures: [count], shared: { where: 'place' } })).toEqual(['/shared/where']);
  });

  it('shows no least and greatest value, and reads no strict table', () => {
    expect(refused({ measures: [{ ...won, function: 'max' }] })).toEqual(['/measures/0/function']);
    expect(refused({ table: 'secret', dimensions: [], measures: [count] })).toEqual(['/table']);
  });

  it('is for who keeps the application to declare and to change', () => {
    const board = (own: object): Definitions => ({ ...definitions, dashboards: [{ name: 'board', label: label('board'), cards: [{ name: 'one', x: 0, y: 0, w: 4, h: 4, chart: { ...chart, ...own } as ChartDefinition }] }] });
    const by = (level: number, before: Definitions, after: Definitions) => beyondDesignRights({ unrestricted: false, level, roles: [] }, before, after).map(({ path }) => path);
    expect(by(7, board({}), board({ unscoped: true }))).toEqual(['/dashboards/board/cards/one']);
    expect(by(7, board({ unscoped: true }), board({ unscoped: true, filter: true }))).toEqual(['/dashboards/board/cards/one']);
    expect(by(7, board({ unscoped: true }), board({}))).toEqual([]);
    expect(by(8, board({}), board({ unscoped: true }))).toEqual([]);
  });
});
