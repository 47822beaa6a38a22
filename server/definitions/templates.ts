/** Templates that come with the product, and what the installed ones promise. */
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Label } from '#engine/errors.ts';
import type { Profile } from '#engine/changes/leave-out/profile.ts';
import type { Queryable } from '../db/database.ts';
import { readTemplate } from './read-template.ts';
import { keptTemplate, liveDefinitions } from './store.ts';

export interface TemplateSummary {
  readonly name: string;
  readonly label: Label;
  readonly description: Label | null;
  readonly version: string;
  readonly tables: readonly { readonly name: string; readonly label: Label }[];
  /** Sample records. */
  readonly records: number;
  readonly scenarios: number;
  /** Parts it may be installed in, smallest first. */
  readonly profiles: readonly Profile[];
}

/** Every folder of `dir` that holds an `app.json`, by name. Throws `invalid_definition` when one cannot be read. */
export async function listTemplates(dir: string): Promise<TemplateSummary[]> {
  const folders = (await readdir(dir, { withFileTypes: true })).filter((entry) => entry.isDirectory()).map(({ name }) => name);
  const summaries: TemplateSummary[] = [];
  for (const folder of folders.sort()) {
    if (!(await readdir(join(dir, folder))).includes('app.json')) continue;
    const { definitions, samples, scenarios = [], profiles = [] } = await readTemplate(join(dir, folder));
    const { name, label, description, version } = definitions.app;
    summaries.push({
      name,
      label,
      description: description ?? null,
      version,
      tables: definitions.tables.map((table) => ({ name: table.name, label: table.label })),
      records: Object.values(samples).reduce((sum, records) => sum + records.length, 0),
      scenarios: scenarios.length,
      profiles,
    });
  }
  return summaries;
}

/** What the installed templates promise: run against a draft, they say what it would break. */
export async function installedScenarios(db: Queryable): Promise<unknown[]> {
  const scenarios: unknown[] = [];
  for (const template of (await liveDefinitions(db))?.templates ?? []) scenarios.push(...((await keptTemplate(db, template))?.scenarios ?? []));
  return scenarios;
}
