/**
 * The audit chain and the event rows of a transaction. Each audit row's hash covers the one before it, so a changed,
 * removed or reordered row is found by reading the chain; the database refuses updates and deletes besides.
 */
import { createHash } from 'node:crypto';
import { sortKeys } from '#engine/changes/diff-definitions.ts';
import type { Json } from '#engine/fields/field-type.ts';
import { fieldTypeOf } from '#engine/rules/paths.ts';
import type { Transaction } from '../db/database.ts';
import { sql } from '../db/sql.ts';
import { openCopy, sealCopy } from '../vault/sealed-values.ts';
import type { Vault } from '../vault/vault.ts';
import type { Workspace } from '../workspace.ts';
import { authorOf, type WriteSession, type Written } from './write-session.ts';

export interface FieldChange {
  readonly field: string;
  readonly before: Json;
  readonly after: Json;
}

/** Answers the range of the rows written. */
export async function writeAudit(session: WriteSession): Promise<{ first: number; last: number }> {
  const { tx, workspace, context } = session;
  const author = authorOf(session);
  let { seq, hash } = await chainHead(tx);
  const first = seq + 1;
  const texts = INSERTS[tx.dialect.name];
  let event = await lastEvent(tx);
  for (const write of session.written) {
    seq += 1;
    event += 1;
    const changes = JSON.stringify(changesOf(write, tx.vault));
    const at = write.at ?? context.now;
    const by = write.by ?? author;
    const entry = [seq, at, by, write.table.name, write.id, write.action, write.version, changes] as const;
    hash = auditHash(hash, entry);
    await tx.run({ text: texts.audit, params: [...entry, hash] });
    await tx.run({ text: texts.event, params: [event, at, by, write.table.name, write.id, write.action, JSON.stringify([...write.changed]), workspace.changes.origin] });
  }
  return { first, last: seq };
}

export interface AuditNote {
  readonly at: string;
  readonly by: string;
  readonly table: string;
  readonly id: string;
  readonly action: string;
  readonly version: number;
  readonly changes: unknown;
}

/** A link of the chain that is no write of a record: a publication, a purge of the trash. */
export async function noteInAudit(tx: Transaction, { at, by, table, id, action, version, changes }: AuditNote): Promise<void> {
  const { seq, hash } = await chainHead(tx);
  const entry = [seq + 1, at, by, table, id, action, version, JSON.stringify(sortKeys(changes))] as const;
  await tx.run({ text: INSERTS[tx.dialect.name].audit, params: [...entry, auditHash(hash, entry)] });
}

/** Tells open screens, here and of other processes, of what is no write of the record itself. */
export async function noteEvent(tx: Transaction, workspace: Workspace, { at, by, table, id, action }: Omit<AuditNote, 'version' | 'changes'>): Promise<void> {
  await tx.run({ text: INSERTS[tx.dialect.name].event, params: [(await lastEvent(tx)) + 1, at, by, table, id, action, '[]', workspace.changes.origin] });
  tx.afterCommit(() => workspace.changes.publish([{ table, id, action, by }]));
}

/** Written for every record, so the texts are made once. */
const INSERTS = {
  sqlite: insertTexts(''),
  postgres: insertTexts('::jsonb'),
};

function insertTexts(json: string): { audit: string; event: string } {
  return {
    audit: `INSERT INTO relata_audit (seq, at, actor, table_name, record_id, action, record_version, changes, hash) VALUES (?, ?, ?, ?, ?, ?, ?, ?${json}, ?)`,
    event: `INSERT INTO relata_event (seq, at, actor, table_name, record_id, action, fields, origin) VALUES (?, ?, ?, ?, ?, ?, ?${json}, ?)`,
  };
}

export function auditHash(previous: string, entry: readonly (string | number)[]): string {
  return createHash('sha256').update(previous).update(JSON.stringify(entry)).digest('hex');
}

async function chainHead(tx: Transaction): Promise<{ seq: number; hash: string }> {
  return (await tx.get<{ seq: number; hash: string }>(sql`SELECT seq, hash FROM relata_audit ORDER BY seq DESC LIMIT 1`)) ?? { seq: 0, hash: '' };
}

async function lastEvent(tx: Transaction): Promise<number> {
  return (await tx.get<{ seq: number }>(sql`SELECT seq FROM relata_event ORDER BY seq DESC LIMIT 1`))?.seq ?? 0;
}

/** Encrypted values are kept as they are in their columns, and open for whom the history shows them. */
function changesOf({ table, id, before, after, changed }: Written, vault: Vault): FieldChange[] {
  const changes: FieldChange[] = [];
  for (const name of changed) {
    const field = table.fields[name];
    if (!field || fieldTypeOf(field).storage === 'children') continue;
    const kept = (value: Json): Json => (field.encrypted ? sealCopy(vault, field, id, value) : (sortKeys(value) as Json));
    changes.push({ field: name, before: kept(before?.[name] ?? null), after: kept(after?.[name] ?? null) });
  }
  return changes;
}

/** Changes of fields as they were read from the audit, what is sealed in them opened. */
export function openChanges(vault: Vault, table: string, id: string, changes: readonly FieldChange[]): FieldChange[] {
  const open = (field: string, value: Json): Json => openCopy(vault, { table, field, id }, value);
  return changes.map(({ field, before, after }) => ({ field, before: open(field, before), after: open(field, after) }));
}
