/**
 * Excel-like text to a rule: `=IF(amount>100000,"A","B")`. Precedence climbing over a small tokeniser; no evaluation here.
 * A problem answers with its position, counted in characters from the start of what was typed.
 */
import type { Issue, Label } from '../../errors.ts';
import type { Rule } from '../rule.ts';
import { FORMULA_FUNCTIONS, type FormulaScope } from './functions.ts';

export interface FormulaProblem {
  /** Offset in UTF-16 units, for the editor's cursor. */
  readonly position: number;
  readonly code: string;
  readonly message: Label;
}
export type FormulaResult = { readonly rule: Rule } | { readonly problem: FormulaProblem };

const MAX_LENGTH = 2000;
const MAX_DEPTH = 50;

type TokenKind = 'number' | 'text' | 'name' | 'symbol' | 'end';
interface Token {
  readonly kind: TokenKind;
  readonly value: string;
  readonly position: number;
}

class FormulaError extends Error {
  readonly problem: FormulaProblem;
  constructor(position: number, code: string, message: Label) {
    super(code);
    this.problem = { position, code, message };
  }
}

const TOKEN = /\s*(?:(\d+(?:\.\d+)?)|"((?:[^"]|"")*)"|(\$?[\p{L}_][\p{L}\p{N}_]*(?:\.[\p{L}_][\p{L}\p{N}_]*)*)|(<>|<=|>=|[=<>+\-*/^&%(),]))/uy;

function tokenise(source: string): Token[] {
  const tokens: Token[] = [];
  // Full-width punctuation is what a Chinese keyboard gives; each is one unit, so positions stay true.
  const text = source.replace(/[（），“”＝]/g, (char) => ({ '（': '(', '）': ')', '，': ',', '“': '"', '”': '"', '＝': '=' })[char] as string);
  let position = text.startsWith('=') ? 1 : 0;
  while (position < text.length) {
    TOKEN.lastIndex = position;
    const match = TOKEN.exec(text);
    if (!match) {
      if (text.slice(position).trim() === '') break;
      const at = position + (text.slice(position).length - text.slice(position).trimStart().length);
      if (text[at] === '"') throw new FormulaError(at, 'unclosed_text', { 'zh-CN': '文本缺少结束的引号', en: 'The text has no closing quote' });
      throw new FormulaError(at, 'unexpected_character', { 'zh-CN': `不能识别“${text[at]}”`, en: `"${text[at]}" is not understood` });
    }
    const [whole, number, quoted, name, symbol] = match;
    const kind: TokenKind = number !== undefined ? 'number' : quoted !== undefined ? 'text' : name !== undefined ? 'name' : 'symbol';
    const value = number ?? quoted?.replaceAll('""', '"') ?? name ?? symbol ?? '';
    tokens.push({ kind, value, position: position + whole.length - whole.trimStart().length });
    position += whole.length;
  }
  tokens.push({ kind: 'end', value: '', position: source.length });
  return tokens;
}

/** Binary operators by binding strength, weakest first, as spreadsheets have them. */
const BINARY: Readonly<Record<string, { strength: number; operator: string }>> = {
  '=': { strength: 1, operator: '==' },
  '<>': { strength: 1, operator: '!=' },
  '<': { strength: 1, operator: '<' },
  '<=': { strength: 1, operator: '<=' },
  '>': { strength: 1, operator: '>' },
  '>=': { strength: 1, operator: '>=' },
  '&': { strength: 2, operator: 'cat' },
  '+': { strength: 3, operator: '+' },
  '-': { strength: 3, operator: '-' },
  '*': { strength: 4, operator: '*' },
  '/': { strength: 4, operator: '/' },
  '^': { strength: 5, operator: 'power' },
};

