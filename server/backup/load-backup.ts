/**
 * Reads a backup into an empty store: a new database and an empty folder of files. Everything is compared with what the backup says
 * of itself, and the database is examined as the doctor would, before anybody may call it good.
 */
import { createWriteStream } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';
import type { Label } from '#engine/errors.ts';
import type { AppModel } from '#engine/model/app-model.ts';
import { buildModel } from '#engine/model/build-model.ts';
import { databaseSchema } from '#engine/schema/database-schema.ts';
import { applySchema, applySystemTables, existingSchema } from '../db/apply-schema.ts';
import type { Database, Transaction } from '../db/database.ts';
import { rebuildSearchIndex } from '../db/search-index.ts';
import { bind, ident, join as joinSql, raw, type Sql, type SqlScalar, sql } from '../db/sql.ts';
import { SYSTEM_TABLES } from '../db/system-tables.ts';
import { examine } from '../definitions/doctor.ts';
import { liveDefinitions } from '../definitions/store.ts';
import { type ArchiveEntry, changed, checkSeal, damaged, readArchive } from './archive.ts';
import { RowDigest } from './digest-rows.ts';
import { type BackupTable, MANIFEST, type Manifest, readManifest } from './manifest.ts';
import { NOT_KEPT, storedTables } from './stored-tables.ts';
import { fileName, hashOf, partName } from './write-backup.ts';

const unzip = promisify(gunzip);
const LARGEST_PART = 1024 * 1_048_576;
/** SQLite and PostgreSQL take thousands of values in a statement; fewer keep them prepared. */
const MOST_VALUES = 2000;

export interface LoadRequest {
  readonly file: string;
  readonly database: Database;
  readonly filesDir: string;
  /** Called with what the backup says of itself, before anything is loaded; throws to refuse it. */
  readonly permit?: (manifest: Manifest) => void;
  readonly onProgress?: (done: number, total: number) => void;
  readonly signal?: AbortSignal | undefined;
}

export async function manifestOf(file: string): Promise<Manifest> {
  for await (const entry of readArchive(file)) if (entry.name === MANIFEST) return readManifest((await entry.read()).toString('utf8'));
  throw changed();
}

/** Throws with a sentence and leaves the store to be thrown away. */
export async function loadBackup({ file, database, filesDir, permit, onProgress = () => undefined, signal }: LoadRequest): Promise<Manifest> {
  await checkSeal(file);
  const manifest = await manifestOf(file);
  refuseNewer(manifest);
  permit?.(manifest);
  const total = manifest.tables.reduce((sum, { rows }) => sum + rows, manifest.files.length);
  let done = 0;
  const step = (count: number): void => {
    done += count;
    onProgress(done, total);
    signal?.throwIfAborted();
  };
  await mkdir(filesDir, { recursive: true });
  await database.transaction(async (tx) => {
    await applySystemTables(tx);
    const model = await loadDefinitions(tx, file, manifest, step);
    await loadTables(tx, file, manifest, step);
    await afterwards(tx, manifest);
    for (const table of Object.values(model.tables)) await rebuildSearchIndex(tx, table);
  });
  await loadFiles(file, manifest, filesDir, step);
  await compare(database, manifest);
  return manifest;
}

/** A part of the server's own that this program does not know was written by a newer one. */
function refuseNewer({ tables }: Manifest): void {
  const known = new Map(SYSTEM_TABLES.map((table) => [table.name, new Set(table.columns.map(({ name }) => name))]));
  for (const { name, columns } of tables) {
    if (!name.startsWith('relata_')) continue;
    const own = known.get(name);
    if (!own || columns.some((column) => !own.has(column.name))) {
      throw damaged({ 'zh-CN': `备份来自更新版本的 Relata（含“${name}”的新内容），请先升级程序`, en: `The backup was made by a newer Relata (it holds more in "${name}"); upgrade this one first` });
    }
  }
}

async function loadDefinitions(tx: Transaction, file: string, manifest: Manifest, step: (count: number) => void): Promise<AppModel> {
  const own = manifest.tables.find(({ name }) => name === 'relata_definitions');
  if (!own) throw changed();
  for await (const entry of readArchive(file)) if (entry.name.startsWith(`tables/${own.name}/`)) await insertPart(tx, own, entry, step);
  const live = await liveDefinitions(tx);
  const { model } = live ? buildModel(live.definitions) : { model: null };
  if (!live || !model) throw damaged({ 'zh-CN': '备份中的定义无效，无法恢复', en: 'The definitions in the backup are not valid; it cannot be restored' });
  await applySchema(tx, databaseSchema(model));
  await addTrash(tx, manifest);
  return model;
}

/** Columns and tables in the trash belong to no definition; they come back as they were. */
async function addTrash(tx: Transaction, { tables }: Manifest): Promise<void> {
  const have = await existingSchema(tx);
  for (const { name, columns } of tables) {
    const there = have.get(name)?.columns;
    const typeOf = (column: BackupTable['columns'][number]): Sql => raw(tx.dialect.columnTypes[column.type]);
    if (there) {
      for (const column of columns) if (!there.has(column.name)) await tx.run(sql`ALTER TABLE ${ident(name)} ADD COLUMN ${ident(column.name)} ${typeOf(column)}`);
      continue;
    }
    const rid = tx.dialect.name === 'sqlite' ? raw('INTEGER PRIMARY KEY') : raw('BIGINT GENERATED BY DEFAULT AS IDENTITY PRIMARY KEY');
    const parts = columns.map((column) => (column.name === '_rid' ? sql`"_rid" ${rid}` : column.name === 'id' ? sql`"id" ${typeOf(column)} NOT NULL UNIQUE` : sql`${ident(column.name)} ${typeOf(column)}`));
    await tx.run(sql`CREATE TABLE ${ident(name)} (${joinSql(parts, ', ')})`);
  }
}

