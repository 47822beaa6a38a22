import { describe, expect, it } from 'vitest';
import type { Json } from '../../fields/field-type.ts';
import type { RuleContext } from '../context.ts';
import { evaluateRule } from '../evaluate.ts';
import { parseFormula } from './parse-formula.ts';

const context: RuleContext = { me: 'u1', myDepartment: null, mySubordinates: [], now: '2026-03-15T16:30:00.000Z', timeZone: 'Asia/Shanghai' };
const scope = {
  optionsOf: (path: string) => (path === 'stage' ? [{ value: 'won', label: { 'zh-CN': '成交', en: 'Won' } }] : null),
};

function compute(formula: string, data: Record<string, Json> = {}): Json {
  const parsed = parseFormula(formula, scope);
  if ('problem' in parsed) throw new Error(JSON.stringify(parsed.problem));
  return evaluateRule(parsed.rule, data, context);
}
function problem(formula: string): { position: number; code: string } {
  const parsed = parseFormula(formula, scope);
  if (!('problem' in parsed)) throw new Error('parsed');
  return { position: parsed.problem.position, code: parsed.problem.code };
}

describe('formulas', () => {
  it.each<[string, Json]>([
    ['=1+2*3', 7],
    ['=(1+2)*3', 9],
    ['=2^3^2', 64],
    ['=-2^2', 4],
    ['=10-4-3', 3],
    ['=50%', 0.5],
    ['="a"&"b"&1', 'ab1'],
    ['=1/0', null],
    ['=ROUND(1.005,2)', 1.01],
    ['=IF(amount>100000,"A","B")', 'A'],
    ['=IF(AND(amount>1,NOT(ISBLANK(name))),1,0)', 1],
    ['=SWITCH(stage,"won","W","x")', 'W'],
    ['=OPTIONLABEL(stage)', '成交'],
    ['=LEFT(name,2)&LEN(name)', '华信4'],
    ['=TEXT(TODAY(),"yyyy年MM月dd日")', '2026年03月16日'],
    ['=DATEADD("2026-01-31",1,"month")', '2026-02-28'],
    ['=EDATE("2024-08-31",6)', '2025-02-28'],
    ['=DATEDIF("2026-01-01",TODAY(),"day")', 74],
    ['=DATEDIF("2024-02-29","2025-02-28","Y")', 0],
    ['=COALESCE(missing,customer.name)', '北京'],
    ['＝IF（amount>1，“是”，“否”）', '是'],
    ['=MAX(1,missing,3)', 3],
    ['=SUM(amount,missing)', 150000],
    ['="say ""hi"""', 'say "hi"'],
  ])('%s', (formula, value) => {
    expect(compute(formula, { amount: 150000, name: '华信科技', stage: 'won', customer: { id: 'c1', name: '北京' } })).toBe(value);
  });

  it.each<[string, number, string]>([
    ['=1+', 3, 'value_expected'],
    ['=IF(1,2', 7, 'symbol_expected'],
    ['=FOO(1)', 1, 'unknown_function'],
    ['=IF(1)', 1, 'argument_count'],
    ['="abc', 1, 'unclosed_text'],
    ['=1 2', 3, 'end_expected'],
    ['=amount # 2', 8, 'unexpected_character'],
    ['=OPTIONLABEL(amount)', 1, 'select_field_needed'],
    [`=${'('.repeat(60)}1${')'.repeat(60)}`, 51, 'formula_too_deep'],
    [`=${'1+'.repeat(1100)}1`, 2000, 'formula_too_long'],
  ])('%s points at the place that is wrong', (formula, position, code) => {
    expect(problem(formula)).toEqual({ position, code });
  });

  it('cannot reach a prototype', () => {
    for (const name of ['constructor', '__proto__', 'toString', 'customer.constructor.name', 'name.length']) {
      expect(compute(`=${name}`, { name: 'x', customer: { id: 'c' } }), name).toBeNull();
    }
  });
});
