/** Backups of a running workspace: by hand and on Sundays, thinned out, missed ones told of; on the command line too. */
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { runCli } from '../cli/run-cli.ts';
import { sql } from '../db/sql.ts';
import { type Client, startTestServer, type TestServer } from '../testing/test-server.ts';
import type { Restoring } from '../http/endpoint.ts';
import { DATABASES } from '../testing/test-workspace.ts';
import { thingApp } from '../testing/thing-app.ts';
import { backUpWhenDue, lastDue } from './backup-clock.ts';
import { type BackupNote, listBackups, thinOut } from './backups.ts';

describe.each(DATABASES)('backups on %s', (database) => {
  let server: TestServer;
  let owner: Client;
  let dir: string;
  const begun: string[] = [];
  const restoring: Restoring = { begin: (file) => void begun.push(file), asked: false, problem: null };

  beforeAll(async () => {
    server = await startTestServer(database, { definitions: thingApp, restoring });
    owner = await server.signedIn(await server.workspace.addUser({ name: 'owner', roles: ['owner'] }));
    dir = join(server.workspace.dataDir, 'backups');
  });
  afterEach(() => rmSync(dir, { recursive: true, force: true }));
  afterAll(() => server.close());

  const state = async () => (await owner.get('/api/backups')).body as { running: object | null; failed: string | null; data: BackupNote[] };

  it('are made from the page, proved, drilled, fetched, and noted in the audit', async () => {
    expect((await owner.post('/api/backups')).status).toBe(202);
    await expect.poll(async () => (await state()).running, { timeout: 20_000 }).toBeNull();
    const { failed, data } = await state();
    expect(failed).toBeNull();
    expect(data).toMatchObject([{ kind: 'manual', problem: null, verifiedAt: server.workspace.now() }]);
    const { name, size } = data[0] as BackupNote;
    const file = await owner.get(`/api/backups/${name}/file`);
    expect(file.bytes.length).toBe(size);
    expect((await owner.get('/api/backups/..%2Frelata.db/file')).status).toBe(404);
    // A byte of it goes bad on the disk: the drill finds it.
    const bytes = readFileSync(join(dir, name));
    bytes[700] = (bytes[700] as number) ^ 1;
    writeFileSync(join(dir, name), bytes);
    expect((await owner.post(`/api/backups/${name}/verify`)).status).toBe(202);
    await expect.poll(async () => (await state()).running).toBeNull();
    expect((await state()).data[0]).toMatchObject({ verifiedAt: null, problem: expect.stringContaining('damaged') });
    const noted = await server.workspace.database.all<{ action: string }>(sql`SELECT action FROM relata_audit WHERE table_name = ${'relata_backup'} ORDER BY seq`);
    expect(noted.map(({ action }) => action)).toEqual(['backup', 'download', 'verify']);
  });

  it('are restored once, however often that is asked; why one failed is told until the next begins', async () => {
    restoring.problem = { 'zh-CN': '坏了', en: 'It broke' };
    expect((await state()).failed).toBe('It broke');
    expect((await owner.post('/api/backups')).status).toBe(202);
    await expect.poll(async () => (await state()).running, { timeout: 20_000 }).toBeNull();
    const { failed, data } = await state();
    expect(failed).toBeNull();
    const { name } = data[0] as BackupNote;
    const replies = await Promise.all([1, 2].map(() => owner.post(`/api/backups/${name}/restore`, { confirm: name })));
    expect(replies.map(({ status }) => status).sort()).toEqual([202, 409]);
    await expect.poll(() => begun).toEqual([join(dir, name)]);
    const noted = await server.workspace.database.all(sql`SELECT seq FROM relata_audit WHERE table_name = ${'relata_backup'} AND action = ${'restore'}`);
    expect(noted).toHaveLength(1);
  });

  it('are made on Sundays at two, once, and told to the owners; a gap of eight days is told too', async () => {
    const { workspace } = server;
    expect(lastDue('2026-06-15T04:00:00.000Z', 'Asia/Shanghai')).toBe('2026-06-13T18:00:00.000Z');
    expect(lastDue('2026-06-13T17:59:59.000Z', 'Asia/Shanghai')).toBe('2026-06-06T18:00:00.000Z');
    expect(lastDue('2026-06-13T18:00:00.000Z', 'Asia/Shanghai')).toBe('2026-06-13T18:00:00.000Z');
    expect(await backUpWhenDue(workspace, dir)).toBe(false);
    workspace.setNow('2026-06-20T18:00:30.000Z');
    expect(await Promise.all([backUpWhenDue(workspace, dir), backUpWhenDue(workspace, dir)])).toContain(true);
    expect(await backUpWhenDue(workspace, dir)).toBe(false);
    expect((await listBackups(dir)).map(({ kind }) => kind)).toEqual(['weekly']);
    const titles = async () => (await workspace.database.all<{ title: string }>(sql`SELECT title FROM relata_notice ORDER BY created_at, id`)).map(({ title }) => (JSON.parse(title) as { en: string }).en);
    expect(await titles()).toEqual(['The weekly backup is done']);
    // The folder is lost, and nobody makes another.
    rmSync(dir, { recursive: true });
    workspace.setNow('2026-07-04T17:00:00.000Z');
    writeFileSync(dir, 'a file stands where the folder should be');
    await backUpWhenDue(workspace, dir).catch(() => undefined);
    rmSync(dir);
    await backUpWhenDue(workspace, dir);
    await backUpWhenDue(workspace, dir);
    expect(await titles()).toEqual(['The weekly backup is done', 'The weekly backup failed', 'There has been no good backup for more than 8 days']);
    workspace.setNow('2026-06-15T04:00:00.000Z');
  });

  it('are made, verified and restored on the command line', async () => {
    const { workspace } = server;
    const config = { dataDir: workspace.dataDir, databaseUrl: workspace.databaseUrl, backupDir: dir };
    const relata = async (...argv: string[]) => {
      const lines: string[] = [];
      return { code: await runCli(argv, config, { locale: 'en', say: (text) => void lines.push(text.en) }), said: () => lines.join('\n') };
    };
    const made = await relata('backup');
    expect(made.said()).toMatch(/✓ .*proved by a test restore/);
    const file = join(dir, readdirSync(dir).find((name) => name.endsWith('.relata')) as string);
    expect((await relata('verify', file)).code).toBe(0);
    const asked = await relata('restore', file);
    expect(asked.code).toBe(1);
    expect(asked.said()).toContain('Add --yes');
    writeFileSync(`${file}x`, readFileSync(file).subarray(0, 5000));
    expect((await relata('verify', `${file}x`)).code).toBe(1);
    expect((await relata('restore')).code).toBe(2);
  });
});

