/** Workflows over HTTP: runs, trials, the outbox, the work calendar, secrets and webhooks. */
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import type { Label } from '#engine/errors.ts';
import type { BackTestReport, OutboxItem, RunDetail, RunState, RunSummary, SimulationReport, TrialReport, TrialRequest, WorkflowStatistics } from '#engine/workflows/reports.ts';
import { queryString, request } from '#runtime/api/client.ts';

const ROOT = '/api/workflows';
export const STATISTICS_KEY = ['workflows', 'statistics'];
export const RUNS_KEY = ['workflows', 'runs'];
export const OUTBOX_KEY = ['workflows', 'outbox'];
export const CALENDAR_KEY = ['calendar'];
export const SECRETS_KEY = ['workflows', 'secrets'];
/** Runs go on while one looks at them. */
const LOOK_AGAIN_MS = 10_000;

export interface Page<Item> {
  readonly items: readonly Item[];
  readonly next: string | null;
}

export function useStatistics() {
  return useQuery({ queryKey: STATISTICS_KEY, queryFn: async () => (await request<{ items: WorkflowStatistics[] }>('GET', `${ROOT}/statistics`)).items, refetchInterval: LOOK_AGAIN_MS, retry: false });
}

export interface RunFilter {
  readonly workflow?: string | undefined;
  readonly state?: RunState | undefined;
}

export function useRuns(filter: RunFilter) {
  return useInfiniteQuery({
    queryKey: [...RUNS_KEY, filter.workflow ?? '', filter.state ?? ''],
    queryFn: ({ pageParam, signal }) => request<Page<RunSummary>>('GET', `${ROOT}/runs${queryString({ ...filter, cursor: pageParam ?? undefined })}`, { signal }),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next,
    refetchInterval: LOOK_AGAIN_MS,
    retry: false,
  });
}

export function useRun(id: string) {
  return useQuery({ queryKey: [...RUNS_KEY, 'one', id], queryFn: ({ signal }) => request<RunDetail>('GET', `${ROOT}/runs/${encodeURIComponent(id)}`, { signal }), refetchInterval: LOOK_AGAIN_MS, retry: false });
}

export const retryStep = (run: string, seq: number): Promise<RunDetail> => request('POST', `${ROOT}/runs/${encodeURIComponent(run)}/retry`, { body: { seq } });
export const cancelRun = (run: string): Promise<RunDetail> => request('POST', `${ROOT}/runs/${encodeURIComponent(run)}/cancel`);

export interface OlderVersion {
  readonly version: number;
  readonly runs: number;
  readonly nodes: readonly string[];
}

export const OLDER_KEY = ['workflows', 'older'];

export function useOlder(workflow: string, enabled: boolean) {
  return useQuery({ queryKey: [...OLDER_KEY, workflow], queryFn: async () => (await request<{ versions: OlderVersion[] }>('GET', `${ROOT}/${workflow}/older`)).versions, enabled, retry: false });
}

export interface MoveAnswer {
  readonly moved: number;
  readonly left: readonly { readonly run: string; readonly reason: Label }[];
}

export const moveRuns = (workflow: string, mapping: Readonly<Record<string, string>>): Promise<MoveAnswer> => request('POST', `${ROOT}/${workflow}/move`, { body: { mapping } });

export const tryWorkflow = (trial: TrialRequest): Promise<TrialReport> => request('POST', `${ROOT}/trial`, { body: trial });
export const backTest = (workflow: unknown, from?: string): Promise<BackTestReport> => request('POST', `${ROOT}/back-test`, { body: { workflow, ...(from && { from }) } });
export const simulate = (at: string, workflow?: unknown): Promise<SimulationReport> => request('POST', `${ROOT}/simulate`, { body: { at, ...(workflow !== undefined && { workflow }) } });

export function useOutbox(state: OutboxItem['state'] | undefined) {
  return useInfiniteQuery({
    queryKey: [...OUTBOX_KEY, state ?? ''],
    queryFn: ({ pageParam, signal }) => request<Page<OutboxItem>>('GET', `${ROOT}/outbox${queryString({ state, cursor: pageParam ?? undefined })}`, { signal }),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next,
    refetchInterval: LOOK_AGAIN_MS,
    retry: false,
  });
}

export const sendAgain = (id: string): Promise<unknown> => request('POST', `${ROOT}/outbox/${encodeURIComponent(id)}/retry`);
export const discardDelivery = (id: string): Promise<unknown> => request('DELETE', `${ROOT}/outbox/${encodeURIComponent(id)}`);

export interface CalendarDay {
  readonly day: string;
  readonly working: boolean;
  readonly name: string;
}

export interface WorkCalendar {
  readonly weekdays: readonly number[];
  readonly from: string;
  readonly to: string;
  readonly days: readonly CalendarDay[];
}

export function useWorkCalendar() {
  return useQuery({ queryKey: CALENDAR_KEY, queryFn: () => request<WorkCalendar & { readonly missingYears: readonly number[] }>('GET', '/api/calendar'), retry: false });
}

export const putCalendar = (calendar: WorkCalendar): Promise<unknown> => request('PUT', '/api/calendar', { body: calendar });

export function useSecrets() {
  return useQuery({ queryKey: SECRETS_KEY, queryFn: async () => (await request<{ names: string[] }>('GET', `${ROOT}/secrets`)).names, retry: false });
}

export const putSecret = (name: string, value: string): Promise<unknown> => request('PUT', `${ROOT}/secrets/${encodeURIComponent(name)}`, { body: { value } });
export const deleteSecret = (name: string): Promise<unknown> => request('DELETE', `${ROOT}/secrets/${encodeURIComponent(name)}`);

export interface Webhook {
  readonly path: string;
  readonly secret: string;
}

export const WEBHOOK_KEY = ['workflows', 'webhook'];

export function useWebhook(workflow: string, enabled: boolean) {
  return useQuery({ queryKey: [...WEBHOOK_KEY, workflow], queryFn: () => request<Webhook>('GET', `${ROOT}/${workflow}/webhook`), enabled, retry: false });
}

export const rotateWebhook = (workflow: string): Promise<Webhook> => request('POST', `${ROOT}/${workflow}/webhook/rotate`);
