/** The draft as it is edited: what was before and after each step. Pure; `use-draft.tsx` keeps one of these. */
import type { Definitions } from '#engine/model/definitions.ts';

export interface LiveDefinitions {
  readonly version: number;
  readonly definitions: Definitions;
}

export interface DraftState {
  /** The live version the draft stands on. */
  readonly base: number;
  readonly past: readonly Definitions[];
  readonly present: Definitions;
  readonly future: readonly Definitions[];
  /** What the last step edited and when, so that typing in one place stays one step. */
  readonly last: { readonly key: string; readonly at: number } | null;
}

export const MOST_STEPS = 100;
const ONE_STEP_MS = 1500;

export function startDraft(base: number, present: Definitions): DraftState {
  return { base, past: [], present, future: [], last: null };
}

/** Steps with the same key that follow closely are one. */
export function editDraft(state: DraftState, present: Definitions, key: string | undefined, now: number): DraftState {
  if (present === state.present) return state;
  const goesOn = key !== undefined && state.last?.key === key && now - state.last.at < ONE_STEP_MS;
  const past = goesOn ? state.past : [...state.past, state.present].slice(-MOST_STEPS);
  return { ...state, past, present, future: [], last: key === undefined ? null : { key, at: now } };
}

/** The draft with what was published meanwhile in it, standing on that version. */
export function rebaseDraft(state: DraftState, base: number, merged: Definitions): DraftState {
  return { ...editDraft(state, merged, undefined, 0), base };
}

export function undoDraft(state: DraftState): DraftState {
  const before = state.past.at(-1);
  if (!before) return state;
  return { ...state, past: state.past.slice(0, -1), present: before, future: [state.present, ...state.future], last: null };
}

export function redoDraft(state: DraftState): DraftState {
  const [next, ...future] = state.future;
  if (!next) return state;
  return { ...state, past: [...state.past, state.present], present: next, future, last: null };
}
