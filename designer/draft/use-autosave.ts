/** Keeps the draft on the server a second after the last edit, and at once when the designer is left; in the browser when the page closes sooner. */
import { useCallback, useEffect, useRef, useState } from 'react';
import type { Definitions } from '#engine/model/definitions.ts';
import { deleteDraft, putDraft } from './api.ts';
import { dropCopy, keepCopy } from './unsaved-copy.ts';

export type SaveState = 'saved' | 'unsaved' | 'saving' | 'failed';

const REST_MS = 1000;

interface Draft {
  readonly base: number;
  readonly present: Definitions;
  /** Equal to what is live: there is nothing to keep. */
  readonly isEmpty: () => boolean;
}

interface Stored {
  readonly definitions: Definitions;
  /** When its draft was written; null when it has none. */
  readonly updatedAt: string | null;
}

/** `stored` is what the server has at the start. */
export function useAutosave(draft: Draft, stored: Stored, user: string): { readonly state: SaveState; readonly saveNow: () => Promise<void>; readonly forget: () => Promise<void> } {
  const [state, setState] = useState<SaveState>('saved');
  const latest = useRef(draft);
  latest.current = draft;
  const kept = useRef<{ base: number; definitions: Definitions }>({ base: draft.base, definitions: stored.definitions });
  const writtenAt = useRef(stored.updatedAt);
  const running = useRef<Promise<void> | null>(null);

  const saveNow = useCallback(async (): Promise<void> => {
    while (running.current) await running.current;
    const { base, present, isEmpty } = latest.current;
    if (kept.current.definitions === present && kept.current.base === base) return;
    setState('saving');
    const run = (async () => {
      try {
        writtenAt.current = isEmpty() ? await deleteDraft() : await putDraft(base, present);
        kept.current = { base, definitions: present };
        dropCopy();
        setState(latest.current.present === present ? 'saved' : 'unsaved');
      } catch {
        // The state says so, with a way to try again; the edit itself is safe in the browser.
        setState('failed');
      } finally {
        running.current = null;
      }
    })();
    running.current = run;
    await run;
  }, []);

  const { present, base } = draft;
  useEffect(() => {
    if (kept.current.definitions === present && kept.current.base === base) {
      setState('saved');
      return;
    }
    setState('unsaved');
    const timer = setTimeout(() => void saveNow(), REST_MS);
    return () => clearTimeout(timer);
  }, [present, base, saveNow]);

  useEffect(() => {
    const keep = (): boolean => {
      const { base: on, present: definitions } = latest.current;
      if (kept.current.definitions === definitions && kept.current.base === on) return true;
      return keepCopy({ user, base: on, definitions, over: writtenAt.current, sending: running.current !== null });
    };
    const onLeave = (event: BeforeUnloadEvent) => {
      if (!keep()) event.preventDefault();
    };
    window.addEventListener('beforeunload', onLeave);
    window.addEventListener('pagehide', keep);
    return () => {
      window.removeEventListener('beforeunload', onLeave);
      window.removeEventListener('pagehide', keep);
      void saveNow();
    };
  }, [saveNow, user]);

  const forget = useCallback(async () => {
    while (running.current) await running.current;
    writtenAt.current = await deleteDraft();
    dropCopy();
    kept.current = { base: latest.current.base, definitions: latest.current.present };
  }, []);
  return { state, saveNow, forget };
}
