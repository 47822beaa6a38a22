/**
 * Two workspaces, equal but for what is hidden from an actor, must answer every read of that actor alike, byte for byte.
 * Requests are made from the operator registry and from the fields of the model, so a new operator is covered by itself.
 */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { AppError } from '#engine/errors.ts';
import type { Json } from '#engine/fields/field-type.ts';
import { type Actor, systemActor } from '#engine/permissions/actor.ts';
import { OPERATORS } from '#engine/rules/operators.ts';
import type { Rule } from '#engine/rules/rule.ts';
import { trimModel } from './definitions/trim-model.ts';
import type { AggregateRequest } from '#engine/charts/aggregate.ts';
import { aggregateRecords } from './records/aggregate-records.ts';
import { deleteRecord } from './records/delete-record.ts';
import { findDuplicates } from './records/find-duplicates.ts';
import { type FindRequest, findRecords } from './records/find-records.ts';
import { getRecord } from './records/get-record.ts';
import { recordTimeline } from './records/record-timeline.ts';
import { searchEverywhere } from './records/search-everywhere.ts';
import { updateRecord } from './records/update-record.ts';
import { writeSession } from './records/write-session.ts';
import { deskApp } from './testing/desk-app.ts';
import { DATABASES, type DatabaseName, openTestWorkspace, type TestWorkspace } from './testing/test-workspace.ts';

/** What differs between the two: nothing of it may be seen by the actors below. */
interface Hidden {
  readonly secret: string;
  readonly budget: number;
  readonly name: string;
  readonly phone: string;
  readonly extra: number;
}
const LEFT: Hidden = { secret: 'canaryleft', budget: 111.11, name: '左边密', phone: '13811111111', extra: 0 };
const RIGHT: Hidden = { secret: 'zebraright', budget: 99_999, name: '右侧隐', phone: '13922222222', extra: 4 };

interface Side {
  readonly workspace: TestWorkspace;
  /** Every id made, in the order it was made: the same place means the same record on both sides. */
  readonly ids: readonly string[];
  readonly clerk: Actor;
  readonly both: Actor;
  readonly records: Readonly<Record<string, string>>;
}

async function build(database: DatabaseName, hidden: Hidden): Promise<Side> {
  const workspace = await openTestWorkspace(database, { definitions: deskApp });
  const clerk = await workspace.addUser({ name: 'clerk', roles: ['clerk'], login: 'clerk@example.com' });
  const other = await workspace.addUser({ name: 'other', roles: ['clerk'], login: 'other@example.com' });
  const both = await workspace.addUser({ name: 'both', roles: ['clerk', 'checker'], login: 'both@example.com' });
  const records: Record<string, string> = {};
  const add = async (key: string, table: string, values: Record<string, Json>): Promise<string> => (records[key] = await workspace.create(systemActor, table, values));
  const far = await add('far', 'account', { name: hidden.name, phone: hidden.phone, secret: hidden.secret, budget: hidden.budget, owner: other.userId });
  const farther = await add('farther', 'account', { name: `${hidden.name}二`, owner: other.userId, parent: far });
  for (const [user, owner] of [['clerk', clerk.userId], ['both', both.userId]] as const) {
    const own = await add(`${user} own`, 'account', { name: `${user} own`, phone: '13700000000', owner, secret: hidden.secret, budget: hidden.budget, parent: far, partners: [far, farther] });
    await add(`${user} second`, 'account', { name: `${user} second`, owner, secret: `${hidden.secret}2`, budget: hidden.budget + 1, parent: farther });
    const deal = await add(`${user} deal`, 'deal', { title: `${user} deal`, account: own, owner, lines: [{ item: 'line', quantity: 2, price: 3 }] });
    await add(`${user} note`, 'note', { title: `${user} note`, account: own, at: '2026-01-01T00:00:00.000Z', owner, body: 'text' });
    await add(`${user} task`, 'task', { title: `${user} task`, owner, seen: far });
    // A change of nothing but hidden cells, as many times on either side.
    await writeSession(workspace, systemActor, (session) => updateRecord(session, 'account', own, { secret: `${hidden.secret}3`, budget: hidden.budget + 2 }));
    expect(deal).toBeTruthy();
  }
  await add('far deal', 'deal', { title: hidden.name, account: far, owner: other.userId, lost_reason: hidden.secret });
  await add('far task', 'task', { title: hidden.name, owner: other.userId });
  for (let i = 0; i < hidden.extra; i++) await add(`extra ${i}`, 'account', { name: `${hidden.name}${i}`, owner: other.userId });
  return { workspace, ids: [clerk.userId, other.userId, both.userId, ...Object.values(records)], clerk, both, records };
}

