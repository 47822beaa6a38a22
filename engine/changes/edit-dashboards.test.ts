import { describe, expect, it } from 'vitest';
import type { ChartDefinition } from '../charts/definitions.ts';
import type { Definitions } from '../model/definitions.ts';
import { buildModel } from '../model/build-model.ts';
import { diffDefinitions } from './diff-definitions.ts';
import { addCard, addDashboard, dashboardOf, freePlace, placeCards, removeCard, removeDashboard, setHomeOfRoles, updateCardChart, updateDashboard } from './edit-dashboards.ts';
import { updateApp } from './edits.ts';
import { leaveOut } from './leave-out/leave-out.ts';
import { mergeDefinitions } from './merge.ts';
import { renameDefinitions } from './rename-definitions.ts';
import { repairDefinitions } from './repair.ts';
import { whereUsed } from './where-used.ts';

const label = (text: string) => ({ 'zh-CN': text, en: text });
const chart: ChartDefinition = {
  name: 'new', label: label('Deals'), type: 'bar', table: 'deal', filter: { '==': [{ var: 'stage' }, 'won'] }, dimensions: [{ field: 'stage', values: ['won'] }],
  measures: [{ name: 'count', label: label('Count'), function: 'count' }, { name: 'paid', label: label('Paid'), function: 'sum', field: 'amount', table: 'payment', by: ['deal.stage'], filter: { '>': [{ var: 'amount' }, 0] } }],
};
const bare: Definitions = {
  app: { name: 'app', label: label('app'), version: '1.0.0', navigation: [], roles: [{ name: 'owner', label: label('owner'), owner: true }, { name: 'seller', label: label('seller') }] },
  tables: [
    { name: 'deal', label: label('deal'), titleField: 'name', fields: [{ name: 'name', label: label('name'), type: 'text' }, { name: 'stage', label: label('stage'), type: 'select', options: [{ value: 'open', label: label('open') }, { value: 'won', label: label('won') }] }], views: [{ name: 'all', label: label('all'), type: 'table', columns: ['name'] }] },
    { name: 'payment', label: label('payment'), titleField: 'no', fields: [{ name: 'no', label: label('no'), type: 'text' }, { name: 'amount', label: label('amount'), type: 'money' }, { name: 'deal', label: label('deal'), type: 'reference', table: 'deal', onDelete: 'null' }] },
  ],
};
const made = addDashboard(bare, label('Board'));
const full = addCard(addCard(made.definitions, made.name, { chart }).definitions, made.name, { list: { table: 'deal', view: 'all' } }, { w: 4, h: 3 }).definitions;
const home = updateApp(full, { workbench: made.name });
const homeOfSellers = setHomeOfRoles(full, made.name, ['seller']);

