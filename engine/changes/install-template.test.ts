import { describe, expect, it } from 'vitest';
import { buildModel } from '../model/build-model.ts';
import type { Definitions } from '../model/definitions.ts';
import { diffDefinitions, isSame } from './diff-definitions.ts';
import { installTemplate, uninstallTemplate, upgradeTemplate } from './install-template.ts';
import { type Draft, templateForTest } from './test-edits.ts';
import { usesIn } from './uses.ts';

const [crm, desk] = [await templateForTest('crm'), await templateForTest('desk')];

function changed(from: Definitions, change: (app: Draft, tables: Draft) => void): Definitions {
  const draft = structuredClone(from) as unknown as { app: Draft; tables: Draft };
  change(draft.app, draft.tables);
  return draft as unknown as Definitions;
}
const tableNames = ({ tables }: Definitions) => tables.map(({ name }) => name);
const tableOf = ({ tables }: Definitions, name: string): Draft => tables.find((table) => table.name === name) as Draft;
const issuesOf = (definitions: Definitions) => buildModel(definitions).issues;

/** A second template that knows customers in another way, with the same names for roles and lists. */
const rival = changed(crm, (app, tables) => {
  app.name = 'rival';
  app.version = '2.0.0';
  app.roles.find((role: Draft) => role.name === 'manager').label.en = 'Boss';
  app.options.grade.pop();
  tables.find((table: Draft) => table.name === 'customer').permissions.manager.read = { contains: [{ var: 'owner.roles' }, 'manager'] };
  tables.find((table: Draft) => table.name === 'customer').fields.push({ name: 'loyalty', label: { 'zh-CN': '忠诚度', en: 'Loyalty' }, type: 'rating' });
});

describe('a template beside another', () => {
  it('builds, keeps what was there, and the workspace stays itself', () => {
    const { definitions } = installTemplate({ live: crm, template: desk });
    expect(issuesOf(definitions)).toEqual([]);
    expect(definitions.app).toMatchObject({ name: 'crm', version: crm.app.version, label: crm.app.label });
    expect(definitions.tables.slice(0, crm.tables.length)).toEqual(crm.tables);
    expect(tableNames(definitions)).toEqual([...tableNames(crm), ...tableNames(desk)]);
    expect(definitions.app.home).toEqual([...(crm.app.home ?? []), ...(desk.app.home ?? [])]);
    expect(diffDefinitions(crm, definitions).filter(({ action }) => action === 'remove')).toEqual([]);
  });

  it('shares what is alike and renames what is not, everywhere it is called', () => {
    const { definitions, clashes, installed, renames } = installTemplate({ live: crm, template: rival });
    expect(issuesOf(definitions)).toEqual([]);
    expect(renames.tables.customer).toBe('rival_customer');
    expect(renames.roles).toEqual({ manager: 'rival_manager' });
    expect(renames.options).toEqual({ grade: 'rival_grade' });
    expect(clashes).toEqual(expect.arrayContaining([{ name: 'customer', kind: 'table', resolution: 'rename' }, { name: 'salesperson', kind: 'role', resolution: 'share' }, { name: 'sales', kind: 'navigation', resolution: 'merge' }]));
    const renamed = tableOf(definitions, 'rival_customer');
    expect(renamed.permissions.rival_manager.read).toEqual({ contains: [{ var: 'owner.roles' }, 'rival_manager'] });
    const called = new Set(usesIn(installed).flatMap(({ names }) => names));
    for (const name of [...tableNames(crm).map((table) => `table:${table}`), 'role:manager', 'options:grade']) expect(called.has(name), name).toBe(false);
    expect(tableOf(definitions, 'customer')).toEqual(tableOf(crm, 'customer'));
  });

  it('may be merged into a table, or leave it alone', () => {
    const clashes = Object.fromEntries(tableNames(crm).map((name) => [name, 'merge' as const]));
    const merged = installTemplate({ live: crm, template: rival, clashes }).definitions;
    expect(tableNames(merged)).toEqual(tableNames(crm));
    expect(tableOf(merged, 'customer').fields.at(-1)).toMatchObject({ name: 'loyalty' });
    expect(tableOf(merged, 'customer').permissions.manager).toEqual(tableOf(crm, 'customer').permissions.manager);
    expect(issuesOf(merged)).toEqual([]);
    const skipped = installTemplate({ live: crm, template: rival, clashes: { ...clashes, customer: 'skip' } }).definitions;
    expect(tableOf(skipped, 'customer')).toEqual(tableOf(crm, 'customer'));
  });
});

