/** Plans, publications and the trash over HTTP. */
import { useQuery } from '@tanstack/react-query';
import type { MergeConflict } from '#engine/changes/merge.ts';
import type { Plan, PlannedChange } from '#engine/changes/plan.ts';
import type { Label } from '#engine/errors.ts';
import type { Definitions } from '#engine/model/definitions.ts';
import { request } from '#runtime/api/client.ts';

/** Something that could be published: the draft, a way back, a template. */
export interface Proposal {
  readonly definitions: Definitions;
  readonly note: string;
  /** The draft itself, which is done with once it is published. */
  readonly isDraft?: true;
  /** Trash entries it brings back. */
  readonly restore?: readonly string[];
  readonly undoes?: number;
  /** Templates installed after it; `install` on what it brings, as the server proposed it. */
  readonly templates?: readonly { name: string; version: string; install?: object }[];
}

/** As the server proposes it: an undo, a restore, a template. */
export interface Proposed extends Omit<Proposal, 'note' | 'isDraft'> {
  readonly plan: Plan;
  /** Where it meets changes of one's own. */
  readonly conflicts?: readonly MergeConflict[];
}

export interface Publication {
  readonly version: number;
  readonly at: string;
  readonly by: string;
  readonly byName: string | null;
  readonly note: string;
  readonly changes: readonly PlannedChange[];
  readonly undoes: number | null;
}

export interface TrashItem {
  readonly id: string;
  readonly version: number;
  readonly at: string;
  readonly byName: string | null;
  readonly reason: 'removed' | 'converted';
  readonly table: string;
  readonly field: string | null;
  readonly label: Label;
  readonly filled: number;
  readonly type: string | null;
  readonly until: string;
}

export interface Progress {
  readonly step: string | null;
  readonly done?: number;
  readonly total?: number;
}

const body = (base: number, { definitions, isDraft, restore, undoes, templates }: Proposal): object => ({ base, definitions, ...(isDraft && { isDraft }), ...(restore && { restore }), ...(undoes !== undefined && { undoes }), ...(templates && { templates }) });

export function fetchPlan(base: number, proposal: Proposal, signal?: AbortSignal): Promise<Plan> {
  const { definitions, restore, templates } = proposal;
  return request<Plan>('POST', '/api/definitions/plan', { body: { base, definitions, ...(restore && { restore }), ...(templates && { templates }) }, ...(signal && { signal }) });
}

export function publishProposal(plan: Plan, proposal: Proposal, confirm: readonly string[]): Promise<{ version: number }> {
  return request('POST', '/api/definitions/publish', { body: { ...body(plan.base, proposal), hash: plan.hash, confirm, note: proposal.note } });
}

export const fetchProgress = (): Promise<Progress> => request('GET', '/api/definitions/progress');
export const cancelPublishing = (): Promise<unknown> => request('POST', '/api/definitions/cancel');
export const undoVersion = (version: number, take: readonly string[] = []): Promise<Proposed> => request('POST', `/api/definitions/history/${version}/undo`, { body: { take } });
export const restoreItem = (id: string): Promise<Proposed> => request('POST', `/api/definitions/trash/${id}/restore`);
export const purgeItem = (id: string): Promise<unknown> => request('DELETE', `/api/definitions/trash/${id}`);

export const HISTORY_KEY = ['definitions', 'history'];
export const TRASH_KEY = ['definitions', 'trash'];

export function useHistory() {
  return useQuery({ queryKey: HISTORY_KEY, queryFn: async () => (await request<{ data: Publication[] }>('GET', '/api/definitions/history')).data });
}

export function useTrash() {
  return useQuery({ queryKey: TRASH_KEY, queryFn: async () => (await request<{ data: TrashItem[] }>('GET', '/api/definitions/trash')).data });
}
