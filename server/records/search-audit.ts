/** The audit as system owners and auditors read it: filtered, the latest first, names and labels put in, what is sensitive masked. */
import { AppError, type Label, type Locale } from '#engine/errors.ts';
import type { Json } from '#engine/fields/field-type.ts';
import type { AppModel, FieldModel, TableModel } from '#engine/model/app-model.ts';
import type { Actor } from '#engine/permissions/actor.ts';
import { accessTo, isKnown } from '#engine/permissions/authorize.ts';
import { fieldTypeOf } from '#engine/rules/paths.ts';
import { toLocalDate } from '#engine/rules/time.ts';
import { and, bind, join, raw, type Sql, sql } from '../db/sql.ts';
import { cellText, type CellContext, sourceOf } from '../export/columns.ts';
import { isSealedValue } from '../vault/sealed-values.ts';
import type { Workspace } from '../workspace.ts';
import type { FieldChange } from './audit.ts';
import { auditNames } from './audit-names.ts';
import { collectIncluded, titlesOf } from './included.ts';

export interface AuditFilter {
  readonly user?: string | undefined;
  readonly table?: string | undefined;
  readonly record?: string | undefined;
  readonly action?: string | undefined;
  /** ISO moments. */
  readonly from?: string | undefined;
  readonly to?: string | undefined;
  /** Somewhere in what was changed. */
  readonly text?: string | undefined;
  /** Rows before this number. */
  readonly before?: number | undefined;
  readonly limit: number;
}

export interface AuditEntry {
  readonly seq: number;
  readonly at: string;
  readonly by: string;
  readonly byName: string;
  readonly table: string;
  readonly tableLabel: string;
  readonly record: string;
  /** Null where there is no such record any more. */
  readonly title: string | null;
  readonly action: string;
  readonly changes: readonly { readonly field: string; readonly label: string; readonly before: string; readonly after: string }[];
  /** Of what is no change of a record: an export, a publication. */
  readonly detail: Json;
  /** Of ids and words in `detail`, by how they stand there: people, records, tables. */
  readonly names: Readonly<Record<string, string>>;
}

interface Row {
  seq: number; at: string; actor: string; table_name: string; record_id: string; action: string; changes: string;
}

export async function searchAudit(workspace: Workspace, actor: Actor, filter: AuditFilter, locale: Locale): Promise<{ data: AuditEntry[]; next: number | null }> {
  const { database, model } = workspace;
  if (!mayReadAudit(model, actor)) throw new AppError('forbidden', { 'zh-CN': '只有系统所有者和审计人员可以查看审计', en: 'Only system owners and auditors may read the audit' });
  // Whether a hidden value stands somewhere would tell of it.
  if (filter.text && !actor.unrestricted) throw new AppError('forbidden', { 'zh-CN': '只有系统所有者可以按内容查找', en: 'Only a system owner may search what was changed' });
  const rows = await database.all<Row>(sql`SELECT seq, at, actor, table_name, record_id, action, changes FROM relata_audit WHERE ${and([...conditions(workspace, filter), ...shownTo(workspace, actor)])} ORDER BY seq DESC LIMIT ${raw(String(filter.limit + 1))}`);
  const page = rows.slice(0, filter.limit);
  return { data: await entriesOf(workspace, actor, page, locale), next: rows.length > filter.limit ? Number(page.at(-1)?.seq) : null };
}

export function mayReadAudit({ roles }: AppModel, actor: Actor): boolean {
  return actor.unrestricted || roles.some((role) => role.audit === true && actor.roles.includes(role.name));
}

/** An auditor reads of the tables they may read, none of which is strict, and of what is no table: publications, backups. */
function shownTo({ model }: Workspace, actor: Actor): Sql[] {
  if (actor.unrestricted) return [];
  const closed = Object.values(model.tables).filter((table) => table.sharing === 'strict' || !accessTo(table, actor).read.some(({ rows }) => rows === true)).map(({ name }) => name);
  return closed.length === 0 ? [] : [sql`table_name NOT IN (${join(closed.map((name) => bind(name)), ', ')})`];
}

function conditions({ database: { dialect } }: Workspace, { user, table, record, action, from, to, text, before }: AuditFilter): Sql[] {
  const all: Sql[] = [];
  if (user) all.push(sql`actor = ${user}`);
  if (table) all.push(sql`table_name = ${table}`);
  if (record) all.push(sql`record_id IN (${record}, ${`print:${record}`})`);
  if (action) all.push(sql`action = ${action}`);
  if (from) all.push(sql`at >= ${from}`);
  if (to) all.push(sql`at <= ${to}`);
  if (text) all.push(sql`${dialect.position(dialect.name === 'postgres' ? raw('changes::text') : raw('changes'), dialect.typed(bind(JSON.stringify(text).slice(1, -1)), 'text'))} > 0`);
  if (before !== undefined) all.push(sql`seq < ${before}`);
  return all.length > 0 ? all : [raw('1 = 1')];
}

