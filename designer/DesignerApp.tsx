/** The designer, at /designer/…, loaded when it is opened: whole for administrators; views, dashboards and options for level 7. */
import { type ComponentType, lazy, Suspense } from 'react';
import { Link, Navigate, Route, Routes } from 'react-router';
import { isAdministrator, mayDesign, useApp } from '#runtime/app/session.tsx';
import { EmptyState } from '#runtime/ui/EmptyState.tsx';
import { BlockSkeleton } from '#runtime/ui/Skeletons.tsx';
import './designer.css';
import './charts/charts.css';
import { DraftProvider } from './draft/DraftProvider.tsx';
import { FormsPage } from './forms/FormsPage.tsx';
import { useTexts } from './i18n/index.ts';
import { OptionsPage } from './options/OptionsPage.tsx';
import { PageDesigner } from './page/PageDesigner.tsx';
import { PreviewFrame } from './preview/PreviewFrame.tsx';
import { sectionsFor } from './sections.tsx';
import { DesignerShell } from './shell/DesignerShell.tsx';
import { NotThere } from './shell/NotThere.tsx';
import { OverviewPage } from './tables/OverviewPage.tsx';
import { TablePage } from './tables/TablePage.tsx';
import { ViewsPage } from './views/ViewsPage.tsx';

const DiagramPage = lazy(() => import('./diagram/DiagramPage.tsx').then((module) => ({ default: module.DiagramPage })));

function page(Page: ComponentType) {
  return (
    <Suspense fallback={<BlockSkeleton />}>
      <Page />
    </Suspense>
  );
}

export function DesignerApp() {
  const { shell } = useTexts();
  const app = useApp();
  if (!mayDesign(app)) return <EmptyState title={shell.forbidden} action={<Link to="/">{shell.back}</Link>} />;
  return (
    <DraftProvider>
      <PreviewFrame>
        <Routes>
          <Route element={<DesignerShell />}>
            {isAdministrator(app) ? (
              <>
                <Route index element={<OverviewPage />} />
                <Route path="diagram" element={page(DiagramPage)} />
                <Route path="tables/:table" element={<TablePage />} />
                <Route path="tables/:table/fields/:field" element={<TablePage />} />
                <Route path="tables/:table/forms/:form?" element={<FormsPage />} />
                <Route path="tables/:table/page" element={<PageDesigner />} />
              </>
            ) : (
              <Route index element={<Navigate to="dashboards" replace />} />
            )}
            <Route path="options/:list?" element={<OptionsPage />} />
            <Route path="tables/:table/views/:view?" element={<ViewsPage />} />
            {sectionsFor(app.me.level).map((section) => (
              <Route key={section.path} path={`${section.path}/*`} element={page(section.Page)} />
            ))}
            <Route path="*" element={<NotThere />} />
          </Route>
        </Routes>
      </PreviewFrame>
    </DraftProvider>
  );
}
