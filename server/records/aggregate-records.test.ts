import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { AggregateRequest } from '#engine/charts/aggregate.ts';
import type { Json } from '#engine/fields/field-type.ts';
import type { Actor } from '#engine/permissions/actor.ts';
import { refusalOf } from '../testing/refusal.ts';
import { DATABASES, openTestWorkspace, type TestWorkspace } from '../testing/test-workspace.ts';
import { thingApp } from '../testing/thing-app.ts';
import { aggregateRecords } from './aggregate-records.ts';

const THINGS: Record<string, Json>[] = [
  { name: 'a', price: 10, count: 1, share: 0.1, state: 'new', day: '2026-06-15', moment: '2026-06-15T01:00:00.000Z', span: { start: '2026-06-14T12:00:00.000Z', end: '2026-06-15T00:00:00.000Z' } },
  { name: 'b', price: 20.25, count: 2, share: 0.2, state: 'new', day: '2026-06-14', moment: '2026-06-15T23:00:00.000Z', span: { start: '2026-06-14T12:00:00.000Z', end: '2026-06-15T00:00:00.000Z' } },
  { name: 'c', price: 30, count: 3, state: 'open', day: '2026-05-16', moment: '2026-06-16T01:00:00.000Z', span: { start: '2026-06-14T12:00:00.000Z', end: '2026-06-15T00:00:00.000Z' } },
  { name: 'd', price: 40, count: 2, state: 'open', day: '2026-05-15', moment: '2026-06-15T00:30:00.000Z', span: { start: '2026-06-14T12:00:00.000Z', end: '2026-06-15T00:00:00.000Z' } },
  { name: 'e', price: 1000, count: 5, state: null, day: '2026-01-05' },
  { name: 'f', state: 'done', day: null },
];

