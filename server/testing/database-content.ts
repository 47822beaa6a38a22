/** What a workspace holds, as one digest a table and one for the files on disk: two that are equal mean that nothing was written between. */
import { createHash } from 'node:crypto';
import { readdir } from 'node:fs/promises';
import type { Database, Row } from '../db/database.ts';
import { raw, sql } from '../db/sql.ts';
import type { Workspace } from '../workspace.ts';

export type Content = Readonly<Record<string, string>>;

/** FTS5 keeps its words in tables of its own; `_docsize` has a row for every record indexed, the others are its storage. */
const SEARCH_STORAGE = /^relata_search_.*_(data|idx|config|content)$/;
const SEARCH_TABLE = /^relata_search_(?!.*_docsize$)/;
/** Counts the tries of a ticket: a wrong code is meant to be remembered. */
const COUNTED = 'relata_pending_sign_in';
/** Written by reading: the moment a session was last seen. */
const SESSION_COLUMNS = 'token_hash, user_id, created_at, expires_at, user_agent, address';

export async function contentOf({ database, filesDir }: Workspace): Promise<Content> {
  const tables = database.dialect.name === 'sqlite' ? await sqliteContent(database) : await postgresContent(database);
  const files = await readdir(filesDir).catch(() => []);
  return { ...tables, 'files on disk': digest(files.sort()) };
}

function digest(value: unknown): string {
  return createHash('sha256').update(JSON.stringify(value)).digest('base64url');
}

async function sqliteContent(database: Database): Promise<Record<string, string>> {
  const names = await database.all<{ name: string }>(sql`SELECT name FROM sqlite_master WHERE type = ${'table'} AND name NOT LIKE ${'sqlite_%'} ORDER BY name`);
  const content: Record<string, string> = {};
  for (const { name } of names) {
    if (SEARCH_STORAGE.test(name) || SEARCH_TABLE.test(name) || name === COUNTED) continue;
    const columns = name === 'relata_session' ? SESSION_COLUMNS : '*';
    const rows = await database.all<Row>(raw(`SELECT ${columns} FROM "${name}"`));
    content[name] = digest(rows.map((row) => JSON.stringify(row)).sort());
  }
  return content;
}

async function postgresContent(database: Database): Promise<Record<string, string>> {
  const names = await database.all<{ name: string }>(sql`SELECT tablename AS name FROM pg_tables WHERE schemaname = current_schema() ORDER BY tablename`);
  const parts = names.filter(({ name }) => name !== COUNTED).map(({ name }) => {
    const columns = name === 'relata_session' ? SESSION_COLUMNS : '*';
    return `SELECT '${name}' AS name, (SELECT md5(coalesce(string_agg(t::text, '|' ORDER BY t::text), '')) FROM (SELECT ${columns} FROM "${name}") t) AS digest`;
  });
  const rows = await database.all<{ name: string; digest: string }>(raw(parts.join(' UNION ALL ')));
  return Object.fromEntries(rows.map((row) => [row.name, row.digest]));
}

/** The names of what differs. */
export function changedContent(before: Content, after: Content): string[] {
  return [...new Set([...Object.keys(before), ...Object.keys(after)])].filter((name) => before[name] !== after[name]);
}
