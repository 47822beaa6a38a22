/** The import of a file into a table: a draft that is analysed again at every change, then runs. */
import { useQuery } from '@tanstack/react-query';
import type { Label } from '#engine/errors.ts';
import type { Json } from '#engine/fields/field-type.ts';
import { queryString, request } from './client.ts';

export type Confidence = 'label' | 'alias' | 'content' | 'none';

export interface ImportColumn {
  readonly index: number;
  readonly heading: string;
  readonly samples: readonly string[];
  readonly target: string | null;
  readonly confidence: Confidence;
  /** Heading of the group above it in a header of two rows. */
  readonly group?: string | null;
  /** Texts that mean nothing to the target, most frequent first. */
  readonly unknown?: readonly { readonly text: string; readonly count: number }[];
  /** What single texts mean, as somebody decided; null leaves the field empty. */
  readonly values?: Readonly<Record<string, Json>>;
}

export interface ImportTarget {
  readonly path: string;
  readonly label: string;
  readonly required: boolean;
}

export interface PreviewIssue {
  readonly column: number | null;
  readonly level: 'error' | 'warning';
  readonly message: string;
}

export interface PreviewRow {
  readonly row: number;
  readonly cells: readonly string[];
  readonly issues: readonly PreviewIssue[];
}

export const DUPLICATE_WAYS = ['create', 'skip', 'update'] as const;
export type DuplicateWay = (typeof DUPLICATE_WAYS)[number];

export interface ImportDraft {
  readonly id: string;
  readonly file: { readonly name: string; readonly size: number };
  readonly sheets: readonly string[];
  readonly sheet: string | null;
  readonly encoding: string | null;
  readonly delimiter: string | null;
  /** The text reads in two encodings; the preview tells which is right. */
  readonly ambiguousEncoding?: boolean;
  readonly header: { readonly from: number; readonly to: number };
  readonly columns: readonly ImportColumn[];
  readonly targets: readonly ImportTarget[];
  readonly preview: readonly PreviewRow[];
  readonly totals: { readonly rows: number; readonly errors: number; readonly warnings: number; readonly duplicates?: number; readonly skipped: readonly { readonly row: number; readonly reason: string }[] };
  readonly options: { readonly duplicates: DuplicateWay };
}

export type ImportState = 'running' | 'done' | 'failed' | 'cancelled' | 'undone';

export interface ImportRun {
  readonly id: string;
  readonly state: ImportState;
  readonly dryRun: boolean;
  readonly total: number;
  readonly done: number;
  readonly created: number;
  readonly updated: number;
  readonly skipped: number;
  readonly failed: number;
  readonly warnings: number;
  readonly duplicates: readonly { readonly row: number; readonly title: string; readonly message: string }[];
  readonly failures: readonly { readonly row: number; readonly issues: readonly { readonly column: string | number | null; readonly message: string }[] }[];
}

export interface ImportStatus {
  readonly draft: ImportDraft;
  readonly run: ImportRun | null;
}

export interface ImportEntry {
  readonly id: string;
  readonly file: { readonly name: string; readonly size: number };
  readonly at?: string;
  readonly by?: string | null;
  readonly run: ImportRun | null;
}

export interface DraftChanges {
  readonly sheet?: string;
  readonly encoding?: string;
  readonly delimiter?: string;
  readonly header?: { readonly from: number; readonly to: number };
  readonly columns?: readonly { readonly index: number; readonly target: string | null; readonly values?: Readonly<Record<string, Json>> }[];
  readonly options?: { readonly duplicates: DuplicateWay };
}

export function uploadImport(table: string, file: File, onProgress: (sent: number) => void): Promise<ImportDraft> {
  const form = new FormData();
  form.append('file', file);
  return request<ImportDraft>('POST', `/api/tables/${encodeURIComponent(table)}/imports`, { form, onProgress });
}

export function changeImport(id: string, changes: DraftChanges): Promise<ImportDraft> {
  return request<ImportDraft>('PATCH', `/api/imports/${id}`, { body: changes });
}

/** Whether workflows hear of the records: not at all, of each, or once of all together. */
export const AUTOMATIONS = ['none', 'each', 'batch'] as const;
export type Automations = (typeof AUTOMATIONS)[number];

export function runImport(id: string, dryRun: boolean, automations: Automations): Promise<ImportRun> {
  return request<ImportRun>('POST', `/api/imports/${id}/run`, { body: { dryRun, ...(automations !== 'none' && !dryRun && { automations }) } });
}

export function cancelImport(id: string): Promise<unknown> {
  return request('POST', `/api/imports/${id}/cancel`);
}

export function undoImport(id: string): Promise<unknown> {
  return request('POST', `/api/imports/${id}/undo`);
}

export function failuresUrl(id: string): string {
  return `/api/imports/${encodeURIComponent(id)}/failures.csv`;
}

export const importKeys = { one: (id: string) => ['imports', id] as const, history: (table: string) => ['imports', 'history', table] as const };

const WHILE_RUNNING = 700;

/** Asks again as long as it runs; closing the page does not stop the import itself. */
export function useImport(id: string | undefined) {
  return useQuery({
    queryKey: importKeys.one(id ?? ''),
    queryFn: () => request<ImportStatus>('GET', `/api/imports/${id ?? ''}`),
    enabled: id !== undefined,
    refetchInterval: (query) => (query.state.data?.run?.state === 'running' ? WHILE_RUNNING : false),
  });
}

/** Workflows that would run, each with how often. */
export function useImportAutomations(id: string): readonly { readonly name: string; readonly label: Label; readonly runs: number }[] {
  const found = useQuery({
    queryKey: [...importKeys.one(id), 'automations'],
    queryFn: () => request<{ workflows: readonly { name: string; label: Label; runs: number }[] }>('GET', `/api/imports/${id}/automations`),
  });
  return found.data?.workflows ?? [];
}

export function useImportHistory(table: string) {
  return useQuery({ queryKey: importKeys.history(table), queryFn: () => request<{ data: readonly ImportEntry[] }>('GET', `/api/imports${queryString({ table })}`) });
}
