/** What administrators look after: who may do what; for system owners also the audit, exports, backups. */
import { Tabs } from 'antd';
import { useNavigate, useParams } from 'react-router';
import { isAdministrator, isAuditor, isSystemOwner, useApp } from '../app/session.tsx';
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
  const reads = isOwner || isAuditor(app);
  const { tab = reads ? 'audit' : 'permissions' } = useParams();
  if (!isAdministrator(app) && !reads) return <NotFoundPage />;
  const audit = { key: 'audit', label: texts.audit, children: <AuditTab /> };
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
                  audit,
                  permissions,
                  { key: 'exports', label: texts.exports, children: <ExportsTab /> },
                  { key: 'backups', label: texts.backups, children: <BackupsTab /> },
                ]
              : [...(reads ? [audit] : []), ...(isAdministrator(app) ? [permissions] : [])]
          }
        />
      </div>
    </div>
  );
}
