import { HolderOutlined, SearchOutlined } from '@ant-design/icons';
import { Button, Checkbox, Input } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { TableModel } from '#engine/model/app-model.ts';
import type { TableAccess } from '../api/types.ts';
import { useLabel, useLocale } from '../app/i18n/index.ts';
import { useApp } from '../app/session.tsx';
import { pathLabel, resolveFieldPath, visibleFields } from '../model/paths.ts';
import { movePath } from './move-path.ts';
import type { ViewState } from './view-state.ts';

interface ColumnChooserProps {
  readonly table: TableModel;
  readonly access: TableAccess;
  readonly state: ViewState;
}

/** Shown fields first, in their order and draggable; then the others. */
export function ColumnChooser({ table, access, state }: ColumnChooserProps) {
  const { t } = useTranslation();
  const label = useLabel();
  const locale = useLocale();
  const { model } = useApp();
  const [wanted, setWanted] = useState('');
  const [dragged, setDragged] = useState<string | null>(null);
  const { paths, layout, setLayout } = state;
  const matches = (text: string) => text.toLowerCase().includes(wanted.trim().toLowerCase());
  const shown = paths.flatMap((path) => resolveFieldPath(model, table.name, path) ?? []).filter((column) => matches(pathLabel(column, locale)));
  const others = visibleFields(table, access).filter((field) => !paths.includes(field.name) && matches(label(field.label)));
  const setPaths = (next: readonly string[]) => setLayout({ ...layout, paths: next });

  return (
    <div className="column-chooser">
      <Input allowClear prefix={<SearchOutlined className="quiet" aria-hidden="true" />} placeholder={t('list.searchFields')} aria-label={t('list.searchFields')} value={wanted} onChange={(event) => setWanted(event.target.value)} />
      <ul aria-label={t('list.chooseColumns')}>
        {shown.map((column) => (
          <li
            key={column.path}
            draggable
            className={dragged === column.path ? 'dragged' : undefined}
            onDragStart={() => setDragged(column.path)}
            onDragEnd={() => setDragged(null)}
            onDragOver={(event) => event.preventDefault()}
            onDrop={() => (dragged ? setPaths(movePath(paths, dragged, column.path)) : undefined)}
          >
            <Checkbox checked disabled={paths.length === 1} onChange={() => setPaths(paths.filter((path) => path !== column.path))}>
              {pathLabel(column, locale)}
            </Checkbox>
            <HolderOutlined className="quiet" aria-hidden="true" />
          </li>
        ))}
        {others.map((field) => (
          <li key={field.name}>
            <Checkbox checked={false} onChange={() => setPaths([...paths, field.name])}>
              {label(field.label)}
            </Checkbox>
          </li>
        ))}
      </ul>
      {layout.paths ? (
        <Button size="small" type="link" onClick={() => setLayout({})}>
          {t('action.reset')}
        </Button>
      ) : null}
    </div>
  );
}
