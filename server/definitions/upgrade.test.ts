/** A template that people have made their own moves on to its next version, and back. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { diffDefinitions, isSame } from '#engine/changes/diff-definitions.ts';
import type { Draft } from '#engine/changes/test-edits.ts';
import type { Definitions } from '#engine/model/definitions.ts';
import type { Actor } from '#engine/permissions/actor.ts';
import { recordsChecksum } from '../testing/records-checksum.ts';
import { refusalOf } from '../testing/refusal.ts';
import { copyTemplates, type TemplatesDir } from '../testing/templates-dir.ts';
import { DATABASES, openTestWorkspace, type TestWorkspace } from '../testing/test-workspace.ts';
import { readTemplate } from './read-template.ts';
import { liveDefinitions, type StoredDefinitions } from './store.ts';
import { type NamedTemplate, proposeUpgrade, resolveTemplates } from './template-proposals.ts';
import { undoPublication } from './undo.ts';

const label = (zh: string, en: string) => ({ 'zh-CN': zh, en });
const option = (list: Draft[], value: string): Draft => list.find((own: Draft) => own.value === value);
const named = (list: Draft[], name: string): Draft => list.find((own: Draft) => own.name === name);

interface Own {
  readonly what: string;
  change(app: Draft, table: (name: string) => Draft, tables: Draft[]): void;
  /** What the change says, read back. */
  read(app: Draft, table: (name: string) => Draft): unknown;
}

/** Ten ways of making a template one's own. */
const OWN: readonly Own[] = [
  { what: 'a label', change: (_app, table) => void (table('customer').label.en = 'Client'), read: (_app, table) => table('customer').label.en },
  {
    what: 'a new field',
    change: (_app, table) => void table('customer').fields.push({ name: 'vip_note', label: label('贵宾备注', 'VIP note'), type: 'text' }),
    read: (_app, table) => named(table('customer').fields, 'vip_note'),
  },
  { what: 'an option added', change: (app) => void app.options.grade.push({ value: 'S', label: label('S', 'S'), color: 'gold' }), read: (app) => option(app.options.grade, 'S') },
  { what: 'an option retired', change: (app) => void (option(app.options.source, 'ad').retired = true), read: (app) => option(app.options.source, 'ad').retired },
  { what: 'a column of a view', change: (_app, table) => void named(table('contact').views, 'all').columns.splice(2, 0, 'wechat'), read: (_app, table) => named(table('contact').views, 'all').columns.includes('wechat') },
  {
    what: 'a section of a form',
    change: (_app, table) => void named(table('customer').forms, 'default').sections.push({ name: 'vip', label: label('贵宾', 'VIP'), fields: ['vip_note'] }),
    read: (_app, table) => named(named(table('customer').forms, 'default').sections, 'vip'),
  },
  { what: 'a permission', change: (_app, table) => void (table('product').permissions.salesperson.export = true), read: (_app, table) => table('product').permissions.salesperson.export },
  {
    what: 'a formula',
    change: (_app, table) => void (named(table('contract_line').fields, 'tax').formula = '=ROUND(amount*tax_rate,1)'),
    read: (_app, table) => named(table('contract_line').fields, 'tax').formula,
  },
  { what: 'a required field', change: (_app, table) => void (named(table('contact').fields, 'title').required = true), read: (_app, table) => named(table('contact').fields, 'title').required },
  {
    what: 'an own table in the navigation',
    change: (app, _table, tables) => {
      tables.push({ name: 'visit', label: label('拜访', 'Visit'), titleField: 'name', fields: [{ name: 'name', label: label('名称', 'Name'), type: 'text' }, { name: 'customer', label: label('客户', 'Customer'), type: 'reference', table: 'customer' }] });
      app.navigation[0].tables.splice(1, 0, 'visit');
    },
    read: (app, table) => [table('visit'), app.navigation[0].tables.indexOf('visit')],
  },
];

