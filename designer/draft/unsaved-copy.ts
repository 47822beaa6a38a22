/** The newest edits when the page closes before they reached the server: kept in this browser and taken up when the designer opens again. */
import type { Definitions } from '#engine/model/definitions.ts';
import type { StoredDraft } from './api.ts';

export interface UnsavedCopy {
  readonly user: string;
  readonly base: number;
  readonly definitions: Definitions;
  /** When the server's draft was written that this copy goes on from; null when there was none. */
  readonly over: string | null;
  /** A save was on its way: the server's draft may be a little newer than `over` and still older than this. */
  readonly sending: boolean;
}

const KEY = 'relata.unsavedDraft';

/** Whether it could be kept; a full or forbidden storage cannot. */
export function keepCopy(copy: UnsavedCopy): boolean {
  try {
    localStorage.setItem(KEY, JSON.stringify(copy));
    return true;
  } catch {
    return false;
  }
}

export function dropCopy(): void {
  localStorage.removeItem(KEY);
}

export function readCopy(): UnsavedCopy | null {
  try {
    return JSON.parse(localStorage.getItem(KEY) ?? 'null') as UnsavedCopy | null;
  } catch {
    return null;
  }
}

/** The draft to go on with: the copy only where nothing was saved after it, on another device or in another tab. */
export function newerDraft(copy: UnsavedCopy | null, stored: StoredDraft | null, user: string): { readonly base: number; readonly definitions: Definitions } | null {
  const isNewer = copy !== null && copy.user === user && (copy.over === (stored?.updatedAt ?? null) || (copy.sending && stored !== null));
  return isNewer ? copy : stored;
}
