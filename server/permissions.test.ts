import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { AppError } from '#engine/errors.ts';
import type { Json } from '#engine/fields/field-type.ts';
import { buildModel } from '#engine/model/build-model.ts';
import type { Definitions, TableDefinition } from '#engine/model/definitions.ts';
import { type Actor, systemActor } from '#engine/permissions/actor.ts';
import type { Rule } from '#engine/rules/rule.ts';
import { trimModel } from './definitions/trim-model.ts';
import { aggregateRecords } from './records/aggregate-records.ts';
import { deleteRecord } from './records/delete-record.ts';
import { findDuplicates } from './records/find-duplicates.ts';
import { findRecords } from './records/find-records.ts';
import { getRecord } from './records/get-record.ts';
import { recordTimeline } from './records/record-timeline.ts';
import { searchEverywhere } from './records/search-everywhere.ts';
import { updateRecord } from './records/update-record.ts';
import { type WriteSession, writeSession } from './records/write-session.ts';
import { deskApp } from './testing/desk-app.ts';
import { refusalOf } from './testing/refusal.ts';
import { DATABASES, openTestWorkspace, type TestWorkspace } from './testing/test-workspace.ts';

interface Cases {
  readonly users: Record<string, { roles: string[]; superior?: string; department?: string }>;
  readonly records: Record<string, { table: string; by: string; values: Record<string, Json> }>;
  readonly allowed: Record<string, Record<string, string>>;
  readonly creates: Record<string, string[]>;
}
const cases = JSON.parse(readFileSync(new URL('./permissions.cases.json', import.meta.url), 'utf8')) as Cases;

class Undo extends Error {}

