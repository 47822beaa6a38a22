/** Reads the whole audit chain and computes every hash anew: answers the first row that was changed, removed or put in. */
import { sortKeys } from '#engine/changes/diff-definitions.ts';
import type { Queryable } from '../db/database.ts';
import { sql } from '../db/sql.ts';
import { auditHash, type FieldChange } from './audit.ts';

export interface AuditRow {
  readonly seq: number;
  readonly at: string;
  readonly actor: string;
  readonly table_name: string;
  readonly record_id: string;
  readonly action: string;
  readonly record_version: number;
  readonly changes: string;
  readonly hash: string;
}

const BATCH = 2000;

export async function verifyAudit(db: Queryable): Promise<{ readonly rows: number; readonly broken: number | null }> {
  let previous = { seq: 0, hash: '' };
  for (;;) {
    const rows = await db.all<AuditRow>(sql`SELECT seq, at, actor, table_name, record_id, action, record_version, changes, hash FROM relata_audit WHERE seq > ${previous.seq} ORDER BY seq LIMIT ${BATCH}`);
    for (const row of rows) {
      const seq = Number(row.seq);
      if (seq !== previous.seq + 1 || !isWhole(row, previous.hash)) return { rows: seq, broken: seq };
      previous = { seq, hash: row.hash };
    }
    if (rows.length < BATCH) return { rows: previous.seq, broken: null };
    // A long chain takes seconds; others get their turn.
    await new Promise((resolve) => setImmediate(resolve));
  }
}

export function isWhole(row: AuditRow, previous: string): boolean {
  return spellings(row.changes).some((changes) => row.hash === auditHash(previous, [Number(row.seq), row.at, row.actor, row.table_name, row.record_id, row.action, Number(row.record_version), changes]));
}

/** JSONB keeps the values, not the spelling: changes of fields were written as field, before, after; notes with sorted keys. */
function spellings(text: string): string[] {
  const changes: unknown = JSON.parse(text);
  const ofFields = Array.isArray(changes) ? (changes as FieldChange[]).map(({ field, before, after }) => ({ field, before: sortKeys(before), after: sortKeys(after) })) : changes;
  return [text, JSON.stringify(ofFields), JSON.stringify(sortKeys(changes))];
}
