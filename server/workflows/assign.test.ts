/** Who is chosen among several people: those who are away or have enough are passed over. */
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import type { Json } from '#engine/fields/field-type.ts';
import { systemActor } from '#engine/permissions/actor.ts';
import { readTemplate } from '../definitions/read-template.ts';
import { savePreferences, USUAL_PREFERENCES } from '../notices/preferences.ts';
import { getRecord } from '../records/get-record.ts';
import { updateRecord } from '../records/update-record.ts';
import { writeSession } from '../records/write-session.ts';
import { DATABASES, openTestWorkspace } from '../testing/test-workspace.ts';
import { runDue } from './worker.ts';

const { definitions } = await readTemplate(fileURLToPath(new URL('../../templates/crm', import.meta.url)));
const most = (value: number) => ({
  ...definitions,
  workflows: (definitions.workflows ?? []).map((workflow) => (workflow.name === 'lead_assignment' ? { ...workflow, parameters: (workflow.parameters ?? []).map((parameter) => (parameter.name === 'max_open' ? { ...parameter, value } : parameter)) } : workflow)),
});

describe.each(DATABASES)('assigning on %s', (database) => {
  it('passes over who is away, in turn and by a ratio, and who has as many as they may', async () => {
    const workspace = await openTestWorkspace(database, { definitions: most(3) });
    try {
      const boss = await workspace.addUser({ name: 'boss', roles: ['manager'] });
      const [away, here, there] = [await workspace.addUser({ name: 'a', roles: ['salesperson'] }), await workspace.addUser({ name: 'b', roles: ['salesperson'] }), await workspace.addUser({ name: 'c', roles: ['salesperson'] })];
      await workspace.directory.reload(workspace.database);
      const absence = { from: '2026-06-14', to: '2026-06-16', delegate: boss.userId };
      await workspace.database.transaction((tx) => savePreferences(tx, away.userId, { ...USUAL_PREFERENCES, absence }));
      let made = 0;
      const given = async (values: Record<string, Json> = {}): Promise<unknown> => {
        made += 1;
        const id = await workspace.create(boss, 'lead', { company: `新线${made}有限公司`, mobile: `1380013${String(made).padStart(4, '0')}`, source: 'website', ...values });
        await writeSession(workspace, systemActor, (session) => updateRecord(session, 'lead', id, { owner: null }));
        await runDue(workspace);
        return (await getRecord(workspace, systemActor, 'lead', id)).data.owner;
      };
      const counts = (owners: readonly unknown[]) => [away, here, there].map(({ userId }) => owners.filter((owner) => owner === userId).length);
      expect(counts([await given(), await given(), await given()])).toEqual([0, expect.any(Number), expect.any(Number)]);
      await workspace.create(systemActor, 'assignment_rule', { name: '制造业', industries: ['C'], people: [away.userId, there.userId], ratio: '5:1' });
      expect(await given({ industry: 'C' })).toBe(there.userId);
      const product = await workspace.create(systemActor, 'product', { name: '压力变送器', category: await workspace.create(systemActor, 'product_category', { name: '压力' }), unit: 'set', price: 100 });
      await workspace.create(systemActor, 'assignment_rule', { name: '压力变送器', sort: 1, product, people: [boss.userId] });
      expect(await given({ intent_product: [product] })).toBe(boss.userId);
      const owners = [];
      for (let i = 0; i < 4; i++) owners.push(await given());
      // Three each; the last finds nobody who has room.
      expect(owners.filter((owner) => owner === null)).toHaveLength(2);
      workspace.setNow('2026-06-17T04:00:00.000Z');
      expect(await given({ industry: 'C' })).toBe(away.userId);
    } finally {
      await workspace.close();
    }
  }, 120_000);
});
