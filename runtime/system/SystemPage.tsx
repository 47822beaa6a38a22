/** What system owners look after: the audit, exports, backups. */
import { Tabs } from 'antd';
import { useNavigate, useParams } from 'react-router';
import { isSystemOwner, useApp } from '../app/session.tsx';
import { NotFoundPage } from '../pages/NotFoundPage.tsx';
import { PageHead } from '../ui/PageHead.tsx';
import { AuditTab } from './AuditTab.tsx';
import { BackupsTab } from './BackupsTab.tsx';
import { ExportsTab } from './ExportsTab.tsx';
import './system.css';
import { useSystemTexts } from './texts.ts';

export function SystemPage() {
  const texts = useSystemTexts();
  const navigate = useNavigate();
  const { tab = 'audit' } = useParams();
  if (!isSystemOwner(useApp())) return <NotFoundPage />;
  return (
    <div className="page">
      <PageHead title={texts.title} />
      <div className="page-body">
        <Tabs
          activeKey={tab}
          onChange={(key) => void navigate(`/system/${key}`, { replace: true })}
          destroyOnHidden
          items={[
            { key: 'audit', label: texts.audit, children: <AuditTab /> },
            { key: 'exports', label: texts.exports, children: <ExportsTab /> },
            { key: 'backups', label: texts.backups, children: <BackupsTab /> },
          ]}
        />
      </div>
    </div>
  );
}
