import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Actor, systemActor } from '#engine/permissions/actor.ts';
import type { Definitions } from '#engine/model/definitions.ts';
import type { WorkflowDefinition } from '#engine/workflows/definitions.ts';
import { sql } from '../db/sql.ts';
import { createRecord } from '../records/create-record.ts';
import { writeSession } from '../records/write-session.ts';
import { DATABASES, openTestWorkspace, type TestWorkspace } from '../testing/test-workspace.ts';
import { lookAtClock } from './clock.ts';
import { press } from './manual.ts';
import { runDue } from './worker.ts';

const label = (text: string) => ({ 'zh-CN': text, en: text });
const tell = [{ name: 'tell', type: 'notify', to: [{ role: 'owner' }], title: { 'zh-CN': '{{$trigger.due}}', en: '{{$trigger.due}}' }, channels: ['inApp'] }];
const daily = (name: string, settings: Readonly<Record<string, unknown>>): WorkflowDefinition => ({ name, label: label(name), trigger: { type: 'schedule', cron: '0 9 * * *', next: 'tell', ...settings }, nodes: tell });

const definitions: Definitions = {
  app: { name: 'clock', label: label('c'), version: '1.0.0', navigation: [], roles: [{ name: 'owner', label: label('o'), owner: true }] },
  tables: [
    {
      name: 'thing', label: label('t'), titleField: 'title',
      fields: [{ name: 'title', label: label('t'), type: 'text' }, { name: 'on', label: label('d'), type: 'date' }, { name: 'at', label: label('m'), type: 'dateTime' }],
    },
  ],
  workflows: [
    daily('last', { catchUp: 'last' }),
    daily('every', { catchUp: 'all' }),
    daily('never', { catchUp: 'none' }),
    daily('berlin', { cron: '30 2 * * *', timeZone: 'Europe/Berlin', catchUp: 'all' }),
    daily('each', { table: 'thing', filter: { '<=': [{ var: 'on' }, { var: '$today' }] }, once: 'on' }),
    { name: 'before', label: label('before'), trigger: { type: 'dateReached', table: 'thing', field: 'at', offset: { amount: 30, unit: 'minute' }, direction: 'before', next: 'tell' }, nodes: tell },
    { name: 'workday', label: label('workday'), trigger: { type: 'dateReached', table: 'thing', field: 'on', offset: { amount: 2, unit: 'businessDay' }, direction: 'before', at: '08:00', next: 'tell' }, nodes: tell },
    { name: 'made', label: label('made'), trigger: { type: 'recordCreated', table: 'thing', rule: { startsWith: [{ var: 'title' }, 'import'] }, next: 'tell' }, nodes: [{ name: 'tell', type: 'notify', to: [{ role: 'owner' }], title: { 'zh-CN': '{{title}}', en: '{{title}}' }, channels: ['inApp'] }] },
    { name: 'button', label: label('button'), trigger: { type: 'manual', table: 'thing', button: label('go'), place: 'record', next: 'tell' }, nodes: [{ name: 'tell', type: 'update', values: { title: 'pressed' } }] },
  ],
};

