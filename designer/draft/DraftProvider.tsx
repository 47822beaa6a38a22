/** Loads live definitions and draft, keeps the draft while it is edited, and lets the runtime's components see the draft's model. */
import { useQueryClient } from '@tanstack/react-query';
import { type ReactNode, useCallback, useDeferredValue, useEffect, useMemo, useRef, useState } from 'react';
import { beyondDesignRights } from '#engine/changes/design-rights.ts';
import { diffDefinitions } from '#engine/changes/diff-definitions.ts';
import type { Definitions } from '#engine/model/definitions.ts';
import { AppContext, isSystemOwner, useApp } from '#runtime/app/session.tsx';
import { ErrorState } from '#runtime/ui/ErrorState.tsx';
import { ShellSkeleton } from '#runtime/ui/Skeletons.tsx';
import { LiveModelContext, ownerAccess } from '../preview/preview-app.ts';
import { DRAFT_KEY, LIVE_KEY, readVersion, type StoredDraft, useLiveDefinitions, useStoredDraft } from './api.ts';
import { type Draft, DraftContext } from './draft-context.ts';
import { editDraft, type LiveDefinitions, rebaseDraft, redoDraft, startDraft, undoDraft } from './draft-state.ts';
import { newerDraft, readCopy } from './unsaved-copy.ts';
import { useAutosave } from './use-autosave.ts';
import { useBuiltDraft } from './use-model.ts';
import { useUndoKeys } from './use-undo-keys.ts';

export function DraftProvider({ children }: { children: ReactNode }) {
  const live = useLiveDefinitions();
  const stored = useStoredDraft();
  const client = useQueryClient();
  const [round, setRound] = useState(0);
  const app = useApp();
  const { refetch } = live;
  // Someone published.
  const known = useRef(app.definitionsVersion);
  useEffect(() => {
    if (known.current !== app.definitionsVersion) void refetch();
    known.current = app.definitionsVersion;
  }, [app.definitionsVersion, refetch]);

  const reload = useCallback(async () => {
    await Promise.all([client.refetchQueries({ queryKey: LIVE_KEY }), client.refetchQueries({ queryKey: DRAFT_KEY })]);
    setRound((old) => old + 1);
  }, [client]);

  if (live.isError && !live.data) return <ErrorState error={live.error} onRetry={() => void live.refetch()} page />;
  if (stored.isError && stored.data === undefined) return <ErrorState error={stored.error} onRetry={() => void stored.refetch()} page />;
  if (!live.data || stored.data === undefined) return <ShellSkeleton />;
  return (
    <LoadedDraft key={round} live={live.data} stored={stored.data} reload={reload}>
      {children}
    </LoadedDraft>
  );
}

interface LoadedDraftProps {
  readonly live: LiveDefinitions;
  readonly stored: StoredDraft | null;
  readonly reload: () => Promise<void>;
  readonly children: ReactNode;
}

function LoadedDraft({ live, stored, reload, children }: LoadedDraftProps) {
  const app = useApp();
  const [state, setState] = useState(() => {
    const draft = newerDraft(readCopy(), stored, app.user.id);
    // A draft that changes nothing stands on what is live, whatever it was begun from.
    return draft && diffDefinitions(live.definitions, draft.definitions).length > 0 ? startDraft(draft.base, draft.definitions) : startDraft(live.version, live.definitions);
  });
  const { present } = state;
  // Counting may come a moment after the key that was typed.
  const counted = useDeferredValue(present);
  const changes = useMemo(() => (counted === live.definitions ? [] : diffDefinitions(live.definitions, counted)), [counted, live.definitions]);
  const isEmpty = () => diffDefinitions(live.definitions, present).length === 0;
  const save = useAutosave({ base: state.base, present, isEmpty }, { definitions: stored?.definitions ?? live.definitions, updatedAt: stored?.updatedAt ?? null }, app.user.id);
  const built = useBuiltDraft(present, { model: app.model, definitions: live.definitions });

  const unrestricted = isSystemOwner(app);
  const { level, roles } = app.me;
  const issues = useMemo(
    () => (built.issues.length > 0 || unrestricted ? built.issues : beyondDesignRights({ unrestricted, level, roles, takesTwo: live.definitions.app.settings?.dualControl === 'on' }, live.definitions, built.of)),
    [built, unrestricted, level, roles, live.definitions],
  );

  const undo = useCallback(() => setState(undoDraft), []);
  const redo = useCallback(() => setState(redoDraft), []);
  const edit = useCallback((change: (definitions: Definitions) => Definitions, key?: string) => setState((old) => editDraft(old, change(old.present), key, Date.now())), []);
  useUndoKeys(undo, redo);

  // A draft that changes nothing simply follows what is live.
  const followed = useRef(live);
  useEffect(() => {
    if (followed.current === live) return;
    const before = followed.current;
    followed.current = live;
    setState((old) => (diffDefinitions(before.definitions, old.present).length === 0 ? startDraft(live.version, live.definitions) : old));
  }, [live]);

  const { state: saveState, saveNow, forget } = save;
  const discard = useCallback(async () => {
    await forget();
    setState(startDraft(live.version, live.definitions));
  }, [forget, live]);
  const { base } = state;
  const rebase = useCallback(async (take: readonly string[] = []) => {
    const { mergeDefinitions } = await import('#engine/changes/merge.ts');
    const merged = mergeDefinitions({ base: await readVersion(base), ours: present, theirs: live.definitions, take });
    setState((old) => rebaseDraft(old, live.version, merged.definitions));
    // Those decided for the other side are no surprise any more.
    return merged.conflicts.filter((conflict) => conflict.taken === 'ours').length;
  }, [base, present, live]);

  const draft = useMemo<Draft>(
    () => ({
      live, base: state.base, definitions: present, edit, undo, redo, canUndo: state.past.length > 0, canRedo: state.future.length > 0, changes,
      model: built.model, modelOf: built.of, issues, saveState, saveNow, discard, rebase, reload,
    }),
    [live, state, present, edit, undo, redo, changes, built, issues, saveState, saveNow, discard, rebase, reload],
  );
  const preview = useMemo(() => ({ ...app, model: built.model, access: ownerAccess(built.model) }), [app, built.model]);
  return (
    <LiveModelContext value={app.model}>
      <DraftContext value={draft}>
        <AppContext value={preview}>{children}</AppContext>
      </DraftContext>
    </LiveModelContext>
  );
}
