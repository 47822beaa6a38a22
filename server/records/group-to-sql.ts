/** A group's key as SQL, and what comes back of it as JSON. */
import type { GroupBy } from '#engine/charts/aggregate.ts';
import type { Json } from '#engine/fields/field-type.ts';
import { shiftDecimal } from '#engine/fields/columns.ts';
import type { RuleContext } from '#engine/rules/context.ts';
import { addToDate, fromLocal, toLocalDate } from '#engine/rules/time.ts';
import type { SqlScope } from '../db/access-sql.ts';
import { type PathSql, pathToSql } from '../db/path-to-sql.ts';
import { bind, join, raw, type Sql, sql } from '../db/sql.ts';

export interface GroupSql {
  readonly field: string;
  readonly path: PathSql;
  readonly sql: Sql;
  /** The key is the value itself. */
  readonly isPlain: boolean;
  read(value: unknown): Json;
}

export function groupToSql(scope: SqlScope, { field, grain, bands, leading }: GroupBy): GroupSql {
  const path = pathToSql(scope, field);
  if (bands) return { field, path, sql: bandOf(scope, path, bands), isPlain: false, read: (value) => (value === null || value === undefined ? null : Number(value)) };
  if (leading) return { field, path, sql: sql`CASE WHEN ${path.sql} IS NOT NULL THEN ${scope.dialect.substring(path.sql, raw('1'), raw(String(leading)))} END`, isPlain: false, read: (value) => (value === null || value === undefined ? null : String(value)) };
  if (grain === undefined) return { field, path, sql: path.sql, isPlain: true, read: (value) => plainKey(path, value) };
  const day = path.kind === 'dateTime' ? scope.dialect.localDate(path.sql, scope.model.settings.timeZone) : path.sql;
  return { field, path, sql: scope.dialect.startOf(day, grain), isPlain: false, read: (value) => (value === null || value === undefined ? null : String(value)) };
}

function plainKey(path: PathSql, value: unknown): Json {
  if (value === null || value === undefined) return null;
  if (path.kind === 'number') return Number(value) / 10 ** path.scale;
  return path.kind === 'boolean' ? Number(value) === 1 : String(value);
}

/** 0 lies below the first bound. The age of a date is compared as a date, so that no row is computed with. */
function bandOf(scope: SqlScope, path: PathSql, bands: readonly number[]): Sql {
  const cases = bands.map((bound, i) => sql`WHEN ${path.kind === 'number' ? below(scope, path, bound) : youngerThan(scope, path, bound)} THEN ${raw(String(i))}`);
  return sql`(CASE WHEN ${path.sql} IS NULL THEN NULL ${join(cases, ' ')} ELSE ${raw(String(bands.length))} END)`;
}

function below({ dialect }: SqlScope, path: PathSql, bound: number): Sql {
  const shifted = shiftDecimal(bound, path.scale);
  return sql`${path.sql} < ${dialect.typed(bind(shifted), Number.isInteger(shifted) ? 'integer' : 'number')}`;
}

function youngerThan({ dialect }: SqlScope, path: PathSql, days: number): Sql {
  const edge = ({ now, timeZone }: RuleContext): string => {
    const day = addToDate(toLocalDate(now, timeZone), 1 - days, 'day');
    return path.kind === 'dateTime' ? fromLocal(day, timeZone) : day;
  };
  return sql`${path.sql} >= ${dialect.typed(bind(edge), 'text')}`;
}
