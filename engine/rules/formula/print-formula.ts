/** A rule as the formula that stands for it, or null where formulas have no words: what is parsed again is always the same rule. */
import type { Rule } from '../rule.ts';
import { parseFormula } from './parse-formula.ts';

const BINARY: Readonly<Record<string, readonly [symbol: string, strength: number]>> = {
  '==': ['=', 1], '!=': ['<>', 1], '<': ['<', 1], '<=': ['<=', 1], '>': ['>', 1], '>=': ['>=', 1], cat: ['&', 2], '+': ['+', 3], '-': ['-', 3], '*': ['*', 4], '/': ['/', 4],
};
const FUNCTIONS: Readonly<Record<string, string>> = {
  if: 'IF', '!': 'NOT', empty: 'ISBLANK', coalesce: 'COALESCE', switch: 'SWITCH', min: 'MIN', max: 'MAX', abs: 'ABS', round: 'ROUND', floor: 'FLOOR', ceil: 'CEILING', '%': 'MOD', power: 'POWER', len: 'LEN', left: 'LEFT', right: 'RIGHT', mid: 'MID',
  upper: 'UPPER', lower: 'LOWER', trim: 'TRIM', substitute: 'SUBSTITUTE', contains: 'CONTAINS', text: 'TEXT', value: 'VALUE', pinyin: 'PINYIN', companyKey: 'COMPANYKEY', companyCore: 'COMPANYCORE', year: 'YEAR', month: 'MONTH', day: 'DAY', date: 'DATE', toDate: 'TODATE', dateAdd: 'DATEADD', dateDiff: 'DATEDIF', timeAdd: 'TIMEADD', timeDiff: 'TIMEDIF',
};
const OPTIONS = { optionsOf: () => null };

export function printFormula(rule: Rule): string | null {
  const printed = print(rule, 0);
  if (printed === null) return null;
  const parsed = parseFormula(`=${printed}`, OPTIONS);
  return 'rule' in parsed && JSON.stringify(parsed.rule) === JSON.stringify(rule) ? `=${printed}` : null;
}

function print(rule: Rule, strength: number): string | null {
  if (typeof rule === 'string') return `"${rule.replaceAll('"', '""')}"`;
  if (typeof rule === 'number') return String(rule);
  if (typeof rule === 'boolean') return rule ? 'TRUE' : 'FALSE';
  if (rule === null || Array.isArray(rule)) return null;
  const [entry] = Object.entries(rule);
  if (!entry) return null;
  const [operator, args] = entry as [string, Rule | readonly Rule[]];
  if (operator === 'var') return typeof args === 'string' ? named(args) : null;
  const list = Array.isArray(args) ? (args as readonly Rule[]) : [args as Rule];
  if (operator === '!!') return printJoined(list[0]);
  if (operator === '-' && list.length === 1) return joined('-', [print(list[0] as Rule, 5)], '');
  const binary = list.length === 2 && Object.hasOwn(BINARY, operator) ? BINARY[operator] : undefined;
  if (binary) {
    const [symbol, own] = binary;
    const text = joined('', [print(list[0] as Rule, own), print(list[1] as Rule, own + 1)], symbol);
    return text !== null && own < strength ? `(${text})` : text;
  }
  return Object.hasOwn(FUNCTIONS, operator) ? call(FUNCTIONS[operator] as string, list) : null;
}

function named(path: string): string {
  return path === '$today' ? 'TODAY()' : path === '$now' ? 'NOW()' : path;
}

/** AND and OR answer yes or no, whatever they join. */
function printJoined(rule: Rule | undefined): string | null {
  if (rule === null || typeof rule !== 'object' || Array.isArray(rule)) return null;
  const [operator, args] = Object.entries(rule)[0] as [string, readonly Rule[]];
  return operator === 'and' || operator === 'or' ? call(operator.toUpperCase(), args) : null;
}

function call(name: string, args: readonly Rule[]): string | null {
  const list = joined('', args.map((arg) => print(arg, 0)), ', ');
  return list === null ? null : `${name}(${list})`;
}

function joined(before: string, parts: readonly (string | null)[], between: string): string | null {
  return parts.includes(null) ? null : `${before}${parts.join(between)}`;
}
