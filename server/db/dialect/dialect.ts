/** Every difference between SQLite and PostgreSQL that a query can feel. All else in `server` is neutral. */
import type { ColumnType } from '#engine/fields/field-type.ts';
import type { ValueKind } from '#engine/rules/rule.ts';
import type { DateUnit } from '#engine/rules/time.ts';
import type { Sql, SqlScalar } from '../sql.ts';

export interface Dialect {
  readonly name: 'sqlite' | 'postgres';
  /** A bound value with the type of a kind; PostgreSQL wants it said. `integer` is a scaled column's value. */
  typed(param: Sql, kind: ValueKind | 'integer'): Sql;
  /** The list as one bound value, and `expression` compared with each of its items. */
  inList(expression: Sql, list: Sql): Sql;
  listParam(values: readonly string[]): SqlScalar;
  /** A whole-number column as the decimal it stands for. */
  unscale(expression: Sql, scale: number): Sql;
  isSame(a: Sql, b: Sql): Sql;
  isDifferent(a: Sql, b: Sql): Sql;
  not(condition: Sql): Sql;
  /** 1 or 0. */
  flag(condition: Sql): Sql;
  /** Position of `part` in `text`, 0 when absent; A to Z count as a to z. */
  position(text: Sql, part: Sql): Sql;
  length(text: Sql): Sql;
  /** 1-based start; counts code points. */
  substring(text: Sql, start: Sql, count: Sql): Sql;
  jsonListHas(list: Sql, item: Sql): Sql;
  jsonListHasAny(list: Sql, items: Sql): Sql;
  /** Null where no number could hold the result; PostgreSQL alone would answer with an error. */
  times(a: Sql, b: Sql): Sql;
  quotient(a: Sql, b: Sql): Sql;
  remainder(a: Sql, b: Sql): Sql;
  round(value: Sql, places: Sql): Sql;
  floor(value: Sql): Sql;
  ceil(value: Sql): Sql;
  /** Text of a number as JavaScript prints it. */
  numberText(value: Sql): Sql;
  least(values: Sql): Sql;
  greatest(values: Sql): Sql;
  /** The local day of a moment. */
  localDate(moment: Sql, timeZone: string): Sql;
  /** First day of the week (Monday), month, quarter or year of a date. */
  startOf(date: Sql, unit: DateUnit): Sql;
  /** Adds calendar units to a date, or to a moment keeping its local time of day. */
  dateAdd(value: Sql, amount: Sql, unit: DateUnit, kind: 'date' | 'dateTime', timeZone: string): Sql;
  /** Whole units between two dates. */
  dateDiff(from: Sql, to: Sql, unit: DateUnit): Sql;
  /** The number below which a share of the group lies, interpolated between neighbours. An aggregate. */
  percentile(value: Sql, share: 0.5 | 0.9): Sql;
  /** Hours from one moment to another, with their fraction. */
  hoursBetween(from: Sql, to: Sql): Sql;
  readonly columnTypes: Readonly<Record<ColumnType, string>>;
  /** The column as an expression that no index serves. */
  withoutIndex(column: Sql): Sql;
  /** Behind a table that is read whole: SQLite keeps no statistics and would take an index for the larger part of the rows. */
  readonly fullScan: Sql;
  /** Ends a SELECT whose row is about to be changed; SQLite holds the write lock already. */
  readonly forUpdate: Sql;
  /** The first rows of several SELECTs of the same columns, taken together and no row twice. `order` names the columns by their place. */
  firstOf(selects: readonly Sql[], order: Sql, limit: number): Sql;
  /** The first rows of a SELECT for each value of a list, which stands in it as `each.value`; null where a list has to be written out. */
  readonly firstOfEach: ((values: Sql, select: Sql, order: Sql, limit: number) => Sql) | null;
  /** Nulls stand first going up and last going down. */
  readonly nullsOrder: (direction: 'asc' | 'desc') => string;
}