async function entriesOf(workspace: Workspace, actor: Actor, rows: readonly Row[], locale: Locale): Promise<AuditEntry[]> {
  const { model, directory } = workspace;
  const titles = new Map<string, Awaited<ReturnType<typeof titlesOf>>>();
  for (const table of new Set(rows.map((row) => row.table_name))) {
    if (Object.hasOwn(model.tables, table)) titles.set(table, await titlesOf(workspace, actor, table, rows.filter((row) => row.table_name === table).map(({ record_id }) => idOf(record_id))));
  }
  const parsed = rows.map((row) => ({ row, changes: JSON.parse(row.changes) as Json }));
  const fields = new Map<string, FieldModel>();
  const values: Record<string, Json>[] = [];
  for (const { row, changes } of parsed) {
    for (const { field, before, after } of changesIn(changes)) {
      const own = model.tables[row.table_name]?.fields[field];
      if (!own) continue;
      fields.set(`${row.table_name}.${field}`, own);
      values.push({ [`${row.table_name}.${field}`]: before }, { [`${row.table_name}.${field}`]: after });
    }
  }
  const { timeZone } = model.settings;
  const context: CellContext = { included: await collectIncluded(workspace, actor, fields, values), locale, timeZone, today: toLocalDate(workspace.now(), timeZone) };
  const names = await auditNames(workspace, actor, parsed.map(({ row, changes }) => ({ table: row.table_name, action: row.action, detail: changes })), locale);
  return parsed.map(({ row, changes }, i) => {
    const table: TableModel | undefined = Object.hasOwn(model.tables, row.table_name) ? model.tables[row.table_name] : undefined;
    return {
      seq: Number(row.seq),
      at: row.at,
      by: row.actor,
      byName: nameOf(workspace, row.actor, locale) ?? directory.user(row.actor)?.name ?? row.actor,
      table: row.table_name,
      tableLabel: (table?.label ?? OTHER_TABLES[row.table_name])?.[locale] ?? row.table_name,
      record: idOf(row.record_id),
      title: titles.get(row.table_name)?.[idOf(row.record_id)]?.title ?? null,
      action: row.action,
      changes: changesIn(changes).filter(({ field }) => isShown(table, field, actor)).map(({ field, before, after }) => ({ field, label: table?.fields[field]?.label[locale] ?? field, before: shown(workspace, table?.fields[field], before, context), after: shown(workspace, table?.fields[field], after, context) })),
      detail: detailOf(changes),
      names: names[i] ?? {},
    };
  });
}

/** A field that is gone is shown to owners alone. */
function isShown(table: TableModel | undefined, name: string, actor: Actor): boolean {
  if (actor.unrestricted) return true;
  const field = table?.fields[name];
  return table !== undefined && field !== undefined && isKnown(accessTo(table, actor), field);
}

/** What was noted about a record without being a change of it. */
const idOf = (record: string): string => record.replace(/^(?:print|sign_in):/, '');

const OTHER_TABLES: Readonly<Record<string, Label>> = {
  relata_definitions: { 'zh-CN': '定义', en: 'Definitions' },
  relata_backup: { 'zh-CN': '备份', en: 'Backups' },
  relata_audit: { 'zh-CN': '审计', en: 'Audit' },
  relata_trash: { 'zh-CN': '定义回收站', en: 'Trash of definitions' },
};

function nameOf({ model }: Workspace, author: string, locale: Locale): string | undefined {
  if (author === 'system') return locale === 'zh-CN' ? '系统' : 'System';
  if (!author.startsWith('workflow:')) return undefined;
  const name = author.slice('workflow:'.length);
  return model.workflows[name]?.label[locale] ?? name;
}

/** A publication lists places in the definitions, no fields. */
function changesIn(changes: Json): readonly FieldChange[] {
  return Array.isArray(changes) ? (changes as unknown as FieldChange[]).filter((change) => typeof change?.field === 'string') : [];
}

function detailOf(changes: Json): Json {
  if (!Array.isArray(changes)) return changes;
  const places = changes.flatMap((change) => (change !== null && typeof change === 'object' && !Array.isArray(change) && typeof change.path === 'string' ? [change.path] : []));
  return places.length > 0 ? { places } : null;
}

/** Also an owner reads here only that a sensitive value was changed; its place is the record. */
function shown({ model }: Workspace, field: FieldModel | undefined, value: Json, context: CellContext): string {
  if (value === null || value === undefined) return '';
  if (isSealedValue(value)) return '***';
  if (!field) return typeof value === 'string' ? value : JSON.stringify(value);
  if (field.sensitive) return fieldTypeOf(field).mask?.(value, field) ?? '***';
  return cellText({ path: field.name, label: field.label[context.locale], field: sourceOf(model, field) }, value, context);
}
