import { useState } from 'react';
import { useErrorText } from '#runtime/ui/ErrorState.tsx';
import { useToast } from '#runtime/ui/toast.tsx';
import { fill, useTexts } from '../i18n/index.ts';
import { useDraft } from './draft-context.ts';

/** The draft stands on a version that is no longer live; `merge` brings the newer one in and says what came of it. */
export function useMerge(): { readonly isBehind: boolean; readonly busy: boolean; readonly merge: (take?: readonly string[]) => Promise<void> } {
  const texts = useTexts();
  const { live, base, changes, rebase } = useDraft();
  const toast = useToast();
  const errorText = useErrorText();
  const [busy, setBusy] = useState(false);
  const merge = async (take: readonly string[] = []) => {
    setBusy(true);
    try {
      const conflicts = await rebase(take);
      toast({ kind: conflicts > 0 ? 'warning' : 'success', text: conflicts > 0 ? fill(texts.shell.mergedConflicts, { count: conflicts }) : texts.shell.merged });
    } catch (error) {
      toast({ kind: 'error', text: errorText(error) });
    } finally {
      setBusy(false);
    }
  };
  return { isBehind: base < live.version && changes.length > 0, busy, merge };
}
