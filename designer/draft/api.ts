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

/** The save that is on its way: who opens the designer again at once must not read what was there before it. */
let saving: Promise<unknown> = Promise.resolve();

async function readDraft(): Promise<StoredDraft | null> {
  await saving;
  return request<StoredDraft | null>('GET', '/api/definitions/draft');
}

function save<Answer>(sent: Promise<Answer>): Promise<Answer> {
  saving = sent.catch(() => undefined);
  return sent;
}

/** Null: there is none. Read once when the designer opens; from then on the browser's copy leads. */
export function useStoredDraft() {
  return useQuery({ queryKey: DRAFT_KEY, queryFn: readDraft, staleTime: 0, gcTime: 0 });
}

/** A version as it was published: what a draft was begun from. */
export async function readVersion(version: number): Promise<Definitions> {
  return (await request<LiveDefinitions>('GET', `/api/definitions/history/${version}`)).definitions;
}

/** Answers when it was written. */
export async function putDraft(base: number, definitions: Definitions): Promise<string> {
  return (await save(request<{ updatedAt: string }>('PUT', '/api/definitions/draft', { body: { base, definitions } }))).updatedAt;
}

/** Null, as there is none then. */
export async function deleteDraft(): Promise<null> {
  await save(request('DELETE', '/api/definitions/draft'));
  return null;
}

export interface FormulaTrial {
  readonly definitions: Definitions;
  readonly table: string;
  readonly formula: string;
  /** The kind of value it should give. */
  readonly result?: string | undefined;
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
