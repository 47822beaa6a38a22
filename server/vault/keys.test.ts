/** Keys: the wrong one, a lost one, a new one; and what a backup asks for when it comes back. */
import { randomBytes } from 'node:crypto';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pino } from 'pino';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { systemActor } from '#engine/permissions/actor.ts';
import { restoreBackup } from '../backup/restore-backup.ts';
import { verifyBackup } from '../backup/verify-backup.ts';
import { writeBackup } from '../backup/write-backup.ts';
import { readConfig } from '../config.ts';
import { raw, sql } from '../db/sql.ts';
import { planDefinitions } from '../definitions/plan.ts';
import { storedPath } from '../files/store.ts';
import { openWorkspace, type OpenWorkspace } from '../open-workspace.ts';
import { createRecord } from '../records/create-record.ts';
import { findRecords } from '../records/find-records.ts';
import { getRecord } from '../records/get-record.ts';
import { recordTimeline } from '../records/record-timeline.ts';
import { updateRecord } from '../records/update-record.ts';
import { verifyAudit } from '../records/verify-audit.ts';
import { writeSession } from '../records/write-session.ts';
import { revealField } from '../sharing/reveal-field.ts';
import { DATABASES, freshDatabase } from '../testing/test-workspace.ts';
import { vaultApp, withField } from '../testing/vault-app.ts';
import { runDue } from '../workflows/worker.ts';
import { examineEncryption } from './examine-encryption.ts';
import { notedKeys } from './key-note.ts';
import { reseal } from './reseal.ts';
import { openFile, sealFile } from './sealed-imports.ts';
import { keyIdOf } from './vault.ts';

const NOW = '2026-06-15T04:00:00.000Z';
const SECRET = 'zq8behindkeys';

