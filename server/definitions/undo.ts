/** Ways back, each as a draft to be planned and published like any other, with what it takes from the trash. */
import { type MergeConflict, mergeDefinitions } from '#engine/changes/merge.ts';
import { AppError } from '#engine/errors.ts';
import type { Definitions, FieldDefinition, TableDefinition } from '#engine/model/definitions.ts';
import type { Queryable } from '../db/database.ts';
import { definitionsOf, type InstalledTemplate, liveDefinitions, type StoredDefinitions } from './store.ts';
import { type TrashEntry, trashEntries } from './trash.ts';

export interface WayBack {
  readonly definitions: Definitions;
  /** Trash entries it brings back. */
  readonly restore: readonly string[];
  /** Changed since by hand: kept as they are now unless taken. */
  readonly conflicts: readonly MergeConflict[];
  readonly templates?: readonly InstalledTemplate[];
  readonly undoes?: number;
}

/** Takes back one publication; what later ones changed stays. */
export async function undoPublication(db: Queryable, version: number, take: readonly string[] = []): Promise<WayBack> {
  const live = (await liveDefinitions(db)) as StoredDefinitions;
  const [base, theirs] = [await definitionsOf(db, version), await definitionsOf(db, version - 1)];
  if (!base || !theirs) throw new AppError('not_found', { 'zh-CN': '没有这个版本，或它是第一版', en: 'There is no such version, or it is the first' });
  // Its own entries, or those of a later undo that put the same values away again.
  const restore = (await trashEntries(db)).filter((entry) => entry.version >= version).map((entry) => entry.id);
  const merged = version === live.version ? { definitions: theirs.definitions, conflicts: [] } : mergeDefinitions({ base: base.definitions, ours: live.definitions, theirs: theirs.definitions, take });
  const templates = templatesWithout(live.templates, base.templates, theirs.templates);
  return { definitions: merged.definitions, conflicts: merged.conflicts, restore, templates, undoes: version };
}

/** Templates that the version brought or raised go back to what they were before it. */
function templatesWithout(live: readonly InstalledTemplate[], base: readonly InstalledTemplate[], theirs: readonly InstalledTemplate[]): InstalledTemplate[] {
  const same = (a: InstalledTemplate | undefined, b: InstalledTemplate | undefined): boolean => a?.version === b?.version;
  const by = (list: readonly InstalledTemplate[], name: string): InstalledTemplate | undefined => list.find((template) => template.name === name);
  const names = new Set([...live, ...theirs].map((template) => template.name));
  return [...names].flatMap((name) => (same(by(base, name), by(theirs, name)) ? (by(live, name) ?? []) : (by(theirs, name) ?? [])));
}

/** One field or table out of the trash, with its values and the rights it had. */
export async function restoreFromTrash(db: Queryable, id: string): Promise<WayBack> {
  const entry = (await trashEntries(db)).find((candidate) => candidate.id === id);
  const old = entry && (await definitionsOf(db, entry.version - 1));
  const table = old?.definitions.tables.find((candidate) => candidate.name === entry?.table);
  if (!entry || !old || !table) throw new AppError('not_found', { 'zh-CN': '回收站里没有它', en: 'It is not in the trash' });
  const live = (await liveDefinitions(db)) as StoredDefinitions;
  const definitions = entry.field === null ? withTable(live.definitions, old.definitions, table) : withField(live.definitions, table, entry.field, entry);
  return { definitions, restore: [id], conflicts: [] };
}

function withTable(live: Definitions, old: Definitions, table: TableDefinition): Definitions {
  if (live.tables.some((own) => own.name === table.name)) throw taken(table.name);
  const groups = old.app.navigation.filter((group) => group.tables.includes(table.name)).map((group) => group.name);
  const navigation = live.app.navigation.map((group) => (groups.includes(group.name) ? { ...group, tables: [...group.tables, table.name] } : group));
  return { ...live, app: { ...live.app, navigation }, tables: [...live.tables, table] };
}

function withField(live: Definitions, was: TableDefinition, name: string, entry: TrashEntry): Definitions {
  const field = was.fields.find((candidate) => candidate.name === name) as FieldDefinition;
  const table = live.tables.find((candidate) => candidate.name === was.name);
  if (!table) throw new AppError('conflict', { 'zh-CN': '它所在的表已删除，请先恢复该表', en: 'Its table has been removed; restore the table first' });
  const isThere = table.fields.some((own) => own.name === name);
  if (isThere && entry.reason === 'removed') throw taken(`${table.name}.${name}`);
  const fields = isThere ? table.fields.map((own) => (own.name === name ? field : own)) : insertedAt(table.fields, field, was.fields.indexOf(field));
  const permissions = Object.fromEntries(
    Object.entries(table.permissions ?? {}).map(([role, grant]) => {
      const right = was.permissions?.[role]?.fields?.[name];
      return [role, right === undefined || grant.fields?.[name] !== undefined ? grant : { ...grant, fields: { ...grant.fields, [name]: right } }];
    }),
  );
  const next: TableDefinition = { ...table, fields, ...(table.permissions && { permissions }) };
  return { ...live, tables: live.tables.map((own) => (own === table ? next : own)) };
}

function insertedAt<T>(items: readonly T[], item: T, index: number): T[] {
  return [...items.slice(0, index), item, ...items.slice(index)];
}

const taken = (name: string): AppError => new AppError('conflict', { 'zh-CN': `“${name}”已经存在，请先改名或删除`, en: `"${name}" is there already; remove it first` });
