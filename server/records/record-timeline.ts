/** What happened to a record: records of the tables its page names, comments and its own changes, newest first, cell by cell as the actor may see them. */
import type { Label } from '#engine/errors.ts';
import type { Json } from '#engine/fields/field-type.ts';
import type { AppModel, FieldModel, TableModel } from '#engine/model/app-model.ts';
import type { Actor } from '#engine/permissions/actor.ts';
import { accessTo, allows, atLeast, authorize, bestRight } from '#engine/permissions/authorize.ts';
import type { Comment } from '#engine/records/comment.ts';
import { fieldTypeOf, resolvePath } from '#engine/rules/paths.ts';
import type { Rule } from '#engine/rules/rule.ts';
import { type CommentMark, commentsOf, isCommentMark, peopleOf } from '../comments/read-comments.ts';
import { readableRows, rootScope } from '../db/access-sql.ts';
import { column, ident, join, raw, sql } from '../db/sql.ts';
import { contextOf, type Workspace } from '../workspace.ts';
import { type FieldChange, openChanges } from './audit.ts';
import { type CellReader, cellReader } from './cell-reader.ts';
import { badCursor } from './cursor-problem.ts';
import { findRecords } from './find-records.ts';
import { collectIncluded, type Included } from './included.ts';
import { noteInWords } from './timeline-notes.ts';
import { notFound } from './update-record.ts';

export type TimelineEntry =
  | { readonly kind: 'record'; readonly at: string; readonly by: string | null; readonly table: string; readonly id: string; readonly title: Json; readonly content: Json; readonly record: Record<string, Json> }
  | ({ readonly kind: 'comment' } & Comment)
  | { readonly kind: 'change'; readonly at: string; readonly by: string; readonly action: string; readonly changes: readonly FieldChange[]; /** Whose doing it was, when it was nobody's. */ readonly workflow?: Label; /** Of a share, a transfer or a merge. */ readonly note?: Label };

export interface Timeline {
  readonly data: readonly TimelineEntry[];
  readonly included: Included;
  readonly next: string | null;
}

const PAGE = 30;
/** Audit rows read at a time: most of them may be of cells that the actor may not see. */
const AUDIT_BATCH = 200;

export const TIMELINE_KINDS = ['record', 'comment', 'change'] as const;
export type TimelineKind = (typeof TIMELINE_KINDS)[number];
export const isTimelineKind = (kind: string): kind is TimelineKind => (TIMELINE_KINDS as readonly string[]).includes(kind);

export interface TimelineRequest {
  /** The `next` of the page before; absent for the newest. */
  readonly cursor?: string | undefined;
  /** Only these entries; the cursor belongs to the same kind. */
  readonly kind?: TimelineKind | undefined;
}

/** Where each part of the timeline goes on: below this audit row, below this comment, below this record by date and id. */
interface Position {
  readonly seq: number | null;
  readonly comment: CommentMark | null;
  readonly records: readonly (readonly [at: string | null, id: string] | null)[];
}

interface Found<Mark> {
  readonly entry: TimelineEntry;
  /** The position after this entry. */
  readonly mark: Mark;
}

