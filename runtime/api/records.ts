/** Reading and writing records. Every write returns what the server kept; queries of the table are refreshed by whoever wrote. */
import { type InfiniteData, keepPreviousData, useInfiniteQuery, useQuery } from '@tanstack/react-query';
import type { Rule } from '#engine/rules/rule.ts';
import { queryString, request } from './client.ts';
import { queryClient } from './query-client.ts';
import type { BulkAnswer, DuplicateMatch, RecordAnswer, RecordPage, SearchResult, TimelineKind, TimelinePage, Values } from './types.ts';

export interface RecordQuery {
  readonly filter?: Rule | undefined;
  readonly search?: string | undefined;
  readonly sort?: readonly string[] | undefined;
  readonly fields?: readonly string[] | undefined;
  readonly limit?: number | undefined;
  readonly count?: boolean | undefined;
  readonly deleted?: boolean | undefined;
}

export const PAGE_SIZE = 100;

function tablePath(table: string): string {
  return `/api/tables/${encodeURIComponent(table)}/records`;
}

export function recordPath(table: string, id: string): string {
  return `${tablePath(table)}/${encodeURIComponent(id)}`;
}

export function findRecords(table: string, query: RecordQuery, cursor?: string, signal?: AbortSignal): Promise<RecordPage> {
  const search = queryString({
    filter: query.filter === undefined ? undefined : JSON.stringify(query.filter),
    search: query.search || undefined,
    sort: query.sort?.length ? query.sort.join(',') : undefined,
    fields: query.fields?.length ? query.fields.join(',') : undefined,
    limit: query.limit ?? PAGE_SIZE,
    cursor,
    count: query.count && !cursor ? true : undefined,
    deleted: query.deleted || undefined,
  });
  return request<RecordPage>('GET', `${tablePath(table)}${search}`, signal ? { signal } : {});
}

export const recordKeys = {
  table: (table: string) => ['records', table] as const,
  list: (table: string, query: RecordQuery) => ['records', table, 'list', query] as const,
  few: (table: string, query: RecordQuery) => ['records', table, 'few', query] as const,
  one: (table: string, id: string) => ['records', table, 'one', id] as const,
  /** Without a kind: all of them, for whoever refreshes. */
  timeline: (table: string, id: string, kind?: TimelineKind | 'all') => ['records', table, 'timeline', id, ...(kind ? [kind] : [])] as const,
};

/** A list that grows while one scrolls. */
export function useRecordPages(table: string, query: RecordQuery) {
  return useInfiniteQuery({
    queryKey: recordKeys.list(table, query),
    queryFn: ({ pageParam, signal }) => findRecords(table, query, pageParam, signal),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (last) => last.next ?? undefined,
    placeholderData: keepPreviousData,
  });
}

/** Reads a long list again from its start: refetching a thousand pages one by one helps nobody. */
export async function refreshList(table: string, query: RecordQuery): Promise<void> {
  const key = recordKeys.list(table, query);
  queryClient.setQueryData<InfiniteData<RecordPage, string | undefined>>(
    key,
    (old) => old && { pages: old.pages.slice(0, 1), pageParams: old.pageParams.slice(0, 1) },
  );
  await queryClient.invalidateQueries({ queryKey: key, exact: true });
}

const tableListeners = new Set<(table: string) => void>();

/** Hears that records of a table were created, changed or removed from this browser. */
export function onTableChanged(listener: (table: string) => void): () => void {
  tableListeners.add(listener);
  return () => {
    tableListeners.delete(listener);
  };
}

/** After a write: single records, timelines and short lists are read again; long lists that no one looks at are dropped. */
export function refreshTable(table: string): void {
  queryClient.removeQueries({ queryKey: ['records', table, 'list'], type: 'inactive' });
  for (const kind of ['one', 'few', 'timeline']) void queryClient.invalidateQueries({ queryKey: ['records', table, kind] });
  for (const listener of tableListeners) listener(table);
}

/** A list of one page: related records, cards of the home page. */
export function useFewRecords(table: string, query: RecordQuery, enabled = true) {
  return useQuery({
    queryKey: recordKeys.few(table, query),
    queryFn: ({ signal }) => findRecords(table, query, undefined, signal),
    placeholderData: keepPreviousData,
    enabled,
  });
}

