/**
 * Collaborators of a record as rows beside its shares, so that one index answers for both: whoever collaborates reads the
 * record and all that hangs on it. Kept with every write of the field; `*` reaches every table that inherits.
 */
import type { Json } from '#engine/fields/field-type.ts';
import type { AppModel, TableModel } from '#engine/model/app-model.ts';
import type { Transaction } from '../db/database.ts';
import { ident, sql } from '../db/sql.ts';

export const EVERYTHING = '*';

const idOf = (record: string, user: string): string => `collaborator:${record}:${user}`;

/** Tables outside the levels name collaborators in rules of their own, if at all. */
export async function keepCollaborators(tx: Transaction, table: TableModel, record: string, before: Json, after: Json, at: string): Promise<void> {
  if (table.sharing === undefined) return;
  const [was, now] = [usersIn(before), usersIn(after)];
  for (const user of was) if (!now.includes(user)) await tx.run(sql`DELETE FROM relata_share WHERE id = ${idOf(record, user)}`);
  for (const user of now) if (!was.includes(user)) await addCollaborator(tx, table.name, record, user, at);
}

function usersIn(value: Json): string[] {
  return Array.isArray(value) ? value.filter((user): user is string => typeof user === 'string') : [];
}

async function addCollaborator(tx: Transaction, table: string, record: string, user: string, at: string): Promise<void> {
  await tx.run(sql`INSERT INTO relata_share (id, reach, table_name, record_id, grantee, access, until, created_by, created_at, message)
    VALUES (${idOf(record, user)}, ${EVERYTHING}, ${table}, ${record}, ${`user:${user}`}, 'collaborate', ${null}, 'system', ${at}, ${null}) ON CONFLICT DO NOTHING`);
}

/** For tables that begin to take part in levels, and for records from before: whoever is named and not yet noted. */
export async function noteCollaborators(tx: Transaction, model: AppModel, at: string): Promise<void> {
  for (const table of Object.values(model.tables)) {
    if (table.sharing === undefined) continue;
    const done = `collaborators ${table.name}`;
    if (await tx.get(sql`SELECT 1 AS done FROM relata_counter WHERE key = ${done}`)) continue;
    const rows = await tx.all<{ id: string; collaborators: string | string[] }>(sql`SELECT "id", "collaborators" FROM ${ident(table.name)} WHERE "collaborators" IS NOT NULL`);
    for (const row of rows) for (const user of usersIn(typeof row.collaborators === 'string' ? (JSON.parse(row.collaborators) as Json) : row.collaborators)) await addCollaborator(tx, table.name, row.id, user, at);
    await tx.run(sql`INSERT INTO relata_counter (key, value) VALUES (${done}, 1)`);
  }
}