describe.each(DATABASES)('permissions on %s', (database) => {
  let workspace: TestWorkspace;
  const actors: Record<string, Actor> = {};
  const ids: Record<string, string> = {};
  const actor = (name: string): Actor => workspace.directory.actor(actors[name]?.userId ?? '');
  const idOf = (name: string): string => ids[name] ?? '';

  beforeAll(async () => {
    workspace = await openTestWorkspace(database, { definitions: deskApp });
    const departments: Record<string, string> = {};
    for (const name of ['north', 'south']) departments[name] = await workspace.create(systemActor, 'department', { name });
    for (const [name, { roles, department }] of Object.entries(cases.users)) {
      actors[name] = await workspace.addUser({ name, roles, ...(department && { department: departments[department] as string }) });
    }
    for (const [name, { superior }] of Object.entries(cases.users)) {
      if (superior) await writeSession(workspace, systemActor, (session) => updateRecord(session, 'user', actors[name]?.userId ?? '', { superior: actors[superior]?.userId ?? null }));
    }
    for (const [name, { table, by, values }] of Object.entries(cases.records)) {
      const own = Object.fromEntries(Object.entries(values).map(([key, value]) => [key, typeof value === 'string' && value.startsWith('@') ? idOf(value.slice(1)) : value]));
      ids[name] = await workspace.create(actor(by), table, own);
    }
  });
  afterAll(() => workspace.close());

  /** Whether an operation would go through; what it did is taken back. */
  async function passes(who: Actor, work: (session: WriteSession) => Promise<unknown>): Promise<'allowed' | string> {
    try {
      await writeSession(workspace, who, async (session) => {
        await work(session);
        throw new Undo();
      });
    } catch (error) {
      if (error instanceof Undo) return 'allowed';
      if (error instanceof AppError) return error.code;
      throw error;
    }
    return 'unreachable';
  }

  it.each(Object.keys(cases.users))('%s may do with each record what the table says and nothing else', async (user) => {
    const who = actor(user);
    for (const [name, { table }] of Object.entries(cases.records)) {
      const id = idOf(name);
      const title = workspace.model.tables[table]?.titleField ?? '';
      const letters = cases.allowed[user]?.[name] ?? '';
      const what = `${user} ${name}`;
      const got = await getRecord(workspace, who, table, id).then(
        (record) => record,
        (error: unknown) => (error instanceof AppError ? error.code : Promise.reject(error as Error)),
      );
      expect(typeof got === 'object' ? 'r' : got, `get ${what}`).toBe(letters.includes('r') ? 'r' : 'not_found');
      const listed = await findRecords(workspace, who, table, { filter: { '==': [{ var: 'id' }, id] }, count: true }).then(
        (found) => found.data.length + (found.count?.value ?? 0),
        (error: unknown) => (error instanceof AppError ? 0 : Promise.reject(error as Error)),
      );
      expect(listed, `list ${what}`).toBe(letters.includes('r') ? 2 : 0);
      const hits = await searchEverywhere(workspace, who, String(cases.records[name]?.values[title]));
      const isSearched = ['account', 'deal', 'note', 'task'].includes(table);
      expect(hits.some((hit) => hit.id === id), `search ${what}`).toBe(isSearched && letters.includes('r'));

      // What is out of sight answers as what is not there.
      const refused = async (action: (session: WriteSession, target: string) => Promise<unknown>): Promise<string> =>
        letters.includes('r') ? 'forbidden' : passes(who, (session) => action(session, '01900000-0000-7000-8000-000000000000'));
      const change = (session: WriteSession, target: string) => updateRecord(session, table, target, { [title]: 'Changed' });
      expect(await passes(who, (session) => change(session, id)), `update ${what}`).toBe(letters.includes('u') ? 'allowed' : await refused(change));
      const drop = (session: WriteSession, target: string) => deleteRecord(session, table, target);
      const remove = await passes(who, (session) => drop(session, id));
      // Whoever may delete still hears what is in use.
      const inUse = ['plain_a', 'vip_b'].includes(name);
      expect(remove, `delete ${what}`).toBe(letters.includes('d') ? (inUse ? 'validation_failed' : 'allowed') : await refused(drop));
      const receiver = (cases.records[name]?.by === 'clerk_b' ? actors.clerk_a : actors.clerk_b)?.userId ?? null;
      const give = (session: WriteSession, target: string) => updateRecord(session, table, target, { owner: receiver });
      expect(await passes(who, (session) => give(session, id)), `transfer ${what}`).toBe(letters.includes('t') ? 'allowed' : letters.includes('u') ? 'validation_failed' : await refused(give));

      if (typeof got === 'object') {
        expect([got.access.update, got.access.delete], `access ${what}`).toEqual([letters.includes('u'), letters.includes('d')]);
      }
    }
  });

  it.each(Object.keys(cases.users))('%s may create where the table says and nowhere else', async (user) => {
    const { createRecord } = await import('./records/create-record.ts');
    for (const table of ['account', 'deal', 'deal_line', 'note', 'task', 'user', 'department']) {
      const answer = await passes(actor(user), (session) => createRecord(session, table, {}));
      const may = user === 'owner' || (cases.creates[user] ?? []).includes(table);
      if (may) expect(['allowed', 'validation_failed'], `${user} ${table}`).toContain(answer);
      else expect(['forbidden', 'not_found'], `${user} ${table}`).toContain(answer);
    }
  });

  it('unites two roles cell by cell: a cell opens only where the grant that opens it matches the row', async () => {
    const who = actor('both');
    const own = await workspace.create(systemActor, 'account', { name: 'Own', owner: who.userId, secret: 'ownsecret', budget: 111 });
    const ownVip = await workspace.create(systemActor, 'account', { name: 'Own vip', owner: who.userId, level: 'vip', secret: 'vipsecret', budget: 222 });
    const foreignVip = await workspace.create(systemActor, 'account', { name: 'Foreign vip', level: 'vip', secret: 'farsecret', budget: 333 });
    const plain = (await getRecord(workspace, who, 'account', own)).data;
    expect(Object.hasOwn(plain, 'secret')).toBe(false);
    expect(plain.budget).not.toBe(111);
    expect((await getRecord(workspace, who, 'account', ownVip)).data).toMatchObject({ secret: 'vipsecret', budget: 222 });
    const far = await getRecord(workspace, who, 'account', foreignVip);
    expect(far.data).toMatchObject({ secret: 'farsecret', budget: 333 });
    expect([far.access.update, far.access.fields.name]).toEqual([false, 'read']);

    const found = async (rule: Rule) => (await findRecords(workspace, who, 'account', { filter: rule })).data.map((record) => record.name).sort();
    expect(await found({ '==': [{ var: 'secret' }, 'ownsecret'] })).toEqual([]);
    expect(await found({ startsWith: [{ var: 'secret' }, 'vip'] })).toEqual(['Own vip']);
    expect(await found({ '!': [{ empty: [{ var: 'secret' }] }] })).toEqual(['Foreign vip', 'Own vip']);
    expect(await found({ '==': [{ var: 'budget' }, 111] })).toEqual([]);
    expect((await findRecords(workspace, who, 'account', { search: 'ownsecret' })).data).toEqual([]);
    expect((await findRecords(workspace, who, 'account', { search: 'vipsecret' })).data).toHaveLength(1);
    const sums = await aggregateRecords(workspace, who, 'account', { filter: { in: [{ var: 'id' }, [own, ownVip, foreignVip]] }, measures: [{ function: 'sum', field: 'budget' }, { function: 'min', field: 'budget' }, { function: 'max', field: 'secret' }] });
    expect(sums.groups[0]?.values).toEqual([555, 222, 'vipsecret']);
    const groups = await aggregateRecords(workspace, who, 'account', { filter: { in: [{ var: 'id' }, [own, ownVip]] }, groupBy: [{ field: 'secret' }], measures: [{ function: 'count' }] });
    expect(groups.groups.map((group) => group.keys[0])).toEqual(expect.arrayContaining([null, 'vipsecret']));
    expect(JSON.stringify(groups)).not.toContain('ownsecret');
    await refusalOf(writeSession(workspace, who, (session) => updateRecord(session, 'account', own, { secret: 'x' })));
  });

  it('keeps a hidden field unknown wherever a request can name one', async () => {
    const who = actor('clerk_a');
    for (const path of ['secret', 'secret_twice', 'parent.secret', 'parent.parent.secret', 'nothing']) {
      const label = path.split('.').at(-1) ?? '';
      const answers = [
        await refusalOf(findRecords(workspace, who, 'account', { filter: { '==': [{ var: path }, 'x'] } })),
        await refusalOf(findRecords(workspace, who, 'account', { sort: [path] })),
        await refusalOf(findRecords(workspace, who, 'account', { fields: [path] })),
        await refusalOf(aggregateRecords(workspace, who, 'account', { groupBy: [{ field: path }], measures: [{ function: 'count' }] })),
        await refusalOf(aggregateRecords(workspace, who, 'account', { measures: [{ function: 'max', field: path }] })),
      ];
      for (const answer of answers) {
        expect(answer.issues.map((issue) => issue.split(' ')[1])).toEqual(['unknown_field']);
        expect(answer.error.issues[0]?.message.en).toBe(`There is no field "${path}"`);
      }
      expect((await refusalOf(workspace.create(who, 'account', { name: 'x', [label]: 'y' }))).issues).toEqual([`/${label} unknown_field`]);
    }
    for (const table of ['deal', 'deal_line', 'note']) {
      const path = table === 'deal_line' ? 'deal.account.secret' : 'account.secret';
      expect((await refusalOf(findRecords(workspace, who, table, { fields: [path], sort: [`-${path}`], filter: { notEmpty: [{ var: path }] } }))).issues).toHaveLength(3);
    }
    expect(JSON.stringify(trimModel(workspace.model, who)).includes('secret')).toBe(false);
    expect(JSON.stringify(trimModel(workspace.model, actor('checker'))).includes('secret')).toBe(true);
  });

  it('shows a masked cell as masked and takes it out of every comparison', async () => {
    const who = actor('clerk_a');
    const id = await workspace.create(systemActor, 'account', { name: 'Masked', owner: who.userId, budget: 987_654 });
    const record = await getRecord(workspace, who, 'account', id);
    expect([JSON.stringify(record).includes('987654'), record.access.fields.budget]).toEqual([false, 'masked']);
    expect((await findRecords(workspace, who, 'account', { filter: { '>': [{ var: 'budget' }, 0] } })).data).toEqual([]);
    expect((await refusalOf(writeSession(workspace, who, (session) => updateRecord(session, 'account', id, { budget: 1 })))).issues).toEqual(['/budget forbidden_field']);
    const sums = await aggregateRecords(workspace, who, 'account', { measures: [{ function: 'sum', field: 'budget' }, { function: 'avg', field: 'budget' }, { function: 'max', field: 'budget' }, { function: 'count', field: 'budget' }] });
    expect(sums.groups[0]?.values).toEqual([null, null, null, 0]);
  });

  it('gives a record away out of sight only with the right to transfer, and its department with it', async () => {
    const id = await workspace.create(actor('clerk_a'), 'account', { name: 'Given' });
    await writeSession(workspace, actor('lead'), (session) => updateRecord(session, 'account', id, { owner: actors.clerk_b?.userId ?? null }));
    const { data } = await getRecord(workspace, actor('owner'), 'account', id);
    expect(data).toMatchObject({ owner: actors.clerk_b?.userId, owner_department: workspace.directory.user(actors.clerk_b?.userId ?? '')?.department });
    expect((await refusalOf(getRecord(workspace, actor('lead'), 'account', id))).code).toBe('not_found');
  });

  it('does not open a row by an attribute that is empty', async () => {
    await workspace.create(systemActor, 'account', { name: 'Ownerless' });
    for (const user of ['homeless', 'clerk_a', 'lead', 'chief']) {
      const found = await findRecords(workspace, actor(user), 'account', { filter: { '==': [{ var: 'name' }, 'Ownerless'] } });
      expect(found.data, user).toEqual([]);
    }
  });
});