export function parseFormula(source: string, scope: FormulaScope): FormulaResult {
  if (source.length > MAX_LENGTH) {
    return { problem: { position: MAX_LENGTH, code: 'formula_too_long', message: { 'zh-CN': `公式最多 ${MAX_LENGTH} 个字符`, en: `A formula has at most ${MAX_LENGTH} characters` } } };
  }
  try {
    const tokens = tokenise(source);
    let at = 0;
    let depth = 0;
    const peek = (): Token => tokens[at] as Token;
    const take = (): Token => tokens[at++] as Token;
    const isSymbol = (value: string): boolean => peek().kind === 'symbol' && peek().value === value;

    const fail = (token: Token, code: string, message: Label): never => {
      throw new FormulaError(token.position, code, message);
    };
    const expect = (value: string): void => {
      if (isSymbol(value)) take();
      else fail(peek(), 'symbol_expected', { 'zh-CN': `此处应为“${value}”`, en: `"${value}" is expected here` });
    };

    function expression(strength: number): Rule {
      depth += 1;
      if (depth > MAX_DEPTH) fail(peek(), 'formula_too_deep', { 'zh-CN': `公式嵌套超过 ${MAX_DEPTH} 层`, en: `The formula is nested more than ${MAX_DEPTH} levels` });
      let left = unary();
      for (;;) {
        const token = peek();
        const binary = token.kind === 'symbol' && Object.hasOwn(BINARY, token.value) ? BINARY[token.value] : undefined;
        if (!binary || binary.strength < strength) break;
        take();
        left = { [binary.operator]: [left, expression(binary.strength + 1)] };
      }
      depth -= 1;
      return left;
    }

    function unary(): Rule {
      if (isSymbol('-')) {
        take();
        return { '-': [unary()] };
      }
      if (isSymbol('+')) take();
      let value = primary();
      while (isSymbol('%')) {
        take();
        value = { '/': [value, 100] };
      }
      return value;
    }

    function primary(): Rule {
      const token = take();
      if (token.kind === 'number') return Number(token.value);
      if (token.kind === 'text') return token.value;
      if (token.kind === 'name') return named(token);
      if (token.kind === 'symbol' && token.value === '(') {
        const inner = expression(1);
        expect(')');
        return inner;
      }
      return fail(token, 'value_expected', { 'zh-CN': '此处应为字段、数字、文本或函数', en: 'A field, number, text or function is expected here' });
    }

    function named(token: Token): Rule {
      if (!isSymbol('(')) {
        const upper = token.value.toUpperCase();
        if (upper === 'TRUE' || upper === 'FALSE') return upper === 'TRUE';
        return { var: token.value };
      }
      const name = token.value.toUpperCase();
      const definition = Object.hasOwn(FORMULA_FUNCTIONS, name) ? FORMULA_FUNCTIONS[name] : undefined;
      if (!definition) return fail(token, 'unknown_function', { 'zh-CN': `没有函数“${token.value}”`, en: `There is no function "${token.value}"` });
      take();
      const args: Rule[] = [];
      if (!isSymbol(')')) {
        args.push(expression(1));
        while (isSymbol(',')) {
          take();
          args.push(expression(1));
        }
      }
      expect(')');
      if (args.length < definition.min || args.length > definition.max) {
        return fail(token, 'argument_count', {
          'zh-CN': `${name} 的参数个数不对，写法：${definition.usage}`,
          en: `${name} has a wrong number of arguments; write ${definition.usage}`,
        });
      }
      const rule = definition.build(args, scope);
      return rule ?? fail(token, 'select_field_needed', { 'zh-CN': `${name} 需要一个选项字段`, en: `${name} needs a select field` });
    }

    const rule = expression(1);
    if (peek().kind !== 'end') fail(peek(), 'end_expected', { 'zh-CN': '公式在此处应结束', en: 'The formula should end here' });
    return { rule };
  } catch (error) {
    if (error instanceof FormulaError) return { problem: error.problem };
    throw error;
  }
}

/** A formula's problem as an issue of the definition it stands in. */
export function formulaIssue(path: string, problem: FormulaProblem): Issue {
  return {
    path,
    code: problem.code,
    message: {
      'zh-CN': `第 ${problem.position + 1} 个字符：${problem.message['zh-CN']}`,
      en: `At character ${problem.position + 1}: ${problem.message.en}`,
    },
  };
}
