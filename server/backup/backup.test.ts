/** A backup counts only when it comes back: equal on the same database and on the other, refused whole when one byte is not right. */
import { randomBytes } from 'node:crypto';
import { copyFileSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pino } from 'pino';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Json } from '#engine/fields/field-type.ts';
import { type Actor, systemActor } from '#engine/permissions/actor.ts';
import { raw, sql } from '../db/sql.ts';
import { type OpenWorkspace, openWorkspace } from '../open-workspace.ts';
import { deleteRecord } from '../records/delete-record.ts';
import { findRecords } from '../records/find-records.ts';
import { updateRecord } from '../records/update-record.ts';
import { verifyAudit } from '../records/verify-audit.ts';
import { writeSession } from '../records/write-session.ts';
import { openSession } from '../session/sessions.ts';
import { storeStream } from '../files/store.ts';
import { Readable } from 'node:stream';
import { DATABASES, type DatabaseName, freshDatabase, openTestWorkspace, type TestWorkspace } from '../testing/test-workspace.ts';
import { thingApp } from '../testing/thing-app.ts';
import { announceServer, finishRestore, restoreBackup } from './restore-backup.ts';
import { verifyBackup } from './verify-backup.ts';
import { writeBackup } from './write-backup.ts';

const NOW = '2026-06-15T04:00:00.000Z';

async function fill(workspace: TestWorkspace): Promise<Actor> {
  const owner = await workspace.addUser({ name: '管理员', roles: ['owner'] });
  const { storedAs, size, sha256 } = await storeStream(workspace.filesDir, Readable.from([Buffer.from('合同正文'), randomBytes(3000)]));
  await workspace.database.transaction(async (tx) => {
    await tx.run(sql`INSERT INTO relata_file (id, name, size, type, image, stored_as, sha256, uploaded_by, uploaded_at) VALUES (${'f1'}, ${'合同.pdf'}, ${size}, ${'application/pdf'}, ${0}, ${storedAs}, ${sha256}, ${owner.userId}, ${NOW})`);
    await openSession(tx, owner.userId, NOW, 'a browser');
    await tx.run(sql`INSERT INTO relata_outbox (id, kind, host, payload, state, attempts, most_attempts, created_at) VALUES (${'o1'}, ${'email'}, ${'h'}, ${'{}'}, ${'pending'}, ${0}, ${3}, ${NOW})`);
  });
  let parent: string | undefined;
  for (let i = 0; i < 30; i++) {
    const values: Record<string, Json> = { name: `𠮷野家 ${i} "引号"\n换行`, code: `C${i}`, price: i * 1.25, weight: i / 8, active: i % 2 === 0, tags: ['甲', `t${i}`], span: { start: '2026-01-01T00:00:00.000Z', end: '2026-01-01T01:00:00.000Z' }, rows: [{ title: `row ${i}`, quantity: 2 }], ...(parent && { parent, related: [parent] }) };
    parent = await workspace.create(owner, 'thing', values);
  }
  await writeSession(workspace, owner, (session) => updateRecord(session, 'thing', parent as string, { name: '改过' }));
  const gone = await workspace.create(owner, 'thing', { name: '删掉的' });
  await writeSession(workspace, owner, (session) => deleteRecord(session, 'thing', gone));
  // A field in the trash, with its values.
  await workspace.publish({ definitions: { ...thingApp, tables: thingApp.tables.map((table) => (table.name === 'thing' ? { ...table, fields: table.fields.filter(({ name }) => name !== 'colors' && name !== 'secret') , permissions: { ...table.permissions, worker: { ...table.permissions?.worker, fields: {} } } } : table)) }, base: workspace.definitionsVersion, by: owner.userId, note: '' });
  return owner;
}

const openAt = (dataDir: string, databaseUrl: string | undefined): Promise<OpenWorkspace> =>
  openWorkspace({ dataDir, databaseUrl, template: async () => { throw new Error('There should be definitions.'); }, sampleData: false, log: pino({ level: 'silent' }), now: () => NOW });

async function everything(workspace: OpenWorkspace): Promise<unknown> {
  const { data, included } = await findRecords(workspace, systemActor, 'thing', { sort: ['name'], limit: 200 });
  const audit = await workspace.database.all<{ seq: number; hash: string }>(sql`SELECT seq, hash FROM relata_audit WHERE action <> ${'restore'} ORDER BY seq`);
  const trash = await workspace.database.all(sql`SELECT id, state, filled FROM relata_trash ORDER BY id`);
  return { data, included, audit: audit.map(({ seq, hash }) => [Number(seq), hash]), trash: trash.map((row) => JSON.stringify(row)) };
}

