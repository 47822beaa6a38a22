/** The definitions of a workspace, one row a version. The newest is live. */
import type { PlannedChange } from '#engine/changes/plan.ts';
import type { Definitions } from '#engine/model/definitions.ts';
import type { Queryable, Transaction } from '../db/database.ts';
import { sql } from '../db/sql.ts';

export interface InstalledTemplate {
  readonly name: string;
  readonly version: string;
  /** The part of it; absent: it has no parts, or came before there were any. */
  readonly profile?: string;
}

export interface StoredDefinitions {
  readonly version: number;
  readonly definitions: Definitions;
  readonly templates: readonly InstalledTemplate[];
}

/** A publication as the history lists it. */
export interface Publication {
  readonly version: number;
  readonly at: string;
  /** A user's id, or `system`. */
  readonly by: string;
  readonly note: string;
  readonly changes: readonly PlannedChange[];
  readonly templates: readonly InstalledTemplate[];
  /** The version that this one took back. */
  readonly undoes: number | null;
}

interface DefinitionsRow {
  readonly version: number;
  readonly definitions: string;
  readonly templates: string | null;
}

const stored = (row: DefinitionsRow): StoredDefinitions => ({
  version: Number(row.version),
  definitions: JSON.parse(row.definitions) as Definitions,
  templates: row.templates === null ? [] : (JSON.parse(row.templates) as InstalledTemplate[]),
});

export async function liveDefinitions(db: Queryable): Promise<StoredDefinitions | undefined> {
  const row = await db.get<DefinitionsRow>(sql`SELECT version, definitions, templates FROM relata_definitions ORDER BY version DESC LIMIT 1`);
  return row && stored(row);
}

export async function definitionsOf(db: Queryable, version: number): Promise<StoredDefinitions | undefined> {
  const row = await db.get<DefinitionsRow>(sql`SELECT version, definitions, templates FROM relata_definitions WHERE version = ${version}`);
  return row && stored(row);
}

export async function liveVersion(db: Queryable): Promise<number> {
  return Number((await db.get<{ version: number | null }>(sql`SELECT max(version) AS version FROM relata_definitions`))?.version ?? 0);
}

/** A workspace from before templates were noted: its first version is the template it began with, untouched. */
export async function noteFirstTemplate(tx: Transaction): Promise<void> {
  const unnoted = await tx.get(sql`SELECT 1 AS found FROM relata_definitions WHERE templates IS NULL`);
  const first = unnoted && (await definitionsOf(tx, 1));
  if (!first) return;
  const { name, version } = first.definitions.app;
  await keepTemplate(tx, { name, version, definitions: first.definitions, scenarios: [] });
  await tx.run(sql`UPDATE relata_definitions SET templates = ${JSON.stringify([{ name, version }])} WHERE templates IS NULL`);
}

export interface NewPublication extends Omit<Publication, 'version'> {
  readonly definitions: Definitions;
}

export async function saveDefinitions(tx: Transaction, version: number, { definitions, at, by, note, changes, templates, undoes }: NewPublication): Promise<void> {
  await tx.run(sql`INSERT INTO relata_definitions (version, definitions, created_at, created_by, note, changes, templates, undoes)
    VALUES (${version}, ${JSON.stringify(definitions)}, ${at}, ${by}, ${note}, ${JSON.stringify(changes)}, ${JSON.stringify(templates)}, ${undoes})`);
}

const HISTORY_PAGE = 50;

/** Newest first, below `before` when given. */
export async function history(db: Queryable, before = Number.MAX_SAFE_INTEGER): Promise<Publication[]> {
  const rows = await db.all<{ version: number; created_at: string; created_by: string; note: string; changes: string | null; templates: string | null; undoes: number | null }>(
    sql`SELECT version, created_at, created_by, note, changes, templates, undoes FROM relata_definitions WHERE version < ${before} ORDER BY version DESC LIMIT ${HISTORY_PAGE}`,
  );
  return rows.map((row) => ({
    version: Number(row.version),
    at: row.created_at,
    by: row.created_by,
    note: row.note,
    changes: row.changes === null ? [] : (JSON.parse(row.changes) as PlannedChange[]),
    templates: row.templates === null ? [] : (JSON.parse(row.templates) as InstalledTemplate[]),
    undoes: row.undoes === null ? null : Number(row.undoes),
  }));
}

/** A template as it was installed. */
export interface KeptTemplate extends InstalledTemplate {
  readonly definitions: Definitions;
  readonly scenarios: readonly unknown[];
}

/** A template as a publication names it: what it brings of one that is new. */
export type PublishedTemplate = InstalledTemplate & Partial<Pick<KeptTemplate, 'definitions' | 'scenarios'>>;

/** The base of a later upgrade; a name and version always mean the same definitions. */
export async function keepTemplate(tx: Transaction, { name, version, definitions, scenarios }: KeptTemplate): Promise<void> {
  await tx.run(sql`INSERT INTO relata_template (name, version, definitions, scenarios) VALUES (${name}, ${version}, ${JSON.stringify(definitions)}, ${JSON.stringify(scenarios)}) ON CONFLICT (name, version) DO NOTHING`);
}

export async function keptTemplate(db: Queryable, { name, version }: Pick<InstalledTemplate, 'name' | 'version'>): Promise<KeptTemplate | undefined> {
  const row = await db.get<{ definitions: string; scenarios: string }>(sql`SELECT definitions, scenarios FROM relata_template WHERE name = ${name} AND version = ${version}`);
  return row && { name, version, definitions: JSON.parse(row.definitions) as Definitions, scenarios: JSON.parse(row.scenarios) as unknown[] };
}
