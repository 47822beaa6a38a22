import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Json } from '#engine/fields/field-type.ts';
import { AppError } from '#engine/errors.ts';
import type { Actor } from '#engine/permissions/actor.ts';
import { toLocalDate } from '#engine/rules/time.ts';
import { refusalOf } from '../testing/refusal.ts';
import { DATABASES, openTestWorkspace, type TestWorkspace } from '../testing/test-workspace.ts';
import { thingApp } from '../testing/thing-app.ts';
import type { AggregateRequest } from '#engine/charts/aggregate.ts';
import { aggregateRecords } from './aggregate-records.ts';
import { type FindRequest, findRecords } from './find-records.ts';

const THINGS: Record<string, Json>[] = [
  { name: '深圳市华信科技有限公司', code: 'HX-1', note: '主营软件开发', phone: '13812345678', count: 3, price: 100.5, day: '2026-01-31', moment: '2026-01-31T15:59:59.999Z', state: 'done', active: true, share: 0.5, weight: 1.25, grade: 3, colors: ['red'], tags: ['x'] },
  { name: '华信贸易', code: 'HX-2', phone: '13900005678', count: -1, price: 0, day: '2026-02-01', moment: '2026-01-31T16:00:00.000Z', state: 'new', active: false, share: 0, weight: 0.001 },
  { name: '上海天鑫', note: "quote's \"double\" NEAR(a b) AND -x* ^y", count: 3, price: -5, day: '2025-12-31', moment: '2026-03-29T01:30:00.000Z', state: 'open', grade: 5 },
  { name: 'Acme Corp', code: 'a', count: 0, price: 99_999_999.99, state: 'new', day: '2026-01-01' },
  { name: 'acme 2', code: 'b', count: 3, price: 100.5, state: 'done' },
  { name: '重庆银行', note: '银行 100%', count: null, day: '2024-02-29', state: null },
  { name: '𠮷野家', count: 7, price: 1 },
  {},
  { name: '华信贸易', count: 3, price: 100.5, state: 'open' },
];

