/** After a write: the record as it now stands must be one the actor may have. A rule may depend on the new values, so this comes last. */
import { ACTION_LABELS, type TableAccess } from '#engine/permissions/authorize.ts';
import { AppError } from '#engine/errors.ts';
import type { Json } from '#engine/fields/field-type.ts';
import { toRuleData } from '#engine/records/record-rules.ts';
import { pathsOf } from '#engine/rules/check.ts';
import { holds } from '#engine/rules/evaluate.ts';
import type { Rule } from '#engine/rules/rule.ts';
import { rootScope, rowsOf } from '../db/access-sql.ts';
import { ident, sql } from '../db/sql.ts';
import type { WriteSession } from './write-session.ts';

export async function permitResult(session: WriteSession, access: TableAccess, id: string, values: Readonly<Record<string, Json>>, action: 'create' | 'update'): Promise<void> {
  const grants = access.read;
  if (grants.some((grant) => grant.rows === true)) return;
  const { table } = access;
  const allowed = readsOwnFieldsOnly(access)
    ? grants.some((grant) => holds(grant.rows as Rule, toRuleData(table, values), session.context))
    : (await session.tx.get(
        sql`SELECT 1 AS ok FROM ${ident(table.name)} ${ident('t0')} WHERE "id" = ${id} AND (${rowsOf(rootScope(session.model, session.tx.dialect, table, session.actor), grants)})`,
        session.context,
      )) !== undefined;
  if (allowed) return;
  throw new AppError('forbidden', {
    'zh-CN': `您不能${ACTION_LABELS[action]['zh-CN']}自己无权查看的“${table.label['zh-CN']}”`,
    en: `You may not ${ACTION_LABELS[action].en} a ${table.label.en} record that you could not see afterwards`,
  });
}

const known = new WeakMap<TableAccess, boolean>();

/** Without a path over a reference the rules can be answered from the values at hand; the differential test says alike. */
function readsOwnFieldsOnly(access: TableAccess): boolean {
  let own = known.get(access);
  if (own === undefined) {
    own = access.read.every((grant) => pathsOf(grant.rows as Rule).every((path) => !path.includes('.')));
    known.set(access, own);
  }
  return own;
}
