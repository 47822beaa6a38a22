/**
 * Installing, upgrading and taking out a template, each as a draft with its plan; nothing is changed before it is published.
 * What a template holds is always read from its folder, here and again when it is published: never taken from the request.
 */
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { installTemplate, type TableResolution, type TemplateClash, uninstallTemplate, upgradeTemplate } from '#engine/changes/install-template.ts';
import { isSame } from '#engine/changes/diff-definitions.ts';
import type { MergeConflict } from '#engine/changes/merge.ts';
import type { Plan } from '#engine/changes/plan.ts';
import type { Renames } from '#engine/changes/rename-definitions.ts';
import { renameScenario } from '#engine/changes/rename-samples.ts';
import { type Scenario, scenarioIssues } from '#engine/changes/scenario.ts';
import { AppError } from '#engine/errors.ts';
import { isLarger, type Profile, profileNamed } from '#engine/changes/leave-out/profile.ts';
import type { Definitions } from '#engine/model/definitions.ts';
import type { Queryable } from '../db/database.ts';
import { sql } from '../db/sql.ts';
import type { Workspace } from '../workspace.ts';
import { planDefinitions } from './plan.ts';
import { readTemplate, type Template } from './read-template.ts';
import { runScenariosAside } from './run-scenarios-aside.ts';
import { type InstalledTemplate, keptTemplate, liveDefinitions, type PublishedTemplate, type StoredDefinitions } from './store.ts';

export type Clashes = Readonly<Record<string, TableResolution>>;

/** A template in the list a publication leaves behind. */
export interface NamedTemplate extends InstalledTemplate {
  /** This publication brings it or raises it to this version. */
  readonly install?: { readonly clashes: Clashes };
}

export interface TemplateProposal {
  readonly definitions: Definitions;
  readonly templates: readonly NamedTemplate[];
  readonly plan: Plan;
}

export interface InstallProposal extends TemplateProposal {
  readonly clashes: readonly TemplateClash[];
  readonly renames: Renames;
}

export interface UpgradeProposal extends TemplateProposal {
  readonly conflicts: readonly MergeConflict[];
}

export async function proposeInstall(workspace: Workspace, dir: string, name: string, clashes: Clashes = {}, profile?: string): Promise<InstallProposal> {
  const { database } = workspace;
  const { definitions: template, profile: part } = await templateFrom(dir, name, profile);
  const live = (await liveDefinitions(database)) as StoredDefinitions;
  if (await installedBase(database, live, name)) throw new AppError('conflict', { 'zh-CN': '这个模板已经安装', en: 'This template is installed already' });
  const { definitions, clashes: met, renames } = installTemplate({ live: live.definitions, template, clashes });
  const templates = [...without(live.templates, name), { name, version: template.app.version, ...profileOf(part), install: { clashes } }];
  return { definitions, clashes: met, renames, templates, plan: await planWith(workspace, dir, definitions, templates) };
}

/** A newer version, or another `profile` of the same one: the part that was installed grows. */
export async function proposeUpgrade(workspace: Workspace, dir: string, name: string, take: readonly string[] = [], profile?: string): Promise<UpgradeProposal> {
  const { live, base } = await requireInstalled(workspace.database, name);
  const installed = live.templates.find((own) => own.name === name)?.profile;
  const { definitions: next, profiles = [], profile: part } = await templateFrom(dir, name, profile ?? installed);
  const { version } = next.app;
  const grows = part !== undefined && growsTo(profiles, installed, part);
  if (!grows && !isNewer(version, live.templates.find((own) => own.name === name)?.version ?? '')) throw new AppError('conflict', { 'zh-CN': '没有更新的版本', en: 'There is no newer version' });
  const { definitions, conflicts } = upgradeTemplate({ live: live.definitions, base, next, take });
  const templates = live.templates.map((own): NamedTemplate => (own.name === name ? { name, version, ...profileOf(part), install: { clashes: {} } } : own));
  return { definitions, conflicts, templates, plan: await planWith(workspace, dir, definitions, templates) };
}

const profileOf = (profile: string | undefined): { readonly profile?: string } => (profile === undefined ? {} : { profile });

/** Refused where it would shrink: what a person no longer wants they take out themselves, and see what goes with it. */
function growsTo(profiles: readonly Profile[], from: string | undefined, to: string): boolean {
  const [before, after] = [profileNamed(profiles, from), profileNamed(profiles, to)];
  if (!before || !after || before.name === after.name) return false;
  if (isLarger(after, before)) return true;
  throw new AppError('conflict', { 'zh-CN': `“${after.label['zh-CN']}”不包含现在的“${before.label['zh-CN']}”，只能扩大安装范围`, en: `"${after.label.en}" does not hold all of "${before.label.en}"; the part that is installed can only grow` });
}

export async function proposeUninstall(workspace: Workspace, dir: string, name: string): Promise<TemplateProposal> {
  const { live, base } = await requireInstalled(workspace.database, name);
  const others = await Promise.all(without(live.templates, name).map((own) => keptTemplate(workspace.database, own)));
  const left = uninstallTemplate({ live: live.definitions, base, others: others.flatMap((own) => own?.definitions ?? []) });
  const definitions = await withRolesHeld(workspace.database, live.definitions, left);
  const templates = without(live.templates, name);
  return { definitions, templates, plan: await planWith(workspace, dir, definitions, templates) };
}

