import { Button, Progress } from 'antd';
import { useTranslation } from 'react-i18next';
import type { ImportRun } from '../api/imports.ts';
import { useLocale } from '../app/i18n/index.ts';
import { formatNumber } from '../fields/format.ts';

export function ImportProgress({ run, onCancel }: { run: ImportRun; onCancel: () => void }) {
  const { t } = useTranslation();
  const locale = useLocale();
  return (
    <div className="import-progress" aria-live="polite">
      <h2>{run.dryRun ? t('import.dryRunning') : t('import.running')}</h2>
      <Progress percent={run.total > 0 ? Math.floor((run.done / run.total) * 100) : 0} status="active" />
      <p className="tabular">{t('import.progress', { done: formatNumber(run.done, locale), total: formatNumber(run.total, locale) })}</p>
      <p className="quiet">{t('import.keepsRunning')}</p>
      <Button onClick={onCancel}>{t('import.cancel')}</Button>
    </div>
  );
}