/** The next version: new things, things changed that nobody touched, some that somebody did, and a field that is gone. */
function nextVersion(app: Draft, table: (name: string) => Draft, tables: Draft[]): void {
  app.version = '2.3.0';
  table('customer').label = label('客户公司', 'Account');
  table('contact').label.en = 'Person';
  table('customer').fields.push({ name: 'segment', label: label('细分', 'Segment'), type: 'text' });
  named(named(table('customer').forms, 'default').sections, 'company').fields.push('segment');
  app.options.grade.push({ value: 'E', label: label('E', 'E') });
  Object.assign(option(app.options.source, 'ad'), { color: 'red', label: label('付费广告', 'Paid advertising') });
  named(table('contact').views, 'all').columns.push('preferred_method');
  table('product').permissions.salesperson.create = true;
  named(table('contract_line').fields, 'tax').formula = '=ROUND(amount*tax_rate,3)';
  named(table('contact').fields, 'title').label.en = 'Job title';
  table('customer').fields = table('customer').fields.filter(({ name }: Draft) => name !== 'trade_terms');
  for (const form of table('customer').forms) for (const section of form.sections) section.fields = section.fields.filter((name: unknown) => name !== 'trade_terms');
  tables.push({ name: 'trade_show', label: label('活动', 'Campaign'), titleField: 'name', fields: [{ name: 'name', label: label('名称', 'Name'), type: 'text' }], permissions: { manager: { read: true, create: true } } });
  app.navigation[0].tables.push('trade_show');
}

