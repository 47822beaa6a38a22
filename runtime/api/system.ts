/** What only system owners see: the audit, and backups. */
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import type { Json } from '#engine/fields/field-type.ts';
import { queryString, request } from './client.ts';
import { saveFile } from './download.ts';

export interface AuditEntry {
  readonly seq: number;
  readonly at: string;
  readonly by: string;
  readonly byName: string;
  readonly table: string;
  readonly tableLabel: string;
  readonly record: string;
  readonly title: string | null;
  readonly action: string;
  readonly changes: readonly { readonly field: string; readonly label: string; readonly before: string; readonly after: string }[];
  readonly detail: Json;
  /** Of ids and words in `detail`, by how they stand there. */
  readonly names: Readonly<Record<string, string>>;
}

export interface AuditFilter {
  readonly user?: string | undefined;
  readonly table?: string | undefined;
  readonly record?: string | undefined;
  readonly action?: string | undefined;
  readonly from?: string | undefined;
  readonly to?: string | undefined;
  readonly text?: string | undefined;
}

export function useAudit(filter: AuditFilter) {
  return useInfiniteQuery({
    queryKey: ['audit', filter],
    queryFn: ({ pageParam }) => request<{ data: readonly AuditEntry[]; next: number | null }>('GET', `/api/audit${queryString({ ...filter, cursor: pageParam ?? undefined })}`),
    initialPageParam: null as number | null,
    getNextPageParam: (page) => page.next,
  });
}

export function verifyAudit(): Promise<{ rows: number; broken: number | null }> {
  return request('POST', '/api/audit/verify');
}

/** As a file, with what the page shows. */
export function downloadAudit(filter: AuditFilter): Promise<void> {
  return saveFile('audit.csv', `/api/audit/export${queryString({ ...filter })}`);
}

export interface BackupEntry {
  readonly name: string;
  readonly kind: 'manual' | 'weekly';
  readonly by: string;
  readonly at: string;
  readonly size: number;
  readonly tables: number;
  readonly rows: number;
  readonly files: number;
  readonly verifiedAt: string | null;
  readonly problem: string | null;
}

export interface Backups {
  readonly running: { readonly step: 'writing' | 'verifying'; readonly name: string; readonly done: number; readonly total: number } | null;
  readonly failed: string | null;
  /** The server can start itself again, which a restore needs. */
  readonly restorable: boolean;
  readonly folder: string;
  readonly next: string;
  readonly data: readonly BackupEntry[];
}

export const BACKUPS_KEY = ['backups'] as const;
const WHILE_RUNNING = 600;

export function useBackups() {
  return useQuery({ queryKey: BACKUPS_KEY, queryFn: () => request<Backups>('GET', '/api/backups'), refetchInterval: (query) => (query.state.data?.running ? WHILE_RUNNING : false) });
}

export const makeBackup = (): Promise<Backups> => request('POST', '/api/backups');
export const cancelBackup = (): Promise<Backups> => request('POST', '/api/backups/cancel');
export const drillBackup = (name: string): Promise<Backups> => request('POST', `/api/backups/${encodeURIComponent(name)}/verify`);
export const restoreBackup = (name: string): Promise<{ run: string | null }> => request('POST', `/api/backups/${encodeURIComponent(name)}/restore`, { body: { confirm: name } });

export interface ServerState {
  /** `down`: nobody answers, in the moment between. */
  readonly state: 'running' | 'restoring' | 'down';
  readonly run?: string | null;
  /** 0 to 100. */
  readonly percent?: number;
}

/** Asked while the server is away, so an answer that is none is no error. */
export async function serverState(): Promise<ServerState> {
  try {
    const response = await fetch('/api/health', { cache: 'no-store' });
    const body = (await response.json()) as { status: string; run?: string | null; done?: number; total?: number };
    if (response.ok) return { state: 'running', run: body.run ?? null };
    return { state: 'restoring', percent: body.total ? Math.floor(((body.done ?? 0) / body.total) * 100) : 0 };
  } catch {
    return { state: 'down' };
  }
}

export const backupUrl = (name: string): string => `/api/backups/${encodeURIComponent(name)}/file`;
