import { DeleteOutlined, ExportOutlined, MoreOutlined } from '@ant-design/icons';
import { Dropdown } from 'antd';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import type { TableModel } from '#engine/model/app-model.ts';
import type { TableAccess } from '../../api/types.ts';
import { useLabel } from '../../app/i18n/index.ts';
import { recordPagePath } from '../../app/paths.ts';
import { useActions } from '../../records/use-actions.ts';
import { useDelete } from '../../records/use-delete.tsx';
import { IconButton } from '../../ui/IconButton.tsx';
import { ModelIcon } from '../../ui/ModelIcon.tsx';

interface RowActionsProps {
  readonly table: TableModel;
  readonly access: TableAccess;
  readonly id: string;
  readonly name: string;
}

/** What one may do with a row, at its right edge; the first two actions of the table are one click away. */
export function RowActions({ table, access, id, name }: RowActionsProps) {
  const { t } = useTranslation();
  const label = useLabel();
  const navigate = useNavigate();
  const { actions, run } = useActions(table);
  const { deleteOne } = useDelete(table);
  const items = [
    { key: 'page', icon: <ExportOutlined aria-hidden="true" />, label: t('action.fullPage'), onClick: () => void navigate(recordPagePath(table.name, id)) },
    ...actions.slice(2).map((action) => ({
      key: action.name,
      icon: <ModelIcon name={action.icon} label={label(action.label)} />,
      label: label(action.label),
      onClick: () => void run(action, id),
    })),
    ...(access.delete ? [{ key: 'delete', danger: true, icon: <DeleteOutlined aria-hidden="true" />, label: t('action.delete'), onClick: () => deleteOne(id, name, () => undefined) }] : []),
  ];
  return (
    <div className="grid-actions" onClick={(event) => event.stopPropagation()}>
      {actions.slice(0, 2).map((action) => (
        <IconButton
          key={action.name}
          size="small"
          label={label(action.label)}
          icon={<ModelIcon name={action.icon} label={label(action.label)} />}
          onClick={() => void run(action, id)}
        />
      ))}
      <Dropdown trigger={['click']} menu={{ items }}>
        <IconButton size="small" label={t('list.rowActions')} icon={<MoreOutlined aria-hidden="true" />} />
      </Dropdown>
    </div>
  );
}
