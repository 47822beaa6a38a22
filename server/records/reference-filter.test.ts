import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { buildModel } from '#engine/model/build-model.ts';
import type { Definitions } from '#engine/model/definitions.ts';
import type { Actor } from '#engine/permissions/actor.ts';
import { refusalOf } from '../testing/refusal.ts';
import { DATABASES, openTestWorkspace, type TestWorkspace } from '../testing/test-workspace.ts';
import { thingApp } from '../testing/thing-app.ts';
import { updateRecord } from './update-record.ts';
import { writeSession } from './write-session.ts';

const label = { 'zh-CN': '可选', en: 'Chosen' };
const withFilter = (filter: unknown): Definitions => ({
  ...thingApp,
  tables: thingApp.tables.map((table) => (table.name === 'thing' ? { ...table, fields: [...table.fields, { name: 'chosen', label, type: 'reference', table: 'thing', onDelete: 'null', filter }] } : table)),
});

it('a filter of a reference must be a rule over the table chosen from', () => {
  const { issues } = buildModel(withFilter({ '==': [{ var: 'ghost' }, 1] }));
  expect(issues.map((issue) => [issue.path.replace(/\d+/, 'N'), issue.code])).toEqual([['/tables/thing/fields/N/filter/==/0/var', 'unknown_field']]);
});

describe.each(DATABASES)('a reference with a filter on %s', (database) => {
  let workspace: TestWorkspace;
  let worker: Actor;
  beforeAll(async () => {
    workspace = await openTestWorkspace(database, { definitions: withFilter({ '==': [{ var: 'state' }, 'open'] }) });
    worker = await workspace.addUser({ name: 'worker', roles: ['worker'] });
  });
  afterAll(() => workspace.close());

  it('takes what the rule offers and refuses the rest, on create and on update', async () => {
    const open = await workspace.create(worker, 'thing', { name: 'open', state: 'open' });
    const done = await workspace.create(worker, 'thing', { name: 'done', state: 'done' });
    const id = await workspace.create(worker, 'thing', { name: 'one', chosen: open });
    expect((await refusalOf(workspace.create(worker, 'thing', { name: 'two', chosen: done }))).issues).toEqual(['/chosen not_offered']);
    expect((await refusalOf(writeSession(workspace, worker, (session) => updateRecord(session, 'thing', id, { chosen: done })))).issues).toEqual(['/chosen not_offered']);
  });

  it('leaves what was chosen when it leaves the range afterwards, and does not take it again', async () => {
    const once = await workspace.create(worker, 'thing', { name: 'once', state: 'open' });
    const id = await workspace.create(worker, 'thing', { name: 'three', chosen: once });
    await writeSession(workspace, worker, (session) => updateRecord(session, 'thing', once, { state: 'done' }));
    await writeSession(workspace, worker, (session) => updateRecord(session, 'thing', id, { chosen: once, name: 'still' }));
    await writeSession(workspace, worker, (session) => updateRecord(session, 'thing', id, { chosen: null }));
    expect((await refusalOf(writeSession(workspace, worker, (session) => updateRecord(session, 'thing', id, { chosen: once })))).issues).toEqual(['/chosen not_offered']);
  });
});
