import type { MergeCount } from '#engine/records/merge.ts';
import { undoMerge } from '../api/merges.ts';
import { refreshTable } from '../api/records.ts';
import { fill } from '../app/i18n/fill.ts';
import { useLabel } from '../app/i18n/index.ts';
import { useErrorText } from '../ui/ErrorState.tsx';
import { useToast } from '../ui/toast.tsx';
import { useMergeTexts } from './texts.ts';

/** `Contacts 3, Orders 2`. */
export function useCounts(): (counts: readonly MergeCount[]) => string {
  const texts = useMergeTexts();
  const label = useLabel();
  return (counts) => counts.map((one) => fill(texts.count, { label: label(one.label), n: one.count })).join(texts.comma);
}

/** Takes a merge back and says what came of it, what was left as it is and what could not be put back. */
export function useUndoMerge(): (merge: string) => Promise<void> {
  const texts = useMergeTexts();
  const label = useLabel();
  const toast = useToast();
  const errorText = useErrorText();
  const counts = useCounts();
  return async (merge) => {
    try {
      const { table, restored, kept, left } = await undoMerge(merge);
      refreshTable(table);
      const parts = [fill(texts.undone, { n: restored.length }), ...(kept.length > 0 ? [fill(texts.kept, { list: kept.map(label).join(texts.comma) })] : []), ...(left.length > 0 ? [fill(texts.left, { list: counts(left) })] : [])];
      toast({ kind: parts.length > 1 ? 'warning' : 'success', text: parts.join(' · ') });
    } catch (error) {
      toast({ kind: 'error', text: errorText(error) });
    }
  };
}
