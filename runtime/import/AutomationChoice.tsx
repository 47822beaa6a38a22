/** What workflows do with the records of an import; shown only where one of them listens. */
import { Radio } from 'antd';
import { useTranslation } from 'react-i18next';
import { AUTOMATIONS, type Automations, useImportAutomations } from '../api/imports.ts';
import { useLabel, useLocale } from '../app/i18n/index.ts';
import { formatNumber } from '../fields/format.ts';

export function AutomationChoice({ id, value, onChange }: { id: string; value: Automations; onChange: (next: Automations) => void }) {
  const { t } = useTranslation();
  const label = useLabel();
  const locale = useLocale();
  const workflows = useImportAutomations(id);
  if (workflows.length === 0) return null;
  const list = workflows.map((workflow) => t('import.automationRuns', { name: label(workflow.label), count: formatNumber(workflow.runs, locale) })).join(t('import.and'));
  return (
    <section className="import-automations">
      <strong>{t('import.automations')}</strong>
      <p className="quiet">{t('import.automationsHint', { list })}</p>
      <Radio.Group
        vertical
        aria-label={t('import.automations')}
        value={value}
        onChange={(event) => onChange(event.target.value as Automations)}
        options={AUTOMATIONS.map((way) => ({ value: way, label: t(`import.automation.${way}`) }))}
      />
    </section>
  );
}
