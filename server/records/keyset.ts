/** Paging by key: a cursor holds the sort values of the last row shown, and the next page is what comes after them. */
import { AppError } from '#engine/errors.ts';
import type { Json } from '#engine/fields/field-type.ts';
import type { Dialect } from '../db/dialect/dialect.ts';
import { and, bind, column, or, raw, type Sql, sql } from '../db/sql.ts';

export interface SortTerm {
  readonly expression: Sql;
  readonly direction: 'asc' | 'desc';
  /** What the expression gives; a cursor that holds anything else is not ours. */
  readonly form: 'number' | 'text';
  /** Lets the database walk an index without minding nulls. */
  readonly notNull: boolean;
}

/** Values of the sort terms, then the row number. */
export type Cursor = readonly Json[];

export function encodeCursor(values: Cursor): string {
  return Buffer.from(JSON.stringify(values)).toString('base64url');
}

export function decodeCursor(text: string, order: readonly SortTerm[]): Cursor {
  try {
    const values = JSON.parse(Buffer.from(text, 'base64url').toString('utf8')) as unknown;
    const fits = Array.isArray(values) && values.length === order.length + 1 && Number.isSafeInteger(values[order.length]);
    if (fits && order.every((term, i) => values[i] === null || isOfForm(values[i], term.form))) return values as Json[];
  } catch {
    // Falls through to the refusal: a cursor is ours or it is nothing.
  }
  throw new AppError('validation_failed', { 'zh-CN': '请求有误', en: 'The request has problems' }, [
    { path: '/cursor', code: 'bad_cursor', message: { 'zh-CN': '翻页位置无效，请从头列出', en: 'The cursor is not valid; list from the start' } },
  ]);
}

function isOfForm(value: unknown, form: SortTerm['form']): boolean {
  return form === 'number' ? typeof value === 'number' : typeof value === 'string' && !value.includes('\0');
}

/** Rows after the cursor. Nulls stand first going up and last going down, as the order says. */
export function keysetAfter(order: readonly SortTerm[], cursor: Cursor, dialect: Dialect): Sql {
  const rid = column('t0', '_rid');
  const typed = (value: Json): Sql => dialect.typed(bind(value as string | number), typeof value === 'number' ? (Number.isSafeInteger(value) ? 'integer' : 'number') : 'text');
  const [first] = order;
  if (order.length === 1 && first?.notNull) {
    return sql`(${first.expression}, ${rid}) ${raw(first.direction === 'asc' ? '>' : '<')} (${typed(cursor[0] as Json)}, ${Number(cursor[1])})`;
  }
  const branches: Sql[] = [];
  const equal: Sql[] = [];
  order.forEach((term, i) => {
    const value = cursor[i] ?? null;
    const beyond = beyondValue(term, value, value === null ? raw('NULL') : typed(value));
    if (beyond) branches.push(and([...equal, beyond]));
    equal.push(value === null ? sql`${term.expression} IS NULL` : sql`${term.expression} = ${typed(value)}`);
  });
  branches.push(and([...equal, sql`${rid} ${raw(first?.direction === 'desc' ? '<' : '>')} ${Number(cursor[order.length])}`]));
  return or(branches);
}

function beyondValue({ expression, direction, notNull }: SortTerm, value: Json, bound: Sql): Sql | null {
  if (direction === 'asc') return value === null ? sql`${expression} IS NOT NULL` : sql`${expression} > ${bound}`;
  if (value === null) return null;
  return notNull ? sql`${expression} < ${bound}` : sql`${expression} < ${bound} OR ${expression} IS NULL`;
}
