/** A table's list: which view, the toolbar, the view itself, and beside it the record that was clicked. */
import { PlusOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { lazy, Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useParams } from 'react-router';
import type { TableModel } from '#engine/model/app-model.ts';
import type { TableAccess } from '../api/types.ts';
import { useCreate } from '../app/create-context.ts';
import { useLabel } from '../app/i18n/index.ts';
import { useTable } from '../app/session.tsx';
import { NotFoundPage } from '../pages/NotFoundPage.tsx';
import { useDocumentTitle } from '../ui/PageHead.tsx';
import { BlockSkeleton } from '../ui/Skeletons.tsx';
import { useHotkeys } from '../ui/use-hotkeys.ts';
import { usePhone } from '../ui/use-phone.ts';
import { viewComponent } from './index.ts';
import { ListMenu } from './ListMenu.tsx';
import { ListToolbar } from './ListToolbar.tsx';
import { useViewState } from './view-state.ts';
import { ViewSwitcher } from './ViewSwitcher.tsx';

const SidePanel = lazy(() => import('../records/SidePanel.tsx').then((module) => ({ default: module.SidePanel })));

export function TablePage() {
  const { table: name = '' } = useParams();
  const { table, access } = useTable(name);
  if (!table || !access.read) return <NotFoundPage />;
  return <TableList key={table.name} table={table} access={access} />;
}

function TableList({ table, access }: { table: TableModel; access: TableAccess }) {
  const { t } = useTranslation();
  const label = useLabel();
  const phone = usePhone();
  const create = useCreate();
  const state = useViewState(table, access);
  const [count, setCount] = useState<{ value: number; capped: boolean } | undefined>();
  const View = viewComponent(state.choice.view.type);
  const title = label(table.pluralLabel);
  const startNew = () => create({ table: table.name });

  useDocumentTitle(title);
  useHotkeys(access.create ? { n: startNew } : {});

  return (
    <div className="list-page">
      <div className="list-main">
        <header className="page-head list-head">
          <h1>{title}</h1>
          <ViewSwitcher table={table} state={state} />
          <div className="page-extra">
            <ListMenu table={table} access={access} state={state} />
            {access.create && !phone ? (
              <Button type="primary" icon={<PlusOutlined aria-hidden="true" />} onClick={startNew}>
                {t('action.create', { table: label(table.label) })}
              </Button>
            ) : null}
          </div>
        </header>
        <ListToolbar table={table} access={access} state={state} count={count} />
        <Suspense fallback={<BlockSkeleton />}>
          <View table={table} access={access} state={state} onCount={setCount} />
        </Suspense>
      </div>
      {state.recordId !== undefined ? (
        <Suspense fallback={phone ? null : <aside className="side-panel"><BlockSkeleton /></aside>}>
          <SidePanel key={state.recordId} table={table} id={state.recordId} onClose={() => state.openRecord(undefined)} />
        </Suspense>
      ) : null}
    </div>
  );
}
