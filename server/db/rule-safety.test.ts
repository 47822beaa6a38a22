/**
 * A filter either is refused with the place of what is wrong, or runs: it never fails in the database. Every operator
 * with arguments of every form, fitting or not.
 */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { AppError } from '#engine/errors.ts';
import type { Actor } from '#engine/permissions/actor.ts';
import { OPERATORS } from '#engine/rules/operators.ts';
import { findRecords } from '../records/find-records.ts';
import { DATABASES, openTestWorkspace, type TestWorkspace } from '../testing/test-workspace.ts';
import { thingApp } from '../testing/thing-app.ts';

const CONSTANTS: readonly unknown[] = [null, '', 'abc', 1, 1.5, true, ['a'], [1], [], [[]], [null], '2026-01-01', '2026-02-30', 1e300, -1, 'x'.repeat(300)];
const PATHS = ['name', 'price', 'count', 'day', 'moment', 'span.start', 'state', 'colors', 'tags', 'active', 'related', 'keeper', 'helpers', 'double_price', 'age', 'parent.name', 'parent.price', 'salary'];

function rulesOver(name: string, path: string): unknown[] {
  const value = { var: path };
  const rules: unknown[] = [
    { [name]: [value] },
    { [name]: [value, value] },
    { [name]: [value, value, value] },
    { '>': [{ [name]: [value, 1] }, 0] },
    { '==': [{ [name]: [value] }, { [name]: [value, value] }] },
    { if: [{ [name]: [value] }, { [name]: [value] }, 1] },
    { in: [{ [name]: [value] }, ['a', 'b']] },
  ];
  for (const constant of CONSTANTS) {
    rules.push({ [name]: [value, constant] }, { [name]: [constant, value] }, { [name]: [constant] }, { [name]: [constant, constant] }, { [name]: [value, constant, constant] }, { [name]: [value, value, constant] });
  }
  return rules;
}

describe.each(DATABASES)('a filter on %s', (database) => {
  let workspace: TestWorkspace;
  let owner: Actor;
  beforeAll(async () => {
    workspace = await openTestWorkspace(database, { definitions: thingApp });
    owner = await workspace.addUser({ name: 'owner', roles: ['owner'] });
    await workspace.create(owner, 'thing', { name: 'x', price: 99_999_999.99, count: -3, day: '2026-01-01', state: 'new', colors: ['red'], tags: ['a'], moment: '2026-01-01T00:00:00.000Z', active: true });
    await workspace.create(owner, 'thing', {});
  });
  afterAll(() => workspace.close());

  it.each(Object.keys(OPERATORS))('with "%s" runs or is refused', async (name) => {
    for (const path of PATHS) {
      for (const filter of rulesOver(name, path)) {
        const answer = await findRecords(workspace, owner, 'thing', { filter, fields: ['id'] }).then(
          () => 'answered',
          (error: unknown) => (error instanceof AppError ? error.code : String(error)),
        );
        expect(['answered', 'validation_failed'], JSON.stringify(filter).slice(0, 120)).toContain(answer);
      }
    }
  });

  it('made of something else is refused, with a place', async () => {
    const deep = (levels: number): unknown => (levels === 0 ? true : { '!': [deep(levels - 1)] });
    for (const filter of [{ method: ['x', 'toString'] }, { log: ['x'] }, { var: '__proto__' }, { var: 'constructor.name' }, { var: 'name.constructor' }, { var: [] }, { var: ['name', 'default'] }, { var: '' }, { var: 1 }, { missing: ['name'] }, { reduce: [1, 2, 3] }, { __proto__x: 1 }, {}, { a: 1, b: 2 }, JSON.parse('{"__proto__":[1]}'), { constructor: [1] }, deep(30), { and: Array(5000).fill({ var: 'active' }) }]) {
      const error = await findRecords(workspace, owner, 'thing', { filter }).catch((reason: unknown) => reason);
      expect(error, JSON.stringify(filter)?.slice(0, 80)).toBeInstanceOf(AppError);
      expect((error as AppError).issues[0]?.path, JSON.stringify(filter)?.slice(0, 80)).toMatch(/^\/filter/);
    }
    expect(Object.keys(Object.prototype)).toEqual([]);
  });
});
