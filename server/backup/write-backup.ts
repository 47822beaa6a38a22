/** Writes one consistent snapshot of database, definitions and uploads to a file. Interrupted or failed, it leaves nothing behind. */
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { mkdir, open, rename, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import type { AppModel } from '#engine/model/app-model.ts';
import { requireModel } from '#engine/model/build-model.ts';
import type { Database, Snapshot } from '../db/database.ts';
import { ident, join as joinSql, raw, sql } from '../db/sql.ts';
import { liveDefinitions } from '../definitions/store.ts';
import { ArchiveWriter } from './archive.ts';
import { RowDigest } from './digest-rows.ts';
import { BACKUP_FORMAT, type BackupTable, MANIFEST, type Manifest } from './manifest.ts';
import { notedKeys } from '../vault/key-note.ts';
import { type StoredTable, storedTables } from './stored-tables.ts';

const zip = promisify(gzip);
const ROWS_A_PART = 5000;
const STORED_NAME = /^[0-9a-f]{32}$/;

export interface BackupRequest {
  readonly database: Database;
  readonly filesDir: string;
  readonly now: () => string;
  /** Where the file goes; it must not be there yet. */
  readonly target: string;
  /** Rows and files done, of how many. */
  readonly onProgress?: (done: number, total: number) => void;
  readonly signal?: AbortSignal;
}

export async function writeBackup({ database, filesDir, now, target, onProgress = () => undefined, signal }: BackupRequest): Promise<Manifest> {
  await mkdir(dirname(target), { recursive: true });
  const part = `${target}.part`;
  await rm(part, { force: true });
  const archive = await ArchiveWriter.create(part);
  try {
    const manifest = await database.snapshot((snapshot) => writeSnapshot(snapshot, archive, { filesDir, now, onProgress, signal }));
    await archive.finish();
    await rename(part, target);
    await syncFolder(dirname(target));
    return manifest;
  } catch (error) {
    await archive.abandon();
    await rm(part, { force: true });
    throw error;
  }
}

/** A rename is safe from a power cut only when the folder is. */
async function syncFolder(dir: string): Promise<void> {
  const handle = await open(dir, 'r');
  await handle.sync().finally(() => handle.close());
}

interface Surroundings {
  readonly filesDir: string;
  readonly now: () => string;
  readonly onProgress: (done: number, total: number) => void;
  readonly signal: AbortSignal | undefined;
}

async function writeSnapshot(snapshot: Snapshot, archive: ArchiveWriter, { filesDir, now, onProgress, signal }: Surroundings): Promise<Manifest> {
  const live = await liveDefinitions(snapshot);
  if (!live) throw new Error('The database holds no definitions.');
  const model: AppModel = requireModel(live.definitions);
  const stored = await storedTables(snapshot, model);
  const uploads = await uploadsOf(snapshot);
  let total = uploads.length;
  for (const { name } of stored) total += Number((await snapshot.get<{ count: number }>(sql`SELECT count(*) AS count FROM ${ident(name)}`))?.count ?? 0);
  let done = 0;
  const step = (count: number): void => {
    done += count;
    onProgress(done, total);
    signal?.throwIfAborted();
  };
  const tables: BackupTable[] = [];
  for (const table of stored) tables.push(await writeTable(snapshot, archive, table, step));
  const { files, missing } = await writeFiles(archive, filesDir, uploads, step);
  const head = await snapshot.get<{ seq: number; hash: string }>(raw('SELECT seq, hash FROM relata_audit ORDER BY seq DESC LIMIT 1'));
  const encryptionKeys = await notedKeys(snapshot);
  const manifest: Manifest = {
    format: BACKUP_FORMAT,
    app: model.name,
    appVersion: model.version,
    definitions: live.version,
    createdAt: now(),
    database: snapshot.dialect.name,
    tables,
    files,
    missingFiles: missing,
    ...(encryptionKeys.length > 0 && { encryptionKeys }),
    audit: { rows: Number(head?.seq ?? 0), hash: head?.hash ?? '' },
  };
  await archive.add(MANIFEST, Buffer.from(JSON.stringify(manifest, null, 1)));
  return manifest;
}

/** Rows as lines of JSON, some thousands a part, each part compressed. */
async function writeTable(snapshot: Snapshot, archive: ArchiveWriter, { name, columns }: StoredTable, step: (count: number) => void): Promise<BackupTable> {
  const digest = new RowDigest(columns);
  let parts = 0;
  let lines: string[] = [];
  const flush = async (): Promise<void> => {
    if (lines.length === 0) return;
    parts += 1;
    await archive.add(partName(name, parts), await zip(Buffer.from(`${lines.join('\n')}\n`), { level: 6 }));
    lines = [];
  };
  const selected = joinSql(columns.map((column) => ident(column.name)), ', ');
  for await (const batch of snapshot.rows(sql`SELECT ${selected} FROM ${ident(name)}`)) {
    for (const row of batch) {
      digest.add(row);
      lines.push(JSON.stringify(row));
    }
    step(batch.length);
    if (lines.length >= ROWS_A_PART) await flush();
  }
  await flush();
  return { name, rows: digest.rows, parts, columns: [...columns], digest: digest.toString() };
}

export const partName = (table: string, part: number): string => `tables/${table}/${String(part).padStart(6, '0')}.ndjson.gz`;
export const fileName = (storedAs: string): string => `files/${storedAs}`;

async function uploadsOf(snapshot: Snapshot): Promise<string[]> {
  const rows = await snapshot.all<{ stored_as: string | null }>(raw('SELECT stored_as FROM relata_file UNION SELECT stored_as FROM relata_import ORDER BY stored_as'));
  return rows.flatMap(({ stored_as }) => (stored_as !== null && STORED_NAME.test(stored_as) ? [stored_as] : []));
}

/** Bytes of an upload never change; one that a purge has taken meanwhile is counted as missing. */
async function writeFiles(archive: ArchiveWriter, dir: string, uploads: readonly string[], step: (count: number) => void): Promise<{ files: Manifest['files']; missing: number }> {
  const files: Manifest['files'] = [];
  let missing = 0;
  for (const name of uploads) {
    const size = await stat(join(dir, name)).then((found) => found.size, () => null);
    if (size === null) missing += 1;
    else files.push({ name, size, sha256: await archive.addStream(fileName(name), size, createReadStream(join(dir, name))) });
    step(1);
  }
  return { files, missing };
}

export async function hashOf(source: AsyncIterable<Buffer>): Promise<string> {
  const hash = createHash('sha256');
  for await (const chunk of source) hash.update(chunk);
  return hash.digest('hex');
}