describe.each(DATABASES)('the clock on %s', (database) => {
  let workspace: TestWorkspace;
  let admin: Actor;
  beforeAll(async () => {
    // A Monday, 10:00 in Shanghai.
    workspace = await openTestWorkspace(database, { definitions, now: '2027-03-22T02:00:00.000Z' });
    admin = await workspace.addUser({ name: 'admin', roles: ['owner'] });
    await lookAtClock(workspace);
  });
  afterAll(() => workspace.close());

  const runs = async (name: string) => workspace.database.all<{ data: string; record_id: string | null }>(sql`SELECT data, record_id FROM relata_run WHERE workflow = ${name} ORDER BY id`);
  const dues = async (name: string) => (await runs(name)).map(({ data }) => (JSON.parse(data) as { trigger: { due: string; late: boolean } }).trigger);
  const look = async (now: string) => {
    workspace.setNow(now);
    return lookAtClock(workspace);
  };

  it('makes up what was missed as each schedule says, once, and says it is late', async () => {
    await look('2027-03-25T02:00:00.000Z');
    await lookAtClock(workspace);
    expect(await dues('every')).toEqual(['2027-03-23', '2027-03-24', '2027-03-25'].map((day) => ({ due: `${day}T01:00:00.000Z`, late: true })));
    expect(await dues('last')).toEqual([{ due: '2027-03-25T01:00:00.000Z', late: true }]);
    expect(await dues('never')).toEqual([]);
    await look('2027-03-26T01:00:10.000Z');
    expect(await dues('never')).toEqual([{ due: '2027-03-26T01:00:00.000Z', late: false }]);
  });

  it('fires a daily time once on the day that has none of it', async () => {
    await look('2027-03-29T12:00:00.000Z');
    const local = (await dues('berlin')).map(({ due }) => due);
    expect(local.slice(-3)).toEqual(['2027-03-27T01:30:00.000Z', '2027-03-28T01:30:00.000Z', '2027-03-29T00:30:00.000Z']);
    expect(new Set(local).size).toBe(local.length);
  });

  it('fires nothing twice when the clock goes back and comes again', async () => {
    const before = (await runs('every')).length;
    await look('2027-03-29T00:50:00.000Z');
    await look('2027-03-29T12:00:00.000Z');
    expect(await runs('every')).toHaveLength(before);
  });

  it('takes a record up once for each value of its date', async () => {
    const id = await workspace.create(admin, 'thing', { title: 'a', on: '2027-04-01' });
    const later = await workspace.create(admin, 'thing', { title: 'b', on: '2027-04-20' });
    await look('2027-04-01T01:00:05.000Z');
    await look('2027-04-02T01:00:05.000Z');
    expect((await runs('each')).map(({ record_id }) => record_id)).toEqual([id]);
    await writeSession(workspace, systemActor, async ({ tx }) => void (await tx.run(sql`UPDATE thing SET "on" = '2027-04-02' WHERE id = ${later}`)));
    await look('2027-04-03T01:00:05.000Z');
    expect((await runs('each')).map(({ record_id }) => record_id)).toEqual([id, later]);
  });

  it('tells at once of a moment that passed before it was written, and drops what is a week late', async () => {
    await workspace.create(admin, 'thing', { title: 'soon', at: '2027-04-03T01:10:00.000Z' });
    await workspace.create(admin, 'thing', { title: 'long ago', at: '2027-03-01T01:10:00.000Z' });
    expect(await look('2027-04-03T01:00:20.000Z')).toBe(1);
    expect(await dues('before')).toEqual([{ due: '2027-04-03T00:40:00.000Z', late: true }]);
    await workspace.create(admin, 'thing', { title: 'on time', at: '2027-04-05T06:00:00.000Z' });
    await look('2027-04-05T05:29:59.000Z');
    expect(await dues('before')).toHaveLength(1);
    await look('2027-04-05T05:30:00.000Z');
    expect((await dues('before')).at(-1)).toEqual({ due: '2027-04-05T05:30:00.000Z', late: false });
    await workspace.create(admin, 'thing', { title: 'lost', at: '2027-04-08T06:00:00.000Z' });
    await look('2027-04-20T06:00:00.000Z');
    expect((await dues('before')).some(({ due }) => due.startsWith('2027-04-08'))).toBe(false);
  });

  it('counts business days back over a weekend', async () => {
    await workspace.create(admin, 'thing', { title: 'monday', on: '2027-05-10' });
    await look('2027-05-06T00:00:01.000Z');
    expect((await dues('workday')).at(-1)).toEqual({ due: '2027-05-06T00:00:00.000Z', late: false });
  });

  it('lets people go first while an import is worked off, and tells of a batch once', async () => {
    const before = Number((await workspace.database.get<{ n: number }>(sql`SELECT count(*) AS n FROM relata_notice`))?.n);
    const load = (automations: 'none' | 'each' | 'batch', from: number) =>
      writeSession(workspace, admin, async (session) => {
        for (let i = from; i < from + 30; i++) await createRecord(session, 'thing', { title: `import ${i}` });
      }, { importId: `job-${automations}`, automations });
    await load('none', 0);
    expect(await runs('made')).toHaveLength(0);
    await load('batch', 100);
    await load('each', 200);
    expect(await runs('made')).toHaveLength(60);
    const [first] = await workspace.database.all<{ id: string }>(sql`SELECT id FROM thing WHERE title = 'import 0'`);
    await press(workspace, admin, 'button', [first?.id ?? '']);
    // One step and no more: it is the person's.
    let executed = 0;
    await runDue(workspace, () => executed++ > 0);
    expect((await workspace.database.get<{ title: string }>(sql`SELECT title FROM thing WHERE id = ${first?.id ?? ''}`))?.title).toBe('pressed');
    await runDue(workspace);
    const notices = await workspace.database.all<{ title: string; body: string | null }>(sql`SELECT title, body FROM relata_notice ORDER BY created_at, id`);
    const told = notices.slice(before);
    expect(told.filter(({ title }) => /import 1\d\d/.test(title))).toHaveLength(1);
    expect(told.find(({ title }) => /import 1\d\d/.test(title))?.body).toContain('29');
    expect(told.filter(({ title }) => /import 2\d\d/.test(title))).toHaveLength(30);
  });
});
