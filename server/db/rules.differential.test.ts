/** One rule, three executions, one answer: in memory, on SQLite, on PostgreSQL. */
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Json } from '#engine/fields/field-type.ts';
import type { TableModel } from '#engine/model/app-model.ts';
import { ruleContextOf, type Actor, systemActor } from '#engine/permissions/actor.ts';
import { toRuleData } from '#engine/records/record-rules.ts';
import { checkRule } from '#engine/rules/check.ts';
import { evaluateRule, holds } from '#engine/rules/evaluate.ts';
import { OPERATORS, type OperatorName } from '#engine/rules/operators.ts';
import { PERIODS } from '#engine/rules/time.ts';
import type { Rule } from '#engine/rules/rule.ts';
import { rootScope } from './access-sql.ts';
import type { Row } from './database.ts';
import { decodeRow } from './row-codec.ts';
import { ruleCondition, ruleValue } from './rule-to-sql.ts';
import { ident, sql } from './sql.ts';
import { DATABASES, openTestWorkspace, type TestWorkspace } from '../testing/test-workspace.ts';
import { thingApp } from '../testing/thing-app.ts';

const NOW = '2026-03-31T16:30:00.000Z'; // already 1 April in Shanghai

const RECORDS: Record<string, Json>[] = [
  { name: '华信科技', note: 'Ünïcode ABC', count: 0, weight: 1.005, share: 0.3, price: 1200.5, active: true, day: '2026-04-01', moment: '2026-03-31T16:00:00.000Z', state: 'new', colors: ['red'], tags: ['a', 'B'], grade: 1, birth: '1985-02-14' },
  { name: 'huaxin', note: 'abc', count: -3, weight: 0, share: 0, price: 0, active: false, day: '2026-03-31', moment: '2026-03-31T15:59:59.999Z', state: 'open', colors: ['red', 'blue'], grade: 5, birth: 'L02-14' },
  { name: '𠮷野家', note: '%_', count: 7, weight: 2.5, share: 1, price: -0.01, day: '2024-02-29', moment: '2026-01-31T00:00:00.000Z', state: 'done', tags: ['𠮷'], birth: '02-30' },
  { name: "O'Brien \\ \"x\"", note: 'ABC', count: 2_000_000_000, price: 99_999_999.99, day: '1999-12-31', moment: '2025-04-01T02:00:00.000Z', span: { start: '2026-03-31T06:00:00.000Z', end: '2026-03-31T07:00:00.000Z' } },
  {},
  { name: 'x', count: 1, weight: 0.001, price: 1200.51, active: true, day: '2026-04-30', moment: '2026-04-30T15:59:00.000Z', state: 'new', colors: ['green', 'blue', 'red'], tags: ['a'], grade: 3, place: { code: '440305', names: ['广东省', '深圳市', '南山区'] } },
  { name: '  spaced', note: '中文 mixed Text', count: 5, price: 100, day: '2026-10-31', moment: '2026-10-25T00:30:00.000Z', state: 'open' },
];

const FIELDS: Readonly<Record<string, readonly Rule[]>> = {
  name: ['华', 'HUAXIN', 'x', '𠮷', "'", ''],
  note: ['abc', '%', '文 m', 'ünï'],
  count: [0, -3, 7, 1.5, 2_000_000_000],
  weight: [1.005, 0, 1.0049, 2.5],
  share: [0.3, 0, 1, 0.305],
  price: [1200.5, 1200.505, 0, -0.01, 100],
  active: [true, false],
  day: ['2026-04-01', '2024-02-29', '2026-03-31'],
  // As long as a day, and none.
  moment: ['2026-03-31T16:00:00.000Z', '2026-04-01', '2026-03-31', 'canaryleft', '2026-13-45'],
  'span.start': ['2026-03-31T06:00:00.000Z'],
  state: ['new', 'done', 'nothing'],
  place: ['440305', '44'],
  keeper: ['someone'],
  grade: [1, 3, 5],
  double_price: [2401, 0, 200],
  'birth.day': ['02-14', 'L02-14', '02-30'],
  'parent.name': ['华信科技', 'x'],
  'parent.price': [1200.5, 0],
  'parent.parent.name': ['华信科技'],
};
const LISTS: Readonly<Record<string, readonly string[]>> = { colors: ['red', 'green'], tags: ['a', 'B', '𠮷'], helpers: ['u'], related: ['none'] };

