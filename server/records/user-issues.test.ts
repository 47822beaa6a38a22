/** Nobody rises through what they may define: a workflow or an effect acts with every right, but gives no high role. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Actor, systemActor } from '#engine/permissions/actor.ts';
import type { Definitions } from '#engine/model/definitions.ts';
import { sql } from '../db/sql.ts';
import { DATABASES, openTestWorkspace, type TestWorkspace } from '../testing/test-workspace.ts';
import { press } from '../workflows/manual.ts';
import { runDue } from '../workflows/worker.ts';
import { updateRecord } from './update-record.ts';
import { writeSession } from './write-session.ts';

const label = (text: string) => ({ 'zh-CN': text, en: text });
const raising = (name: string, values: object, more: object = {}) => ({ name, label: label(name), trigger: { type: 'manual', table: 'wish', button: label(name), place: 'record', next: 'a', ...more }, nodes: [{ name: 'a', type: 'update', record: '$record.person', values }] });

const definitions = {
  app: { name: 'rise', label: label('rise'), version: '1.0.0', navigation: [], roles: [{ name: 'owner', label: label('owner'), owner: true }, ...[2, 4, 7, 8].map((level) => ({ name: `level${level}`, label: label(`L${level}`), level }))] },
  tables: [
    {
      name: 'wish', label: label('wish'), titleField: 'name',
      fields: [{ name: 'name', label: label('name'), type: 'text' }, { name: 'person', label: label('person'), type: 'user' }],
      effects: [{ name: 'rise', on: ['update'], when: { '==': [{ var: 'name' }, 'rise'] }, update: { reference: 'person', values: { roles: ['level7'] } }, asProduct: true }],
      permissions: { level2: { create: true, read: true, update: true } },
    },
  ],
  workflows: [
    raising('high', { roles: ['level2', 'owner'] }),
    raising('inside', { roles: ['level2', 'owner'] }, { inside: true }),
    raising('low', { roles: ['level2', 'level4'] }),
    raising('disable', { active: false }),
  ],
} as unknown as Definitions;

describe.each(DATABASES)('accounts and what is defined on %s', (database) => {
  let workspace: TestWorkspace;
  let anna: Actor;
  let admin: Actor;
  let wish: string;
  beforeAll(async () => {
    workspace = await openTestWorkspace(database, { definitions });
    await workspace.addUser({ name: 'owner', roles: ['owner'] });
    admin = await workspace.addUser({ name: 'admin', roles: ['level8'] });
    anna = await workspace.addUser({ name: 'anna', roles: ['level2'] });
    wish = await workspace.create(anna, 'wish', { name: 'wish', person: anna.userId });
  });
  afterAll(() => workspace.close());

  const user = async (id: string) => {
    const row = await workspace.database.get<{ roles: string; active: number }>(sql`SELECT roles, active FROM "user" WHERE id = ${id}`);
    return { roles: JSON.parse(row?.roles ?? '[]') as string[], active: Number(row?.active) };
  };
  const run = async (workflow: string): Promise<unknown> => {
    const answer = await press(workspace, anna, workflow, [wish]);
    await runDue(workspace);
    return answer;
  };

  it('give no role above level 5, neither in a run nor inside a save', async () => {
    await run('high');
    expect(await run('inside')).toMatchObject({ started: 0 });
    expect((await user(anna.userId)).roles).toEqual(['level2']);
  });

  it('give none through an effect that is done as the product', async () => {
    await expect(writeSession(workspace, anna, (session) => updateRecord(session, 'wish', wish, { name: 'rise' }))).rejects.toThrow('/roles: Workflows and effects');
    expect((await user(anna.userId)).roles).toEqual(['level2']);
    expect(await workspace.database.get(sql`SELECT name FROM wish WHERE id = ${wish}`)).toEqual({ name: 'wish' });
  });

  it('may give a lower one', async () => {
    await run('low');
    expect((await user(anna.userId)).roles).toEqual(['level2', 'level4']);
  });

  it('do not touch administrators', async () => {
    await writeSession(workspace, systemActor, (session) => updateRecord(session, 'wish', wish, { person: admin.userId }));
    await run('disable');
    expect(await user(admin.userId)).toEqual({ roles: ['level8'], active: 1 });
  });
});