const ID = /[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}/g;

/** The answer or the refusal as text, ids replaced by what they stand for. */
async function said({ ids }: Side, work: Promise<unknown>): Promise<string> {
  const answer = await work.catch((error: unknown) => {
    if (error instanceof AppError) return { refused: error.code, detail: error.detail, issues: error.issues };
    throw error;
  });
  const text = JSON.stringify(answer, (key, value: unknown) => (key === 'next' && typeof value === 'string' ? Buffer.from(value, 'base64url').toString('utf8') : value));
  const lines = new Map<string, string>();
  return (text ?? '').replace(ID, (id) => {
    const place = ids.indexOf(id);
    if (place !== -1) return `#${place}`;
    if (!lines.has(id)) lines.set(id, `#line ${lines.size}`);
    return lines.get(id) as string;
  });
}

const PATHS: Readonly<Record<string, readonly string[]>> = {
  account: ['secret', 'secret_twice', 'budget', 'name', 'phone', 'parent', 'parent.secret', 'parent.budget', 'parent.name', 'parent.parent.name', 'parent.parent.parent.name', 'parent.owner.name', 'partners', 'deals', 'deal_total', 'owner_department.name'],
  deal: ['account.secret', 'account.budget', 'account.parent.name', 'account.parent.budget', 'account.parent.parent.name', 'total', 'summary'],
  deal_line: ['deal.account.budget', 'deal.account.parent.name', 'amount'],
  task: ['seen', 'seen.name', 'seen.budget', 'account_name', 'number'],
};
const CONSTANTS: readonly Json[] = [null, LEFT.secret, 'zebra', RIGHT.name, 5000, '2026-01-01'];

/** Every operator with the path in each place that may take one. */
function rulesOver(path: string): Rule[] {
  const rules: Rule[] = [{ var: path }];
  for (const name of Object.keys(OPERATORS)) {
    for (const constant of CONSTANTS) rules.push({ [name]: [{ var: path }, constant] } as Rule);
    rules.push({ [name]: [RIGHT.name, { var: path }] } as Rule);
    rules.push({ [name]: [{ var: path }] } as Rule, { [name]: [{ var: path }, ['canaryleft', 'zebraright', RIGHT.name]] } as Rule, { [name]: [{ var: path }, { var: path }, { var: path }] } as Rule, { '>': [{ [name]: [{ var: path }, 1] } as Rule, 0] });
  }
  return rules;
}