/** Every operator over every field it fits, with constants from both sides of each border. */
function systematicRules(): Rule[] {
  const rules: Rule[] = [];
  for (const [path, constants] of Object.entries(FIELDS)) {
    const value = { var: path };
    for (const constant of [...constants, null]) for (const operator of ['==', '!=', '<', '<=', '>', '>=', 'contains', 'startsWith', 'endsWith']) rules.push({ [operator]: [value, constant] });
    rules.push({ in: [value, [...constants] as Rule] }, { in: [value, []] }, { empty: [value] }, { notEmpty: [value] }, { '!!': [value] }, { '!': [value] }, value);
    rules.push({ '==': [value, value] }, { '==': [{ coalesce: [value, constants[0] ?? null] }, constants[0] ?? null] });
  }
  for (const [path, items] of Object.entries(LISTS)) {
    const value = { var: path };
    for (const item of items) rules.push({ contains: [value, item] }, { '!': [{ contains: [value, item] }] }, { in: [item, value] });
    rules.push({ containsAny: [value, items] }, { containsAll: [value, items] }, { containsAll: [value, []] }, { containsAny: [value, []] }, { empty: [value] }, { notEmpty: [value] }, value);
  }
  for (const path of ['day', 'moment', 'span.start']) {
    const value = { var: path };
    for (const period of PERIODS) for (const days of [0, 1, 30]) rules.push({ inPeriod: [value, period, days] }, { '!': [{ inPeriod: [value, period, days] }] });
    for (const operator of ['<', '<=', '>', '>=']) rules.push({ [operator]: [value, { var: '$today' }] });
    for (const part of ['year', 'month', 'day']) for (const number of [2026, 3, 4, 31, 1]) rules.push({ '==': [{ [part]: [value] }, number] });
    for (const unit of ['day', 'week', 'month', 'quarter', 'year']) {
      for (const number of [-1, 0, 1, 13]) {
        rules.push({ '>=': [{ dateDiff: [value, { var: '$today' }, unit] }, number] }, { '==': [{ dateDiff: [{ var: '$today' }, value, unit] }, number] });
        rules.push({ '==': [{ toDate: [{ dateAdd: [value, number, unit] }] }, '2026-04-01'] }, { '<': [{ toDate: [{ dateAdd: [value, number, unit] }] }, { var: 'day' }] });
      }
    }
  }
  for (const days of [-400, 0, 1, 15, 16, 30]) {
    const kept: Rule = { lunarOn: [{ var: 'birth.day' }, { dateAdd: [{ var: '$today' }, days, 'day'] }] };
    rules.push(kept, { '!': [kept] });
  }
  rules.push({ lunarOn: [{ var: 'birth.day' }, { var: '$now' }] }, { '==': [{ var: 'birth' }, 'L02-14'] }, { empty: [{ var: 'birth' }] });
  return rules;
}

