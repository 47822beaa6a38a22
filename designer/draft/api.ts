/** Definitions over HTTP: the live ones, one's own draft, and a formula tried on a record. */
import { useQuery } from '@tanstack/react-query';
import type { Issue } from '#engine/errors.ts';
import type { Json } from '#engine/fields/field-type.ts';
import type { Definitions } from '#engine/model/definitions.ts';
import { request } from '#runtime/api/client.ts';
import type { LiveDefinitions } from './draft-state.ts';

export interface StoredDraft {
  readonly base: number;
  readonly definitions: Definitions;
  readonly updatedAt: string;
}

export const LIVE_KEY = ['definitions', 'live'];
export const DRAFT_KEY = ['definitions', 'draft'];

export function useLiveDefinitions() {
  return useQuery({ queryKey: LIVE_KEY, queryFn: () => request<LiveDefinitions>('GET', '/api/definitions'), staleTime: Number.POSITIVE_INFINITY });
}

/** Null: there is none. Read once when the designer opens; from then on the browser's copy leads. */
export function useStoredDraft() {
  return useQuery({ queryKey: DRAFT_KEY, queryFn: () => request<StoredDraft | null>('GET', '/api/definitions/draft'), staleTime: 0, gcTime: 0 });
}

/** A version as it was published: what a draft was begun from. */
export async function readVersion(version: number): Promise<Definitions> {
  return (await request<LiveDefinitions>('GET', `/api/definitions/history/${version}`)).definitions;
}

export function putDraft(base: number, definitions: Definitions): Promise<unknown> {
  return request('PUT', '/api/definitions/draft', { body: { base, definitions } });
}

export function deleteDraft(): Promise<unknown> {
  return request('DELETE', '/api/definitions/draft');
}

export interface FormulaTrial {
  readonly definitions: Definitions;
  readonly table: string;
  readonly formula: string;
  readonly record?: string | undefined;
}

export interface FormulaAnswer {
  readonly value: Json;
  readonly text: string;
  readonly issues: readonly Issue[];
}

export function tryFormula(trial: FormulaTrial, signal: AbortSignal): Promise<FormulaAnswer> {
  return request('POST', '/api/definitions/formula', { body: trial, signal });
}
