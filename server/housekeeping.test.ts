import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sql } from './db/sql.ts';
import { storedPath } from './files/store.ts';
import { tidyUp } from './housekeeping.ts';
import { createSignInLink, openSession, liveSession } from './session/sessions.ts';
import { thingApp } from './testing/thing-app.ts';
import { DATABASES, openTestWorkspace, type TestWorkspace } from './testing/test-workspace.ts';

describe.each(DATABASES)('tidying up on %s', (database) => {
  let workspace: TestWorkspace;
  beforeAll(async () => {
    workspace = await openTestWorkspace(database, { definitions: thingApp, now: '2026-06-01T00:00:00.000Z' });
  });
  afterAll(() => workspace.close());

  const count = async (table: 'session' | 'link' | 'key' | 'file'): Promise<number> => {
    const query = {
      session: sql`SELECT count(*) AS n FROM relata_session`,
      link: sql`SELECT count(*) AS n FROM relata_sign_in_link`,
      key: sql`SELECT count(*) AS n FROM relata_idempotency`,
      file: sql`SELECT count(*) AS n FROM relata_file`,
    }[table];
    return Number((await workspace.database.get<{ n: number }>(query))?.n);
  };

  it('removes what is over and keeps what still counts', async () => {
    const user = await workspace.addUser({ name: 'u', roles: ['worker'] });
    const stored = 'ab'.repeat(16);
    mkdirSync(workspace.filesDir, { recursive: true });
    writeFileSync(join(workspace.filesDir, stored), 'x');
    const token = await workspace.database.transaction(async (tx) => {
      await createSignInLink(tx, user.userId, workspace.now());
      await tx.run(sql`INSERT INTO relata_idempotency (actor, key, request, table_name, created_at) VALUES (${user.userId}, ${'k'}, ${'r'}, ${'thing'}, ${workspace.now()})`);
      await tx.run(sql`INSERT INTO relata_file (id, name, size, type, image, stored_as, sha256, uploaded_by, uploaded_at) VALUES (${'f'}, ${'a.txt'}, ${1}, ${'text/plain'}, ${0}, ${stored}, ${'s'}, ${user.userId}, ${workspace.now()})`);
      return openSession(tx, user.userId, workspace.now(), 'test');
    });

    workspace.setNow('2026-06-02T12:00:00.000Z');
    await tidyUp(workspace);
    expect([await count('session'), await count('link'), await count('key'), await count('file')]).toEqual([1, 0, 1, 1]);
    expect(existsSync(storedPath(workspace.filesDir, stored))).toBe(true);
    expect(await liveSession(workspace.database, token, workspace.now())).toEqual({ userId: user.userId, viewAs: null });

    workspace.setNow('2026-07-15T00:00:00.000Z');
    await tidyUp(workspace);
    expect([await count('session'), await count('link'), await count('key'), await count('file')]).toEqual([0, 0, 0, 0]);
    expect(existsSync(storedPath(workspace.filesDir, stored))).toBe(false);
  });

  it('keeps what was sent for a quarter and notices for a year; what still waits stays', async () => {
    const { database } = workspace;
    const old = '2025-01-01T00:00:00.000Z';
    const recent = '2026-07-01T00:00:00.000Z';
    await database.transaction(async (tx) => {
      for (const [id, state, at] of [['o1', 'sent', old], ['o2', 'dead', old], ['o3', 'sent', recent]] as const) await tx.run(sql`INSERT INTO relata_outbox (id, state, created_at) VALUES (${id}, ${state}, ${at})`);
      for (const [id, kind, at] of [['n1', 'notice', old], ['n2', 'approval', old], ['n3', 'notice', recent]] as const) await tx.run(sql`INSERT INTO relata_notice (id, kind, visible_at) VALUES (${id}, ${kind}, ${at})`);
    });
    workspace.setNow('2026-07-15T00:00:00.000Z');
    await tidyUp(workspace);
    expect((await database.all<{ id: string }>(sql`SELECT id FROM relata_outbox ORDER BY id`)).map(({ id }) => id)).toEqual(['o2', 'o3']);
    expect((await database.all<{ id: string }>(sql`SELECT id FROM relata_notice ORDER BY id`)).map(({ id }) => id)).toEqual(['n2', 'n3']);
  });
});
