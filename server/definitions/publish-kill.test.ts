/** Killed at any step of a publication, the workspace is the old one, whole: no column, value, child or definition of the new. */
import { spawnSync } from 'node:child_process';
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Definitions } from '#engine/model/definitions.ts';
import { existingSchema } from '../db/apply-schema.ts';
import { sql } from '../db/sql.ts';
import { openWorkspace } from '../open-workspace.ts';
import { type BundledProgram, bundleProgram } from '../testing/bundle-program.ts';
import { recordsChecksum } from '../testing/records-checksum.ts';
import { DATABASES, type DatabaseName, openTestWorkspace, type TestWorkspace } from '../testing/test-workspace.ts';
import { thingApp } from '../testing/thing-app.ts';
import type { PublishStep } from './publish.ts';

const STEPS: readonly PublishStep[] = ['plan', 'trash', 'schema', 'values', 'compute', 'search', 'save'];
const KILLS: Readonly<Record<DatabaseName, number>> = { sqlite: 20, postgres: 20 };
const RECORDS = 60;

let program: BundledProgram;
beforeAll(async () => {
  program = await bundleProgram('publish-and-die');
});
afterAll(() => program.remove());

/** Text to number, a table and a field gone, a field and a formula new: every kind of step has work. */
function changed(): Definitions {
  return {
    ...thingApp,
    tables: thingApp.tables.map((table) =>
      table.name === 'thing'
        ? {
            ...table,
            fields: [
              ...table.fields.filter((field) => field.name !== 'weight').map((field) => (field.name === 'note' ? { name: 'note', label: field.label, type: 'integer', searchable: true as const } : field)),
              { name: 'level', label: { 'zh-CN': '级别', en: 'Level' }, type: 'text', index: true as const },
              { name: 'twice', label: { 'zh-CN': '两倍', en: 'Twice' }, type: 'formula', formula: '=COALESCE(note,0)*2', result: 'number' },
            ],
          }
        : table,
    ),
  };
}

describe.each(DATABASES)('a publication that is killed on %s', (database) => {
  let workspace: TestWorkspace;
  let draft: string;
  let before: Record<string, string>;

  beforeAll(async () => {
    workspace = await openTestWorkspace(database, { definitions: thingApp, now: new Date().toISOString() });
    const owner = await workspace.addUser({ name: 'Olga', roles: ['owner'] });
    const ids: string[] = [];
    for (let i = 0; i < RECORDS; i++) {
      ids.push(await workspace.create(owner, 'thing', { name: `华信 ${i}`, note: String(i), weight: i, parent: ids[0] ?? null, helpers: [owner.userId], rows: [{ title: 'a', quantity: 1 }, { title: 'b', quantity: 2 }] }));
    }
    before = await recordsChecksum(workspace);
    draft = join(workspace.dataDir, 'draft.json');
    writeFileSync(draft, JSON.stringify(changed()));
    if (database === 'sqlite') await workspace.database.close();
  });
  afterAll(() => (database === 'sqlite' ? rmSync(workspace.dataDir, { recursive: true, force: true }) : workspace.close()));

  const run = (step: string, nth: number) => spawnSync(process.execPath, [program.path, workspace.dataDir, workspace.databaseUrl ?? '', draft, step, String(nth)], { encoding: 'utf8', timeout: 50_000 });
  const look = async () => {
    const open = await openWorkspace({ dataDir: workspace.dataDir, databaseUrl: workspace.databaseUrl, template: () => Promise.reject(new Error('gone')), sampleData: false, log: workspace.log });
    const schema = await existingSchema(open.database);
    const state = {
      version: open.definitionsVersion,
      sums: await recordsChecksum(open),
      odd: [...schema].flatMap(([table, { columns }]) => [table, ...columns].filter((name) => /^_t\d/.test(name))),
      level: schema.get('thing')?.columns.has('level'),
      children: Number((await open.database.get<{ n: number }>(sql`SELECT count(*) AS n FROM thing_row`))?.n),
    };
    await open.close();
    return state;
  };

  it.each(STEPS)('as %s begins', async (step) => {
    for (let kill = 0; kill < KILLS[database]; kill++) {
      // `plan` and `values` report their progress too: later kills fall inside of them.
      const result = run(step, step === 'plan' ? 1 + (kill % 2) : 1);
      expect([result.signal, result.stdout], result.stderr).toEqual(['SIGKILL', '']);
      if (kill % 5 === 0 || kill === KILLS[database] - 1) expect(await look()).toEqual({ version: 1, sums: before, odd: [], level: false, children: RECORDS * 2 });
    }
  }, 240_000);

  it('and one that is not has happened whole', async () => {
    const result = run('end', 1);
    expect(result.stdout, result.stderr).toBe('published');
    const after = await look();
    expect([after.version, after.level, after.children, after.odd.length]).toEqual([2, true, RECORDS * 2, 2]);
    expect(after.sums.thing_row).toBe(before.thing_row);
  });
});