describe.each(DATABASES)('a backup of %s', (database) => {
  let workspace: TestWorkspace;
  let owner: Actor;
  let dir: string;
  let file: string;

  beforeAll(async () => {
    dir = mkdtempSync(join(tmpdir(), 'relata-backup-'));
    workspace = await openTestWorkspace(database, { definitions: thingApp, now: NOW });
    owner = await fill(workspace);
    file = join(dir, 'a.relata');
    await writeBackup({ database: workspace.database, filesDir: workspace.filesDir, now: workspace.now, target: file });
  });
  afterAll(async () => {
    await workspace.close();
    rmSync(dir, { recursive: true, force: true });
  });

  const place = async (target: DatabaseName) => ({ dataDir: mkdtempSync(join(dir, 'place-')), databaseUrl: target === 'postgres' ? await freshDatabase() : undefined });

  it('is proved by a test restore that leaves nothing behind', async () => {
    const manifest = await verifyBackup(file);
    expect(manifest.tables.find(({ name }) => name === 'thing')).toMatchObject({ rows: 31 });
    expect(manifest).toMatchObject({ database, files: [{ size: 3012 }], missingFiles: 0 });
    expect(readdirSync(dir).filter((name) => name.startsWith('.verify'))).toEqual([]);
  });

  it.each(DATABASES)('comes back on %s as it was: records, numbers, search, audit, trash, uploads', async (target) => {
    const to = await place(target);
    await restoreBackup({ place: to, file, now: NOW });
    const restored = await openAt(to.dataDir, to.databaseUrl);
    try {
      expect(await everything(restored)).toEqual(await everything(workspace));
      expect((await findRecords(restored, systemActor, 'thing', { search: '𠮷野家 7' })).data.map(({ code }) => code)).toContain('C7');
      expect(await verifyAudit(restored.database)).toMatchObject({ broken: null });
      expect(readdirSync(restored.filesDir)).toEqual(readdirSync(workspace.filesDir).sort());
      expect(await restored.database.all(raw('SELECT * FROM relata_session'))).toEqual([]);
      expect((await restored.database.all<{ state: string }>(raw('SELECT state FROM relata_outbox'))).map(({ state }) => state)).toEqual(['held']);
      // Writing goes on: ids, numbers, roll-ups, the chain.
      const again = await writeSession(restored, restored.directory.actor(owner.userId), async (session) => (await import('../records/create-record.ts')).createRecord(session, 'thing', { name: '之后' }));
      const record = (await findRecords(restored, systemActor, 'thing', { filter: { '==': [{ var: 'id' }, again] } })).data[0];
      expect(record?.number).toMatch(/^T20260615\d+$/);
      expect(await verifyAudit(restored.database)).toMatchObject({ broken: null });
      await expect(restored.database.transaction((tx) => tx.run(raw('DELETE FROM relata_audit')))).rejects.toThrow(/append only/);
    } finally {
      await restored.close();
    }
  });

  it('is one moment of the database, whatever others write meanwhile', async () => {
    const target = join(dir, 'moving.relata');
    let writing = true;
    const others = (async () => {
      for (let i = 0; writing; i++) {
        await workspace.create(owner, 'thing', { name: `同时 ${i}`, rows: [{ title: 'x', quantity: 1 }] });
        await new Promise((resolve) => setImmediate(resolve));
      }
    })();
    const manifest = await writeBackup({ database: workspace.database, filesDir: workspace.filesDir, now: workspace.now, target });
    writing = false;
    await others;
    await verifyBackup(target);
    const rows = (name: string) => manifest.tables.find((table) => table.name === name)?.rows ?? 0;
    // Each record was written with its row, its event and its links of the chain in one transaction.
    expect(manifest.audit.rows).toBe(rows('relata_audit'));
  });

  it('puts the old store aside and refuses while a server is at work', async () => {
    const to = await place(database);
    await restoreBackup({ place: to, file, now: NOW });
    const first = await openAt(to.dataDir, to.databaseUrl);
    await first.database.transaction((tx) => tx.run(sql`UPDATE thing SET name = ${'变了'} WHERE code = ${'C1'}`));
    if (database === 'postgres') await expect(restoreBackup({ place: to, file, now: '2026-06-16T04:00:00.000Z' })).rejects.toMatchObject({ code: 'conflict' });
    await first.close();
    if (database === 'sqlite') {
      const leave = await announceServer(to.dataDir);
      await expect(restoreBackup({ place: to, file, now: '2026-06-16T04:00:00.000Z' })).rejects.toMatchObject({ code: 'conflict' });
      await leave();
    }
    const { aside } = await restoreBackup({ place: to, file, now: '2026-06-16T04:00:00.000Z' });
    const second = await openAt(to.dataDir, to.databaseUrl);
    const named = async (text: string) => (await second.database.all(raw(text))).length;
    expect(await named(`SELECT 1 FROM thing WHERE name = '变了'`)).toBe(0);
    if (database === 'postgres') expect(await named(`SELECT 1 FROM ${aside}.thing WHERE name = '变了'`)).toBe(1);
    else expect(existsSync(join(aside ?? '', 'relata.db'))).toBe(true);
    await second.close();
  });

  it('refuses what is damaged, cut off, foreign or newer, and has touched nothing then', async () => {
    const to = await place(database);
    const bytes = readFileSync(file);
    const bad = join(dir, 'bad.relata');
    const refuse = async (content: Buffer, code = 'invalid_request') => {
      writeFileSync(bad, content);
      await expect(restoreBackup({ place: to, file: bad, now: NOW })).rejects.toMatchObject({ code });
    };
    for (const size of [0, 1, 511, 512, 4096, Math.floor(bytes.length / 2), bytes.length - 512, bytes.length - 1]) await refuse(bytes.subarray(0, size));
    await refuse(Buffer.concat([bytes, Buffer.alloc(512)]));
    await refuse(Buffer.from('PK\u0003\u0004 not a backup'));
    await refuse(randomBytes(100 * 512));
    await expect(restoreBackup({ place: to, file: join(dir, 'nothing.relata'), now: NOW })).rejects.toMatchObject({ code: 'invalid_request' });
    expect(readdirSync(to.dataDir)).toEqual([]);
  });
});

