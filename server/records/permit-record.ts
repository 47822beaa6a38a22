/** After a write: the record as it now stands must be one the actor may have. A rule may depend on the new values, so this comes last. */
import { ACTION_LABELS, type TableAccess } from '#engine/permissions/authorize.ts';
import { AppError } from '#engine/errors.ts';
import type { Json } from '#engine/fields/field-type.ts';
import { toRuleData } from '#engine/records/record-rules.ts';
import { readsOwnRecordOnly } from '#engine/rules/check.ts';
import { holds } from '#engine/rules/evaluate.ts';
import type { Rule } from '#engine/rules/rule.ts';
import { rootScope, rowsOf } from '../db/access-sql.ts';
import { ident, sql } from '../db/sql.ts';
import type { WriteSession } from './write-session.ts';

export async function permitResult(session: WriteSession, access: TableAccess, id: string, values: Readonly<Record<string, Json>>, action: 'create' | 'update'): Promise<void> {
  const { table } = access;
  const grants = access.read;
  if (grants.some((grant) => grant.rows === true)) return;
  const { own, others } = alternatives(access);
  const data = own.length > 0 ? toRuleData(table, values) : {};
  // One that holds is enough; most often it is that the record is one's own, which needs no look at the database.
  if (own.some((rule) => holds(rule, data, session.context))) return;
  const scope = rootScope(session.model, session.tx.dialect, table, session.actor);
  const allowed = others && (await session.tx.get(sql`SELECT 1 AS ok FROM ${ident(table.name)} ${ident('t0')} WHERE "id" = ${id} AND (${rowsOf(scope, grants)})`, session.context)) !== undefined;
  if (allowed) return;
  throw new AppError('forbidden', {
    'zh-CN': `您不能${ACTION_LABELS[action]['zh-CN']}自己无权查看的“${table.label['zh-CN']}”`,
    en: `You may not ${ACTION_LABELS[action].en} a ${table.label.en} record that you could not see afterwards`,
  });
}

interface Alternatives {
  /** Rules that the values at hand can answer; the differential test says alike. */
  readonly own: readonly Rule[];
  /** There are rules beside them that only the database can. */
  readonly others: boolean;
}

const known = new WeakMap<TableAccess, Alternatives>();

function alternatives(access: TableAccess): Alternatives {
  let found = known.get(access);
  if (!found) {
    const rules = access.read.flatMap(({ rows }) => (rows !== true && rows !== null && typeof rows === 'object' && 'or' in rows ? (rows.or as readonly Rule[]) : [rows as Rule]));
    const own = rules.filter(readsOwnRecordOnly);
    known.set(access, (found = { own, others: own.length < rules.length }));
  }
  return found;
}
