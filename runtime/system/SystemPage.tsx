/** What administrators look after: who may do what; for system owners also the audit, exports, backups. */
import { Tabs } from 'antd';
import { useNavigate, useParams } from 'react-router';
import { isAdministrator, isSystemOwner, useApp } from '../app/session.tsx';
import { NotFoundPage } from '../pages/NotFoundPage.tsx';
import { PageHead } from '../ui/PageHead.tsx';
import { AuditTab } from './AuditTab.tsx';
import { BackupsTab } from './BackupsTab.tsx';
import { ExportsTab } from './ExportsTab.tsx';
import { PermissionsTab } from './PermissionsTab.tsx';
import { usePermissionTexts } from './permission-texts.ts';
import './system.css';
import { useSystemTexts } from './texts.ts';

export function SystemPage() {
  const texts = useSystemTexts();
  const navigate = useNavigate();
  const permissionTexts = usePermissionTexts();
  const app = useApp();
  const isOwner = isSystemOwner(app);
  const { tab = isOwner ? 'audit' : 'permissions' } = useParams();
  if (!isAdministrator(app)) return <NotFoundPage />;
  const permissions = { key: 'permissions', label: permissionTexts.title, children: <PermissionsTab /> };
  return (
    <div className="page">
      <PageHead title={texts.title} />
      <div className="page-body">
        <Tabs
          activeKey={tab}
          onChange={(key) => void navigate(`/system/${key}`, { replace: true })}
          destroyOnHidden
          items={
            isOwner
              ? [
                  { key: 'audit', label: texts.audit, children: <AuditTab /> },
                  permissions,
                  { key: 'exports', label: texts.exports, children: <ExportsTab /> },
                  { key: 'backups', label: texts.backups, children: <BackupsTab /> },
                ]
              : [permissions]
          }
        />
      </div>
    </div>
  );
}