describe.each(DATABASES)('what is hidden changes no answer on %s', (database) => {
  let left: Side;
  let right: Side;
  beforeAll(async () => {
    left = await build(database, LEFT);
    right = await build(database, RIGHT);
  });
  afterAll(async () => {
    await left.workspace.close();
    await right.workspace.close();
  });

  async function alike(what: string, read: (side: Side) => Promise<unknown>): Promise<string> {
    const [one, two] = [await said(left, read(left)), await said(right, read(right))];
    expect(two, what).toBe(one);
    expect(/canary|zebra|左边|右侧|1111111|2222222/.test(one.replaceAll(what, '')) && !/refused/.test(one), `${what}: ${one}`).toBe(false);
    return one;
  }

  describe.each(['clerk', 'both'] as const)('for %s', (user) => {
    const find = (side: Side, table: string, request: FindRequest) => findRecords(side.workspace, side[user], table, request);
    const aggregate = (side: Side, table: string, request: AggregateRequest) => aggregateRecords(side.workspace, side[user], table, request);

    it.each(Object.keys(PATHS))('in lists, counts and sums of %s filtered with every operator', async (table) => {
      let answered = 0;
      for (const path of PATHS[table] ?? []) {
        for (const filter of rulesOver(path)) {
          const what = JSON.stringify(filter);
          const list = await alike(what, (side) => find(side, table, { filter, count: true, fields: ['id', 'name', 'title', 'item'].filter((name) => name === 'id' || side.workspace.model.tables[table]?.titleField === name) }));
          if (list.includes('refused')) continue;
          answered += 1;
          if (answered % 8 === 0) await alike(what, (side) => aggregate(side, table, { filter, measures: [{ function: 'count' }] }));
        }
      }
      expect(answered).toBeGreaterThan(100);
    });

    it.each(Object.keys(PATHS))('in the order, pages and columns of %s', async (table) => {
      for (const path of PATHS[table] ?? []) {
        for (const key of [path, `-${path}`]) {
          let cursor: string | undefined;
          const first = await alike(key, (side) => find(side, table, { sort: [key], limit: 1 }));
          if (first.includes('refused')) continue;
          const pages = { left: undefined as string | undefined, right: undefined as string | undefined };
          for (let page = 0; page < 5; page++) {
            await alike(`${key} page ${page}`, (side) => find(side, table, { sort: [key], limit: 1, ...(side === left ? pages.left && { cursor: pages.left } : pages.right && { cursor: pages.right }) }));
            pages.left = (await find(left, table, { sort: [key], limit: 1, ...(pages.left && { cursor: pages.left }) })).next ?? undefined;
            pages.right = (await find(right, table, { sort: [key], limit: 1, ...(pages.right && { cursor: pages.right }) })).next ?? undefined;
            expect(pages.left === undefined).toBe(pages.right === undefined);
            cursor = pages.left;
            if (cursor === undefined) break;
          }
        }
        await alike(path, (side) => find(side, table, { fields: [path], sort: ['created_at'] }));
      }
    });

    it.each(Object.keys(PATHS))('in groups and measures of %s', async (table) => {
      for (const path of PATHS[table] ?? []) {
        await alike(path, (side) => aggregate(side, table, { groupBy: [{ field: path }], measures: [{ function: 'count' }] }));
        for (const measure of ['count', 'sum', 'avg', 'min', 'max'] as const) await alike(`${measure} ${path}`, (side) => aggregate(side, table, { measures: [{ function: measure, field: path }] }));
      }
    });

    it('in searches, in one table and everywhere', async () => {
      for (const search of ['canary', 'zebra', 'canaryleft', LEFT.name, RIGHT.name, '左', '右', 'youce', 'zbm', '1111', '2222', user, 'deal']) {
        await alike(search, (side) => searchEverywhere(side.workspace, side[user], search));
        for (const table of ['account', 'deal']) await alike(search, (side) => find(side, table, { search, count: true }));
        await alike(search, (side) => aggregate(side, 'account', { search, measures: [{ function: 'count' }, { function: 'sum', field: 'budget' }] }));
      }
    });

    it('in single records, timelines and duplicates', async () => {
      for (const [key, id] of Object.entries(left.records)) {
        if (!(key in right.records)) continue;
        for (const table of Object.keys(PATHS).concat('note')) {
          await alike(key, (side) => getRecord(side.workspace, side[user], table, side.records[key] ?? ''));
          await alike(key, (side) => recordTimeline(side.workspace, side[user], table, side.records[key] ?? ''));
        }
        expect(id).toBeTruthy();
      }
      for (const values of [{ name: LEFT.name }, { name: RIGHT.name }, { phone: LEFT.phone }, { phone: RIGHT.phone }, { secret: LEFT.secret }, { secret: `${RIGHT.secret}3` }, { name: `${user} own` }] as Record<string, Json>[]) {
        await alike(JSON.stringify(values), (side) => findDuplicates(side.workspace, side[user], 'account', values));
      }
      await alike('model', async (side) => trimModel(side.workspace.model, side[user]));
    });

    it('in refusals of writes', async () => {
      for (const [key, id] of Object.entries(left.records)) {
        if (!(key in right.records) || !id) continue;
        const write = (side: Side, values: Record<string, Json>, version?: number) =>
          writeSession(side.workspace, side[user], (session) => updateRecord(session, 'account', side.records[key] ?? '', values, version === undefined ? {} : { version }));
        await alike(key, (side) => write(side, { secret: 'x' }));
        await alike(key, (side) => write(side, { budget: 1 }));
        await alike(key, (side) => write(side, { name: 'x', secret: 'y' }, 1));
        await alike(key, (side) => write(side, { name: ' ' }));
        await alike(key, (side) => write(side, { parent: side.records.far ?? '' , level: 'none' }));
        if (key.startsWith('far')) await alike(key, (side) => writeSession(side.workspace, side[user], (session) => deleteRecord(session, 'account', side.records[key] ?? '')));
      }
    });
  });
});
