/**
 * Two workspaces, equal but for what is hidden from an actor, must answer every read of that actor alike, byte for byte.
 * Requests are made from the operator registry and from the fields of the model, so a new operator is covered by itself.
 */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Json } from '#engine/fields/field-type.ts';
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
import { fillSide, LEFT, RIGHT, type Side, said } from './testing/hidden-sides.ts';
import { DATABASES, openTestWorkspace } from './testing/test-workspace.ts';

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
    left = await fillSide(await openTestWorkspace(database, { definitions: deskApp }), LEFT);
    right = await fillSide(await openTestWorkspace(database, { definitions: deskApp }), RIGHT);
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
