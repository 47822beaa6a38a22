/**
 * Puts a backup in the place of what is there. It is loaded into a fresh store and compared first; then the two change places, and the
 * old one is kept aside. Nothing of the old one has been touched when anything is refused. No server may be at work meanwhile.
 */
import { existsSync } from 'node:fs';
import { mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { AppError } from '#engine/errors.ts';
import type { Config } from '../config.ts';
import type { Database } from '../db/database.ts';
import { connectPostgres } from '../db/postgres.ts';
import { openSchemas } from '../db/postgres-schemas.ts';
import { connectSqlite } from '../db/sqlite.ts';
import { noteInAudit } from '../records/audit.ts';
import { loadBackup, settleRestored } from './load-backup.ts';
import type { Vault } from '../vault/vault.ts';
import { vaultOf } from '../vault/vault-of.ts';
import type { Manifest } from './manifest.ts';

export type Place = Pick<Config, 'dataDir' | 'databaseUrl' | 'encryptionKeys'>;

export interface RestoreRequest {
  readonly place: Place;
  readonly file: string;
  readonly now: string;
  /** Restores although keys of the backup are missing: what they encrypt stays unreadable until they are given. */
  readonly withoutKeys?: boolean;
  readonly onProgress?: (done: number, total: number) => void;
}

export interface Restored {
  readonly manifest: Manifest;
  /** Where the old store is kept: a folder, or a schema of the database. Null: there was none. */
  readonly aside: string | null;
}

export function restoreBackup(request: RestoreRequest): Promise<Restored> {
  return request.place.databaseUrl === undefined ? intoSqlite(request) : intoPostgres(request, request.place.databaseUrl);
}

/** Before anything is touched: somebody who moved without the key learns of it now. */
export function refuseWithoutKeys({ encryptionKeys = [] }: Manifest, vault: Vault): void {
  const lacking = encryptionKeys.filter((id) => !vault.holds(id));
  if (lacking.length === 0) return;
  const names = lacking.join(', ');
  throw new AppError('conflict', {
    'zh-CN': `这份备份中的加密字段需要密钥 ${names}，这里没有；请在 RELATA_ENCRYPTION_KEY 中给出，或从原服务器的数据目录复制 encryption.key。确实没有时可在命令行用 --without-keys 恢复其余数据`,
    en: `What is encrypted in this backup needs the key ${names}, which is not here: give it in RELATA_ENCRYPTION_KEY, or copy encryption.key from the data directory of the old server. If it is lost, the command line restores the rest with --without-keys`,
  });
}

const stampOf = (now: string): string => now.replace(/[-:]/g, '').replace(/\..*$/, '').toLowerCase();
const OLD = ['relata.db', 'relata.db-wal', 'relata.db-shm', 'files'];
const NEW = ['files', 'relata.db'];
const JOURNAL = 'restore.json';
const BUSY_TRIES = 15;
const BUSY_MS = 200;

/** Asked only when the file has proved to be whole. */
function permitOf({ place, withoutKeys }: RestoreRequest): (manifest: Manifest) => void {
  return (manifest) => withoutKeys || refuseWithoutKeys(manifest, vaultOf(place));
}

async function intoSqlite(request: RestoreRequest): Promise<Restored> {
  const { place: { dataDir }, file, now, onProgress } = request;
  refuseWhileServing(dataDir, await serverPid(dataDir));
  const stamp = stampOf(now);
  const fresh = join(dataDir, `restoring-${stamp}`);
  const aside = join(dataDir, `before-restore-${stamp}`);
  await rm(fresh, { recursive: true, force: true });
  await mkdir(fresh, { recursive: true });
  try {
    const database = connectSqlite(join(fresh, 'relata.db'));
    let manifest: Manifest;
    try {
      manifest = await loadBackup({ file, database, filesDir: join(fresh, 'files'), permit: permitOf(request), ...(onProgress && { onProgress }) });
      await settle(database, file, manifest, now);
    } finally {
      await database.close();
    }
    const hasOld = existsSync(join(dataDir, 'relata.db'));
    await writeFile(join(dataDir, JOURNAL), JSON.stringify({ fresh, aside, step: 'old' }), { flush: true });
    await finishRestore(dataDir);
    return { manifest, aside: hasOld ? aside : null };
  } catch (error) {
    if (!existsSync(join(dataDir, JOURNAL))) await rm(fresh, { recursive: true, force: true });
    throw error;
  }
}

interface Journal {
  readonly fresh: string;
  readonly aside: string;
  /** `old`: the old store is being moved away; `new`: it is, and the new one is being moved in. */
  readonly step: 'old' | 'new';
}

/** The change of places, also one that was cut off: called again before anything opens the database, it goes on where it was. */
export async function finishRestore(dataDir: string): Promise<void> {
  const path = join(dataDir, JOURNAL);
  if (!existsSync(path)) return;
  const journal = JSON.parse(await readFile(path, 'utf8')) as Journal;
  if (journal.step === 'old') {
    await mkdir(journal.aside, { recursive: true });
    for (const name of OLD) if (existsSync(join(dataDir, name))) await rename(join(dataDir, name), join(journal.aside, name));
    await writeFile(path, JSON.stringify({ ...journal, step: 'new' }), { flush: true });
  }
  for (const name of NEW) if (existsSync(join(journal.fresh, name))) await rename(join(journal.fresh, name), join(dataDir, name));
  await rm(path);
  await rm(journal.fresh, { recursive: true, force: true });
}

async function intoPostgres(request: RestoreRequest, url: string): Promise<Restored> {
  const { place: { dataDir }, file, now, onProgress } = request;
  const stamp = stampOf(now);
  const [fresh, aside] = [`restoring_${stamp}`, `before_restore_${stamp}`];
  const schemas = await openSchemas(url);
  try {
    // Connections that were closed a moment ago are still listed for a while.
    let busy = await schemas.busy();
    for (let tries = 0; busy !== null && tries < BUSY_TRIES; tries++) {
      await sleep(BUSY_MS);
      busy = await schemas.busy();
    }
    refuseWhileServing(url.replace(/:[^:@/]*@/, ':…@'), busy);
    await schemas.create(fresh);
    const filesDir = join(dataDir, `restoring-${stamp}`);
    try {
      const database = await connectPostgres(url, { schema: fresh });
      let manifest: Manifest;
      try {
        manifest = await loadBackup({ file, database, filesDir, permit: permitOf(request), ...(onProgress && { onProgress }) });
        await settle(database, file, manifest, now);
      } finally {
        await database.close();
      }
      // Uploads have random names: those of the old store stay beside them.
      await mkdir(join(dataDir, 'files'), { recursive: true });
      for (const name of await readdir(filesDir)) await rename(join(filesDir, name), join(dataDir, 'files', name));
      await schemas.exchange(fresh, aside);
      return { manifest, aside };
    } catch (error) {
      await schemas.drop(fresh);
      throw error;
    } finally {
      await rm(filesDir, { recursive: true, force: true });
    }
  } finally {
    await schemas.close();
  }
}

async function settle(database: Database, file: string, manifest: Manifest, now: string): Promise<void> {
  await settleRestored(database);
  await database.transaction((tx) => noteInAudit(tx, { at: now, by: 'system', table: 'relata_backup', id: basename(file), action: 'restore', version: 0, changes: { createdAt: manifest.createdAt } }));
}

function refuseWhileServing(place: string, pid: number | null): void {
  if (pid === null) return;
  throw new AppError('conflict', {
    'zh-CN': `${place} 正由运行中的服务器使用（进程 ${pid}），请先停止服务器再恢复`,
    en: `A running server is at work on ${place} (process ${pid}); stop it before restoring`,
  });
}

const LOCK = 'server.lock';

/** So that a restore knows of this server. Answers the way to take it back. */
export async function announceServer(dataDir: string): Promise<() => Promise<void>> {
  await mkdir(dataDir, { recursive: true });
  await writeFile(join(dataDir, LOCK), String(process.pid));
  return async () => {
    if ((await readFile(join(dataDir, LOCK), 'utf8').catch(() => '')) === String(process.pid)) await rm(join(dataDir, LOCK), { force: true });
  };
}

/** Null: none, or one that has ended without taking its note along. */
async function serverPid(dataDir: string): Promise<number | null> {
  const pid = Number(await readFile(join(dataDir, LOCK), 'utf8').catch(() => 'none'));
  if (!Number.isInteger(pid) || pid <= 0) return null;
  try {
    process.kill(pid, 0);
    return pid;
  } catch (error) {
    return (error as { code?: string }).code === 'EPERM' ? pid : null;
  }
}
