import { DeleteOutlined, ExportOutlined, FormOutlined, ImportOutlined, MoreOutlined, UserAddOutlined } from '@ant-design/icons';
import { Button, Dropdown } from 'antd';
import { lazy, Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useNavigate } from 'react-router';
import type { TableModel } from '#engine/model/app-model.ts';
import type { TableAccess } from '../api/types.ts';
import { binPath, importPath } from '../app/paths.ts';
import { isAdministrator, useApp } from '../app/session.tsx';
import { ownPublicForms } from '../public-forms/public-forms.ts';
import { usePhone } from '../ui/use-phone.ts';
import type { ViewState } from './view-state.ts';

const InviteDialog = lazy(() => import('../account/InviteDialog.tsx').then((module) => ({ default: module.InviteDialog })));
const FormLinksDialog = lazy(() => import('../public-forms/FormLinksDialog.tsx').then((module) => ({ default: module.FormLinksDialog })));
const ExportDialog = lazy(() => import('../export/ExportDialog.tsx').then((module) => ({ default: module.ExportDialog })));

export function ListMenu({ table, access, state }: { table: TableModel; access: TableAccess; state: ViewState }) {
  const { t } = useTranslation();
  const app = useApp();
  const phone = usePhone();
  const navigate = useNavigate();
  const [exporting, setExporting] = useState(false);
  const [inviting, setInviting] = useState(false);
  const [linking, setLinking] = useState(false);
  const forms = ownPublicForms(app, table);
  // Users are part of the product, whatever app runs on it.
  const mayInvite = table.builtIn === true && table.name === 'user' && access.create && isAdministrator(app);
  const items = [
    ...(access.import && phone ? [{ key: 'import', icon: <ImportOutlined aria-hidden="true" />, label: t('action.import'), onClick: () => void navigate(importPath(table.name)) }] : []),
    ...(access.export ? [{ key: 'export', icon: <ExportOutlined aria-hidden="true" />, label: t('action.export'), onClick: () => setExporting(true) }] : []),
    ...(forms.length > 0 ? [{ key: 'form', icon: <FormOutlined aria-hidden="true" />, label: t('action.publicForm'), onClick: () => setLinking(true) }] : []),
    ...(access.delete ? [{ key: 'bin', icon: <DeleteOutlined aria-hidden="true" />, label: t('action.bin'), onClick: () => void navigate(binPath(table.name)) }] : []),
  ];
  return (
    <>
      {items.length > 0 ? (
        <Dropdown trigger={['click']} menu={{ items }} placement="bottomRight">
          <Button type="text" icon={<MoreOutlined aria-hidden="true" />} aria-label={t('action.more')} />
        </Dropdown>
      ) : null}
      {mayInvite ? (
        <Button icon={<UserAddOutlined aria-hidden="true" />} onClick={() => setInviting(true)}>
          {t('action.invite')}
        </Button>
      ) : null}
      {access.import && !phone ? (
        <Link to={importPath(table.name)} tabIndex={-1}>
          <Button icon={<ImportOutlined aria-hidden="true" />}>{t('action.import')}</Button>
        </Link>
      ) : null}
      <Suspense fallback={null}>
        {inviting ? <InviteDialog onClose={() => setInviting(false)} /> : null}
        {linking ? <FormLinksDialog forms={forms} onClose={() => setLinking(false)} /> : null}
        {exporting ? <ExportDialog table={table} source={{ filter: state.filter, search: state.search, sort: state.query.sort, columns: state.paths }} onClose={() => setExporting(false)} /> : null}
      </Suspense>
    </>
  );
}
