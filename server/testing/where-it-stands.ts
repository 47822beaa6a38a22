/** Looks for a text in every byte a workspace keeps on disk and every cell of its database: what is encrypted stands nowhere. */
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join, relative } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { readArchive } from '../backup/archive.ts';
import { raw } from '../db/sql.ts';
import type { TestWorkspace } from './test-workspace.ts';

/** Tables, and files but those people took out; empty where it stands nowhere. */
export async function whereItStands(workspace: TestWorkspace, text: string): Promise<string[]> {
  const { database, dataDir } = workspace;
  const found: string[] = [];
  const tables =
    database.dialect.name === 'sqlite'
      ? await database.all<{ name: string }>(raw(`SELECT name FROM sqlite_master WHERE type = 'table'`))
      : await database.all<{ name: string }>(raw('SELECT tablename AS name FROM pg_tables WHERE schemaname = current_schema()'));
  for (const { name } of tables) if ((await database.all(raw(`SELECT * FROM "${name}"`))).some((row) => JSON.stringify(row).includes(text))) found.push(name);
  for (const file of filesIn(dataDir)) if (!file.includes('exports') && readFileSync(file).includes(text)) found.push(relative(dataDir, file));
  return found;
}

function filesIn(dir: string): string[] {
  return readdirSync(dir).flatMap((name) => {
    const path = join(dir, name);
    return statSync(path).isDirectory() ? filesIn(path) : [path];
  });
}

/** The parts of a backup that hold it, unpacked. */
export async function whereInBackup(file: string, text: string): Promise<string[]> {
  const found: string[] = [];
  for await (const entry of readArchive(file)) {
    const bytes = await entry.read();
    if ((entry.name.endsWith('.gz') ? gunzipSync(bytes) : bytes).includes(text)) found.push(entry.name);
  }
  return found;
}
