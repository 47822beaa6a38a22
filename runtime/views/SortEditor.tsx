import { ArrowDownOutlined, ArrowUpOutlined, CloseOutlined } from '@ant-design/icons';
import { Select } from 'antd';
import { useTranslation } from 'react-i18next';
import type { FieldModel, TableModel } from '#engine/model/app-model.ts';
import type { TableAccess } from '../api/types.ts';
import { useLabel, useLocale } from '../app/i18n/index.ts';
import { useApp } from '../app/session.tsx';
import { FIELD_COMPONENTS } from '../fields/index.ts';
import { pathLabel, resolveFieldPath, visibleFields } from '../model/paths.ts';
import { IconButton } from '../ui/IconButton.tsx';

interface SortEditorProps {
  readonly table: TableModel;
  readonly access: TableAccess;
  readonly sort: readonly string[];
  readonly onChange: (sort: readonly string[]) => void;
}

export function isSortable(field: FieldModel): boolean {
  return !field.encrypted && !FIELD_COMPONENTS[field.type].unsortable && field.computed?.mode !== 'query';
}

export function SortEditor({ table, access, sort, onChange }: SortEditorProps) {
  const { t } = useTranslation();
  const label = useLabel();
  const locale = useLocale();
  const { model } = useApp();
  const free = visibleFields(table, access).filter((field) => isSortable(field) && !sort.some((key) => key.replace(/^-/, '') === field.name));
  return (
    <div className="sort-editor">
      {sort.length === 0 ? <p className="quiet">{t('list.noSort')}</p> : null}
      {sort.map((key) => {
        const path = key.replace(/^-/, '');
        const down = key.startsWith('-');
        const resolved = resolveFieldPath(model, table.name, path);
        return (
          <div key={path} className="sort-line">
            <span className="ellipsis">{resolved ? pathLabel(resolved, locale) : path}</span>
            <IconButton
              size="small"
              label={down ? t('list.sortDown') : t('list.sortUp')}
              icon={down ? <ArrowDownOutlined aria-hidden="true" /> : <ArrowUpOutlined aria-hidden="true" />}
              onClick={() => onChange(sort.map((other) => (other === key ? (down ? path : `-${path}`) : other)))}
            />
            <IconButton size="small" label={t('action.remove')} icon={<CloseOutlined aria-hidden="true" />} onClick={() => onChange(sort.filter((other) => other !== key))} />
          </div>
        );
      })}
      <Select
        className="full"
        showSearch={{ optionFilterProp: 'label' }}
        value={null}
        placeholder={t('list.addSort')}
        aria-label={t('list.addSort')}
        options={free.map((field) => ({ value: field.name, label: label(field.label) }))}
        onChange={(name: string | null) => (name ? onChange([...sort, name]) : undefined)}
      />
    </div>
  );
}
