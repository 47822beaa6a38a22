import { DeleteOutlined, ImportOutlined, MoreOutlined } from '@ant-design/icons';
import { Button, Dropdown } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link, useNavigate } from 'react-router';
import type { TableModel } from '#engine/model/app-model.ts';
import type { TableAccess } from '../api/types.ts';
import { binPath, importPath } from '../app/paths.ts';
import { usePhone } from '../ui/use-phone.ts';

export function ListMenu({ table, access }: { table: TableModel; access: TableAccess }) {
  const { t } = useTranslation();
  const phone = usePhone();
  const navigate = useNavigate();
  const items = [
    ...(access.import && phone ? [{ key: 'import', icon: <ImportOutlined aria-hidden="true" />, label: t('action.import'), onClick: () => void navigate(importPath(table.name)) }] : []),
    ...(access.delete ? [{ key: 'bin', icon: <DeleteOutlined aria-hidden="true" />, label: t('action.bin'), onClick: () => void navigate(binPath(table.name)) }] : []),
  ];
  return (
    <>
      {items.length > 0 ? (
        <Dropdown trigger={['click']} menu={{ items }} placement="bottomRight">
          <Button type="text" icon={<MoreOutlined aria-hidden="true" />} aria-label={t('action.more')} />
        </Dropdown>
      ) : null}
      {access.import && !phone ? (
        <Link to={importPath(table.name)} tabIndex={-1}>
          <Button icon={<ImportOutlined aria-hidden="true" />}>{t('action.import')}</Button>
        </Link>
      ) : null}
    </>
  );
}
