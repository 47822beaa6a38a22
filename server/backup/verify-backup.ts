/** A test restore into a scratch store that is thrown away: only what has been restored once counts as a backup. */
import { mkdtemp, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { connectSqlite } from '../db/sqlite.ts';
import { loadBackup } from './load-backup.ts';
import type { Manifest } from './manifest.ts';

/** Beside the backup: a temporary folder may be too small for it. */
export async function verifyBackup(file: string, onProgress?: (done: number, total: number) => void): Promise<Manifest> {
  const dir = await mkdtemp(join(dirname(file), '.verify-'));
  try {
    const database = connectSqlite(join(dir, 'relata.db'), { scratch: true });
    try {
      return await loadBackup({ file, database, filesDir: join(dir, 'files'), ...(onProgress && { onProgress }) });
    } finally {
      await database.close();
    }
  } finally {
    await rm(dir, { recursive: true, force: true });
  }
}