describe('a dashboard', () => {
  it('is made, filled and built, its cards beside one another', () => {
    expect(buildModel(home).issues).toEqual([]);
    expect(dashboardOf(full, made.name)?.cards.map(({ name, x, y }) => [name, x, y])).toEqual([['card', 0, 0], ['card_2', 6, 0]]);
    expect(freePlace({ name: 'd', label: label('d'), cards: [{ name: 'a', x: 0, y: 0, w: 8, h: 2 }] }, { w: 6, h: 2 })).toEqual({ x: 0, y: 2 });
  });

  it('tells its changes card by card', () => {
    const moved = placeCards(full, made.name, [{ name: 'card', x: 0, y: 4, w: 12, h: 6 }]);
    expect(diffDefinitions(full, moved)).toMatchObject([{ subject: 'dashboard', action: 'change', path: '/dashboards/dashboard', properties: [{ name: 'cards/card' }] }]);
    expect(placeCards(full, made.name, [{ name: 'card', x: 0, y: 0, w: 6, h: 6 }])).toBe(full);
    expect(diffDefinitions(bare, full)).toMatchObject([{ subject: 'dashboard', action: 'add' }]);
  });

  it('is found wherever it speaks of something, and lets go of it card by card', () => {
    expect(whereUsed(home, { dashboard: made.name }).map(({ path }) => path)).toEqual(['/app/workbench']);
    expect(whereUsed(full, { table: 'payment' }).map(({ path, repair }) => [path, repair])).toContainEqual(['/dashboards/dashboard/cards/card', 'remove']);
    expect(whereUsed(full, { table: 'deal', field: 'stage', option: 'won' }).map(({ path }) => path)).toContain('/dashboards/dashboard/cards/card');
    expect(whereUsed(full, { table: 'deal', view: 'all' }).map(({ path }) => path)).toContain('/dashboards/dashboard/cards/card_2');
    expect(dashboardOf(repairDefinitions(full, { table: 'payment' }), made.name)?.cards.map(({ name }) => name)).toEqual(['card_2']);
    expect(removeDashboard(home, made.name)).toEqual(bare);
    expect(whereUsed(homeOfSellers, { dashboard: made.name }).map(({ path }) => path)).toEqual(['/app/roles']);
    expect(removeDashboard(homeOfSellers, made.name)).toEqual(bare);
    expect(setHomeOfRoles(homeOfSellers, made.name, [])).toEqual(full);
    expect(buildModel(repairDefinitions({ ...homeOfSellers, dashboards: [] }, { dashboard: made.name })).issues).toEqual([]);
  });

  it('goes with the tables it shows, and is nobody’s home page then', () => {
    const memo: Definitions['tables'][number] = { name: 'memo', label: label('memo'), titleField: 'name', fields: [{ name: 'name', label: label('name'), type: 'text' }] };
    const begun = updateApp(homeOfSellers, { workbench: made.name });
    const left = leaveOut({ ...begun, tables: [...begun.tables, memo] }, ['deal', 'payment']);
    expect(buildModel(left).issues).toEqual([]);
    expect([left.dashboards, left.app.workbench, left.app.roles]).toEqual([undefined, undefined, bare.app.roles]);
    expect(leaveOut({ ...begun, tables: [...begun.tables, memo] }, ['memo']).app).toEqual(begun.app);
  });

  it('follows tables, roles and dashboards to their new names', () => {
    const named = updateDashboard(home, made.name, { roles: ['seller'] });
    const renamed = renameDefinitions(named, { tables: { deal: 'x_deal', payment: 'x_payment' }, roles: { seller: 'x_seller' }, options: {}, dashboards: { dashboard: 'x_dashboard' } });
    expect(buildModel(renamed).issues).toEqual([]);
    expect(renamed.app.workbench).toBe('x_dashboard');
    expect(renameDefinitions(homeOfSellers, { tables: {}, roles: { seller: 'x_seller' }, options: {}, dashboards: { dashboard: 'x_dashboard' } }).app.roles).toContainEqual(expect.objectContaining({ name: 'x_seller', workbench: 'x_dashboard' }));
    expect(renamed.dashboards?.[0]).toMatchObject({ roles: ['x_seller'], cards: [{ chart: { table: 'x_deal', measures: [{ name: 'count' }, { table: 'x_payment' }] } }, { list: { table: 'x_deal' } }] });
  });

  it('is merged card by card, and setting by setting of a chart', () => {
    const ours = updateCardChart(full, made.name, 'card', { ...dashboardOf(full, made.name)?.cards[0]?.chart, label: label('Ours') } as ChartDefinition);
    const theirs = addCard(updateCardChart(full, made.name, 'card', { ...dashboardOf(full, made.name)?.cards[0]?.chart, limit: 5 } as ChartDefinition), made.name, { text: label('note') }).definitions;
    const { definitions, conflicts } = mergeDefinitions({ base: full, ours, theirs });
    expect(conflicts).toEqual([]);
    expect(dashboardOf(definitions, made.name)?.cards).toMatchObject([{ chart: { label: label('Ours'), limit: 5 } }, { name: 'card_2' }, { text: label('note') }]);
  });

  it('is refused where it names what is not there, or a card is no one thing', () => {
    const issues = (definitions: Definitions) => buildModel(definitions).issues.map(({ path, code }) => `${path} ${code}`);
    expect(issues(updateDashboard(full, made.name, { roles: ['nobody'] }))).toEqual(['/dashboards/dashboard/roles/0 unknown_role']);
    expect(issues(removeCard(updateDashboard(full, made.name, (old) => ({ ...old, cards: old.cards.map((card) => ({ ...card, text: label('both') })) })), made.name, 'card'))).toEqual(['/dashboards/dashboard/cards/0 wrong_shape']);
    expect(issues(updateCardChart(full, made.name, 'card', { ...chart, shared: { period: 'created_at' } }))).toEqual(['/dashboards/dashboard/cards/0/chart/shared/period unknown_filter']);
    expect(issues(updateApp(full, { workbench: 'no_such' }))).toEqual(['/app/workbench unknown_dashboard']);
    expect(issues(setHomeOfRoles(full, 'no_such', ['seller']))).toEqual(['/app/roles/seller/workbench unknown_dashboard']);
  });
});
