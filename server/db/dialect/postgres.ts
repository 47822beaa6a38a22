import { HUGE } from '#engine/rules/operators.ts';
import { FARTHEST } from '#engine/rules/time.ts';
import { join, raw, sql, type Sql } from '../sql.ts';
import type { Dialect } from './dialect.ts';

const CAST: Readonly<Record<string, string>> = { number: 'float8', boolean: 'int', integer: 'bigint', list: 'text[]' };

/** A moment of ours as PostgreSQL's, and back in the one form we store. */
const instant = (moment: Sql): Sql => sql`(${moment})::timestamptz`;
const moment = (value: Sql): Sql => sql`to_char((${value}) AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`;
const day = (value: Sql): Sql => sql`to_char(${value}, 'YYYY-MM-DD')`;

/** Created with the schema: an expression would have to repeat its factors to test them, and so grow without bound. */
export const POSTGRES_FUNCTIONS: Readonly<Record<string, string>> = {
  relata_times: `SELECT CASE WHEN abs(a) < ${HUGE} AND abs(b) < ${HUGE} THEN a * b END`,
  relata_quotient: `SELECT CASE WHEN abs(a) < ${HUGE} AND abs(b) > ${1 / HUGE} THEN a / b END`,
};

const INTERVAL: Readonly<Record<string, string>> = { day: '1 day', week: '7 days', month: '1 month', quarter: '3 months', year: '1 year' };
const MONTHS: Readonly<Record<string, number>> = { month: 1, quarter: 3, year: 12 };

export const postgres: Dialect = {
  name: 'postgres',
  typed: (param, kind) => ({ text: `${param.text}::${CAST[kind] ?? 'text'}`, params: param.params }),
  inList: (expression, list) => sql`${expression} = ANY(${list}::text[])`,
  listParam: (values) => values,
  unscale: (expression, scale) => sql`(${expression}::float8 / ${raw(`1e${scale}`)})`,
  isSame: (a, b) => sql`${a} IS NOT DISTINCT FROM ${b}`,
  isDifferent: (a, b) => sql`${a} IS DISTINCT FROM ${b}`,
  not: (condition) => sql`NOT coalesce((${condition}), false)`,
  flag: (condition) => sql`CASE WHEN ${condition} THEN 1 ELSE 0 END`,
  position: (text, part) => sql`strpos(lower(${text} COLLATE "C"), lower(${part} COLLATE "C"))`,
  length: (text) => sql`char_length(coalesce(${text}, ''))`,
  substring: (text, start, count) => sql`substr(coalesce(${text}, ''), least(greatest(${start}, -1e6), 1e6)::int, least(greatest(0, ${count}), 1e6)::int)`,
  jsonListHas: (list, item) => sql`${list} @> jsonb_build_array(${item})`,
  jsonListHasAny: (list, items) => sql`EXISTS (SELECT 1 FROM jsonb_array_elements_text(${list}) AS item(value) WHERE value = ANY(${items}::text[]))`,
  times: (a, b) => sql`relata_times((${a})::float8, (${b})::float8)`,
  quotient: (a, b) => sql`relata_quotient((${a})::float8, (${b})::float8)`,
  remainder: (a, b) => sql`mod((${a})::numeric, nullif((${b})::numeric, 0))::float8`,
  round: (value, places) => sql`round((${value})::numeric, (${places})::int)::float8`,
  floor: (value) => sql`floor(${value})`,
  ceil: (value) => sql`ceil(${value})`,
  numberText: (value) => sql`((${value})::float8)::text`,
  least: (values) => sql`(SELECT min(v) FROM (${values}) AS listed)`,
  greatest: (values) => sql`(SELECT max(v) FROM (${values}) AS listed)`,
  localDate: (value, timeZone) => day(sql`${instant(value)} AT TIME ZONE ${timeZone}::text`),
  startOf: (date, unit) => day(sql`date_trunc('${raw(unit)}', (${date})::date::timestamp)`),
  dateAdd: (value, amount, unit, kind, timeZone) => {
    const step = sql`(trunc(${amount})::int * interval '${raw(INTERVAL[unit] ?? '1 day')}')`;
    const reaches = sql`abs(trunc(${amount})) <= ${raw(String(FARTHEST[unit]))}`;
    const local = kind === 'date' ? sql`((${value})::date + ${step})` : sql`((${instant(value)} AT TIME ZONE ${timeZone}::text) + ${step})`;
    const result = kind === 'date' ? day(sql`shifted.at`) : moment(sql`shifted.at AT TIME ZONE ${timeZone}::text`);
    return sql`(SELECT ${result} FROM (SELECT CASE WHEN ${reaches} THEN ${local} END AS at) AS shifted WHERE shifted.at >= '0001-01-01' AND shifted.at < '10000-01-01')`;
  },
  dateDiff: (from, to, unit) => {
    const days = sql`((${to})::date - (${from})::date)`;
    if (unit === 'day') return days;
    if (unit === 'week') return sql`(${days} / 7)`;
    // age() of two dates counts whole months as people do, negative when the second lies later.
    const months = sql`(SELECT (extract(year FROM a) * 12 + extract(month FROM a))::int FROM age((${to})::date, (${from})::date) AS a)`;
    return sql`(${months} / ${raw(String(MONTHS[unit] ?? 1))})`;
  },
  percentile: (value, share) => sql`percentile_cont(${raw(String(share))}) WITHIN GROUP (ORDER BY (${value})::float8)`,
  hoursBetween: (from, to) => sql`(extract(epoch FROM ${instant(to)} - ${instant(from)})::float8 / 3600)`,
  // PostgreSQL keeps statistics of its own and weighs both ways by them.
  withoutIndex: (column) => column,
  fullScan: raw(''),
  forUpdate: raw(' FOR UPDATE OF t0'),
  columnTypes: { text: 'TEXT COLLATE "C"', integer: 'INTEGER', bigint: 'BIGINT', real: 'DOUBLE PRECISION', json: 'JSONB' },
  // A UNION is read whole here, so each of its parts is cut as well.
  firstOf: (selects, order, limit) => {
    const cut = sql`ORDER BY ${order} LIMIT ${raw(String(limit))}`;
    return sql`${join(selects.map((select) => sql`(${select} ${cut})`), ' UNION ')} ${cut}`;
  },
  firstOfEach: (values, select, order, limit) => sql`SELECT "found".* FROM unnest(${values}) AS "each"("value") CROSS JOIN LATERAL (${select} ORDER BY ${order} LIMIT ${raw(String(limit))}) AS "found"`,
  // SQLite puts nulls first when ascending; say the same here.
  nullsOrder: (direction) => (direction === 'asc' ? 'ASC NULLS FIRST' : 'DESC NULLS LAST'),
};
