/** Records taken out as files: begun, watched, fetched when ready. */
import { useQuery } from '@tanstack/react-query';
import type { Locale } from '#engine/errors.ts';
import type { Rule } from '#engine/rules/rule.ts';
import { request } from './client.ts';
import { openFile } from './download.ts';

export type ExportFormat = 'xlsx' | 'csv' | 'pdf';
export type ExportState = 'running' | 'done' | 'failed' | 'cancelled' | 'expired';

export interface ExportRequest {
  readonly format: ExportFormat;
  readonly preset?: string;
  readonly columns?: readonly string[];
  readonly filter?: Rule;
  readonly filterText?: string;
  readonly search?: string;
  readonly sort?: readonly string[];
  readonly ids?: readonly string[];
  readonly locale?: Locale;
  readonly encoding?: 'utf-8' | 'gb18030';
  readonly bom?: boolean;
  readonly delimiter?: ',' | ';' | '\t';
  readonly style?: 'plain' | 'card';
}

export interface ExportEntry {
  readonly id: string;
  readonly table: string;
  readonly by: string;
  readonly createdAt: string;
  readonly format: ExportFormat;
  readonly title: string;
  readonly state: ExportState;
  readonly done: number;
  readonly total: number;
  readonly columns: readonly string[];
  readonly filter: string | null;
  readonly problem: string | null;
  readonly fileName: string;
  readonly size: number | null;
}

export function startExport(table: string, body: ExportRequest): Promise<ExportEntry> {
  return request<ExportEntry>('POST', `/api/tables/${encodeURIComponent(table)}/export`, { body });
}

export function cancelExport(id: string): Promise<ExportEntry> {
  return request<ExportEntry>('POST', `/api/exports/${encodeURIComponent(id)}/cancel`);
}

export const exportFileUrl = (id: string): string => `/api/exports/${encodeURIComponent(id)}/file`;

const WHILE_RUNNING = 500;

/** Asks again as long as it runs; closing the page does not stop the export itself. */
export function useExport(id: string | undefined) {
  return useQuery({
    queryKey: ['exports', id ?? ''],
    queryFn: () => request<ExportEntry>('GET', `/api/exports/${encodeURIComponent(id ?? '')}`),
    enabled: id !== undefined,
    refetchInterval: (query) => (query.state.data === undefined || query.state.data.state === 'running' ? WHILE_RUNNING : false),
  });
}

/** Of all people: for system owners. */
export function useAllExports() {
  return useQuery({ queryKey: ['exports', 'everybody'], queryFn: () => request<{ data: readonly ExportEntry[] }>('GET', '/api/exports?everybody=true') });
}

/** A record on paper, in a tab of its own. */
export function printRecord(table: string, id: string): Promise<void> {
  return openFile(`/api/tables/${encodeURIComponent(table)}/records/${encodeURIComponent(id)}/card`);
}