describe.each(DATABASES)('encryption keys on %s', (database) => {
  const dataDir = mkdtempSync(join(tmpdir(), 'relata-keys-'));
  const [first, second] = [randomBytes(32), randomBytes(32)];
  let databaseUrl: string | undefined;
  let id: string;

  const open = (encryptionKeys?: readonly Buffer[], dir = dataDir, url = databaseUrl): Promise<OpenWorkspace> =>
    openWorkspace({ dataDir: dir, databaseUrl: url, template: async () => ({ definitions: vaultApp, samples: {} }), sampleData: false, log: pino({ level: 'silent' }), now: () => NOW, ...(encryptionKeys && { encryptionKeys }) });
  async function inside<T>(keys: readonly Buffer[] | undefined, work: (workspace: OpenWorkspace) => Promise<T>): Promise<T> {
    const workspace = await open(keys);
    try {
      return await work(workspace);
    } finally {
      await workspace.close();
    }
  }
  const family = async (workspace: OpenWorkspace): Promise<unknown> => (await getRecord(workspace, systemActor, 'person', id)).data.family;
  const change = (workspace: OpenWorkspace, values: Record<string, string>) => writeSession(workspace, systemActor, (session) => updateRecord(session, 'person', id, values));

  beforeAll(async () => {
    databaseUrl = database === 'postgres' ? await freshDatabase() : undefined;
    id = await inside([first], async (workspace) => {
      const made = await writeSession(workspace, systemActor, (session) => createRecord(session, 'person', { name: 'Anna', family: `${SECRET}-old` }));
      await writeSession(workspace, systemActor, (session) => updateRecord(session, 'person', made, { family: SECRET }));
      await runDue(workspace);
      return made;
    });
  });
  afterAll(() => rmSync(dataDir, { recursive: true, force: true }));

  it('are given in the settings, and a text that is none is refused without being repeated', () => {
    const both = [first, second].map((key) => key.toString('base64'));
    expect(readConfig({ RELATA_ENCRYPTION_KEY: both.join(' , ') }, '/tmp').encryptionKeys).toEqual([first, second]);
    expect(readConfig({}, '/tmp').encryptionKeys).toBeUndefined();
    for (const text of ['too-short', `${both[0]},`, 'x'.repeat(44)]) {
      expect(() => readConfig({ RELATA_ENCRYPTION_KEY: text }, '/tmp')).toThrow(/RELATA_ENCRYPTION_KEY/);
      expect(() => readConfig({ RELATA_ENCRYPTION_KEY: text }, '/tmp')).not.toThrow(new RegExp(text.slice(0, 8).replaceAll('+', '\\+')));
    }
  });

  it('that are wrong let the server start, tell of it, and neither show nor destroy what is encrypted', async () => {
    const stored = (workspace: OpenWorkspace) => workspace.database.get<{ family: string }>(sql`SELECT family FROM person WHERE id = ${id}`);
    const before = await inside([first], stored);
    await inside([second], async (workspace) => {
      expect(workspace.database.vault.missing).toEqual([keyIdOf(first)]);
      expect((await getRecord(workspace, systemActor, 'person', id)).data).toMatchObject({ name: 'Anna', family: expect.stringMatching(/Cannot be decrypted/) as string });
      expect((await findRecords(workspace, systemActor, 'person', { fields: ['family'] })).data[0]?.family).toMatch(/Cannot be decrypted/);
      await expect(revealField(workspace, systemActor, 'person', id, { field: 'family', reason: 'because' })).rejects.toMatchObject({ code: 'unavailable', issues: [{ code: 'key_missing' }] });
      expect(JSON.stringify(await recordTimeline(workspace, systemActor, 'person', id))).not.toMatch(new RegExp(SECRET));
      await change(workspace, { plain: 'written without the key' });
      await expect(change(workspace, { family: 'new' })).rejects.toMatchObject({ code: 'unavailable' });
      expect(await stored(workspace)).toEqual(before);
      expect(await examineEncryption(workspace.database)).toMatchObject([{ kind: 'problem', label: { en: expect.stringContaining(keyIdOf(first)) as string } }]);
      const plan = await planDefinitions(workspace, { definitions: withField(vaultApp, 'person', 'plain', ({ searchable: _, ...field }) => ({ ...field, encrypted: true })) });
      expect(plan.class).toBe('blocked');
      await expect(reseal(workspace, { by: 'system', forget: false })).rejects.toMatchObject({ code: 'unavailable' });
    });
    await inside([first], async (workspace) => {
      expect((await getRecord(workspace, systemActor, 'person', id)).data).toMatchObject({ family: SECRET, plain: 'written without the key' });
      expect(await examineEncryption(workspace.database)).toMatchObject([{ kind: 'fine' }]);
    });
  });

  it('that are old stay asked for while the file of an import cannot be read', async () => {
    const storedAs = 'ab'.repeat(16);
    await inside([first], async (workspace) => {
      mkdirSync(workspace.filesDir, { recursive: true });
      writeFileSync(storedPath(workspace.filesDir, storedAs), SECRET);
      await sealFile(workspace, storedAs);
      await workspace.database.transaction((tx) => tx.run(sql`INSERT INTO relata_import (id, table_name, user_id, created_at, file_name, stored_as, state) VALUES ('kept', 'person', 'nobody', ${NOW}, 'people.csv', ${storedAs}, 'draft')`));
    });
    await inside([second, first], async (workspace) => {
      const path = storedPath(workspace.filesDir, storedAs);
      const sealed = readFileSync(path);
      rmSync(path);
      mkdirSync(path);
      await expect(reseal(workspace, { by: 'system', forget: false })).rejects.toThrow('EISDIR');
      expect(await notedKeys(workspace.database)).toContain(keyIdOf(first));
      expect(await family(workspace)).toBe(SECRET);
      rmSync(path, { recursive: true });
      writeFileSync(path, sealed);
    });
  });

  it('that are new encrypt from then on, and everything once it is sealed anew', async () => {
    await inside([second, first], async (workspace) => {
      expect(await family(workspace)).toBe(SECRET);
      const result = await reseal(workspace, { by: 'system', forget: false });
      expect(result).toMatchObject({ key: keyIdOf(second), sealed: 1, unreadable: 0, others: [] });
      const everything = JSON.stringify(await Promise.all(['person', 'relata_audit', 'relata_run', 'relata_step'].map((table) => workspace.database.all(raw(`SELECT * FROM ${table}`)))));
      expect(everything).not.toContain(`enc1.${keyIdOf(first)}`);
      expect(everything).toContain(`enc1.${keyIdOf(second)}`);
      expect((await verifyAudit(workspace.database)).broken).toBeNull();
    });
    await inside([second], async (workspace) => {
      expect(workspace.database.vault.missing).toEqual([]);
      expect(await family(workspace)).toBe(SECRET);
      expect(String(await openFile(workspace, 'ab'.repeat(16)))).toBe(SECRET);
      expect(JSON.stringify(await recordTimeline(workspace, systemActor, 'person', id))).toContain(`${SECRET}-old`);
    });
  });

  it('are asked for by a backup that comes back, and the rest comes back without them when that is meant', async () => {
    const file = join(dataDir, 'keys.tar');
    await inside([second], (workspace) => writeBackup({ database: workspace.database, filesDir: workspace.filesDir, now: () => NOW, target: file }));
    // Nobody needs a key to prove that a backup is whole.
    expect((await verifyBackup(file)).encryptionKeys).toEqual([keyIdOf(second)]);
    const other = mkdtempSync(join(tmpdir(), 'relata-moved-'));
    const url = database === 'postgres' ? await freshDatabase() : undefined;
    const restore = (encryptionKeys: readonly Buffer[] | undefined, withoutKeys = false) => restoreBackup({ place: { dataDir: other, databaseUrl: url, encryptionKeys }, file, now: NOW, withoutKeys });
    try {
      for (const keys of [undefined, [first]]) await expect(restore(keys)).rejects.toMatchObject({ code: 'conflict', detail: { en: expect.stringContaining(keyIdOf(second)) as string } });
      await restore([second]);
      const moved = await open([second], other, url);
      expect(await family(moved)).toBe(SECRET);
      await moved.close();
      await restoreBackup({ place: { dataDir: other, databaseUrl: url }, file, now: '2026-06-16T04:00:00.000Z', withoutKeys: true });
      const locked = await open(undefined, other, url);
      expect(await family(locked)).toMatch(/Cannot be decrypted/);
      await locked.close();
    } finally {
      rmSync(other, { recursive: true, force: true });
    }
  });

  it('that are lost can be given up: what they encrypted stays unreadable, the rest goes on', async () => {
    await inside([first], async (workspace) => {
      const result = await reseal(workspace, { by: 'system', forget: true });
      expect(result.unreadable).toBeGreaterThan(0);
      expect(workspace.database.vault.missing).toEqual([]);
      await change(workspace, { family: 'anew' });
    });
    await inside([first], async (workspace) => expect(await family(workspace)).toBe('anew'));
  });

  it('that nobody gives are made once, in a file beside the database, and two processes take the same', async () => {
    const other = mkdtempSync(join(tmpdir(), 'relata-file-'));
    const url = database === 'postgres' ? await freshDatabase() : undefined;
    try {
      const one = await open(undefined, other, url);
      const two = await open(undefined, other, url);
      const made = await writeSession(one, systemActor, (session) => createRecord(session, 'person', { name: 'Cy', family: SECRET }));
      expect((await getRecord(two, systemActor, 'person', made)).data.family).toBe(SECRET);
      expect(readFileSync(join(other, 'encryption.key'), 'utf8').trim()).toHaveLength(44);
      await Promise.all([one.close(), two.close()]);
    } finally {
      rmSync(other, { recursive: true, force: true });
    }
  });
});
