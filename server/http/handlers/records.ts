import Type, { type Static } from 'typebox';
import type { AggregateRequest } from '#engine/charts/aggregate.ts';
import type { Json } from '#engine/fields/field-type.ts';
import { AppError } from '#engine/errors.ts';
import { authorize } from '#engine/permissions/authorize.ts';
import { FORM_VERSION_HEADER, refuseOldForm } from '../../definitions/form-version.ts';
import { aggregateRecords } from '../../records/aggregate-records.ts';
import { createRecord } from '../../records/create-record.ts';
import { deleteRecord, purgeRecord, restoreRecord } from '../../records/delete-record.ts';
import { findDuplicates } from '../../records/find-duplicates.ts';
import { type FindRequest, findRecords } from '../../records/find-records.ts';
import { getRecord, type RecordAnswer } from '../../records/get-record.ts';
import { previewLines } from '../../records/preview-lines.ts';
import { isTimelineKind, recordTimeline, TIMELINE_KINDS } from '../../records/record-timeline.ts';
import { askToPurge } from '../../records/purge-request.ts';
import { searchEverywhere } from '../../records/search-everywhere.ts';
import { updateRecord } from '../../records/update-record.ts';
import { writeSession } from '../../records/write-session.ts';
import { noteStrictIds, noteStrictPart, noteStrictReads } from '../../sharing/note-strict-reads.ts';
import type { Answer, Call } from '../endpoint.ts';
import { issuesIn, localeOf } from '../problem.ts';
import { once } from './idempotency.ts';
import { queryText, requestProblem, requiredVersionOf, versionOf } from './request-parts.ts';

const MAX_SEARCH = 200;

const tableOf = (call: Call): string => call.params.table ?? '';
const idOf = (call: Call): string => call.params.id ?? '';

const KNOWN_QUERY = new Set(['filter', 'search', 'sort', 'fields', 'limit', 'cursor', 'count', 'deleted']);

function findRequest(call: Call): FindRequest {
  for (const name of Object.keys(call.request.query)) {
    if (!KNOWN_QUERY.has(name)) throw requestProblem(`/${name}`, 'unknown_parameter', `没有参数 ${name}`, `There is no parameter ${name}`);
  }
  const filter = queryText(call, 'filter');
  const list = (name: string): string[] | undefined => queryText(call, name)?.split(',').map((part) => part.trim()).filter(Boolean);
  const limit = queryText(call, 'limit');
  const search = queryText(call, 'search');
  if (search && search.length > MAX_SEARCH) throw requestProblem('/search', 'too_long', `搜索最多 ${MAX_SEARCH} 个字符`, `A search has at most ${MAX_SEARCH} characters`);
  const request: Record<string, unknown> = {
    filter: filter === undefined ? undefined : parseJson(filter, '/filter'),
    search,
    sort: list('sort'),
    fields: list('fields'),
    limit: limit === undefined ? undefined : Number(limit),
    cursor: queryText(call, 'cursor'),
    count: queryText(call, 'count') === 'true',
    deleted: queryText(call, 'deleted') === 'true',
  };
  return request as FindRequest;
}

function parseJson(text: string, path: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw requestProblem(path, 'not_json', '不是有效的 JSON', 'Not valid JSON');
  }
}

export async function find(call: Call): Promise<Answer> {
  const { workspace, actor } = call;
  const page = await findRecords(workspace, actor, tableOf(call), findRequest(call));
  await noteStrictReads(workspace, actor, tableOf(call), page.data);
  return { body: page };
}

function recordBody(record: RecordAnswer, warnings: readonly object[] = []): Answer {
  return { body: warnings.length > 0 ? { ...record, warnings } : record, headers: { ETag: `"${String(record.data.version)}"` } };
}

export async function get(call: Call): Promise<Answer> {
  const { workspace, actor } = call;
  const record = await getRecord(workspace, actor, tableOf(call), idOf(call));
  await noteStrictReads(workspace, actor, tableOf(call), record.data);
  return recordBody(record);
}

/** Whoever may not write there learns nothing of its form. */
async function checkForm(call: Call, action: 'create' | 'update'): Promise<void> {
  const header = call.request.headers[FORM_VERSION_HEADER];
  if (header === undefined) return;
  authorize(call.workspace.model, call.actor, action, tableOf(call));
  await refuseOldForm(call.workspace, header, tableOf(call));
}

/** The form a record comes from, for workflows that listen to it. */
function formOf(call: Call): { form?: string } {
  const form = call.request.headers['relata-form'];
  return typeof form === 'string' && /^[a-z][a-z0-9_]{0,47}$/.test(form) ? { form } : {};
}