export async function recordTimeline(workspace: Workspace, actor: Actor, tableName: string, id: string, { cursor, kind }: TimelineRequest = {}): Promise<Timeline> {
  const { table } = authorize(workspace.model, actor, 'read', tableName);
  const sources = kind === undefined || kind === 'record' ? (table.page.timeline ?? []) : [];
  const start: Position = cursor === undefined ? { seq: null, comment: null, records: sources.map(() => null) } : decodePosition(cursor, sources.length);
  const included: Included = {};
  const own = await readableRecord(workspace, actor, table, id);
  const changes = kind === undefined || kind === 'change' ? await ownChanges(workspace, actor, own, start.seq, included) : [];
  const comments = own.living && (kind === undefined || kind === 'comment') ? await commentsOf(workspace.database, actor, table.name, id, start.comment, PAGE + 1) : [];
  merge(included, await peopleOf(workspace, actor, comments));
  const records: Found<readonly [string | null, string]>[][] = [];
  for (const [i, source] of sources.entries()) records.push(await recordsOf(workspace, actor, source, id, start.records[i] ?? null, included));

  const data: TimelineEntry[] = [];
  const position = { seq: start.seq, comment: start.comment, records: [...start.records] };
  while (data.length < PAGE) {
    const heads = records.map((found) => found[0]?.entry.at);
    const newest = [changes[0]?.entry.at, comments[0]?.at, ...heads].reduce((best, at) => (at !== undefined && (best === undefined || at > best) ? at : best), undefined);
    if (newest === undefined) break;
    const from = heads.indexOf(newest);
    const taken = from === -1 ? undefined : records[from]?.shift();
    if (taken) {
      data.push(taken.entry);
      position.records[from] = taken.mark;
      continue;
    }
    const comment = comments[0]?.at === newest ? comments.shift() : undefined;
    if (comment) {
      data.push({ kind: 'comment', ...comment });
      position.comment = [comment.at, comment.id];
      continue;
    }
    const change = changes.shift();
    if (!change) break;
    data.push(change.entry);
    position.seq = change.mark;
  }
  const more = changes.length > 0 || comments.length > 0 || records.some((found) => found.length > 0);
  return { data, included, next: more ? Buffer.from(JSON.stringify([position.seq, position.records, position.comment])).toString('base64url') : null };
}

function decodePosition(text: string, sources: number): Position {
  try {
    const [seq, records, comment] = JSON.parse(Buffer.from(text, 'base64url').toString('utf8')) as [unknown, unknown, unknown];
    const isText = (value: unknown): boolean => typeof value === 'string' && !value.includes('\0');
    const isMark = (mark: unknown): boolean => mark === null || (Array.isArray(mark) && mark.length === 2 && (mark[0] === null || isText(mark[0])) && isText(mark[1]));
    const isComment = comment === null || isCommentMark(comment);
    if ((seq === null || Number.isSafeInteger(seq)) && isComment && Array.isArray(records) && records.length === sources && records.every(isMark)) return { seq, records, comment } as Position;
  } catch {
    // Falls through to the refusal: a cursor is ours or it is nothing.
  }
  throw badCursor();
}

type TimelineSource = NonNullable<TableModel['page']['timeline']>[number];

/** One more than a page, so that the caller knows whether there is more. */
async function recordsOf(workspace: Workspace, actor: Actor, source: TimelineSource, id: string, after: Position['records'][number], included: Included): Promise<Found<readonly [string | null, string]>[]> {
  const other = workspace.model.tables[source.table];
  if (!other || !allows(accessTo(other, actor), 'read')) return [];
  const fields = [source.date, source.title, source.content, source.actor].filter((path): path is string => path !== undefined && isShown(workspace, actor, other, path));
  if (!fields.includes(source.date)) return [];
  const request = { filter: { and: [{ '==': [{ var: source.field }, id] }, ...olderThan(source.date, after)] }, sort: [`-${source.date}`, '-id'], limit: PAGE + 1 };
  const whole = await findRecords(workspace, actor, source.table, request);
  const shown = await findRecords(workspace, actor, source.table, { ...request, fields });
  merge(included, whole.included);
  merge(included, shown.included);
  return whole.data.map((record, i) => {
    const value = (path: string | undefined): Json => (path === undefined ? null : (shown.data[i]?.[path] ?? null));
    const by = value(source.actor);
    const date = value(source.date);
    return {
      mark: [date === null ? null : String(date), String(record.id)],
      entry: {
        kind: 'record',
        at: String(date ?? record.created_at),
        by: typeof by === 'string' ? by : ((record.created_by as string | null) ?? null),
        table: source.table,
        id: String(record.id),
        title: value(source.title),
        content: value(source.content),
        record,
      },
    };
  });
}

