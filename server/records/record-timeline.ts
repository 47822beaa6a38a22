/** What happened to a record: records of the tables its page names, and its own changes, newest first, cell by cell as the actor may see them. */
import { AppError } from '#engine/errors.ts';
import type { Json } from '#engine/fields/field-type.ts';
import type { FieldModel, TableModel } from '#engine/model/app-model.ts';
import type { Actor } from '#engine/permissions/actor.ts';
import { accessTo, allows, atLeast, authorize, bestRight } from '#engine/permissions/authorize.ts';
import { fieldTypeOf, resolvePath } from '#engine/rules/paths.ts';
import { readableRows, rootScope } from '../db/access-sql.ts';
import { column, ident, raw, sql } from '../db/sql.ts';
import { contextOf, type Workspace } from '../workspace.ts';
import type { FieldChange } from './audit.ts';
import { cellReader } from './cell-reader.ts';
import { findRecords } from './find-records.ts';
import { collectIncluded, type Included } from './included.ts';
import { notFound } from './update-record.ts';

export type TimelineEntry =
  | { readonly kind: 'record'; readonly at: string; readonly by: string | null; readonly table: string; readonly id: string; readonly title: Json; readonly content: Json; readonly record: Record<string, Json> }
  | { readonly kind: 'change'; readonly at: string; readonly by: string; readonly action: string; readonly changes: readonly FieldChange[] };

export interface Timeline {
  readonly data: readonly TimelineEntry[];
  readonly included: Included;
  readonly next: string | null;
}

const PAGE = 30;

/** `before` is the moment the page starts below; absent for the newest. */
export async function recordTimeline(workspace: Workspace, actor: Actor, tableName: string, id: string, before?: string): Promise<Timeline> {
  if (before !== undefined && Number.isNaN(Date.parse(before))) {
    throw new AppError('validation_failed', { 'zh-CN': '请求有误', en: 'The request has problems' }, [
      { path: '/cursor', code: 'bad_cursor', message: { 'zh-CN': '翻页位置无效', en: 'The cursor is not valid' } },
    ]);
  }
  const { table } = authorize(workspace.model, actor, 'read', tableName);
  const included: Included = {};
  const entries: TimelineEntry[] = [...(await ownChanges(workspace, actor, table, id, before, included))];
  for (const source of table.page.timeline ?? []) {
    const other = workspace.model.tables[source.table];
    if (!other || !allows(accessTo(other, actor), 'read')) continue;
    const fields = [source.date, source.title, source.content, source.actor].filter((path): path is string => path !== undefined && isShown(workspace, actor, other, path));
    if (!fields.includes(source.date)) continue;
    const mine = { '==': [{ var: source.field }, id] };
    const filter = before === undefined ? mine : { and: [mine, { '<': [{ var: source.date }, before] }] };
    const page = await findRecords(workspace, actor, source.table, { filter, sort: [`-${source.date}`], limit: PAGE });
    const paths = await findRecords(workspace, actor, source.table, { filter, sort: [`-${source.date}`], limit: PAGE, fields });
    merge(included, page.included);
    merge(included, paths.included);
    page.data.forEach((record, i) => {
      const shown = paths.data[i] ?? {};
      const value = (path: string | undefined): Json => (path === undefined ? null : (shown[path] ?? null));
      const by = value(source.actor);
      entries.push({
        kind: 'record',
        at: String(value(source.date) ?? record.created_at),
        by: typeof by === 'string' ? by : ((record.created_by as string | null) ?? null),
        table: source.table,
        id: String(record.id),
        title: value(source.title),
        content: value(source.content),
        record,
      });
    });
  }
  entries.sort((a, b) => (a.at < b.at ? 1 : a.at > b.at ? -1 : 0));
  const data = entries.slice(0, PAGE);
  return { data, included, next: entries.length > PAGE ? (data.at(-1)?.at ?? null) : null };
}

function isShown(workspace: Workspace, actor: Actor, table: TableModel, path: string): boolean {
  const resolved = resolvePath(workspace.model.tables, table.name, path);
  if (typeof resolved !== 'object') return false;
  return [...resolved.hops, resolved.field].every((field) => {
    const owner = workspace.model.tables[field.table];
    return owner !== undefined && bestRight(accessTo(owner, actor).read, field) !== 'hidden';
  });
}

function merge(into: Included, from: Included): void {
  for (const [table, titles] of Object.entries(from)) into[table] = { ...into[table], ...titles };
}

/** The audit of the record; a change of a cell the actor may not read is left out, whatever the value. */
async function ownChanges(workspace: Workspace, actor: Actor, table: TableModel, id: string, before: string | undefined, included: Included): Promise<TimelineEntry[]> {
  const { model, database } = workspace;
  const access = accessTo(table, actor);
  const scope = rootScope(model, database.dialect, table, actor);
  const cells = cellReader(scope, access, Object.values(table.fields));
  const flags = cells.flags.map((flag) => sql`, ${flag}`);
  const row = await database.get(
    sql`SELECT ${column('t0', 'id')} AS id${{ text: flags.map((flag) => flag.text).join(''), params: flags.flatMap((flag) => flag.params) }} FROM ${ident(table.name)} ${ident('t0')} WHERE ${column('t0', 'id')} = ${id} AND (${readableRows(scope)})`,
    contextOf(workspace, actor),
  );
  if (!row) throw notFound(table);
  const audit = await database.all<{ at: string; actor: string; action: string; changes: string }>(
    sql`SELECT at, actor, action, changes FROM relata_audit WHERE table_name = ${table.name} AND record_id = ${id}${before === undefined ? raw('') : sql` AND at < ${before}`} ORDER BY seq DESC LIMIT ${raw(String(PAGE + 1))}`,
  );
  const entries: TimelineEntry[] = [];
  const fields = new Map<string, FieldModel>();
  const values: Record<string, Json>[] = [];
  const people = new Map<string, FieldModel>();
  for (const entry of audit) {
    const changes = (JSON.parse(entry.changes) as FieldChange[]).filter(({ field: name }) => {
      const field = table.fields[name];
      return field && !field.hidden && !fieldTypeOf(field).computed && atLeast(cells.right(field, row), 'read');
    });
    if (changes.length === 0 && entry.action === 'update') continue;
    for (const { field: name, before: old, after } of changes) {
      const field = table.fields[name] as FieldModel;
      fields.set(name, field);
      values.push({ [name]: old }, { [name]: after });
    }
    entries.push({ kind: 'change', at: entry.at, by: entry.actor, action: entry.action, changes });
  }
  const author = table.fields.created_by;
  if (author) people.set('by', author);
  merge(included, await collectIncluded(workspace, actor, fields, values));
  merge(included, await collectIncluded(workspace, actor, people, audit.map((entry) => ({ by: entry.actor === 'system' ? null : entry.actor }))));
  return entries;
}