/** Expressions whose values, not only their truth, must agree. */
const VALUE_RULES: readonly Rule[] = [
  { '+': [{ var: 'price' }, { var: 'count' }, 1] },
  { '-': [{ var: 'price' }, { var: 'weight' }] },
  { '-': [{ var: 'price' }] },
  { '*': [{ var: 'price' }, { var: 'share' }] },
  { '/': [{ var: 'price' }, { var: 'count' }] },
  { '/': [{ var: 'price' }, 0] },
  { '*': Array.from({ length: 40 }, () => ({ var: 'price' })) },
  { '/': [{ '*': Array.from({ length: 18 }, () => ({ var: 'price' })) }, { '/': [1, { '*': Array.from({ length: 18 }, () => ({ var: 'price' })) }] }] },
  { '%': [{ var: 'count' }, 3] },
  { '%': [{ var: 'count' }, 0] },
  { round: [{ '*': [{ var: 'weight' }, 100] }, 1] },
  { round: [{ '/': [{ var: 'price' }, 7] }, 2] },
  { floor: [{ var: 'price' }] },
  { ceil: [{ var: 'weight' }] },
  { abs: [{ var: 'count' }] },
  { min: [{ var: 'price' }, { var: 'count' }] },
  { max: [{ var: 'day' }, '2026-01-01'] },
  { min: [{ var: 'name' }, { var: 'note' }] },
  { cat: [{ var: 'name' }, '-', { var: 'count' }, '-', { var: 'price' }] },
  { cat: [{ var: 'secret' }] },
  { len: [{ var: 'name' }] },
  { left: [{ var: 'name' }, 2] },
  { left: [{ var: 'name' }, -1] },
  { right: [{ var: 'name' }, 2] },
  { right: [{ var: 'name' }, 0] },
  { mid: [{ var: 'name' }, 2, 2] },
  { mid: [{ var: 'name' }, 0, 2] },
  { upper: [{ var: 'note' }] },
  { lower: [{ var: 'note' }] },
  { trim: [{ var: 'name' }] },
  { year: [{ var: 'moment' }] },
  { month: [{ var: 'day' }] },
  { day: [{ var: 'moment' }] },
  { toDate: [{ var: 'moment' }] },
  { dateAdd: [{ var: 'day' }, 1, 'month'] },
  { dateAdd: [{ var: 'moment' }, 6, 'month'] },
  { dateAdd: [{ var: 'day' }, { var: 'count' }, 'day'] },
  { dateDiff: [{ var: 'day' }, { var: 'moment' }, 'month'] },
  { coalesce: [{ var: 'note' }, { var: 'name' }, 'none'] },
  { coalesce: [{ var: 'price' }, { var: 'count' }, -1] },
  { if: [{ '>': [{ var: 'price' }, 100] }, 'big', { '>': [{ var: 'price' }, 0] }, 'small', 'none'] },
  { if: [{ var: 'active' }, { var: 'price' }, { var: 'count' }] },
  { switch: [{ var: 'state' }, 'new', 1, 'open', 2, 3] },
  { switch: [{ var: 'state' }, 'new', 'N', 'done', 'D'] },
  { '!!': [{ and: [{ var: 'active' }, { '>': [{ var: 'price' }, 0] }] }] },
  { '!!': [{ var: 'colors' }] },
];

const OPERATORS_IN_SQL = (Object.keys(OPERATORS) as OperatorName[]).filter((name) => !('memoryOnly' in OPERATORS[name]) && !('sqlOnly' in OPERATORS[name]));

