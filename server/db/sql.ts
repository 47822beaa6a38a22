/**
 * SQL as a value: text with `?` for every bound value, and the values beside it. Identifiers come only through `ident`,
 * which takes nothing but generated names; everything else is bound. There is no other way to put text into SQL here.
 */
import type { RuleContext } from '#engine/rules/context.ts';

export type SqlScalar = string | number | null | Buffer | readonly string[];
/** A value known only when the query runs: who asks, what day it is. Lets a compiled predicate be kept and reused. */
export type SqlParam = SqlScalar | ((context: RuleContext) => SqlScalar);

export interface Sql {
  readonly text: string;
  readonly params: readonly SqlParam[];
}

const IDENTIFIER = /^_?[a-z][a-z0-9_]{0,62}$/;

export function ident(name: string): Sql {
  if (!IDENTIFIER.test(name)) throw new Error(`Not an identifier: ${JSON.stringify(name)}`);
  return { text: `"${name}"`, params: [] };
}

export function column(alias: string, name: string): Sql {
  return { text: `${ident(alias).text}.${ident(name).text}`, params: [] };
}

/** Text written in this program, never text from outside. */
export function raw(text: string): Sql {
  return { text, params: [] };
}

export function bind(value: SqlParam): Sql {
  return { text: '?', params: [value] };
}

export function isSql(value: unknown): value is Sql {
  return value !== null && typeof value === 'object' && 'text' in value && 'params' in value;
}

/** Every interpolated value that is not SQL itself is bound. */
export function sql(strings: TemplateStringsArray, ...values: readonly (Sql | SqlParam)[]): Sql {
  let text = strings[0] ?? '';
  const params: SqlParam[] = [];
  values.forEach((value, index) => {
    if (isSql(value)) {
      text += value.text;
      params.push(...value.params);
    } else {
      text += '?';
      params.push(value);
    }
    text += strings[index + 1] ?? '';
  });
  return { text, params };
}

export function join(parts: readonly Sql[], separator: string): Sql {
  return { text: parts.map((part) => part.text).join(separator), params: parts.flatMap((part) => part.params) };
}

export const TRUE: Sql = raw('1=1');
export const FALSE: Sql = raw('1=0');

export function and(parts: readonly Sql[]): Sql {
  const needed = parts.filter((part) => part !== TRUE);
  if (needed.length === 0) return TRUE;
  if (needed.includes(FALSE)) return FALSE;
  return needed.length === 1 ? (needed[0] as Sql) : join(needed.map(inBrackets), ' AND ');
}

export function or(parts: readonly Sql[]): Sql {
  const possible = parts.filter((part) => part !== FALSE);
  if (possible.length === 0) return FALSE;
  if (possible.includes(TRUE)) return TRUE;
  return possible.length === 1 ? (possible[0] as Sql) : join(possible.map(inBrackets), ' OR ');
}

function inBrackets(part: Sql): Sql {
  return { text: `(${part.text})`, params: part.params };
}

/** Stands for a value that a kept query is given each time it runs. */
export const SLOT: SqlParam = () => {
  throw new Error('A slot of a kept query was not filled.');
};

export function fillSlot(query: Sql, value: SqlScalar): Sql {
  return { text: query.text, params: query.params.map((param) => (param === SLOT ? value : param)) };
}

export function resolveParams(params: readonly SqlParam[], context: RuleContext | null): SqlScalar[] {
  return params.map((param) => {
    if (typeof param !== 'function') return param;
    if (!context) throw new Error('The query needs to know who asks.');
    return param(context);
  });
}
