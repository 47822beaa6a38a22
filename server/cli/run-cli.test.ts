import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Draft } from '#engine/changes/test-edits.ts';
import type { Actor } from '#engine/permissions/actor.ts';
import { sql } from '../db/sql.ts';
import { thingApp } from '../testing/thing-app.ts';
import { DATABASES, openTestWorkspace, type TestWorkspace } from '../testing/test-workspace.ts';
import { runCli } from './run-cli.ts';
import { localeOfTerminal } from './words.ts';


describe.each(DATABASES)('the command line on %s', (database) => {
  let workspace: TestWorkspace;
  let boss: Actor;
  const dir = mkdtempSync(join(tmpdir(), 'relata-cli-'));
  beforeAll(async () => {
    workspace = await openTestWorkspace(database, { definitions: thingApp });
    boss = await workspace.addUser({ name: '老板', roles: ['owner'] });
    for (const name of ['甲', '乙']) await workspace.create(boss, 'thing', { name, note: `备注${name}`, code: name === '甲' ? 'a1' : null, span: { start: '2026-06-14T01:00:00.000Z', end: null } });
  });
  afterAll(async () => {
    await workspace.close();
    rmSync(dir, { recursive: true, force: true });
  });

  async function relata(...argv: string[]): Promise<{ code: number; said: string }> {
    const lines: string[] = [];
    const code = await runCli(argv, { dataDir: workspace.dataDir, databaseUrl: workspace.databaseUrl, backupDir: join(workspace.dataDir, 'backups') }, { locale: 'en', say: (text) => void lines.push(text.en) });
    return { code, said: lines.join('\n') };
  }
  function edit(file: string, change: (definition: Draft) => void): void {
    const definition = JSON.parse(readFileSync(join(dir, file), 'utf8')) as Draft;
    change(definition);
    writeFileSync(join(dir, file), JSON.stringify(definition));
  }
  const fieldsOf = (table: string) => Object.keys(workspace.model.tables[table]?.fields ?? {});

  it('exports what plan then finds unchanged', async () => {
    const exported = await relata('export', dir);
    expect(exported).toMatchObject({ code: 0, said: expect.stringContaining('files of version 1 written to') });
    expect(readdirSync(join(dir, 'tables'))).toContain('thing.json');
    expect(readFileSync(join(dir, 'app.json'), 'utf8')).toMatch(/^\{\n {2}"\$schema"/);
    expect(await relata('plan', dir)).toEqual({ code: 0, said: 'No difference from version 1, which is live.' });
    expect((await relata('apply', dir)).code).toBe(0);
  });

  it('applies a safe change when told yes, and a running server follows', async () => {
    edit('tables/thing.json', (thing) => thing.fields.push({ name: 'rank', label: { 'zh-CN': '名次', en: 'Rank' }, type: 'integer' }));
    const planned = await relata('plan', dir);
    expect(planned).toMatchObject({ code: 0, said: expect.stringContaining('1 change against version 1, which is live: safe') });
    expect(planned.said).toContain('+ /tables/thing/fields/rank  Rank');
    expect(await relata('apply', dir)).toMatchObject({ code: 1, said: expect.stringContaining('add --yes') });
    expect(fieldsOf('thing')).not.toContain('rank');
    expect(await relata('apply', dir, '--yes', '--note', 'ranks')).toMatchObject({ code: 0, said: expect.stringContaining('Published as version 2.') });
    await expect.poll(() => fieldsOf('thing'), { timeout: 5000 }).toContain('rank');
    expect(await workspace.database.get(sql`SELECT note FROM relata_definitions WHERE version = ${2}`)).toEqual({ note: 'ranks' });
  });

  it('wants a lossy change confirmed by name', async () => {
    edit('tables/thing.json', (thing) => thing.fields.splice(thing.fields.findIndex((field: Draft) => field.name === 'code'), 1));
    const planned = await relata('plan', dir);
    expect(planned.said).toContain('1 of 2 records hold a value');
    expect(planned.said).toContain('--confirm thing.code');
    expect(await relata('apply', dir, '--yes')).toMatchObject({ code: 1, said: expect.stringContaining('Not applied: lossy changes need confirming, add --confirm thing.code') });
    expect(await relata('apply', dir, '--yes', '--confirm', 'thing.code')).toMatchObject({ code: 0 });
    await expect.poll(() => fieldsOf('thing'), { timeout: 5000 }).not.toContain('code');
    const { code, said } = await relata('doctor');
    expect(said).toMatch(/· The column "_t3_0" of "thing" is "code" in the trash since version 3, with 1 values/);
    expect(code, said).toBe(0);
  });

  it('refuses what does not build or cannot be read, with every place', async () => {
    edit('tables/thing.json', (thing) => (thing.titleField = 'nowhere'));
    expect(await relata('apply', dir, '--yes')).toMatchObject({ code: 1, said: expect.stringContaining('/tables/thing/titleField: There is no field "nowhere"') });
    writeFileSync(join(dir, 'tables', 'thing.json'), '{');
    expect(await relata('plan', dir)).toMatchObject({ code: 1, said: expect.stringContaining('tables/thing.json: Not valid JSON') });
    expect(await relata('plan', join(dir, 'nowhere'))).toMatchObject({ code: 1, said: expect.stringContaining('app.json is missing') });
  });

  it('exports chosen tables alone, and takes files of tables that are gone away with the whole', async () => {
    writeFileSync(join(dir, 'tables', 'gone.json'), '{}');
    expect(await relata('export', dir, '--tables', 'thing')).toMatchObject({ code: 0 });
    expect(readdirSync(join(dir, 'tables'))).toContain('gone.json');
    expect(await relata('export', dir, '--tables', 'thing,nothing')).toMatchObject({ code: 1, said: 'There are no such tables: nothing' });
    await relata('export', dir);
    expect(readdirSync(join(dir, 'tables'))).not.toContain('gone.json');
  });

  it('answers 2 with the usage to what it does not understand', async () => {
    for (const argv of [[], ['plan'], ['plan', dir, 'more'], ['doctor', dir], ['fly', dir], ['plan', dir, '--yes'], ['export', dir, '--what']]) {
      expect(await relata(...argv), argv.join(' ')).toMatchObject({ code: 2, said: expect.stringMatching(/^Usage:/) });
    }
  });

  it('finds nothing wrong in a sound database', async () => {
    const { code, said } = await relata('doctor');
    expect(code, said).toBe(0);
    expect(said).toContain('✓ The audit chain is whole');
    expect(said).not.toContain('✗');
  });

  it('finds a missing index and column, a strange column and lost search entries, and repairs what it can', async () => {
    await workspace.database.transaction(async (tx) => {
      await tx.run(sql`DROP INDEX ix_thing__updated_at___rid`);
      await tx.run(sql`ALTER TABLE thing DROP COLUMN rank`);
      await tx.run(sql`ALTER TABLE thing ADD COLUMN stranger TEXT`);
      await tx.run(sql`DELETE FROM relata_search_thing WHERE rowid = ${1}`);
    });
    const found = await relata('doctor');
    expect(found.code).toBe(1);
    for (const text of ['lacks the index "ix_thing__updated_at___rid"', '"thing" lacks the column "rank"', '✗ The column "stranger" of "thing" belongs to no definition', 'The search index of "thing" lacks 1 records']) expect(found.said).toContain(text);
    const repaired = await relata('doctor', '--repair');
    expect(repaired.said).toContain('"thing" lacks the column "rank": repaired');
    expect(repaired.said).toContain('rebuilt');
    await workspace.database.transaction((tx) => tx.run(sql`ALTER TABLE thing DROP COLUMN stranger`));
    const after = await relata('doctor');
    expect(after.code, after.said).toBe(0);
  });

  it('finds a row of the audit that was changed behind its back', async () => {
    const isSqlite = database === 'sqlite';
    await workspace.database.transaction(async (tx) => {
      await tx.run(isSqlite ? sql`DROP TRIGGER relata_audit_no_update` : sql`ALTER TABLE relata_audit DISABLE TRIGGER ALL`);
      await tx.run(sql`UPDATE relata_audit SET actor = ${'x'} WHERE seq = ${2}`);
    });
    expect(await relata('doctor')).toMatchObject({ code: 1, said: expect.stringContaining('✗ The audit chain breaks at row 2') });
  });
});

describe('the command line', () => {
  it('says where there is no database', async () => {
    const lines: string[] = [];
    const code = await runCli(['doctor'], { dataDir: join(tmpdir(), 'relata-nowhere'), databaseUrl: undefined, backupDir: '' }, { locale: 'en', say: (text) => void lines.push(text.en) });
    expect([code, lines[0]]).toEqual([1, expect.stringContaining('There is no database')]);
  });

  it('speaks the language of the terminal', () => {
    expect(localeOfTerminal({ LANG: 'zh_CN.UTF-8' })).toBe('zh-CN');
    expect(localeOfTerminal({ LANG: 'zh_CN.UTF-8', LC_ALL: 'C' })).toBe('en');
    expect(localeOfTerminal({})).toBe('en');
  });
});