describe.each(DATABASES)('rules in memory and on %s', (database) => {
  let workspace: TestWorkspace;
  let table: TableModel;
  let me: Actor;
  let records: { id: string; data: Record<string, Json> }[];

  beforeAll(async () => {
    workspace = await openTestWorkspace(database, { definitions: thingApp, now: NOW });
    table = workspace.model.tables.thing as TableModel;
    me = await workspace.addUser({ name: 'me', roles: ['owner'] });
    let parent: string | null = null;
    for (const values of RECORDS) parent = await workspace.create(me, 'thing', { ...values, ...(parent && { parent }) });
    const rows = await workspace.database.all<Row>(sql`SELECT * FROM "thing" ORDER BY "_rid"`);
    const plain = rows.map((row) => toRuleData(table, decodeRow(table, row, workspace.database.vault)));
    const byId = new Map(plain.map((data) => [String(data.id), data]));
    const nested = (data: Record<string, Json>): Record<string, Json> => {
      const above = byId.get(String(data.parent));
      return above ? { ...data, parent: { ...nested(above), id: String(above.id) } } : data;
    };
    records = plain.map((data) => ({ id: String(data.id), data: nested(data) }));
  });
  afterAll(() => workspace.close());

  const context = () => ruleContextOf(me, NOW, 'Asia/Shanghai');
  const accepted = (rule: Rule): boolean => checkRule(rule, { tables: workspace.model.tables, table: 'thing', path: '', target: 'sql' }).issues.length === 0;

  async function matching(rule: Rule): Promise<string[]> {
    const scope = rootScope(workspace.model, workspace.database.dialect, table, null);
    const rows = await workspace.database.all<{ id: string }>(sql`SELECT "id" FROM "thing" ${ident('t0')} WHERE ${ruleCondition(rule, scope)} ORDER BY "_rid"`, context());
    return rows.map((row) => row.id);
  }
  const expected = (rule: Rule): string[] => records.filter(({ data }) => holds(rule, data, context())).map(({ id }) => id);

  it('agree on every operator over every field', async () => {
    const rules = systematicRules().filter(accepted);
    expect(rules.length).toBeGreaterThan(500);
    const differing: unknown[] = [];
    for (const rule of rules) {
      const [found, wanted] = [await matching(rule), expected(rule)];
      if (JSON.stringify(found) !== JSON.stringify(wanted)) differing.push({ rule: JSON.stringify(rule), inSql: found.length, inMemory: wanted.length });
    }
    expect(differing).toEqual([]);
  });

  it('agree on values', async () => {
    const scope = rootScope(workspace.model, workspace.database.dialect, table, systemActor);
    for (const rule of VALUE_RULES) {
      expect(accepted(rule), JSON.stringify(rule)).toBe(true);
      const value = ruleValue(rule, scope);
      const rows = await workspace.database.all<{ value: unknown }>(sql`SELECT ${value.sql} AS value FROM "thing" ${ident('t0')} ORDER BY "_rid"`, context());
      const found = rows.map((row) => plainValue(row.value, value.scale));
      const wanted = records.map(({ data }) => plainValue(evaluateRule(rule, data, context()), 0));
      expect(found, JSON.stringify(rule)).toEqual(wanted);
    }
  });

  it('agree on random compositions', async () => {
    const leaves = systematicRules().filter(accepted);
    const leaf = fc.constantFrom(...leaves);
    const { tree } = fc.letrec<{ tree: Rule }>((tie) => ({
      tree: fc.oneof(
        { depthSize: 'small', withCrossShrink: true },
        leaf,
        fc.record({ and: fc.array(tie('tree'), { minLength: 1, maxLength: 3 }) }),
        fc.record({ or: fc.array(tie('tree'), { minLength: 1, maxLength: 3 }) }),
        fc.record({ '!': fc.tuple(tie('tree')) }),
        fc.record({ if: fc.tuple(tie('tree'), tie('tree'), tie('tree')) }),
      ),
    }));
    await fc.assert(
      fc.asyncProperty(tree, async (rule) => {
        fc.pre(accepted(rule));
        expect(await matching(rule)).toEqual(expected(rule));
      }),
      { numRuns: 300, seed: 20_260_331 },
    );
  });

  it('covers every operator that SQL knows', () => {
    const text = JSON.stringify([...systematicRules(), ...VALUE_RULES]);
    const structural = new Set(['or']);
    expect(OPERATORS_IN_SQL.filter((name) => !text.includes(`"${name}":`) && !structural.has(name))).toEqual([]);
  });

  it('holds for every special value', async () => {
    for (const rule of [{ '==': [{ var: 'owner' }, { var: '$me' }] }, { in: [{ var: 'owner' }, { var: '$mySubordinates' }] }, { '==': [{ var: 'owner_department' }, { var: '$myDepartment' }] }, { '<': [{ var: 'moment' }, { var: '$now' }] }] as Rule[]) {
      expect(await matching(rule), JSON.stringify(rule)).toEqual(expected(rule));
    }
  });
});

function plainValue(value: unknown, scale: number): unknown {
  if (typeof value === 'boolean') return Number(value);
  if (typeof value === 'number') return Number((value / 10 ** scale).toPrecision(12)) + 0;
  return value ?? null;
}
