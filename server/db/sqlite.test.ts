import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Database, Queryable } from './database.ts';
import { raw, sql } from './sql.ts';
import { connectSqlite } from './sqlite.ts';

describe('a SQLite connection', () => {
  const dir = mkdtempSync(join(tmpdir(), 'relata-sqlite-'));
  let database: Database;
  beforeAll(() => {
    database = connectSqlite(join(dir, 'test.db'));
  });
  afterAll(async () => {
    await database.close();
    rmSync(dir, { recursive: true, force: true });
  });

  async function pragmas(db: Queryable): Promise<Record<string, unknown>> {
    const values: Record<string, unknown> = {};
    for (const name of ['journal_mode', 'synchronous', 'foreign_keys', 'busy_timeout', 'trusted_schema']) {
      values[name] = (await db.values(sql`PRAGMA ${raw(name)}`))[0]?.[0];
    }
    return values;
  }
  // A kill cannot show the difference between FULL and NORMAL; a power cut would.
  const safe = { journal_mode: 'wal', synchronous: 2, foreign_keys: 1, busy_timeout: 5000, trusted_schema: 0 };

  it('reads with full durability set', async () => {
    expect(await pragmas(database)).toEqual(safe);
  });

  it('writes with full durability set', async () => {
    expect(await database.transaction((tx) => pragmas(tx))).toEqual(safe);
  });

  it('shows readers nothing of a transaction that is under way or was taken back', async () => {
    await database.transaction(async (tx) => void (await tx.run(sql`CREATE TABLE note (text TEXT)`)));
    await database.transaction(async (tx) => {
      await tx.run(sql`INSERT INTO note VALUES (${'a'})`);
      expect(await database.all(sql`SELECT * FROM note`)).toEqual([]);
      expect(await tx.all(sql`SELECT * FROM note`)).toEqual([{ text: 'a' }]);
    });
    await expect(
      database.transaction(async (tx) => {
        await tx.run(sql`INSERT INTO note VALUES (${'b'})`);
        throw new Error('no');
      }),
    ).rejects.toThrow('no');
    expect(await database.all(sql`SELECT * FROM note`)).toEqual([{ text: 'a' }]);
  });

  it('lets writers take turns', async () => {
    await database.transaction(async (tx) => void (await tx.run(sql`CREATE TABLE counter AS SELECT 0 AS value`)));
    await Promise.all(
      Array.from({ length: 30 }, () =>
        database.transaction(async (tx) => {
          const row = await tx.get<{ value: number }>(sql`SELECT value FROM counter`);
          await new Promise((resolve) => setImmediate(resolve));
          await tx.run(sql`UPDATE counter SET value = ${(row?.value ?? 0) + 1}`);
        }),
      ),
    );
    expect(await database.get(sql`SELECT value FROM counter`)).toEqual({ value: 30 });
  });
});