export function readRecord(table: string, id: string, signal?: AbortSignal): Promise<RecordAnswer> {
  return request<RecordAnswer>('GET', recordPath(table, id), signal ? { signal } : {});
}

export function useRecord(table: string, id: string | undefined) {
  return useQuery({
    queryKey: recordKeys.one(table, id ?? ''),
    queryFn: ({ signal }) => readRecord(table, id ?? '', signal),
    enabled: id !== undefined,
  });
}

export interface FormOrigin {
  /** The version of the definitions it was drawn from: refused when its table has changed since. */
  readonly definitionsVersion: number;
  /** Its name, for workflows that listen to it. */
  readonly form: string | undefined;
}

const drawnFrom = (origin: FormOrigin | undefined): Record<string, string> => (origin ? { 'Relata-Definitions': String(origin.definitionsVersion), ...(origin.form && { 'Relata-Form': origin.form }) } : {});

export function createRecord(table: string, values: Values, idempotencyKey: string, origin?: FormOrigin): Promise<RecordAnswer> {
  return request<RecordAnswer>('POST', tablePath(table), { body: values, headers: { 'Idempotency-Key': idempotencyKey, ...drawnFrom(origin) } });
}

export function updateRecord(table: string, id: string, version: number, changes: Values, origin?: FormOrigin): Promise<RecordAnswer> {
  return request<RecordAnswer>('PATCH', recordPath(table, id), { body: changes, headers: { 'If-Match': `"${version}"`, ...drawnFrom(origin) } });
}

/** What saving would make of the lines; nothing is kept. `id` null: of a record to be created. */
export async function previewLines(table: string, body: { readonly id: string | null; readonly values: Values }, signal?: AbortSignal): Promise<Readonly<Record<string, readonly Values[]>>> {
  return (await request<{ lines: Readonly<Record<string, readonly Values[]>> }>('POST', `/api/tables/${encodeURIComponent(table)}/lines-ahead`, { body, ...(signal && { signal }) })).lines;
}

export function deleteRecord(table: string, id: string): Promise<null> {
  return request<null>('DELETE', recordPath(table, id));
}

export function purgeRecord(table: string, id: string): Promise<null> {
  return request<null>('DELETE', `${recordPath(table, id)}?purge=true`);
}

/** Of the system owners, by whoever keeps the application. */
export function requestPurge(table: string, id: string): Promise<null> {
  return request<null>('POST', `${recordPath(table, id)}/purge-request`);
}

export function restoreRecord(table: string, id: string): Promise<RecordAnswer> {
  return request<RecordAnswer>('POST', `${recordPath(table, id)}/restore`);
}

export interface BulkRequest {
  readonly ids: readonly string[];
  readonly action: 'update' | 'delete' | 'restore' | 'transfer';
  readonly values?: Values;
}

export function changeRecords(table: string, body: BulkRequest): Promise<BulkAnswer> {
  return request<BulkAnswer>('POST', `${tablePath(table)}/bulk`, { body });
}

export function findDuplicates(table: string, values: Values, exclude?: string): Promise<{ matches: readonly DuplicateMatch[] }> {
  return request('POST', `/api/tables/${encodeURIComponent(table)}/duplicates`, { body: { values, ...(exclude && { exclude }) } });
}

export function useTimeline(table: string, id: string, kind: TimelineKind | 'all') {
  return useInfiniteQuery({
    queryKey: recordKeys.timeline(table, id, kind),
    queryFn: ({ pageParam, signal }) =>
      request<TimelinePage>('GET', `${recordPath(table, id)}/timeline${queryString({ cursor: pageParam, kind: kind === 'all' ? undefined : kind })}`, { signal }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (last) => last.next ?? undefined,
  });
}

export function useSearch(text: string) {
  return useQuery({
    queryKey: ['search', text],
    queryFn: ({ signal }) => request<{ results: readonly SearchResult[] }>('GET', `/api/search${queryString({ q: text })}`, { signal }),
    enabled: text !== '',
    placeholderData: keepPreviousData,
  });
}
