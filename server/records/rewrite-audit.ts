/**
 * The one way in which the audit is ever written anew: what it keeps of a field is sealed, or sealed with another key. Hashes follow from
 * the first row that changes; a row that was not whole before stays so; and a new last row says what was done, with the head there was.
 */
import type { Transaction } from '../db/database.ts';
import { allowChanges, refuseChanges } from '../db/apply-schema.ts';
import { raw, type Sql, sql, TRUE } from '../db/sql.ts';
import { auditHash, type FieldChange, noteInAudit } from './audit.ts';
import { type AuditRow, isWhole } from './verify-audit.ts';

const BATCH = 2000;

export interface Rewriting {
  readonly at: string;
  readonly by: string;
  /** What it is about, for the note: `invoice_title.account`. */
  readonly about: string;
  /** Only rows of this table change. */
  readonly table?: string;
}

/** `rewrite` gets the changes of a record's row and answers them anew, or null where nothing is to be changed. Answers the rows changed. */
export async function rewriteAudit(tx: Transaction, { at, by, about, table }: Rewriting, rewrite: (record: string, changes: readonly FieldChange[]) => readonly FieldChange[] | null): Promise<number> {
  const rewritten = (row: AuditRow): string | null => {
    const noted: unknown = JSON.parse(row.changes);
    const next = Array.isArray(noted) && (table === undefined || row.table_name === table) && noted.every(isFieldChange) ? rewrite(row.record_id, noted) : null;
    return next === null ? null : JSON.stringify(next.map(({ field, before, after }) => ({ field, before, after })));
  };
  const own = table === undefined ? TRUE : sql`table_name = ${table}`;
  let first: number | null = null;
  for await (const rows of auditRows(tx, 0, own)) {
    first = Number(rows.find((row) => rewritten(row) !== null)?.seq ?? 0) || null;
    if (first !== null) break;
  }
  if (first === null) return 0;
  const [before] = await tx.all<{ hash: string }>(sql`SELECT hash FROM relata_audit WHERE seq < ${first} ORDER BY seq DESC LIMIT 1`);
  let [old, now, changed] = [before?.hash ?? '', before?.hash ?? '', 0];
  await allowChanges(tx, 'relata_audit');
  for await (const rows of auditRows(tx, first - 1, TRUE)) {
    for (const row of rows) {
      const next = rewritten(row);
      const changes = next ?? row.changes;
      const hash = isWhole(row, old) ? auditHash(now, [Number(row.seq), row.at, row.actor, row.table_name, row.record_id, row.action, Number(row.record_version), changes]) : row.hash;
      const json = tx.dialect.name === 'postgres' ? raw('::jsonb') : raw('');
      if (next !== null) await tx.run(sql`UPDATE relata_audit SET changes = ${changes}${json}, hash = ${hash} WHERE seq = ${row.seq}`);
      else if (hash !== row.hash) await tx.run(sql`UPDATE relata_audit SET hash = ${hash} WHERE seq = ${row.seq}`);
      if (next !== null) changed += 1;
      [old, now] = [row.hash, hash];
    }
  }
  await refuseChanges(tx, 'relata_audit');
  await noteInAudit(tx, { at, by, table: 'relata_audit', id: about, action: 'seal', version: 0, changes: { rows: changed, from: first, head: old } });
  return changed;
}

function isFieldChange(change: unknown): change is FieldChange {
  return change !== null && typeof change === 'object' && 'field' in change && 'before' in change && 'after' in change;
}

async function* auditRows(tx: Transaction, after: number, where: Sql): AsyncGenerator<AuditRow[]> {
  for (let seq = after; ; ) {
    const rows = await tx.all<AuditRow>(sql`SELECT seq, at, actor, table_name, record_id, action, record_version, changes, hash FROM relata_audit WHERE seq > ${seq} AND ${where} ORDER BY seq LIMIT ${BATCH}`);
    if (rows.length > 0) yield rows;
    if (rows.length < BATCH) return;
    seq = Number(rows.at(-1)?.seq);
    // Others get their turn.
    await new Promise((resolve) => setImmediate(resolve));
  }
}