describe('a permission that cannot be decided', () => {
  const withRule = (read: unknown): Definitions => {
    const [account, ...rest] = deskApp.tables as [TableDefinition, ...TableDefinition[]];
    return { ...deskApp, tables: [{ ...account, permissions: { clerk: { read: read as Rule } } }, ...rest] };
  };

  it('is refused when it is saved', () => {
    for (const rule of [{ nothing: [] }, { '==': [{ var: 'nothing' }, 1] }, { '==': [{ var: 'owner.nothing' }, 1] }, { method: ['x', 'y'] }, { log: ['x'] }, { var: '__proto__' }, { '==': [{ var: '$nobody' }, 1] }, {}, { '==': [] }, { a: 1, b: 2 }]) {
      expect(buildModel(withRule(rule)).issues.length, JSON.stringify(rule)).toBeGreaterThan(0);
    }
  });

  it.each(DATABASES)('opens nothing on %s when its value is null, empty or unknown', async (database) => {
    const rules: Rule[] = [null, 0, [], { in: [{ var: 'owner' }, []] }, { in: [{ var: 'owner' }, { var: '$mySubordinates' }] }, { '==': [{ var: 'parent.owner' }, { var: '$me' }] }, { '==': [{ var: 'owner_department' }, { var: '$myDepartment' }] }, { contains: [{ var: 'collaborators' }, { var: '$me' }] }, { containsAny: [{ var: 'collaborators' }, { var: '$mySubordinates' }] }, { '<': [{ var: 'budget' }, 1] }, { '>=': [{ var: 'budget' }, 0] }, { '!!': [{ var: 'secret' }] }];
    let opened = 0;
    for (const rule of rules) {
      if (buildModel(withRule(rule)).issues.length > 0) continue;
      opened += 1;
      const workspace = await openTestWorkspace(database, { definitions: withRule(rule) });
      await workspace.create(systemActor, 'account', { name: 'Nobody' });
      const clerk = await workspace.addUser({ name: 'clerk', roles: ['clerk'] });
      expect((await findRecords(workspace, clerk, 'account', { count: true })).count?.value, JSON.stringify(rule)).toBe(0);
      await workspace.close();
    }
    expect(opened).toBeGreaterThan(6);
    const workspace = await openTestWorkspace(database, { definitions: withRule(false) });
    const clerk = await workspace.addUser({ name: 'clerk', roles: ['clerk'] });
    expect((await refusalOf(findRecords(workspace, clerk, 'account', {}))).code).toBe('not_found');
    await workspace.close();
  });
});

describe('the timeline and duplicates', () => {
  it.each(DATABASES)('open on %s to nobody who may not read the record', async (database) => {
    const workspace = await openTestWorkspace(database, { definitions: deskApp });
    const clerk = await workspace.addUser({ name: 'clerk', roles: ['clerk'] });
    const id = await workspace.create(systemActor, 'account', { name: 'Closed', phone: '13800138000' });
    expect((await refusalOf(recordTimeline(workspace, clerk, 'account', id))).code).toBe('not_found');
    expect(await findDuplicates(workspace, clerk, 'account', { name: 'Closed', phone: '13800138000' })).toEqual([]);
    await workspace.close();
  });
});