describe('a backup with a byte that is not right', () => {
  it('is refused wherever it is: 200 flips at random places, header, padding, seal', async () => {
    const dir = mkdtempSync(join(tmpdir(), 'relata-flips-'));
    const workspace = await openTestWorkspace('sqlite', { definitions: thingApp, now: NOW });
    try {
      await fill(workspace);
      const file = join(dir, 'a.relata');
      await writeBackup({ database: workspace.database, filesDir: workspace.filesDir, now: workspace.now, target: file });
      const bytes = readFileSync(file);
      const bad = join(dir, 'bad.relata');
      copyFileSync(file, bad);
      const places = [...Array.from({ length: 200 }, () => Math.floor(Math.random() * bytes.length)), 0, 148, 511, bytes.length - 1, bytes.length - 1024, bytes.length - 1500, bytes.length - 2000];
      for (const place of places) {
        const flipped = Buffer.from(bytes);
        flipped[place] = (flipped[place] as number) ^ (1 << Math.floor(Math.random() * 8));
        writeFileSync(bad, flipped);
        await expect(verifyBackup(bad), `byte ${place} of ${bytes.length}`).rejects.toMatchObject({ code: 'invalid_request' });
      }
      expect(readdirSync(dir).sort()).toEqual(['a.relata', 'bad.relata']);
    } finally {
      await workspace.close();
      rmSync(dir, { recursive: true, force: true });
    }
  });

  it('goes on with a change of places that was cut off', async () => {
    const dir = mkdtempSync(join(tmpdir(), 'relata-journal-'));
    const [fresh, aside] = [join(dir, 'restoring'), join(dir, 'before')];
    for (const step of ['old', 'new'] as const) {
      rmSync(dir, { recursive: true, force: true });
      for (const [place, text] of [[dir, 'old'], [fresh, 'new']] as const) {
        await (await import('node:fs/promises')).mkdir(join(place, 'files'), { recursive: true });
        if (place === dir && step === 'new') continue;
        writeFileSync(join(place, 'relata.db'), text);
      }
      if (step === 'new') rmSync(join(dir, 'files'), { recursive: true });
      writeFileSync(join(dir, 'restore.json'), JSON.stringify({ fresh, aside, step }));
      await finishRestore(dir);
      expect(readFileSync(join(dir, 'relata.db'), 'utf8')).toBe('new');
      if (step === 'old') expect(readFileSync(join(aside, 'relata.db'), 'utf8')).toBe('old');
      expect(existsSync(join(dir, 'restore.json'))).toBe(false);
    }
    rmSync(dir, { recursive: true, force: true });
  });
});