describe.each(DATABASES)('an upgrade on %s', (database) => {
  let templates: TemplatesDir;
  let workspace: TestWorkspace;
  let owner: Actor;

  const live = async (): Promise<StoredDefinitions> => (await liveDefinitions(workspace.database)) as StoredDefinitions;
  const publish = async (definitions: Definitions, more: { templates?: readonly NamedTemplate[]; restore?: readonly string[]; undoes?: number } = {}) => {
    const { templates: list, ...rest } = more;
    return workspace.publish({ definitions, base: (await live()).version, by: owner.userId, note: 'test', ...rest, ...(list && { templates: await resolveTemplates(workspace, templates.dir, list) }) });
  };
  const ownIn = ({ app, tables }: Definitions): unknown[] => OWN.map(({ read }) => read(app, (name) => tables.find((table) => table.name === name)));

  beforeAll(async () => {
    templates = await copyTemplates();
    const { definitions, samples } = await readTemplate(`${templates.dir}/crm`);
    workspace = await openTestWorkspace(database, { definitions, samples, now: '2026-11-21T15:00:00.000Z' });
    owner = await workspace.addUser({ name: '管理', roles: ['system_owner'] });
    await workspace.create(owner, 'customer', { name: '传真公司', trade_terms: 'FOB 010-66012345', source: 'ad' });
    const draft: Draft = structuredClone(definitions);
    for (const { change } of OWN) change(draft.app, (name) => draft.tables.find((table: Draft) => table.name === name), draft.tables);
    await publish(draft);
  });
  afterAll(async () => {
    await workspace.close();
    await templates.remove();
  });

  it('is not offered while there is nothing newer', async () => {
    expect((await refusalOf(proposeUpgrade(workspace, templates.dir, 'crm'))).code).toBe('conflict');
    expect((await refusalOf(proposeUpgrade(workspace, templates.dir, 'desk'))).code).toBe('not_found');
  });

  it('brings what is new, keeps all that was made one’s own, and lists where both changed one thing', async () => {
    await templates.change('crm', nextVersion);
    const before = await live();
    const { definitions, conflicts, plan, templates: list } = await proposeUpgrade(workspace, templates.dir, 'crm');
    expect(ownIn(definitions)).toEqual(ownIn(before.definitions));
    expect(ownIn(definitions)).not.toContain(undefined);
    expect(conflicts.map(({ path, ours, theirs, taken }) => [path, ours, theirs, taken])).toEqual([
      ['/tables/contract_line/fields/tax/formula', '=ROUND(amount*tax_rate,1)', '=ROUND(amount*tax_rate,3)', 'ours'],
      ['/tables/customer/label/en', 'Client', 'Account', 'ours'],
    ]);
    const table = (name: string): Draft => definitions.tables.find((own) => own.name === name);
    expect(table('customer').label).toEqual(label('客户公司', 'Client'));
    expect(table('customer').fields.map(({ name }: Draft) => name)).toEqual(expect.arrayContaining(['vip_note', 'segment']));
    expect(named(table('customer').fields, 'trade_terms')).toBeUndefined();
    expect(definitions.app.options?.grade?.map(({ value }) => value).sort()).toEqual(['A', 'B', 'C', 'D', 'E', 'S']);
    expect(option(definitions.app.options?.source as Draft[], 'ad')).toMatchObject({ retired: true, color: 'red', label: label('付费广告', 'Paid advertising') });
    expect(table('contact').label.en).toBe('Person');
    expect(named(table('contact').fields, 'title')).toMatchObject({ required: true, label: { en: 'Job title' } });
    expect(table('product').permissions.salesperson).toMatchObject({ export: true, create: true });
    expect(definitions.app.navigation[0]?.tables).toEqual(expect.arrayContaining(['visit', 'trade_show']));
    expect(definitions.app.version).toBe('2.3.0');
    expect(plan.class).toBe('lossy');
    expect(plan.issues).toEqual([]);
    expect(plan.confirm).toEqual(['customer.trade_terms']);
    expect(list).toEqual([{ name: 'crm', version: '2.3.0', profile: 'full', install: { clashes: {} } }]);
  });

  it('takes the template’s side where that is chosen, and only there', async () => {
    const kept = await proposeUpgrade(workspace, templates.dir, 'crm');
    const taken = await proposeUpgrade(workspace, templates.dir, 'crm', ['/tables/customer/label/en']);
    expect(taken.conflicts.map((conflict) => conflict.taken)).toEqual(['ours', 'theirs']);
    expect(diffDefinitions(kept.definitions, taken.definitions).map(({ path, properties }) => [path, properties.map(({ name }) => name)])).toEqual([['/tables/customer', ['label']]]);
    expect(taken.plan.hash).not.toBe(kept.plan.hash);
  });

  it('is taken back by one undo, with every record as it was, and can be made again', async () => {
    const before = await live();
    const sums = await recordsChecksum(workspace);
    const { definitions, templates: list } = await proposeUpgrade(workspace, templates.dir, 'crm');
    const { version } = await publish(definitions, { templates: list });
    expect((await live()).templates).toEqual([{ name: 'crm', version: '2.3.0', profile: 'full' }]);
    expect(Object.keys(workspace.model.tables)).toContain('trade_show');
    expect(workspace.model.tables.customer?.fields.trade_terms).toBeUndefined();

    const way = await undoPublication(workspace.database, version);
    expect(way.conflicts).toEqual([]);
    await publish(way.definitions, { restore: way.restore, undoes: version, ...(way.templates && { templates: way.templates }) });
    const after = await live();
    expect(isSame(after.definitions, before.definitions)).toBe(true);
    expect(after.templates).toEqual([{ name: 'crm', version: '2.2.0' }]);
    expect(await recordsChecksum(workspace)).toEqual(sums);

    const again = await proposeUpgrade(workspace, templates.dir, 'crm');
    await publish(again.definitions, { templates: again.templates });
    expect((await live()).templates).toEqual([{ name: 'crm', version: '2.3.0', profile: 'full' }]);
    // The base of the next upgrade is this version: nothing is told twice.
    await templates.change('crm', (app, table) => {
      app.version = '2.3.1';
      table('customer').label.en = 'Organisation';
    });
    const third = await proposeUpgrade(workspace, templates.dir, 'crm');
    expect(third.conflicts.map(({ path }) => path)).toEqual(['/tables/customer/label/en']);
    expect(third.plan.changes.map(({ path }) => path)).toEqual(['/app']);
  });
});