it('keeps eight weeks and six months of the weekly ones, and all that somebody made by hand', async () => {
  const dir = mkdtempSync(join(tmpdir(), 'relata-thin-'));
  const day = (i: number) => new Date(Date.UTC(2025, 0, 4 + 7 * i, 18)).toISOString();
  const nameOf = (at: string, kind: string) => `relata-${at.replace(/[-:]/g, '').replace(/\..*$/, '').toLowerCase()}z-${kind}.relata`;
  for (let i = 0; i < 60; i++) {
    const name = nameOf(day(i), 'weekly');
    writeFileSync(join(dir, name), '');
    writeFileSync(join(dir, `${name}.json`), JSON.stringify({ name, kind: 'weekly', at: day(i) }));
  }
  writeFileSync(join(dir, nameOf(day(0), 'manual')), '');
  await thinOut(dir, 'Asia/Shanghai');
  const left = (await listBackups(dir)).map(({ name }) => name);
  expect(left.filter((name) => name.includes('manual'))).toHaveLength(1);
  const weekly = left.filter((name) => name.includes('weekly'));
  expect(weekly.slice(0, 8)).toEqual(Array.from({ length: 8 }, (_, i) => nameOf(day(59 - i), 'weekly')));
  // Six months back from the last: the first of each, two of which are among the last eight already.
  expect(weekly).toHaveLength(12);
  rmSync(dir, { recursive: true, force: true });
});
