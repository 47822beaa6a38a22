/** The functions of formulas, as people of spreadsheets write them, and the rule each becomes. */
import type { OptionDefinition } from '../../model/definitions.ts';
import type { Rule } from '../rule.ts';

/** What a function may ask about the field an argument names. */
export interface FormulaScope {
  /** The options of a select field, for OPTIONLABEL; null when the path is no select. */
  optionsOf(path: string): readonly OptionDefinition[] | null;
}

export interface FormulaFunction {
  readonly min: number;
  readonly max: number;
  /** Shown by the editor's completion. */
  readonly usage: string;
  build(args: readonly Rule[], scope: FormulaScope): Rule | null;
}

const plain = (operator: string, min: number, max: number, usage: string): FormulaFunction => ({
  min,
  max,
  usage,
  build: (args) => ({ [operator]: args }),
});

/** Units may be written as spreadsheets do ("M") or in full ("month"). */
const UNITS: Readonly<Record<string, string>> = { d: 'day', w: 'week', m: 'month', q: 'quarter', y: 'year' };
function withUnit(operator: string, usage: string): FormulaFunction {
  return {
    min: 2,
    max: 3,
    usage,
    build: ([a = null, b = null, unit = 'day']) => {
      const key = String(unit).toLowerCase();
      return { [operator]: [a, b, UNITS[key] ?? key.replace(/s$/, '')] };
    },
  };
}

/** Of moments: hours and minutes. */
function withClock(operator: string, usage: string): FormulaFunction {
  return { min: 3, max: 3, usage, build: ([a = null, b = null, unit = null]) => ({ [operator]: [a, b, String(unit).toLowerCase().replace(/s$/, '')] }) };
}

export const FORMULA_FUNCTIONS: Readonly<Record<string, FormulaFunction>> = {
  IF: { min: 2, max: 3, usage: 'IF(condition, then, otherwise)', build: ([test = null, yes = null, no = null]) => ({ if: [test, yes, no] }) },
  AND: { min: 1, max: 50, usage: 'AND(a, b, …)', build: (args) => ({ '!!': [{ and: args }] }) },
  OR: { min: 1, max: 50, usage: 'OR(a, b, …)', build: (args) => ({ '!!': [{ or: args }] }) },
  NOT: plain('!', 1, 1, 'NOT(a)'),
  ISBLANK: plain('empty', 1, 1, 'ISBLANK(value)'),
  COALESCE: plain('coalesce', 1, 50, 'COALESCE(a, b, …)'),
  SWITCH: plain('switch', 3, 100, 'SWITCH(value, when1, then1, …, otherwise)'),
  SUM: plain('+', 1, 50, 'SUM(a, b, …)'),
  MIN: plain('min', 1, 50, 'MIN(a, b, …)'),
  MAX: plain('max', 1, 50, 'MAX(a, b, …)'),
  ABS: plain('abs', 1, 1, 'ABS(number)'),
  ROUND: plain('round', 1, 2, 'ROUND(number, places)'),
  FLOOR: plain('floor', 1, 1, 'FLOOR(number)'),
  CEILING: plain('ceil', 1, 1, 'CEILING(number)'),
  INT: plain('floor', 1, 1, 'INT(number)'),
  MOD: plain('%', 2, 2, 'MOD(a, b)'),
  POWER: plain('power', 2, 2, 'POWER(base, exponent)'),
  CONCAT: plain('cat', 1, 50, 'CONCAT(a, b, …)'),
  LEN: plain('len', 1, 1, 'LEN(text)'),
  LEFT: { min: 1, max: 2, usage: 'LEFT(text, count)', build: ([a = null, n = 1]) => ({ left: [a, n] }) },
  RIGHT: { min: 1, max: 2, usage: 'RIGHT(text, count)', build: ([a = null, n = 1]) => ({ right: [a, n] }) },
  MID: plain('mid', 3, 3, 'MID(text, start, count)'),
  UPPER: plain('upper', 1, 1, 'UPPER(text)'),
  LOWER: plain('lower', 1, 1, 'LOWER(text)'),
  TRIM: plain('trim', 1, 1, 'TRIM(text)'),
  SUBSTITUTE: plain('substitute', 3, 3, 'SUBSTITUTE(text, old, new)'),
  CONTAINS: plain('contains', 2, 2, 'CONTAINS(text, part)'),
  TEXT: plain('text', 2, 2, 'TEXT(value, "yyyy-MM-dd")'),
  VALUE: plain('value', 1, 1, 'VALUE(text)'),
  PINYIN: plain('pinyin', 1, 1, 'PINYIN(text)'),
  COMPANYKEY: plain('companyKey', 1, 1, 'COMPANYKEY(name)'),
  COMPANYCORE: plain('companyCore', 1, 1, 'COMPANYCORE(name)'),
  TODAY: { min: 0, max: 0, usage: 'TODAY()', build: () => ({ var: '$today' }) },
  NOW: { min: 0, max: 0, usage: 'NOW()', build: () => ({ var: '$now' }) },
  YEAR: plain('year', 1, 1, 'YEAR(date)'),
  MONTH: plain('month', 1, 1, 'MONTH(date)'),
  DAY: plain('day', 1, 1, 'DAY(date)'),
  DATE: plain('date', 3, 3, 'DATE(year, month, day)'),
  TODATE: plain('toDate', 1, 1, 'TODATE(moment)'),
  DATEADD: withUnit('dateAdd', 'DATEADD(date, number, "month")'),
  TIMEADD: withClock('timeAdd', 'TIMEADD(moment, number, "hour")'),
  TIMEDIF: withClock('timeDiff', 'TIMEDIF(start, end, "hour")'),
  EDATE: { min: 2, max: 2, usage: 'EDATE(date, months)', build: ([a = null, n = null]) => ({ dateAdd: [a, n, 'month'] }) },
  DATEDIF: withUnit('dateDiff', 'DATEDIF(start, end, "day")'),
  DAYS: { min: 2, max: 2, usage: 'DAYS(end, start)', build: ([end = null, start = null]) => ({ dateDiff: [start, end, 'day'] }) },
  OPTIONLABEL: {
    min: 1,
    max: 1,
    usage: 'OPTIONLABEL(field)',
    build: ([argument], scope) => {
      const path = argument !== null && typeof argument === 'object' && !Array.isArray(argument) ? (argument as { var?: unknown }).var : undefined;
      const options = typeof path === 'string' ? scope.optionsOf(path) : null;
      if (!options || argument === undefined) return null;
      return { switch: [argument, ...options.flatMap((option) => [option.value, option.label['zh-CN']]), argument] };
    },
  },
};