describe.each(DATABASES)('aggregates on %s', (database) => {
  let workspace: TestWorkspace;
  let worker: Actor;
  beforeAll(async () => {
    workspace = await openTestWorkspace(database, { definitions: thingApp });
    worker = await workspace.addUser({ name: 'worker', roles: ['worker'] });
    const boss = await workspace.addUser({ name: 'boss', roles: ['boss'] });
    for (const values of THINGS) await workspace.create(worker, 'thing', values);
    await workspace.create(boss, 'thing', { name: 'not theirs', price: 5000, state: 'new' });
  });
  afterAll(() => workspace.close());

  const ask = (request: AggregateRequest) => aggregateRecords(workspace, worker, 'thing', request);
  const rows = async (request: AggregateRequest) => (await ask(request)).groups.map((group) => [...group.keys, ...group.values]);

  it('measures medians, ninetieth percentiles and distinct values, each of the rows of its own filter', async () => {
    const open = { '==': [{ var: 'state' }, 'open'] };
    expect(
      await rows({
        measures: [
          { function: 'median', field: 'price' },
          { function: 'p90', field: 'price' },
          { function: 'countDistinct', field: 'count' },
          { function: 'median', field: 'price', filter: open },
          { function: 'count', filter: open },
          { function: 'sum', field: 'price', filter: { '==': [{ var: 'state' }, 'nowhere'] } },
          { function: 'avg', field: 'price', filter: open },
          { function: 'median', field: 'share' },
        ],
      }),
    ).toEqual([[30, 616.0000000000001, 4, 35, 2, null, 35, expect.closeTo(0.15, 12)]]);
    expect(await rows({ groupBy: [{ field: 'state' }], measures: [{ function: 'median', field: 'price' }] })).toEqual([[null, 1000], ['done', null], ['new', 15.125], ['open', 35]]);
  });

  it('counts the hours between two moments', async () => {
    const lag = { field: 'moment', since: 'span.end' };
    expect(await rows({ measures: [{ function: 'median', ...lag }, { function: 'avg', ...lag }, { function: 'max', ...lag }] })).toEqual([[12, 12.375, 25]]);
  });

  it('puts numbers into bands, and dates into bands of their age', async () => {
    expect(await rows({ groupBy: [{ field: 'price', bands: [20.25, 40] }], measures: [{ function: 'count' }] })).toEqual([[null, 1], [0, 1], [1, 2], [2, 2]]);
    // Today is 2026-06-15: the 15th and the 14th are 0 and 1 days old, the 16th and 15th of May 30 and 31.
    expect(await rows({ groupBy: [{ field: 'day', bands: [1, 31, 61] }], measures: [{ function: 'count' }] })).toEqual([[null, 1], [0, 1], [1, 2], [2, 1], [3, 1]]);
    expect(await rows({ filter: { '!=': [{ var: 'moment' }, null] }, groupBy: [{ field: 'moment', bands: [0, 1] }], measures: [{ function: 'count' }] })).toEqual([[0, 2], [1, 2]]);
  });

  it('answers the first by a measure and everything else as one group', async () => {
    const request: AggregateRequest = { groupBy: [{ field: 'state' }], measures: [{ function: 'count' }, { function: 'sum', field: 'price' }, { function: 'median', field: 'price' }], sort: { measure: 1, descending: true }, limit: 2, other: true };
    expect((await ask(request)).groups).toEqual([
      { keys: [null], values: [1, 1000, 1000] },
      { keys: ['open'], values: [2, 70, 35] },
      { keys: [null], values: [3, 30.25, 15.125], other: true },
    ]);
    expect((await ask({ ...request, limit: 4 })).groups).toHaveLength(4);
    const two = await ask({ groupBy: [{ field: 'state' }, { field: 'count' }], measures: [{ function: 'count' }], sort: { measure: 0, descending: true }, limit: 1, other: true });
    expect(two.groups).toEqual([
      { keys: ['new', 1], values: [1] },
      { keys: ['new', 2], values: [1] },
      { keys: [null, null], values: [1], other: true },
      { keys: [null, 2], values: [1], other: true },
      { keys: [null, 3], values: [1], other: true },
      { keys: [null, 5], values: [1], other: true },
    ]);
  });

  it('begins weeks on Monday', async () => {
    expect(await rows({ filter: { '>=': [{ var: 'day' }, '2026-06-14'] }, groupBy: [{ field: 'day', grain: 'week' }], measures: [{ function: 'count' }] })).toEqual([['2026-06-08', 1], ['2026-06-15', 1]]);
    expect(await rows({ filter: { '==': [{ var: 'name' }, 'e'] }, groupBy: [{ field: 'day', grain: 'quarter' }], measures: [{ function: 'count' }] })).toEqual([['2026-01-01', 1]]);
  });

  it('knows no field that is hidden, be it grouped by, measured or filtered by', async () => {
    const refusals = await Promise.all([
      refusalOf(ask({ groupBy: [{ field: 'secret' }], measures: [{ function: 'count' }] })),
      refusalOf(ask({ measures: [{ function: 'countDistinct', field: 'secret' }] })),
      refusalOf(ask({ measures: [{ function: 'count', filter: { '==': [{ var: 'secret' }, 'x'] } }] })),
      refusalOf(ask({ measures: [{ function: 'max', field: 'moment', since: 'secret' }] })),
    ]);
    for (const { issues } of refusals) expect(issues.join()).toMatch(/unknown_field$/);
    // A masked field is known, but its values are nobody's to measure.
    expect(await rows({ measures: [{ function: 'sum', field: 'salary' }, { function: 'p90', field: 'salary' }] })).toEqual([[null, null]]);
  });

  it('says what cannot be measured', async () => {
    const { issues } = await refusalOf(ask({ groupBy: [{ field: 'name', bands: [1] }, { field: 'price', bands: [2, 1] }], measures: [{ function: 'median', field: 'name' }, { function: 'sum', field: 'day', since: 'moment' }], sort: { measure: 5 } }));
    expect(issues).toEqual(['/measures/0/field wrong_kind', '/measures/1/field wrong_kind', '/groupBy/0/bands wrong_kind', '/groupBy/1/bands wrong_kind', '/sort/measure wrong_kind']);
  });

  it('answers what was written a moment ago', async () => {
    const count = () => rows({ measures: [{ function: 'count' }, { function: 'sum', field: 'price' }] });
    const [before] = await count();
    await workspace.create(worker, 'thing', { name: 'g', price: 1 });
    expect(await count()).toEqual([[Number(before?.[0]) + 1, Number(before?.[1]) + 1]]);
  });
});