export async function create(call: Call): Promise<Answer> {
  const { workspace, actor } = call;
  const table = tableOf(call);
  await checkForm(call, 'create');
  const { id, warnings } = await writeSession(
    workspace,
    actor,
    async (session) => ({ id: await once(session, call, table, () => createRecord(session, table, call.body)), warnings: session.warnings }),
    formOf(call),
  );
  return { ...recordBody(await getRecord(workspace, actor, table, id), issuesIn(localeOf(call.request), warnings)), status: 201 };
}

export async function update(call: Call): Promise<Answer> {
  const { workspace, actor } = call;
  const version = requiredVersionOf(call);
  await checkForm(call, 'update');
  const warnings = await writeSession(workspace, actor, async (session) => {
    await updateRecord(session, tableOf(call), idOf(call), call.body, { ...(version !== undefined && { version }) });
    return session.warnings;
  }, formOf(call));
  return recordBody(await getRecord(workspace, actor, tableOf(call), idOf(call)), issuesIn(localeOf(call.request), warnings));
}

export const LinesAheadSchema = Type.Object({ id: Type.Union([Type.String({ maxLength: 64 }), Type.Null()]), values: Type.Record(Type.String(), Type.Unknown()) }, { additionalProperties: false });

/** The lines as saving would leave them, or what still stands against saving: an answer, since nobody has saved yet. */
export async function linesAhead(call: Call): Promise<Answer> {
  try {
    return { body: { lines: await previewLines(call.workspace, call.actor, tableOf(call), call.body as Static<typeof LinesAheadSchema>), issues: [] } };
  } catch (error) {
    if (error instanceof AppError && error.code === 'validation_failed') return { body: { lines: {}, issues: issuesIn(localeOf(call.request), error.issues) } };
    throw error;
  }
}

export async function remove(call: Call): Promise<Answer> {
  const purge = queryText(call, 'purge') === 'true';
  await writeSession(call.workspace, call.actor, (session) =>
    purge ? purgeRecord(session, tableOf(call), idOf(call)) : deleteRecord(session, tableOf(call), idOf(call), versionOf(call)),
  );
  return { status: 204 };
}

export async function requestPurge(call: Call): Promise<Answer> {
  await writeSession(call.workspace, call.actor, (session) => askToPurge(session, tableOf(call), idOf(call)));
  return { status: 204 };
}

export async function restore(call: Call): Promise<Answer> {
  await writeSession(call.workspace, call.actor, (session) => restoreRecord(session, tableOf(call), idOf(call)));
  return recordBody(await getRecord(call.workspace, call.actor, tableOf(call), idOf(call)));
}

export async function aggregate(call: Call): Promise<Answer> {
  return { body: await aggregateRecords(call.workspace, call.actor, tableOf(call), call.body as AggregateRequest) };
}

export async function duplicates(call: Call): Promise<Answer> {
  const { values, exclude } = call.body as { values: Record<string, Json>; exclude?: string };
  const locale = localeOf(call.request);
  const matches = await findDuplicates(call.workspace, call.actor, tableOf(call), values, exclude);
  return { body: { matches: matches.map((match) => ({ ...match, message: match.message[locale] })) } };
}

export async function timeline(call: Call): Promise<Answer> {
  const kind = queryText(call, 'kind');
  if (kind !== undefined && !isTimelineKind(kind)) throw requestProblem('/kind', 'not_an_option', `kind 可为 ${TIMELINE_KINDS.join('、')}`, `kind is one of ${TIMELINE_KINDS.join(', ')}`);
  const { workspace, actor } = call;
  const page = await recordTimeline(workspace, actor, tableOf(call), idOf(call), { cursor: queryText(call, 'cursor'), kind });
  await noteStrictPart(workspace, actor, tableOf(call), idOf(call), 'timeline');
  const records = page.data.filter((entry) => entry.kind === 'record');
  for (const table of new Set(records.map((entry) => entry.table))) await noteStrictIds(workspace, actor, table, records.filter((entry) => entry.table === table).map(({ id }) => id));
  return { body: page };
}

export async function search(call: Call): Promise<Answer> {
  const query = queryText(call, 'q') ?? '';
  if (query.length > MAX_SEARCH) throw requestProblem('/q', 'too_long', `搜索最多 ${MAX_SEARCH} 个字符`, `A search has at most ${MAX_SEARCH} characters`);
  return { body: { results: await searchEverywhere(call.workspace, call.actor, query) } };
}