async function planWith(workspace: Workspace, dir: string, definitions: Definitions, templates: readonly NamedTemplate[]): Promise<Plan> {
  const scenarios = await promisedScenarios(workspace, dir, templates);
  return planDefinitions(workspace, { definitions }, (draft) => runScenariosAside(draft, scenarios));
}

/** What the templates of that list promise, those a publication would bring among them. */
export async function promisedScenarios(workspace: Workspace, dir: string, named: readonly NamedTemplate[]): Promise<unknown[]> {
  const resolved = await resolveTemplates(workspace, dir, named);
  const lists = await Promise.all(resolved.map(async (template) => template.scenarios ?? (await keptTemplate(workspace.database, template))?.scenarios ?? []));
  return lists.flat();
}

/** A role that somebody has is not taken away with a template; people are given another one first. */
async function withRolesHeld(db: Queryable, live: Definitions, left: Definitions): Promise<Definitions> {
  const rows = await db.all<{ roles: string | null }>(sql`SELECT DISTINCT roles FROM "user" WHERE roles IS NOT NULL`);
  const held = new Set(rows.flatMap(({ roles }) => JSON.parse(roles ?? '[]') as string[]));
  const stay = new Set(left.app.roles.map(({ name }) => name));
  return { ...left, app: { ...left.app, roles: live.app.roles.filter(({ name }) => stay.has(name) || held.has(name)) } };
}

/** What a publication keeps of the templates named in its request: the base of a later upgrade, and what they promise. */
export async function resolveTemplates({ database }: Workspace, dir: string, named: readonly NamedTemplate[]): Promise<PublishedTemplate[]> {
  const live = (await liveDefinitions(database)) as StoredDefinitions;
  return Promise.all(
    named.map(async ({ name, version, profile, install }): Promise<PublishedTemplate> => {
      if (!install) {
        const own = live.templates.find((template) => template.name === name && template.version === version);
        if (own) return own;
        if (!(await keptTemplate(database, { name, version }))) throw new AppError('validation_failed', { 'zh-CN': `没有模板“${name} ${version}”`, en: `There is no template "${name} ${version}"` });
        return { name, version, ...profileOf(profile) };
      }
      const template = await templateFrom(dir, name, profile);
      if (template.definitions.app.version !== version) throw new AppError('conflict', { 'zh-CN': '模板已有其他版本，请重新查看', en: 'The template has another version by now; look at it again' });
      const base = await installedBase(database, live, name);
      const { installed: definitions, renames } = base
        ? upgradeTemplate({ live: live.definitions, base, next: template.definitions })
        : installTemplate({ live: live.definitions, template: template.definitions, clashes: install.clashes });
      const scenarios = (template.scenarios ?? []).map((scenario) => (scenarioIssues(scenario, '').length > 0 ? scenario : renameScenario(scenario as Scenario, renames)));
      return { name, version: await versionToKeep(database, { name, version }, definitions), ...profileOf(template.profile), definitions, scenarios };
    }),
  );
}

/** A version installed once more under other names is kept as `1.0.0+2`: older publications can still be taken back to the first. */
async function versionToKeep(db: Queryable, { name, version }: InstalledTemplate, definitions: Definitions): Promise<string> {
  for (let count = 1; ; count++) {
    const own = count === 1 ? version : `${version}+${count}`;
    const kept = await keptTemplate(db, { name, version: own });
    if (!kept || isSame(kept.definitions, definitions)) return own;
  }
}

export const plainVersion = (version: string): string => version.split('+')[0] as string;

export function isNewer(version: string, than: string): boolean {
  const [a, b] = [version, than].map((text) => plainVersion(text).split('.').map(Number));
  const at = [0, 1, 2].find((i) => (a?.[i] ?? 0) !== (b?.[i] ?? 0));
  return at !== undefined && (a?.[at] ?? 0) > (b?.[at] ?? 0);
}

/** A template as it was installed here; undefined when it is not, or when none of its tables are left. */
export async function installedBase(db: Queryable, live: StoredDefinitions, name: string): Promise<Definitions | undefined> {
  const own = live.templates.find((template) => template.name === name);
  const base = own && (await keptTemplate(db, own))?.definitions;
  const isThere = base?.tables.length === 0 || base?.tables.some((table) => live.definitions.tables.some((other) => other.name === table.name));
  return isThere ? base : undefined;
}

export async function requireInstalled(db: Queryable, name: string): Promise<{ readonly live: StoredDefinitions; readonly base: Definitions }> {
  const live = (await liveDefinitions(db)) as StoredDefinitions;
  const base = await installedBase(db, live, name);
  if (!base) throw new AppError('not_found', { 'zh-CN': '没有安装这个模板', en: 'This template is not installed' });
  return { live, base };
}

/** The name comes with a request: only a folder that is listed is opened. */
export async function templateFrom(dir: string, name: string, profile?: string): Promise<Template> {
  const folders = (await readdir(dir, { withFileTypes: true })).filter((entry) => entry.isDirectory()).map((entry) => entry.name);
  if (!folders.includes(name)) throw new AppError('not_found', { 'zh-CN': '没有这个模板', en: 'There is no such template' });
  return readTemplate(join(dir, name), profile);
}

const without = (templates: readonly InstalledTemplate[], name: string): InstalledTemplate[] => templates.filter((own) => own.name !== name);
