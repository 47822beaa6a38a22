/** The parts a template may be installed in: each stands for itself, and a smaller one grows into a larger one. */
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { leaveOut } from '#engine/changes/leave-out/leave-out.ts';
import { isSame } from '#engine/changes/diff-definitions.ts';
import { usesIn } from '#engine/changes/uses.ts';
import { buildModel } from '#engine/model/build-model.ts';
import type { Definitions } from '#engine/model/definitions.ts';
import type { Actor } from '#engine/permissions/actor.ts';
import { findRecords } from '../records/find-records.ts';
import { readDashboard } from '../records/read-dashboard.ts';
import { refusalOf } from '../testing/refusal.ts';
import { DATABASES, openTestWorkspace, type TestWorkspace } from '../testing/test-workspace.ts';
import { readDefinitions, readTemplate, type Template } from './read-template.ts';
import { runScenarios } from './run-scenarios.ts';
import { liveDefinitions, type StoredDefinitions } from './store.ts';
import { proposeUpgrade, resolveTemplates } from './template-proposals.ts';
import { templateGallery } from './template-samples.ts';

const TEMPLATES = fileURLToPath(new URL('../../templates', import.meta.url));
const CRM = `${TEMPLATES}/crm`;
const NOW = '2026-11-21T15:00:00.000Z';
const NAMES = ['lite', 'standard', 'full', 'project'] as const;
const whole = await readDefinitions(CRM);
const parts = Object.fromEntries(await Promise.all(NAMES.map(async (name) => [name, await readTemplate(CRM, name)] as const))) as Record<(typeof NAMES)[number], Template>;

describe('the profiles of the CRM', () => {
  it.each(NAMES)('%s builds, and calls nothing it does not have', (name) => {
    const { definitions } = parts[name];
    expect(buildModel(definitions).issues).toEqual([]);
    const tables = new Set([...definitions.tables.map((table) => table.name), 'user', 'department']);
    const called = usesIn(definitions).flatMap(({ names }) => names.flatMap((own) => (own.startsWith('table:') ? [own.slice('table:'.length)] : [])));
    expect(called.filter((own) => !tables.has(own))).toEqual([]);
  });

  it('grow from one to the next, and the usual one is Full', () => {
    const tables = NAMES.map((name) => parts[name].definitions.tables.map((table) => table.name));
    for (const [i, own] of tables.slice(1).entries()) expect(own).toEqual(expect.arrayContaining(tables[i] as string[]));
    expect(tables[0]).toHaveLength(8);
    expect(tables[3]).toEqual(whole.tables.map((table) => table.name));
    expect(parts.full.definitions).toEqual(leaveOut({ ...whole, app: parts.project.definitions.app }, ['project', 'project_task']));
  });

  it('work out what rules say once a table is gone', () => {
    const field = (table: string, name: string) => parts.lite.definitions.tables.find((own) => own.name === table)?.fields.find((own) => own.name === name);
    // A customer or a lead; without leads a customer.
    expect(field('activity', 'lead')).toBeUndefined();
    expect(field('activity', 'customer')?.requiredWhen).toBe(true);
    expect(field('activity', 'title')?.formula).toBe('=COALESCE(subject, OPTIONLABEL(method)&" · "&customer.name)');
    const grants = parts.lite.definitions.tables.find(({ name }) => name === 'customer')?.permissions;
    expect(JSON.stringify(grants)).not.toContain('pool');
    expect(parts.lite.definitions.app.navigation.map(({ name }) => name)).toEqual(['customers', 'sales', 'system']);
  });

  it.each(['lite', 'standard'] as const)('%s keeps what its scenarios promise', async (name) => {
    const { definitions, scenarios = [] } = parts[name];
    expect(scenarios.length).toBeGreaterThan(9);
    expect((await runScenarios(definitions, scenarios)).filter(({ passed }) => !passed)).toEqual([]);
  }, 300_000);

  // The usual one is opened on both databases with the other templates.
  it.each(['standard', 'project'] as const)('%s opens with its samples and no card that fails', async (name) => {
    const { definitions, samples } = parts[name];
    const workspace = await openTestWorkspace('sqlite', { definitions, samples, profile: name, now: NOW });
    await noBrokenCard(workspace, await workspace.addUser({ name: 'boss', roles: ['system_owner'] }));
    await workspace.close();
  });
});