/** Records without a date come last. */
function olderThan(date: string, after: Position['records'][number]): Rule[] {
  if (!after) return [];
  const [at, id] = after;
  const value: Rule = { var: date };
  const sameMoment: Rule = { and: [at === null ? { empty: [value] } : { '==': [value, at] }, { '<': [{ var: 'id' }, id] }] };
  return [at === null ? sameMoment : { or: [{ '<': [value, at] }, { empty: [value] }, sameMoment] }];
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

interface OwnRecord {
  readonly table: TableModel;
  readonly id: string;
  readonly living: boolean;
  readonly cells: CellReader;
  readonly flags: readonly unknown[];
}

/** Refuses whoever may not read the record; a record in the bin is found too, as on its own page. */
async function readableRecord(workspace: Workspace, actor: Actor, table: TableModel, id: string): Promise<OwnRecord> {
  const { model, database } = workspace;
  const scope = rootScope(model, database.dialect, table, actor);
  const cells = cellReader(scope, accessTo(table, actor), Object.values(table.fields));
  const [row] = await database.values(
    sql`SELECT ${join([column('t0', 'id'), column('t0', 'deleted_at'), ...cells.flags], ', ')} FROM ${ident(table.name)} ${ident('t0')} WHERE ${column('t0', 'id')} = ${id} AND (${readableRows(scope)})`,
    contextOf(workspace, actor),
  );
  if (!row) throw notFound(table);
  return { table, id, living: row[1] === null, cells, flags: row.slice(2) };
}

/** The audit of the record; a change of a cell the actor may not read is left out, whatever the value. */
async function ownChanges(workspace: Workspace, actor: Actor, { table, id, cells, flags }: OwnRecord, below: number | null, included: Included): Promise<Found<number>[]> {
  const { model, database } = workspace;
  const found: Found<number>[] = [];
  const title = table.fields[table.titleField];
  const showsTitle = title !== undefined && atLeast(cells.right(title, flags), 'read');
  const fields = new Map<string, FieldModel>();
  const values: Record<string, Json>[] = [];
  const people = new Map<string, FieldModel>();
  for (let from = below; found.length <= PAGE; ) {
    const audit = await database.all<{ seq: number; at: string; actor: string; action: string; changes: string }>(
      sql`SELECT seq, at, actor, action, changes FROM relata_audit WHERE table_name = ${table.name} AND record_id = ${id}${from === null ? raw('') : sql` AND seq < ${from}`} ORDER BY seq DESC LIMIT ${raw(String(AUDIT_BATCH))}`,
    );
    for (const row of audit) {
      const noted: unknown = JSON.parse(row.changes);
      if (!Array.isArray(noted)) {
        const note = found.length > PAGE ? null : noteInWords(workspace, row.action, noted as object, { table, showsTitle });
        if (note !== null) found.push({ mark: Number(row.seq), entry: { kind: 'change', at: row.at, by: row.actor, action: row.action, changes: [], note, ...workflowNamed(model, row.actor) } });
        continue;
      }
      const shown = (noted as FieldChange[]).filter(({ field: name }) => {
        const field = table.fields[name];
        return field && !field.hidden && !fieldTypeOf(field).computed && atLeast(cells.right(field, flags), 'read');
      });
      const changes = openChanges(database.vault, table.name, id, shown);
      if (found.length > PAGE || (changes.length === 0 && row.action === 'update')) continue;
      for (const { field: name, before: old, after } of changes) {
        fields.set(name, table.fields[name] as FieldModel);
        values.push({ [name]: old }, { [name]: after });
      }
      found.push({ mark: Number(row.seq), entry: { kind: 'change', at: row.at, by: row.actor, action: row.action, changes, ...workflowNamed(model, row.actor) } });
    }
    if (audit.length < AUDIT_BATCH) break;
    from = Number(audit.at(-1)?.seq);
  }
  const author = table.fields.created_by;
  if (author) people.set('by', author);
  merge(included, await collectIncluded(workspace, actor, fields, values));
  merge(included, await collectIncluded(workspace, actor, people, found.map(({ entry }) => ({ by: entry.by === 'system' || entry.by?.startsWith('workflow:') ? null : entry.by }))));
  return found;
}

/** The audit names a workflow as the author of what it wrote. */
function workflowNamed({ workflows }: AppModel, author: string): { workflow?: Label } {
  if (!author.startsWith('workflow:')) return {};
  const name = author.slice('workflow:'.length);
  return { workflow: workflows[name]?.label ?? { 'zh-CN': name, en: name } };
}
