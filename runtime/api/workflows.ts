/** Workflows as people meet them: buttons, what is going to happen to a record, what ran on it. */
import { useQuery } from '@tanstack/react-query';
import type { Label } from '#engine/errors.ts';
import type { ManualButton, OpenApproval, RecordForecast, RunSummary } from '#engine/workflows/reports.ts';
import { request } from './client.ts';
import { queryClient } from './query-client.ts';
import { recordKeys, recordPath, refreshTable } from './records.ts';

export interface RecordWorkflows {
  readonly buttons: readonly ManualButton[];
  readonly forecasts: readonly RecordForecast[];
  readonly runs: readonly RunSummary[];
  readonly approvals: readonly OpenApproval[];
}

export interface StartAnswer {
  readonly started: number;
  readonly refused: readonly { readonly record: string; readonly reason: Label }[];
}

/** Read again whenever the record is: a change may bring a run, or put off what was to come. */
const recordKey = (table: string, id: string) => [...recordKeys.timeline(table, id), 'workflows'] as const;

/** A run goes from step to step in seconds; one that waits does not change by itself. */
const WHILE_RUNNING = 1500;

export function useRecordWorkflows(table: string, id: string) {
  return useQuery({
    queryKey: recordKey(table, id),
    queryFn: ({ signal }) => request<RecordWorkflows>('GET', `${recordPath(table, id)}/workflows`, { signal }),
    refetchInterval: (query) => (query.state.data?.runs.some(({ state }) => state === 'running') ? WHILE_RUNNING : false),
  });
}

const LONG = 5 * 60_000;

export function useTableButtons(table: string): readonly ManualButton[] {
  const found = useQuery({
    queryKey: ['buttons', table],
    queryFn: ({ signal }) => request<{ items: readonly ManualButton[] }>('GET', `/api/tables/${encodeURIComponent(table)}/buttons`, { signal }),
    staleTime: LONG,
  });
  return found.data?.items ?? [];
}

export async function startWorkflow(workflow: string, table: string, records: readonly string[]): Promise<StartAnswer> {
  const answer = await request<StartAnswer>('POST', `/api/workflows/${encodeURIComponent(workflow)}/start`, { body: { records } });
  refreshTable(table);
  return answer;
}

export async function overrideApproval({ run, seq }: Pick<OpenApproval, 'run' | 'seq'>, body: { decision: 'approved' | 'rejected'; reason: string }, table: string, id: string): Promise<void> {
  await request('POST', `/api/workflows/runs/${run}/override`, { body: { seq, ...body } });
  refreshTable(table);
  await queryClient.invalidateQueries({ queryKey: recordKey(table, id) });
}

export async function withdrawRun(run: string, table: string, id: string): Promise<void> {
  await request('POST', `/api/workflows/runs/${run}/withdraw`);
  await queryClient.invalidateQueries({ queryKey: recordKey(table, id) });
}
