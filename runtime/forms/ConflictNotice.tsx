import { Alert, Button, Space } from 'antd';
import { useTranslation } from 'react-i18next';
import { useLabel } from '../app/i18n/index.ts';
import { FieldCell } from '../fields/FieldCell.tsx';
import { includedTitle } from '../model/titles.ts';
import type { useRecordForm } from './use-record-form.ts';

/** Whose change met mine, field by field; nothing typed is lost. */
export function ConflictNotice({ form }: { form: ReturnType<typeof useRecordForm> }) {
  const { t } = useTranslation();
  const label = useLabel();
  const { conflict, resolveConflict, state } = form;
  if (!conflict) return null;
  const who = (conflict.by && includedTitle(state.included, 'user', conflict.by)) || t('form.conflictSomeone');
  return (
    <Alert
      type="warning"
      showIcon
      className="conflict"
      title={t('form.conflictTitle', { who })}
      description={
        conflict.fields.length === 0 ? (
          t('form.conflictNone')
        ) : (
          <>
            <p>{t('form.conflictText')}</p>
            {conflict.fields.flatMap((name) => state.table.fields[name] ?? []).map((field) => (
              <div key={field.name} className="conflict-line">
                <strong>{label(field.label)}</strong>
                <span>
                  {t('form.mine')} <FieldCell field={field} value={state.values[field.name]} record={state.values} included={state.included} empty="–" />
                </span>
                <span>
                  {t('form.theirs')} <FieldCell field={field} value={conflict.current[field.name]} record={conflict.current} included={state.included} empty="–" />
                </span>
                <Space>
                  <Button size="small" onClick={() => resolveConflict(field.name, true)}>
                    {t('form.keepMine')}
                  </Button>
                  <Button size="small" onClick={() => resolveConflict(field.name, false)}>
                    {t('form.takeTheirs')}
                  </Button>
                </Space>
              </div>
            ))}
          </>
        )
      }
    />
  );
}