describe.each(DATABASES)('finding records on %s', (database) => {
  let workspace: TestWorkspace;
  let worker: Actor;
  beforeAll(async () => {
    workspace = await openTestWorkspace(database, { definitions: thingApp });
    worker = await workspace.addUser({ name: 'worker', roles: ['worker'] });
    const boss = await workspace.addUser({ name: 'boss', roles: ['boss'] });
    const ids: string[] = [];
    for (const [i, values] of THINGS.entries()) {
      workspace.setNow(`2026-06-15T04:00:0${i % 4}.000Z`);
      ids.push(await workspace.create(worker, 'thing', { ...values, ...(i > 4 && { parent: ids[i - 5] as string }), ...(i % 3 === 0 && { keeper: worker.userId }) }));
    }
    await workspace.create(boss, 'thing', { name: '华信机密', phone: '13812345678', price: 7, note: '主营' });
  });
  afterAll(() => workspace.close());

  const find = (request: FindRequest) => findRecords(workspace, worker, 'thing', request);
  const names = async (request: FindRequest) => (await find(request)).data.map((record) => record.name);
  const found = async (search: string) => new Set(await names({ search }));

  it('finds a name by any part of it, from the first character', async () => {
    for (const part of ['深圳市华信科技有限公司', '华信科技', '信科', '科技有限', '限公司', '圳', '深']) expect(await found(part), part).toContain('深圳市华信科技有限公司');
    expect(await found('华')).toEqual(new Set(['深圳市华信科技有限公司', '华信贸易']));
    expect(await found('𠮷')).toEqual(new Set(['𠮷野家']));
    expect(await found('华科')).toEqual(new Set());
  });

  it('finds a name by pinyin, whole or begun, by its initials, and by every reading', async () => {
    for (const part of ['huaxin', 'HuaXinKeJi', 'huax', 'hxkj', 'shenzhen', 'keji', 'szshx']) expect(await found(part), part).toContain('深圳市华信科技有限公司');
    expect(await found('tianxin')).toEqual(new Set(['上海天鑫']));
    expect(await found('chongqing')).toContain('重庆银行');
  });

  it('finds a phone number by its last digits, and words by their beginning', async () => {
    expect(await found('5678')).toEqual(new Set(['深圳市华信科技有限公司', '华信贸易']));
    expect(await found('345678')).toEqual(new Set(['深圳市华信科技有限公司']));
    expect(await found('ACM')).toEqual(new Set(['Acme Corp', 'acme 2']));
  });

  it('asks for all terms of a mixed search, in any searched field', async () => {
    expect(await found('华信 软件')).toEqual(new Set(['深圳市华信科技有限公司']));
    expect(await found('huaxin 5678 软件')).toEqual(new Set(['深圳市华信科技有限公司']));
    expect(await found('华信 银行')).toEqual(new Set());
  });

  it('takes quotes and operators of a search language as text', async () => {
    const all = await names({});
    for (const search of ['"', "'", '""', "' OR '1'='1", '华信" OR "x', 'a AND b', 'NOT x', 'NEAR(a b)', 'x*', '^y', 'col:华', 'name·华', '-x', '(', ')', '|', '&', '!', '\\', ':*', '<->', '%', '_', '\u0000', '\ud800', '·', '_ _']) {
      const hits = await names({ search });
      expect(hits.length, search).toBeLessThanOrEqual(all.length);
    }
    expect(await found("huaxin' OR 1=1")).toEqual(new Set());
    expect(await found('quote')).toEqual(new Set(['上海天鑫']));
  });

  it('finds nothing of what another may not see', async () => {
    expect(await found('机密')).toEqual(new Set());
    expect((await find({ search: '华信', count: true })).count).toEqual({ value: 3, capped: false });
  });

  it('forgets the old words of a changed record', async () => {
    const id = await workspace.create(worker, 'thing', { name: '旧名字' });
    const { updateRecord } = await import('./update-record.ts');
    const { writeSession } = await import('./write-session.ts');
    await writeSession(workspace, worker, (session) => updateRecord(session, 'thing', id, { name: '新称呼' }));
    expect([(await found('旧名')).size, (await found('新称')).size]).toEqual([0, 1]);
    const { deleteRecord } = await import('./delete-record.ts');
    await writeSession(workspace, worker, (session) => deleteRecord(session, 'thing', id));
  });

  it('sorts names as a Chinese reader does, options by their order, references by title, nothing first', async () => {
    const order = (await names({ sort: ['name'] })).filter((name) => name !== null);
    expect(order.filter((name) => /^\p{Script=Han}/u.test(String(name)) && name !== '𠮷野家')).toEqual(['重庆银行', '华信贸易', '华信贸易', '上海天鑫', '深圳市华信科技有限公司']);
    expect((await names({ sort: ['name'] }))[0]).toBeNull();
    expect((await names({ sort: ['-name'] })).at(-1)).toBeNull();
    const states = (await find({ sort: ['state'] })).data.map((record) => record.state);
    expect(states.filter((state) => state !== null)).toEqual(['new', 'new', 'open', 'open', 'done', 'done']);
    const parents = await find({ sort: ['parent'], fields: ['parent', 'parent.name'] });
    const direct = await find({ sort: ['parent.name'], fields: ['parent', 'parent.name'] });
    expect(parents.data.map((record) => record['parent.name'])).toEqual(direct.data.map((record) => record['parent.name']));
  });

  it('pages through every field in both directions, each record once and in order, or refuses the field', async () => {
    const paths = [...Object.keys(workspace.model.tables.thing?.fields ?? {}), 'parent.name', 'parent.price', 'parent.state', 'span.start', 'keeper.name', 'owner.department.name'];
    const refused: string[] = [];
    for (const path of paths) {
      for (const key of [path, `-${path}`]) {
        const whole = await find({ sort: [key], fields: ['id'] }).catch((error: unknown) => error);
        if (whole instanceof AppError) {
          expect(whole.code).toBe('validation_failed');
          refused.push(path);
          continue;
        }
        if (whole instanceof Error) throw whole;
        const expected = (whole as Awaited<ReturnType<typeof find>>).data.map((record) => record.id);
        expect(expected, key).toHaveLength(THINGS.length);
        for (const limit of [1, 2, 4]) {
          const seen: Json[] = [];
          let cursor: string | null | undefined;
          do {
            const page = await find({ sort: [key], fields: ['id'], limit, ...(cursor && { cursor }) });
            seen.push(...page.data.map((record) => record.id as Json));
            cursor = page.next;
            expect(seen.length, key).toBeLessThanOrEqual(THINGS.length);
          } while (cursor);
          expect(seen, `${key} by ${limit}`).toEqual(expected);
        }
      }
    }
    expect([...new Set(refused)].sort()).toEqual(['collaborators', 'colors', 'helpers', 'related', 'rows', 'secret', 'span', 'tags']);
  });

  it('pages with several sort keys in different directions', async () => {
    const sort = ['-state', 'price', '-name'];
    const expected = (await find({ sort, fields: ['id'] })).data.map((record) => record.id);
    const seen: Json[] = [];
    let cursor: string | null | undefined;
    do {
      const page = await find({ sort, fields: ['id'], limit: 2, ...(cursor && { cursor }) });
      seen.push(...page.data.map((record) => record.id as Json));
      cursor = page.next;
    } while (cursor);
    expect(seen).toEqual(expected);
  });

  it('refuses a cursor that is not its own', async () => {
    const cursor = (values: unknown) => Buffer.from(JSON.stringify(values)).toString('base64url');
    for (const [sort, values] of [
      [['name'], ['x']],
      [['count'], ['x', 1]],
      [['count'], [{}, 1]],
      [['name'], [1, 1]],
      [['day'], [true, 1]],
      [['-updated_at'], [5, 1]],
      [['name'], ['x', 1.5]],
      [['name'], ['x', 1e300]],
      [['count'], [1e300, 1]],
      [['-updated_at'], [null, 1]],
      [['name'], 'x'],
      [['name'], ['a\u0000', 1]],
    ] as [string[], unknown][]) {
      const answer = await find({ sort, cursor: cursor(values) }).then(
        () => 'answered',
        (error: unknown) => (error instanceof AppError ? error.issues[0]?.code : String(error)),
      );
      expect(['answered', 'bad_cursor'], JSON.stringify([sort, values])).toContain(answer);
    }
    for (const text of ['', 'x', '%%%', 'a'.repeat(5000)].slice(1)) expect((await refusalOf(find({ cursor: text }))).issues).toEqual(['/cursor bad_cursor']);
  });

  it('refuses limits, fields and sort keys that are none, each with its place', async () => {
    expect((await refusalOf(find({ limit: 201 }))).issues).toEqual(['/limit out_of_range']);
    expect((await refusalOf(find({ limit: 0 }))).issues).toEqual(['/limit out_of_range']);
    expect((await refusalOf(find({ limit: Number.NaN }))).issues).toEqual(['/limit out_of_range']);
    expect((await refusalOf(find({ sort: ['name', '-nothing'], fields: ['__proto__', 'secret', 'parent.secret'] }))).issues).toEqual([
      '/sort/1 unknown_field',
      '/fields/0 unknown_field',
      '/fields/1 unknown_field',
      '/fields/2 unknown_field',
    ]);
    expect((await refusalOf(find({ sort: Array(6).fill('name') as string[] }))).issues).toEqual(['/sort out_of_range']);
  });

  it('counts what the list would show', async () => {
    expect((await find({ count: true, limit: 1 })).count).toEqual({ value: THINGS.length, capped: false });
    expect((await find({ count: true, filter: { '==': [{ var: 'state' }, 'done'] } })).count).toEqual({ value: 2, capped: false });
    expect((await find({ count: true, deleted: true })).count?.value).toBe(1);
  });

  const aggregate = async (request: AggregateRequest) => (await aggregateRecords(workspace, worker, 'thing', request)).groups.map((group) => [...group.keys, ...group.values]);

  it('counts, sums and averages what the actor may read, in numbers', async () => {
    const measures: AggregateRequest['measures'] = [{ function: 'count' }, { function: 'sum', field: 'price' }, { function: 'min', field: 'count' }, { function: 'max', field: 'day' }, { function: 'avg', field: 'share' }];
    const [row] = await aggregate({ measures });
    const prices = THINGS.reduce((sum, thing) => sum + Number(thing.price ?? 0), 0);
    expect(row?.map((value) => typeof value)).toEqual(['number', 'number', 'number', 'string', 'number']);
    expect(row?.[0]).toBe(THINGS.length);
    expect(row?.[1]).toBeCloseTo(prices, 2);
    expect(row?.slice(2)).toEqual([-1, '2026-02-01', 0.25]);
  });

  it('groups by options, references, booleans and numbers', async () => {
    expect(await aggregate({ groupBy: [{ field: 'state' }], measures: [{ function: 'count' }] })).toEqual(expect.arrayContaining([['new', 2], ['open', 2], ['done', 2], [null, 3]]));
    expect(await aggregate({ groupBy: [{ field: 'price' }], measures: [{ function: 'count' }] })).toEqual(expect.arrayContaining([[100.5, 3], [-5, 1]]));
    expect(await aggregate({ groupBy: [{ field: 'active' }], measures: [{ function: 'count' }] })).toEqual(expect.arrayContaining([[true, 1], [false, 1]]));
    const byKeeper = await aggregateRecords(workspace, worker, 'thing', { groupBy: [{ field: 'keeper' }], measures: [{ function: 'count' }] });
    expect(byKeeper.groups).toContainEqual({ keys: [worker.userId], values: [3] });
    expect(byKeeper.included.user?.[worker.userId]?.title).toBe('worker');
  });

  it('groups moments by the calendar of the workspace', async () => {
    const days = await aggregate({ filter: { notEmpty: [{ var: 'moment' }] }, groupBy: [{ field: 'moment', grain: 'day' }], measures: [{ function: 'count' }] });
    expect(days).toEqual([['2026-01-31', 1], ['2026-02-01', 1], ['2026-03-29', 1]]);
    const months = await aggregate({ filter: { notEmpty: [{ var: 'day' }] }, groupBy: [{ field: 'day', grain: 'month' }], measures: [{ function: 'count' }] });
    expect(months).toEqual([['2024-02-01', 1], ['2025-12-01', 1], ['2026-01-01', 2], ['2026-02-01', 1]]);
    expect(await aggregate({ filter: { notEmpty: [{ var: 'day' }] }, groupBy: [{ field: 'day', grain: 'quarter' }], measures: [{ function: 'count' }] })).toEqual([['2024-01-01', 1], ['2025-10-01', 1], ['2026-01-01', 3]]);
    expect(await aggregate({ filter: { '==': [{ var: 'day' }, '2026-02-01'] }, groupBy: [{ field: 'day', grain: 'week' }], measures: [{ function: 'count' }] })).toEqual([['2026-01-26', 1]]);
    expect(toLocalDate('2026-01-31T16:00:00.000Z', 'Asia/Shanghai')).toBe('2026-02-01');
  });

  it('follows a search, and says what cannot be measured', async () => {
    expect(await aggregate({ search: '华信', measures: [{ function: 'count' }] })).toEqual([[3]]);
    const refused = await refusalOf(aggregate({ measures: [{ function: 'sum', field: 'name' }, { function: 'sum' }, { function: 'max', field: 'tags' }], groupBy: [{ field: 'rows' }, { field: 'name', grain: 'day' }, { field: 'colors' }] }));
    expect(refused.issues).toEqual(['/measures/0/field wrong_kind', '/measures/1/field wrong_kind', '/measures/2/field wrong_kind', '/groupBy/0/field wrong_kind', '/groupBy/1/grain wrong_kind', '/groupBy/2/field wrong_kind']);
    expect((await refusalOf(aggregate({ measures: [{ function: 'max', field: 'secret' }], groupBy: [{ field: 'parent.secret' }] }))).issues.every((issue) => issue.endsWith('unknown_field'))).toBe(true);
  });
});
