/** What a workspace without samples begins with. */
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { systemActor } from '#engine/permissions/actor.ts';
import { findRecords } from '../records/find-records.ts';
import { getRecord } from '../records/get-record.ts';
import { updateRecord } from '../records/update-record.ts';
import { writeSession } from '../records/write-session.ts';
import { refusalOf } from '../testing/refusal.ts';
import { DATABASES, openTestWorkspace, type TestWorkspace } from '../testing/test-workspace.ts';
import { runDue } from '../workflows/worker.ts';
import { readTemplate } from './read-template.ts';
import { loadTemplateSamples, templateGallery } from './template-samples.ts';

const TEMPLATES = fileURLToPath(new URL('../../templates', import.meta.url));
const count = async (workspace: TestWorkspace, table: string): Promise<number> => (await findRecords(workspace, systemActor, table, { count: true, limit: 1 })).count?.value ?? -1;

describe.each(DATABASES)('a CRM without samples on %s', (database) => {
  it('has the pools and deadlines that its workflows ask for, and samples take their place', async () => {
    const { definitions, records = {}, samples, profile } = await readTemplate(`${TEMPLATES}/crm`);
    const workspace = await openTestWorkspace(database, { definitions, records, ...(profile !== undefined && { profile }), now: '2026-11-21T15:00:00.000Z' });
    try {
      expect([await count(workspace, 'public_pool'), await count(workspace, 'sla_policy'), await count(workspace, 'customer')]).toEqual([2, 4, 0]);
      expect((await templateGallery(workspace, TEMPLATES)).find(({ name }) => name === 'crm')?.isEmpty).toBe(true);
      await loadTemplateSamples(workspace, TEMPLATES, 'crm');
      for (const table of ['public_pool', 'sla_policy', 'customer']) expect(await count(workspace, table), table).toBe(samples[table]?.length);
    } finally {
      await workspace.close();
    }
  }, 240_000);

  it('takes customers into its pool and times cases; once changed, its records are not given up for samples', async () => {
    const { definitions, records = {}, profile } = await readTemplate(`${TEMPLATES}/crm`);
    const workspace = await openTestWorkspace(database, { definitions, records, ...(profile !== undefined && { profile }) });
    try {
      const owner = await workspace.addUser({ name: 'boss', roles: ['system_owner'] });
      const customer = await workspace.create(owner, 'customer', { name: '北京华信科技有限公司' });
      const service = await workspace.create(owner, 'service_request', { customer, title: '传感器无读数', description: '停机', priority: 'p1' });
      await runDue(workspace);
      expect((await getRecord(workspace, owner, 'service_request', service)).data.response_due).toBe('2026-06-15T05:00:00.000Z');
      await writeSession(workspace, owner, (session) => updateRecord(session, 'customer', customer, { owner: null }));
      const { pool } = (await getRecord(workspace, owner, 'customer', customer)).data;
      const id = String((pool as { id?: string } | null)?.id ?? pool);
      expect((await getRecord(workspace, owner, 'public_pool', id)).data).toMatchObject({ kind: 'customer' });
      await writeSession(workspace, owner, (session) => updateRecord(session, 'public_pool', id, { members: [owner.userId] }));
      const refusal = await refusalOf(loadTemplateSamples(workspace, TEMPLATES, 'crm'));
      expect(refusal.code).toBe('conflict');
      expect(refusal.error.detail.en).toContain('public_pool');
      expect(refusal.error.detail.en).not.toContain('sla_policy');
    } finally {
      await workspace.close();
    }
  }, 120_000);
});