describe('a template taken out', () => {
  it('leaves what was there before it came', () => {
    for (const template of [desk, rival]) {
      const { definitions, installed } = installTemplate({ live: crm, template });
      const left = uninstallTemplate({ live: definitions, base: installed, others: [crm] });
      expect(diffDefinitions(crm, left)).toEqual([]);
    }
  });

  it('leaves what an own table needs, and what that needs in turn', () => {
    const { definitions, installed } = installTemplate({ live: crm, template: desk });
    const live = changed(definitions, (app, tables) => {
      tables.push({
        name: 'visit',
        label: { 'zh-CN': '上门', en: 'Visit' },
        titleField: 'name',
        fields: [{ name: 'name', label: { 'zh-CN': '名称', en: 'Name' }, type: 'text' }, { name: 'ticket', label: { 'zh-CN': '工单', en: 'Ticket' }, type: 'reference', table: 'ticket' }],
        permissions: { agent: { read: true } },
      });
      app.navigation[0].tables.push('visit');
    });
    const left = uninstallTemplate({ live, base: installed, others: [crm] });
    expect(tableNames(left)).toEqual(expect.arrayContaining(['ticket', 'project', 'visit']));
    expect(left.app.roles.map(({ name }) => name)).toContain('agent');
    expect(issuesOf(left)).toEqual([]);
  });

  it('takes its mentions on own pages with it', () => {
    const { definitions, installed } = installTemplate({ live: crm, template: desk });
    const live = changed(definitions, (app, tables) => {
      app.home.push({ table: 'ticket', view: desk.tables.find(({ name }) => name === 'ticket')?.views?.[0]?.name });
      tables.find(({ name }: Draft) => name === 'customer').permissions.agent = { read: true };
    });
    const left = uninstallTemplate({ live, base: installed, others: [crm] });
    expect(tableNames(left)).toEqual(tableNames(crm));
    expect(left.app.home).toEqual(crm.app.home);
    // Somebody gave this role a right on a table that stays.
    expect(left.app.roles.map(({ name }) => name)).toContain('agent');
    expect(issuesOf(left)).toEqual([]);
  });
});

describe('a newer version of a template', () => {
  const next = changed(desk, (app, tables) => {
    app.version = '1.1.0';
    tables.find(({ name }: Draft) => name === 'ticket').label.en = 'Case';
    tables.find(({ name }: Draft) => name === 'ticket').fields.push({ name: 'channel', label: { 'zh-CN': '渠道', en: 'Channel' }, type: 'text' });
  });

  it('brings its changes to a guest, and the workspace keeps its own and its identity', () => {
    const { definitions, installed } = installTemplate({ live: crm, template: desk });
    const live = changed(definitions, (_app, tables) => void (tables.find(({ name }: Draft) => name === 'ticket').label.en = 'Issue'));
    const result = upgradeTemplate({ live, base: installed, next });
    expect(result.conflicts).toMatchObject([{ path: '/tables/ticket/label/en', ours: 'Issue', theirs: 'Case', taken: 'ours' }]);
    expect(result.definitions.app).toMatchObject({ name: 'crm', version: crm.app.version });
    expect(tableOf(result.definitions, 'ticket').fields.at(-1)).toMatchObject({ name: 'channel' });
    expect(issuesOf(result.definitions)).toEqual([]);
    const taken = upgradeTemplate({ live, base: installed, next, take: ['/tables/ticket/label/en'] });
    expect(tableOf(taken.definitions, 'ticket').label.en).toBe('Case');
  });

  it('gives the host its new version', () => {
    const result = upgradeTemplate({ live: desk, base: desk, next });
    expect(isSame(result.definitions, next)).toBe(true);
    expect(result.conflicts).toEqual([]);
  });

  it('finds renamed tables again', () => {
    const { definitions, installed } = installTemplate({ live: crm, template: rival });
    const newer = changed(rival, (_app, tables) => void tables.find(({ name }: Draft) => name === 'customer').fields.push({ name: 'rank', label: { 'zh-CN': '名次', en: 'Rank' }, type: 'integer' }));
    const result = upgradeTemplate({ live: definitions, base: installed, next: newer });
    expect(tableOf(result.definitions, 'rival_customer').fields.at(-1)).toMatchObject({ name: 'rank' });
    expect(tableOf(result.definitions, 'customer')).toEqual(tableOf(crm, 'customer'));
    expect(diffDefinitions(definitions, result.definitions).map(({ path }) => path)).toEqual(['/tables/rival_customer/fields/rank']);
    expect(diffDefinitions(result.installed, installed)).toHaveLength(1);
  });
});
