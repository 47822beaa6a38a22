/** The gallery, and the sample records of an installed template, under the names its tables got here. */
import { renameSamples } from '#engine/changes/rename-samples.ts';
import { renamesOf } from '#engine/changes/install-template.ts';
import { profileNamed } from '#engine/changes/leave-out/profile.ts';
import { AppError } from '#engine/errors.ts';
import type { Definitions } from '#engine/model/definitions.ts';
import { systemActor } from '#engine/permissions/actor.ts';
import type { Workspace } from '../workspace.ts';
import { ident, join, sql } from '../db/sql.ts';
import { deleteRecord, purgeRecord } from '../records/delete-record.ts';
import { writeSession } from '../records/write-session.ts';
import { countRecords } from './field-values.ts';
import { loadSamples } from './load-samples.ts';
import type { Template } from './read-template.ts';
import { liveDefinitions, type StoredDefinitions } from './store.ts';
import { installedBase, isNewer, plainVersion, requireInstalled, templateFrom } from './template-proposals.ts';
import { listTemplates, type TemplateSummary } from './templates.ts';

export interface TemplateCard extends Omit<TemplateSummary, 'scenarios'> {
  readonly installed: string | null;
  /** `version` is newer than what is installed. */
  readonly upgrade: boolean;
  /** Installed, and its tables are still empty. */
  readonly isEmpty: boolean;
  /** The part that is installed; null: none, or it has no parts. */
  readonly profile: string | null;
}

export async function templateGallery({ database, model }: Workspace, dir: string): Promise<TemplateCard[]> {
  const live = (await liveDefinitions(database)) as StoredDefinitions;
  const cards: TemplateCard[] = [];
  for (const { scenarios: _, ...summary } of await listTemplates(dir)) {
    const base = await installedBase(database, live, summary.name);
    const version = base ? plainVersion(live.templates.find(({ name }) => name === summary.name)?.version ?? '') : null;
    const part = base ? profileNamed(summary.profiles, live.templates.find(({ name }) => name === summary.name)?.profile) : null;
    const isEmpty = base !== undefined && (await tablesInUse({ database, model }, base, await templateFrom(dir, summary.name, part?.name))).length === 0;
    const tables = part ? summary.tables.filter(({ name }) => part.tables.includes(name)) : summary.tables;
    cards.push({ ...summary, tables, installed: version, profile: part?.name ?? null, upgrade: version !== null && isNewer(summary.version, version), isEmpty });
  }
  return cards;
}

/** Tables of the template that hold records, those in the recycle bin too; what a workspace without samples begins with does not count while nobody has changed it. */
async function tablesInUse(workspace: Pick<Workspace, 'database' | 'model'>, base: Definitions, template: Template): Promise<string[]> {
  const { database, model } = workspace;
  const used: string[] = [];
  for (const { name } of base.tables) {
    if (Object.hasOwn(model.tables, name) && (await countRecords(database, name)) > (await unchangedFirst(workspace, template, name)).length) used.push(name);
  }
  return used;
}

/** Ids of the records a table began with that are as they were. */
async function unchangedFirst({ database }: Pick<Workspace, 'database'>, { records = {} }: Template, table: string): Promise<string[]> {
  const keys = (records[table] ?? []).map((record) => sql`${String(record.external_id)}`);
  if (keys.length === 0) return [];
  const rows = await database.all<{ id: string }>(sql`SELECT "id" FROM ${ident(table)} WHERE "deleted_at" IS NULL AND "version" = 1 AND "external_id" IN (${join(keys, ', ')})`);
  return rows.map(({ id }) => id);
}

/** Samples take the place of what the workspace began with. */
async function dropFirst(workspace: Workspace, template: Template): Promise<void> {
  const tables = Object.keys(template.records ?? {}).filter((table) => Object.hasOwn(workspace.model.tables, table));
  const first = await Promise.all(tables.map(async (table) => [table, await unchangedFirst(workspace, template, table)] as const));
  await writeSession(workspace, systemActor, async (session) => {
    for (const [table, ids] of first) {
      for (const id of ids) {
        await deleteRecord(session, table, id);
        await purgeRecord(session, table, id);
      }
    }
  });
}

/** Answers how many records there are now. Refused when the tables hold anything: samples are not mixed with people's own records. */
export async function loadTemplateSamples(workspace: Workspace, dir: string, name: string): Promise<number> {
  const { base, live } = await requireInstalled(workspace.database, name);
  const template = await templateFrom(dir, name, live.templates.find((own) => own.name === name)?.profile);
  if (template.definitions.app.version !== plainVersion(live.templates.find((own) => own.name === name)?.version ?? '')) {
    throw new AppError('conflict', { 'zh-CN': '示例数据属于另一个版本，请先升级模板', en: 'The sample data belongs to another version; upgrade the template first' });
  }
  const used = await tablesInUse(workspace, base, template);
  if (used.length > 0) throw new AppError('conflict', { 'zh-CN': `这些表里已有记录：${used.join('、')}`, en: `These tables hold records already: ${used.join(', ')}` });
  const samples = samplesFor(workspace, base, template);
  await dropFirst(workspace, template);
  await loadSamples(workspace, samples);
  await workspace.directory.reload(workspace.database);
  return Object.values(samples).reduce((sum, records) => sum + records.length, 0);
}

/** Tables that were left out or have been removed since get none. */
function samplesFor({ model }: Workspace, base: Definitions, { definitions, samples }: Template): Template['samples'] {
  const own = new Set(base.tables.map((table) => table.name));
  const renamed = renameSamples(samples, renamesOf(base, definitions));
  return Object.fromEntries(Object.entries(renamed).filter(([table]) => model.tables[table]?.builtIn || (own.has(table) && Object.hasOwn(model.tables, table))));
}
