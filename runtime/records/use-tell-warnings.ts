import { useTranslation } from 'react-i18next';
import type { RecordAnswer } from '../api/types.ts';
import { useToast } from '../ui/toast.tsx';

/** Says what was saved in spite of a doubt, or not yet; answers whether there was anything to say. */
export function useTellWarnings(): (answer: Pick<RecordAnswer, 'warnings'>) => boolean {
  const { t } = useTranslation();
  const toast = useToast();
  return ({ warnings = [] }) => {
    for (const { message } of warnings) toast({ kind: 'warning', text: t('form.warning', { message }) });
    return warnings.length > 0;
  };
}
