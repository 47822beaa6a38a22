/** Merging duplicates: side by side, the merge, and taking it back. */
import { useQuery } from '@tanstack/react-query';
import type { MergeCount, MergeReport, MergeUndone } from '#engine/records/merge.ts';
import { queryString, request } from './client.ts';
import { isProblem } from './problem.ts';
import { queryClient } from './query-client.ts';
import type { RecordAnswer } from './types.ts';

export type MergeCandidate = RecordAnswer & { readonly maySurvive: boolean; readonly mayGo: boolean };

export interface MergePreview {
  readonly records: readonly MergeCandidate[];
  readonly fields: readonly { readonly name: string; readonly united: boolean }[];
  readonly moves: Readonly<Record<string, readonly MergeCount[]>>;
}

interface MergedRecord {
  readonly id: string;
  readonly version: number;
}

export interface MergeRequest {
  readonly survivor: MergedRecord;
  readonly losers: readonly MergedRecord[];
  readonly values: Readonly<Record<string, string>>;
}

const mergePath = (table: string): string => `/api/tables/${encodeURIComponent(table)}/merge`;
const MERGES = 'merges';

export function useMergePreview(table: string, ids: readonly string[]) {
  return useQuery({
    queryKey: ['merge-preview', table, ids.join()],
    queryFn: ({ signal }) => request<MergePreview>('GET', `${mergePath(table)}${queryString({ ids: ids.join() })}`, { signal }),
    // What is about to become one is looked at as it is now.
    staleTime: 0,
    gcTime: 0,
    retry: false,
  });
}

export async function mergeRecords(table: string, body: MergeRequest): Promise<{ readonly merge: string; readonly survivor: string; readonly moved: readonly MergeCount[]; readonly doubled: number }> {
  const done = await request<{ merge: string; survivor: string; moved: readonly MergeCount[]; doubled: number }>('POST', mergePath(table), { body });
  void queryClient.invalidateQueries({ queryKey: [MERGES] });
  return done;
}

export async function undoMerge(id: string): Promise<MergeUndone> {
  const undone = await request<MergeUndone>('POST', `/api/merges/${encodeURIComponent(id)}/undo`);
  void queryClient.invalidateQueries({ queryKey: [MERGES] });
  return undone;
}

/** Those that can still be taken back. */
export function useMerges(table: string) {
  return useQuery({ queryKey: [MERGES, table], queryFn: ({ signal }) => request<{ data: readonly MergeReport[] }>('GET', `/api/merges${queryString({ table })}`, { signal }) });
}

/** The record that the one asked for has become part of; null for any other answer. */
export function mergedInto(error: unknown): string | null {
  if (!isProblem(error, 404) || error.document.type !== 'urn:relata:merged') return null;
  return typeof error.document.survivor === 'string' ? error.document.survivor : null;
}
