import { Button, Space } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { TableModel } from '#engine/model/app-model.ts';
import type { TableAccess } from '../../api/types.ts';
import { useCreate } from '../../app/create-context.ts';
import { useLabel } from '../../app/i18n/index.ts';
import { importPath } from '../../app/paths.ts';
import { EmptyState } from '../../ui/EmptyState.tsx';
import type { ViewState } from '../view-state.ts';

/** Nothing here yet, or nothing that fits: the two need different ways out. */
export function ListEmpty({ table, access, state }: { table: TableModel; access: TableAccess; state: ViewState }) {
  const { t } = useTranslation();
  const label = useLabel();
  const create = useCreate();
  const name = label(table.label);
  if (state.search || state.filter !== undefined) {
    return <EmptyState title={t('list.noMatch')} hint={t('list.noMatchHint')} action={<Button onClick={state.clear}>{t('list.clearFilters')}</Button>} />;
  }
  const actions = (
    <Space>
      {access.create ? (
        <Button type="primary" onClick={() => create({ table: table.name })}>
          {t('action.create', { table: name })}
        </Button>
      ) : null}
      {access.import ? (
        <Link to={importPath(table.name)}>
          <Button>{t('action.import')}</Button>
        </Link>
      ) : null}
    </Space>
  );
  return <EmptyState title={t('list.empty', { table: name })} hint={access.create ? t('list.emptyHint') : t('list.emptyReadHint')} action={actions} />;
}
