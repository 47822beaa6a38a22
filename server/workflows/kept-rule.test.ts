/** Rules that stand in records: counted with the eyes of whoever asks, refused where they name what is not there. */
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { systemActor } from '#engine/permissions/actor.ts';
import { readTemplate } from '../definitions/read-template.ts';
import { getRecord } from '../records/get-record.ts';
import { DATABASES, openTestWorkspace } from '../testing/test-workspace.ts';
import { press } from './manual.ts';
import { runDue } from './worker.ts';

const { definitions } = await readTemplate(fileURLToPath(new URL('../../templates/crm', import.meta.url)));

describe.each(DATABASES)('a rule kept in a record on %s', (database) => {
  it('counts the records that its reader may see, and nothing where it is empty', async () => {
    const workspace = await openTestWorkspace(database, { definitions });
    try {
      const boss = await workspace.addUser({ name: 'boss', roles: ['manager'] });
      const [li, wang] = [await workspace.addUser({ name: 'li', roles: ['salesperson'], superior: boss.userId }), await workspace.addUser({ name: 'wang', roles: ['salesperson'], superior: boss.userId })];
      await workspace.directory.reload(workspace.database);
      const group = await workspace.create(li, 'customer_group', { name: 'A级', kind: 'dynamic', filter: { '==': [{ var: 'grade' }, 'A'] } });
      const hand = await workspace.create(li, 'customer_group', { name: '手工', kind: 'static' });
      const wrong = await workspace.create(li, 'customer_group', { name: '写错', kind: 'dynamic', filter: { '==': [{ var: 'nowhere' }, 'A'] } });
      await workspace.create(li, 'customer', { name: '北京华信科技有限公司', grade: 'A', groups: [hand] });
      await workspace.create(li, 'customer', { name: '上海东方贸易有限公司', grade: 'B' });
      await workspace.create(wang, 'customer', { name: '广州明远有限公司', grade: 'A' });
      const counted = async (id: string): Promise<unknown> => {
        await press(workspace, workspace.directory.actor(li.userId), 'group_refresh', [id]);
        await runDue(workspace);
        return (await getRecord(workspace, systemActor, 'customer_group', id)).data.member_count;
      };
      expect([await counted(group), await counted(hand)]).toEqual([1, 1]);
      const { refused } = await press(workspace, workspace.directory.actor(li.userId), 'group_refresh', [wrong]);
      expect(JSON.stringify(refused)).toContain('nowhere');
      expect((await getRecord(workspace, systemActor, 'customer_group', wrong)).data.member_count ?? null).toBeNull();
    } finally {
      await workspace.close();
    }
  }, 120_000);
});