async function loadTables(tx: Transaction, file: string, manifest: Manifest, step: (count: number) => void): Promise<void> {
  const tables = new Map(manifest.tables.map((table) => [table.name, table]));
  const read = new Map<string, number>();
  for await (const entry of readArchive(file)) {
    const name = /^tables\/([^/]+)\//.exec(entry.name)?.[1];
    if (name === undefined) continue;
    const table = tables.get(name);
    const part = (read.get(name) ?? 0) + 1;
    if (!table || NOT_KEPT.has(name) || entry.name !== partName(name, part)) throw changed();
    read.set(name, part);
    if (name !== 'relata_definitions') await insertPart(tx, table, entry, step);
  }
  for (const { name, parts } of manifest.tables) if ((read.get(name) ?? 0) !== parts) throw changed();
}

async function insertPart(tx: Transaction, table: BackupTable, entry: ArchiveEntry, step: (count: number) => void): Promise<void> {
  const text = await unzip(await entry.read(), { maxOutputLength: LARGEST_PART }).then((bytes) => bytes.toString('utf8'), () => {
    throw changed();
  });
  const rows = text.split('\n').slice(0, -1).map((line) => JSON.parse(line) as SqlScalar[]);
  if (rows.some((row) => !Array.isArray(row) || row.length !== table.columns.length)) throw changed();
  const width = Math.max(1, Math.floor(MOST_VALUES / table.columns.length));
  const names = joinSql(table.columns.map(({ name }) => ident(name)), ', ');
  for (let from = 0; from < rows.length; from += width) {
    const batch = rows.slice(from, from + width);
    await tx.run(sql`INSERT INTO ${ident(table.name)} (${names}) VALUES ${joinSql(batch.map((row) => valuesOf(tx, table, row)), ', ')}`);
    step(batch.length);
    // Others get their turn between batches.
    await new Promise((resolve) => setImmediate(resolve));
  }
}

function valuesOf(tx: Transaction, { columns }: BackupTable, row: readonly SqlScalar[]): Sql {
  const isPostgres = tx.dialect.name === 'postgres';
  return sql`(${joinSql(row.map((value, i) => (isPostgres && columns[i]?.type === 'json' ? sql`${bind(value)}::jsonb` : isPostgres ? sql`${bind(value)}::${raw(CASTS[columns[i]?.type ?? 'text'])}` : bind(value))), ', ')})`;
}
const CASTS: Readonly<Record<BackupTable['columns'][number]['type'], string>> = { text: 'text', integer: 'integer', bigint: 'bigint', real: 'double precision', json: 'jsonb' };

/** New records get numbers after those that are there. */
async function afterwards(tx: Transaction, { tables }: Manifest): Promise<void> {
  if (tx.dialect.name !== 'postgres') return;
  for (const { name, columns } of tables) {
    if (!columns.some((column) => column.name === '_rid')) continue;
    await tx.get(sql`SELECT setval(pg_get_serial_sequence(${`"${name}"`}, '_rid'), greatest(1, (SELECT coalesce(max("_rid"), 1) FROM ${ident(name)})), true) AS value`);
  }
}

async function loadFiles(file: string, manifest: Manifest, dir: string, step: (count: number) => void): Promise<void> {
  const files = new Map(manifest.files.map((own) => [fileName(own.name), own]));
  for await (const entry of readArchive(file)) {
    if (!entry.name.startsWith('files/')) continue;
    const own = files.get(entry.name);
    if (!own || own.size !== entry.size) throw changed();
    await pipeline(entry.stream(), createWriteStream(join(dir, own.name), { flags: 'wx' }));
    if ((await hashOf(entry.stream())) !== own.sha256) throw changed();
    files.delete(entry.name);
    step(1);
  }
  if (files.size > 0) throw changed();
}

/** What stands in the new store against what the backup says there was; then all that the doctor looks at. */
async function compare(database: Database, manifest: Manifest): Promise<void> {
  await database.snapshot(async (snapshot) => {
    const live = await liveDefinitions(snapshot);
    const { model } = live ? buildModel(live.definitions) : { model: null };
    if (!model) throw changed();
    const found = new Set((await storedTables(snapshot, model)).map(({ name }) => name));
    for (const table of manifest.tables) {
      if (!found.has(table.name)) throw differs(table.name);
      const digest = new RowDigest(table.columns);
      const names = joinSql(table.columns.map(({ name }) => ident(name)), ', ');
      for await (const batch of snapshot.rows(sql`SELECT ${names} FROM ${ident(table.name)}`)) for (const row of batch) digest.add(row);
      if (digest.rows !== table.rows || digest.toString() !== table.digest) throw differs(table.name);
    }
  });
  const problem = (await examine(database, false)).find(({ kind }) => kind === 'problem');
  if (problem) throw damaged({ 'zh-CN': `恢复后的数据库未通过检查：${problem.label['zh-CN']}`, en: `What was restored does not pass the checks: ${problem.label.en}` });
}

function differs(table: string): Error {
  const label: Label = { 'zh-CN': `恢复后“${table}”的内容与备份不符`, en: `"${table}" is not what it was in the backup` };
  return damaged(label);
}

/** When a restored store takes its place: mail and requests wait to be looked at, or they would leave the house a second time; exported files are gone. */
export async function settleRestored(database: Database): Promise<void> {
  await database.transaction(async (tx) => {
    await tx.run(raw(`UPDATE relata_outbox SET state = 'held', lease_owner = NULL, lease_until = NULL WHERE state IN ('pending', 'sending')`));
    await tx.run(raw(`UPDATE relata_export SET state = 'expired', stored_as = NULL WHERE state IN ('done', 'running')`));
  });
}
