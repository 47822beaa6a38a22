/** A template from its folder: `app.json`, `tables/*.json`, and sample records in `demo/*.json`. */
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { AppDefinition, Definitions, TableDefinition } from '#engine/model/definitions.ts';
import type { Json } from '#engine/fields/field-type.ts';

export interface Template {
  readonly definitions: Definitions;
  /** By table; references are written as the `external_id` of their target, moments as `@-12 14:00`. */
  readonly samples: Readonly<Record<string, readonly Record<string, Json>[]>>;
}

export async function readTemplate(dir: string): Promise<Template> {
  const app = await readJson<AppDefinition>(join(dir, 'app.json'));
  const tables = await readFolder<TableDefinition>(join(dir, 'tables'));
  const samples = await readFolder<Record<string, Json>[]>(join(dir, 'demo')).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return new Map<string, Record<string, Json>[]>();
    throw error;
  });
  return { definitions: { app, tables: [...tables.values()] }, samples: Object.fromEntries(samples) };
}

async function readFolder<T>(dir: string): Promise<Map<string, T>> {
  const names = (await readdir(dir)).filter((name) => name.endsWith('.json')).sort();
  return new Map(await Promise.all(names.map(async (name) => [name.slice(0, -'.json'.length), await readJson<T>(join(dir, name))] as const)));
}

async function readJson<T>(file: string): Promise<T> {
  const text = await readFile(file, 'utf8');
  try {
    return JSON.parse(text) as T;
  } catch (error) {
    throw new Error(`${file}: ${(error as Error).message}`);
  }
}
