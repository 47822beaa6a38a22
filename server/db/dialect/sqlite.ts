import { dateDifference, toLocalDate, type DateUnit } from '#engine/rules/time.ts';
import { product, quotient, roundTo, shiftDay } from '#engine/rules/operators.ts';
import { join, raw, type Sql, sql } from '../sql.ts';
import type { Dialect } from './dialect.ts';

/** What SQLite cannot compute alike runs the engine's own function. Registered on every connection. */
export const SQLITE_FUNCTIONS: Readonly<Record<string, (...args: never[]) => unknown>> = {
  relata_local_date: (moment: string | null, timeZone: string) => (moment === null ? null : toLocalDate(moment, timeZone)),
  relata_date_add: (value: string | null, amount: number | null, unit: DateUnit, timeZone: string) => (value === null ? null : shiftDay(value, amount ?? 0, unit, timeZone)),
  relata_date_diff: (from: string | null, to: string | null, unit: DateUnit) => (from === null || to === null ? null : dateDifference(from, to, unit)),
  relata_round: (value: number | null, places: number | null) => roundTo(value ?? 0, places ?? 0),
  relata_times: (a: number | null, b: number | null) => (a === null || b === null ? null : product(a, b)),
  relata_quotient: (a: number | null, b: number | null) => (a === null || b === null ? null : quotient(a, b)),
  relata_remainder: (a: number | null, b: number | null) => (b ? (a ?? 0) - b * Math.trunc((a ?? 0) / b) : null),
  relata_number_text: (value: number | null) => (value === null ? null : String(value)),
};

const START_OF: Readonly<Record<DateUnit, (date: Sql) => Sql>> = {
  day: (date) => date,
  week: (date) => sql`date(${date}, 'weekday 0', '-6 days')`,
  month: (date) => sql`(substr(${date}, 1, 7) || '-01')`,
  quarter: (date) => sql`(substr(${date}, 1, 5) || substr('01040710', (CAST(substr(${date}, 6, 2) AS INTEGER) - 1) / 3 * 2 + 1, 2) || '-01')`,
  year: (date) => sql`(substr(${date}, 1, 4) || '-01-01')`,
};

/** As `percentile_cont` of PostgreSQL, to the last bit. */
function percentile(share: number): { start: () => number[]; step: (numbers: number[], value: number | null) => void; result: (numbers: number[]) => number | null } {
  return {
    start: () => [],
    step: (numbers, value) => {
      if (value !== null) numbers.push(value);
    },
    result: (numbers) => {
      if (numbers.length === 0) return null;
      const sorted = Float64Array.from(numbers).sort();
      const place = share * (sorted.length - 1);
      const below = sorted[Math.floor(place)] as number;
      return below + (place - Math.floor(place)) * ((sorted[Math.ceil(place)] as number) - below);
    },
  };
}
export const SQLITE_AGGREGATES = { relata_median: percentile(0.5), relata_p90: percentile(0.9) } as const;

export const sqlite: Dialect = {
  name: 'sqlite',
  typed: (param) => param,
  inList: (expression, list) => sql`${expression} IN (SELECT value FROM json_each(${list}))`,
  listParam: (values) => JSON.stringify(values),
  unscale: (expression, scale) => sql`(${expression} / ${raw(`1e${scale}`)})`,
  isSame: (a, b) => sql`${a} IS ${b}`,
  isDifferent: (a, b) => sql`${a} IS NOT ${b}`,
  not: (condition) => sql`NOT coalesce((${condition}), 0)`,
  flag: (condition) => sql`CASE WHEN ${condition} THEN 1 ELSE 0 END`,
  position: (text, part) => sql`instr(lower(${text}), lower(${part}))`,
  length: (text) => sql`length(coalesce(${text}, ''))`,
  substring: (text, start, count) => sql`substr(coalesce(${text}, ''), CAST(${start} AS INTEGER), CAST(max(0, ${count}) AS INTEGER))`,
  // Most lists are empty, and opening one costs more than asking whether it is there.
  jsonListHas: (list, item) => sql`(${list} IS NOT NULL AND EXISTS (SELECT 1 FROM json_each(${list}) WHERE value = ${item}))`,
  jsonListHasAny: (list, items) => sql`EXISTS (SELECT 1 FROM json_each(${list}) WHERE value IN (SELECT value FROM json_each(${items})))`,
  times: (a, b) => sql`relata_times(${a}, ${b})`,
  quotient: (a, b) => sql`relata_quotient(${a}, ${b})`,
  remainder: (a, b) => sql`relata_remainder(${a}, ${b})`,
  round: (value, places) => sql`relata_round(${value}, ${places})`,
  floor: (value) => sql`floor(${value})`,
  ceil: (value) => sql`ceil(${value})`,
  numberText: (value) => sql`relata_number_text(${value})`,
  // Scalar min/max of SQLite give null when any argument is null; the aggregates skip nulls, as the rule does.
  least: (values) => sql`(SELECT min(v) FROM (${values}))`,
  greatest: (values) => sql`(SELECT max(v) FROM (${values}))`,
  localDate: (moment, timeZone) => sql`relata_local_date(${moment}, ${timeZone})`,
  // In SQL alone: groups of a million rows would cross into JavaScript a million times.
  startOf: (date, unit) => START_OF[unit](date),
  dateAdd: (value, amount, unit, _kind, timeZone) => sql`relata_date_add(${value}, ${amount}, ${unit}, ${timeZone})`,
  dateDiff: (from, to, unit) => (unit === 'day' ? sql`CAST(round(julianday(substr(${to}, 1, 10)) - julianday(substr(${from}, 1, 10))) AS INTEGER)` : sql`relata_date_diff(${from}, ${to}, ${unit})`),
  percentile: (value, share) => sql`${raw(share === 0.5 ? 'relata_median' : 'relata_p90')}(${value})`,
  hoursBetween: (from, to) => sql`((unixepoch(${to}, 'subsec') - unixepoch(${from}, 'subsec')) / 3600.0)`,
  withoutIndex: (column) => sql`+${column}`,
  fullScan: raw(' NOT INDEXED'),
  forUpdate: raw(''),
  columnTypes: { text: 'TEXT', integer: 'INTEGER', bigint: 'INTEGER', real: 'REAL', json: 'TEXT' },
  // Merged as they come out of their indexes, and left where the limit is reached: none is read further than the page needs.
  firstOf: (selects, order, limit) => sql`${join(selects, ' UNION ')} ORDER BY ${order} LIMIT ${raw(String(limit))}`,
  firstOfEach: null,
  nullsOrder: (direction) => (direction === 'asc' ? 'ASC' : 'DESC'),
};