describe.each(DATABASES)('a part of the CRM on %s', (database) => {
  let workspace: TestWorkspace;
  let owner: Actor;
  beforeAll(async () => {
    const { definitions, samples } = parts.lite;
    workspace = await openTestWorkspace(database, { definitions, samples, profile: 'lite', now: NOW });
    owner = await workspace.addUser({ name: 'boss', roles: ['system_owner'] });
  });
  afterAll(() => workspace.close());

  it('opens with samples that need nothing else, and no card that fails', async () => {
    for (const [table, records] of Object.entries(parts.lite.samples)) {
      const { count } = await findRecords(workspace, owner, table, { count: true, limit: 1 });
      expect(count?.value, table).toBe(records.length + (table === 'user' ? 1 : 0));
    }
    expect(parts.lite.samples.activity?.length).toBeGreaterThan(100);
    await noBrokenCard(workspace, owner);
  });

  it('grows into a larger one by an ordinary plan that keeps what was made one’s own, and does not shrink', async () => {
    const live = (await liveDefinitions(workspace.database)) as StoredDefinitions;
    const own = ownLabel(live.definitions);
    await workspace.publish({ definitions: own, base: live.version, confirm: [], by: owner.userId, note: 'own' });
    expect((await templateGallery(workspace, TEMPLATES)).find(({ name }) => name === 'crm')).toMatchObject({ profile: 'lite', upgrade: false });
    const before = await findRecords(workspace, owner, 'customer', { count: true, limit: 1 });

    const { definitions, templates, plan, conflicts } = await proposeUpgrade(workspace, TEMPLATES, 'crm', [], 'standard');
    expect(conflicts).toEqual([]);
    expect(plan.class).toBe('safe');
    expect(plan.scenarios.filter(({ passed }) => !passed)).toEqual([]);
    expect(isSame(definitions, ownLabel({ ...parts.standard.definitions, app: definitions.app }))).toBe(true);
    const { base, hash, confirm } = plan;
    await workspace.publish({ definitions, base, hash, confirm, by: owner.userId, note: 'standard', templates: await resolveTemplates(workspace, TEMPLATES, templates) });
    expect(workspace.model.tables.customer?.label.en).toBe('Client firm');
    expect((await findRecords(workspace, owner, 'quote', { count: true, limit: 1 })).count?.value).toBe(0);
    expect((await findRecords(workspace, owner, 'customer', { count: true, limit: 1 })).count).toEqual(before.count);
    expect((await templateGallery(workspace, TEMPLATES)).find(({ name }) => name === 'crm')).toMatchObject({ profile: 'standard', installed: parts.full.definitions.app.version });
    await noBrokenCard(workspace, owner);

    expect((await refusalOf(proposeUpgrade(workspace, TEMPLATES, 'crm', [], 'lite'))).code).toBe('conflict');
    expect((await refusalOf(proposeUpgrade(workspace, TEMPLATES, 'crm', [], 'standard'))).code).toBe('conflict');
    expect((await refusalOf(proposeUpgrade(workspace, TEMPLATES, 'crm', [], 'huge'))).code).toBe('not_found');
  }, 240_000);
});

const ownLabel = (definitions: Definitions): Definitions => ({ ...definitions, tables: definitions.tables.map((table) => (table.name === 'customer' ? { ...table, label: { 'zh-CN': '客户公司', en: 'Client firm' } } : table)) });

async function noBrokenCard(workspace: TestWorkspace, actor: Actor): Promise<void> {
  const names = Object.keys(workspace.model.dashboards);
  expect(names.length).toBeGreaterThan(2);
  for (const name of names) {
    const { cards } = await readDashboard(workspace, actor, name, {});
    expect(Object.entries(cards).filter(([, answer]) => 'error' in answer), name).toEqual([]);
    for (const { list } of workspace.model.dashboards[name]?.cards ?? []) if (list) expect(workspace.model.tables[list.table]?.views.some((view) => view.name === list.view), `${name} ${list.table}.${list.view}`).toBe(true);
  }
}
