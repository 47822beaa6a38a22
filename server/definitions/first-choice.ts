/**
 * Which part of its template a workspace keeps, asked of the owner who signs in first: until somebody has written or published anything, it
 * may still become a smaller or a larger one. What it does not keep lies in the trash for 30 days, as with any publication.
 */
import type { Profile } from '#engine/changes/leave-out/profile.ts';
import { AppError } from '#engine/errors.ts';
import type { Actor } from '#engine/permissions/actor.ts';
import { systemActor } from '#engine/permissions/actor.ts';
import { ident, join, sql } from '../db/sql.ts';
import { deleteRecord, purgeRecord } from '../records/delete-record.ts';
import { writeSession } from '../records/write-session.ts';
import type { Workspace } from '../workspace.ts';
import { countRecords } from './field-values.ts';
import { loadSamples } from './load-samples.ts';
import { planDefinitions } from './plan.ts';
import type { Template } from './read-template.ts';
import { liveDefinitions, type StoredDefinitions } from './store.ts';
import { templateFrom } from './template-proposals.ts';

export interface FirstChoice {
  /** Null: there is nothing to choose, or not any more. */
  readonly profile: string | null;
  readonly profiles: readonly (Omit<Profile, 'tables'> & { readonly tables: number })[];
}

const NOTHING: FirstChoice = { profile: null, profiles: [] };

export async function firstChoice(workspace: Workspace, dir: string): Promise<FirstChoice> {
  const live = (await liveDefinitions(workspace.database)) as StoredDefinitions;
  const [own] = live.templates;
  if (own?.profile === undefined || !(await isUntouched(workspace, live))) return NOTHING;
  const { profiles = [] } = await templateFrom(dir, own.name, own.profile);
  return { profile: own.profile, profiles: profiles.map(({ tables, ...profile }) => ({ ...profile, tables: tables.length })) };
}

/** The version it began with, and nothing written by anybody who ever signed in: the authors of sample records did not. Accounts are how one gets in at all. */
async function isUntouched({ database }: Workspace, { version, templates }: StoredDefinitions): Promise<boolean> {
  if (version !== 1 || templates.length !== 1) return false;
  const written = await database.get(
    sql`SELECT 1 AS found FROM relata_audit WHERE action IN ('create', 'update', 'delete') AND table_name <> 'user' AND actor IN (SELECT actor FROM relata_audit WHERE action = 'sign_in') LIMIT 1`,
  );
  return written === undefined;
}

export async function chooseFirst(workspace: Workspace, dir: string, actor: Actor, wanted: string): Promise<void> {
  const live = (await liveDefinitions(workspace.database)) as StoredDefinitions;
  const [own] = live.templates;
  if (own?.profile === undefined || !(await isUntouched(workspace, live))) {
    throw new AppError('conflict', { 'zh-CN': '系统已在使用，请在设计 → 模板与迁移中扩大安装范围', en: 'The workspace is in use by now; let the template grow under Designer → Templates and files' });
  }
  if (own.profile === wanted) return;
  const [before, after] = [await templateFrom(dir, own.name, own.profile), await templateFrom(dir, own.name, wanted)];
  const hasSamples = await holdsSamples(workspace, before);
  if (hasSamples) await dropSamples(workspace, before, after);
  const { definitions, scenarios = [] } = after;
  const { base, hash, confirm } = await planDefinitions(workspace, { definitions }, async () => []);
  const { name, version } = own;
  const template = { name, version: `${version}+${wanted}`, profile: wanted, definitions, scenarios };
  await workspace.publish({ definitions, base, hash, confirm, by: actor.userId, note: `${name} ${version} ${wanted}`, templates: [template] });
  await loadSamples(workspace, ofNewTables(before, after, hasSamples ? after.samples : (after.records ?? {})));
}

/** More than what a workspace without samples begins with. */
async function holdsSamples({ database }: Workspace, { samples, records = {}, definitions }: Template): Promise<boolean> {
  for (const { name } of definitions.tables) if (samples[name] && (await countRecords(database, name)) > (records[name]?.length ?? 0)) return true;
  return false;
}

/** Sample records that cannot be without what goes: a talk with a lead. */
async function dropSamples(workspace: Workspace, before: Template, after: Template): Promise<void> {
  await writeSession(workspace, systemActor, async (session) => {
    for (const { name } of after.definitions.tables) {
      const kept = new Set(after.samples[name]?.map((record) => String(record.external_id)));
      const gone = (before.samples[name] ?? []).map((record) => String(record.external_id)).filter((key) => !kept.has(key));
      if (gone.length === 0) continue;
      const rows = await session.tx.all<{ id: string }>(sql`SELECT "id" FROM ${ident(name)} WHERE "deleted_at" IS NULL AND "external_id" IN (${join(gone.map((key) => sql`${key}`), ', ')})`);
      for (const { id } of rows) {
        await deleteRecord(session, name, id);
        await purgeRecord(session, name, id);
      }
    }
  });
}

/** Records of the others stay as they are. */
function ofNewTables(before: Template, after: Template, records: Template['samples']): Template['samples'] {
  const own = new Set(before.definitions.tables.map(({ name }) => name));
  return Object.fromEntries(Object.entries(records).filter(([table]) => !own.has(table) && after.definitions.tables.some(({ name }) => name === table)));
}
