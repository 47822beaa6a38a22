import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { samplesWithin } from '#engine/changes/leave-out/keep-with.ts';
import { systemActor } from '#engine/permissions/actor.ts';
import { noteInAudit } from '../records/audit.ts';
import { findRecords } from '../records/find-records.ts';
import { refusalOf } from '../testing/refusal.ts';
import { DATABASES, openTestWorkspace, type TestWorkspace } from '../testing/test-workspace.ts';
import { chooseFirst, firstChoice } from './first-choice.ts';
import { readTemplate } from './read-template.ts';
import { templateGallery } from './template-samples.ts';

const TEMPLATES = fileURLToPath(new URL('../../templates', import.meta.url));
const count = async (workspace: TestWorkspace, table: string): Promise<number> => (await findRecords(workspace, systemActor, table, { count: true, limit: 1 })).count?.value ?? -1;

describe.each(DATABASES)('the first choice on %s', (database) => {
  it('takes a smaller part with its samples, and is over as soon as somebody works with it', async () => {
    const { definitions, samples: all, profile } = await readTemplate(`${TEMPLATES}/crm`, 'standard');
    const few = new Set(all.customer?.slice(0, 8).map(({ external_id }) => external_id));
    const ofFew = Object.entries(all).map(([table, records]) => [table, records.filter((record) => (table === 'customer' ? few.has(record.external_id) : [record.customer, record.converted_customer].every((customer) => !customer || few.has(customer))))] as const);
    const samples = samplesWithin(Object.fromEntries(ofFew), definitions, definitions);
    const workspace = await openTestWorkspace(database, { definitions, samples, ...(profile !== undefined && { profile }), now: '2026-11-21T15:00:00.000Z' });
    const owner = await workspace.addUser({ name: 'boss', roles: ['system_owner'] });
    const lite = samplesWithin(samples, definitions, (await readTemplate(`${TEMPLATES}/crm`, 'lite')).definitions);
    expect(lite.activity?.length).toBeLessThan(samples.activity?.length ?? 0);
    expect(await firstChoice(workspace, TEMPLATES)).toMatchObject({ profile: 'standard', profiles: [{ name: 'lite', tables: 8 }, { name: 'standard' }, { name: 'full' }, { name: 'project' }] });
    expect((await refusalOf(chooseFirst(workspace, TEMPLATES, owner, 'huge'))).code).toBe('not_found');

    await chooseFirst(workspace, TEMPLATES, owner, 'lite');
    expect(Object.values(workspace.model.tables).filter(({ builtIn }) => !builtIn)).toHaveLength(8);
    for (const table of ['customer', 'activity', 'followup_plan', 'opportunity']) expect(await count(workspace, table), table).toBe(lite[table]?.length);
    expect((await templateGallery(workspace, TEMPLATES)).find(({ name }) => name === 'crm')).toMatchObject({ profile: 'lite', installed: definitions.app.version, upgrade: false });
    expect(await firstChoice(workspace, TEMPLATES)).toEqual({ profile: null, profiles: [] });
    expect((await refusalOf(chooseFirst(workspace, TEMPLATES, owner, 'full'))).code).toBe('conflict');
    await workspace.close();
  }, 240_000);

  it('takes a larger part with the samples of what is new', async () => {
    const { definitions, samples, profile } = await readTemplate(`${TEMPLATES}/crm`, 'lite');
    const settings = { definitions, samples, ...(profile !== undefined && { profile }), now: '2026-11-21T15:00:00.000Z' };
    const workspace = await openTestWorkspace(database, settings);
    const owner = await workspace.addUser({ name: 'boss', roles: ['system_owner'] });
    await chooseFirst(workspace, TEMPLATES, owner, 'standard');
    const standard = await readTemplate(`${TEMPLATES}/crm`, 'standard');
    for (const table of ['lead', 'contract', 'receivable_plan']) expect(await count(workspace, table), table).toBe(standard.samples[table]?.length);
    await workspace.close();
  }, 240_000);

  it('is not offered once somebody who signed in has written something', async () => {
    const { definitions } = await readTemplate(`${TEMPLATES}/crm`, 'lite');
    const workspace = await openTestWorkspace(database, { definitions, profile: 'lite' });
    const owner = await workspace.addUser({ name: 'boss', roles: ['system_owner'] });
    await workspace.database.transaction((tx) => noteInAudit(tx, { at: workspace.now(), by: owner.userId, table: 'user', id: `sign_in:${owner.userId}`, action: 'sign_in', version: 0, changes: {} }));
    expect((await firstChoice(workspace, TEMPLATES)).profile).toBe('lite');
    await workspace.create(owner, 'customer', { name: '第一位客户' });
    expect((await firstChoice(workspace, TEMPLATES)).profile).toBeNull();
    expect((await refusalOf(chooseFirst(workspace, TEMPLATES, owner, 'standard'))).code).toBe('conflict');
    await workspace.close();
  });
});
