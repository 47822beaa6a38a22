/** A gate that goes on checking tells all that is missing at once, each at its field; and knows what an import writes. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Definitions } from '#engine/model/definitions.ts';
import type { Actor } from '#engine/permissions/actor.ts';
import { importRecords } from '../records/import-records.ts';
import { updateRecord } from '../records/update-record.ts';
import { writeSession } from '../records/write-session.ts';
import { DATABASES, openTestWorkspace, type TestWorkspace } from '../testing/test-workspace.ts';

const label = (text: string) => ({ 'zh-CN': text, en: text });
const definitions: Definitions = {
  app: { name: 'gate', label: label('g'), version: '1.0.0', navigation: [], roles: [{ name: 'owner', label: label('o'), owner: true }] },
  tables: [
    {
      name: 'deal', label: label('deal'), titleField: 'name',
      fields: [{ name: 'name', label: label('n'), type: 'text' }, { name: 'stage', label: label('s'), type: 'text' }, { name: 'amount', label: label('a'), type: 'integer' }, { name: 'contact', label: label('c'), type: 'text' }],
      permissions: {},
    },
  ],
  workflows: [
    {
      name: 'gate', label: label('gate'),
      trigger: { type: 'recordUpdated', table: 'deal', rule: { '==': [{ var: 'stage' }, 'won'] }, created: true, inside: true, next: 'own' },
      nodes: [
        { name: 'own', type: 'condition', rule: { '!=': [{ var: '$run.imported' }, true] }, next: { yes: 'amount' } },
        { name: 'amount', type: 'condition', rule: { notEmpty: [{ var: 'amount' }] }, next: { yes: 'contact', no: 'no_amount' } },
        { name: 'no_amount', type: 'refuse', message: { 'zh-CN': '缺金额。', en: 'No amount.' }, field: 'amount', goesOn: true, next: { done: 'contact' } },
        { name: 'contact', type: 'condition', rule: { notEmpty: [{ var: 'contact' }] }, next: { no: 'no_contact' } },
        { name: 'no_contact', type: 'refuse', message: { 'zh-CN': '缺联系人。', en: 'No contact.' }, field: 'contact', goesOn: true, next: { done: 'touch' } },
        { name: 'touch', type: 'setFields', values: { name: 'touched' } },
      ],
    },
  ],
};

describe.each(DATABASES)('a gate inside a save on %s', (database) => {
  let workspace: TestWorkspace;
  let owner: Actor;
  beforeAll(async () => {
    workspace = await openTestWorkspace(database, { definitions });
    owner = await workspace.addUser({ name: 'owner', roles: ['owner'] });
  });
  afterAll(() => workspace.close());

  it('names each gap at its field, all at once, and keeps nothing of the save', async () => {
    const id = await workspace.create(owner, 'deal', { name: 'one', stage: 'open' });
    const win = (values: Record<string, string | number>) => writeSession(workspace, owner, (session) => updateRecord(session, 'deal', id, { stage: 'won', ...values }));
    await expect(win({})).rejects.toMatchObject({
      code: 'validation_failed',
      detail: { 'zh-CN': '缺金额。缺联系人。', en: 'No amount. No contact.' },
      issues: [{ path: '/amount', code: 'refused_by_workflow' }, { path: '/contact', code: 'refused_by_workflow' }],
    });
    await expect(win({ amount: 5 })).rejects.toMatchObject({ issues: [{ path: '/contact' }] });
    await win({ amount: 5, contact: 'Chen' });
    await expect(workspace.create(owner, 'deal', { stage: 'won' })).rejects.toMatchObject({ issues: [{ path: '/amount' }, { path: '/contact' }] });
  });

  it('lets an import bring what a person could not enter', async () => {
    const rows = [{ values: { name: 'old', stage: 'won' }, children: [] }] as never;
    const [outcome] = await importRecords(workspace, owner, { table: 'deal', importId: 'i1', rows, duplicates: 'create' as never, dryRun: false });
    expect(outcome).toMatchObject({ outcome: 'created' });
  });
});
