/** A template installed beside one that holds the same names: it works as it does alone, and the other keeps working. */
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { installTemplate, uninstallTemplate } from '#engine/changes/install-template.ts';
import { renameSamples, renameScenario } from '#engine/changes/rename-samples.ts';
import type { Scenario } from '#engine/changes/scenario.ts';
import type { Draft } from '#engine/changes/test-edits.ts';
import type { Definitions } from '#engine/model/definitions.ts';
import { findRecords } from '../records/find-records.ts';
import { DATABASES, openTestWorkspace } from '../testing/test-workspace.ts';
import { readTemplate } from './read-template.ts';
import { runScenarios } from './run-scenarios.ts';

const dirOf = (name: string): string => fileURLToPath(new URL(`../../templates/${name}`, import.meta.url));
const [crm, desk] = [await readTemplate(dirOf('crm')), await readTemplate(dirOf('desk'))];

/** The CRM once more: every table and half of the lists clash. */
function rivalOf({ definitions }: { definitions: Definitions }): Definitions {
  const draft: Draft = structuredClone(definitions);
  draft.app.name = 'rival';
  for (const role of draft.app.roles) role.label.en += ' (rival)';
  for (const list of Object.values<Draft>(draft.app.options)) if (list.length % 2 === 0) list[0].label.en += ' (rival)';
  return draft;
}

describe('two templates in one workspace', () => {
  it('keep the promises of both, under whatever names', async () => {
    const { definitions, renames } = installTemplate({ live: crm.definitions, template: rivalOf(crm) });
    expect(Object.keys(renames.tables)).toHaveLength(crm.definitions.tables.length);
    const scenarios = (crm.scenarios ?? []) as Scenario[];
    const results = await runScenarios(definitions, [...scenarios, ...scenarios.map((scenario) => renameScenario(scenario, renames))]);
    expect(results.filter(({ passed }) => !passed)).toEqual([]);
  });

  it.each(DATABASES)('are published, filled and taken out again on %s', async (database) => {
    const workspace = await openTestWorkspace(database, { definitions: crm.definitions, samples: crm.samples, now: '2026-11-21T15:00:00.000Z' });
    try {
      const owner = await workspace.addUser({ name: '管理', roles: ['system_owner'] });
      const count = async (table: string) => (await findRecords(workspace, owner, table, { count: true, limit: 1 })).count?.value;
      const { definitions, installed, renames } = installTemplate({ live: crm.definitions, template: desk.definitions });
      await workspace.publish({ definitions, base: 1, by: 'system', note: 'desk' });
      const samples = renameSamples(desk.samples, renames);
      expect(samples.user?.some(({ roles }) => (roles as string[]).includes('desk_manager'))).toBe(true);
      await workspace.create(owner, 'ticket', { title: '打印机卡纸', requester: '王芳' });
      expect([await count('ticket'), await count('customer')]).toEqual([1, crm.samples.customer?.length]);
      const left = uninstallTemplate({ live: definitions, base: installed, others: [crm.definitions] });
      await workspace.publish({ definitions: left, base: 2, by: 'system', note: 'no desk' });
      expect(Object.keys(workspace.model.tables)).not.toContain('ticket');
      expect(await count('customer')).toBe(crm.samples.customer?.length);
    } finally {
      await workspace.close();
    }
  });
});
