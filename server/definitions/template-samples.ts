/** The gallery, and the sample records of an installed template, under the names its tables got here. */
import { renameSamples } from '#engine/changes/rename-samples.ts';
import { renamesOf } from '#engine/changes/install-template.ts';
import { profileNamed } from '#engine/changes/leave-out/profile.ts';
import { AppError } from '#engine/errors.ts';
import type { Definitions } from '#engine/model/definitions.ts';
import type { Workspace } from '../workspace.ts';
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
    const isEmpty = base !== undefined && (await tablesInUse({ database, model }, base)).length === 0;
    const part = base ? profileNamed(summary.profiles, live.templates.find(({ name }) => name === summary.name)?.profile) : null;
    const tables = part ? summary.tables.filter(({ name }) => part.tables.includes(name)) : summary.tables;
    cards.push({ ...summary, tables, installed: version, profile: part?.name ?? null, upgrade: version !== null && isNewer(summary.version, version), isEmpty });
  }
  return cards;
}

/** Tables of the template that hold records, those in the recycle bin too. */
async function tablesInUse({ database, model }: Pick<Workspace, 'database' | 'model'>, base: Definitions): Promise<string[]> {
  const used: string[] = [];
  for (const { name } of base.tables) if (Object.hasOwn(model.tables, name) && (await countRecords(database, name)) > 0) used.push(name);
  return used;
}

/** Answers how many records there are now. Refused when the tables hold anything: samples are not mixed with people's own records. */
export async function loadTemplateSamples(workspace: Workspace, dir: string, name: string): Promise<number> {
  const { base, live } = await requireInstalled(workspace.database, name);
  const template = await templateFrom(dir, name, live.templates.find((own) => own.name === name)?.profile);
  if (template.definitions.app.version !== plainVersion(live.templates.find((own) => own.name === name)?.version ?? '')) {
    throw new AppError('conflict', { 'zh-CN': '示例数据属于另一个版本，请先升级模板', en: 'The sample data belongs to another version; upgrade the template first' });
  }
  const used = await tablesInUse(workspace, base);
  if (used.length > 0) throw new AppError('conflict', { 'zh-CN': `这些表里已有记录：${used.join('、')}`, en: `These tables hold records already: ${used.join(', ')}` });
  const samples = samplesFor(workspace, base, template);
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
