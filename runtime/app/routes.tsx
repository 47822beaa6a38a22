/** The addresses of the app. What the first screen does not need is loaded when it is opened. */
import { type ComponentType, lazy, Suspense } from 'react';
import { createBrowserRouter, Outlet } from 'react-router';
import type { ExtraPage } from './extra-pages.ts';
import { CrashPage } from '../pages/CrashPage.tsx';
import { NotFoundPage } from '../pages/NotFoundPage.tsx';
import { BlockSkeleton } from '../ui/Skeletons.tsx';
import { TablePage } from '../views/TablePage.tsx';
import { INBOX_PATH } from './paths.ts';
import { SignedIn } from './session.tsx';
import { Shell } from './Shell.tsx';

function page(load: () => Promise<{ default: ComponentType }>) {
  const Page = lazy(load);
  return (
    <Suspense fallback={<BlockSkeleton />}>
      <Page />
    </Suspense>
  );
}

export function createRouter(pages: readonly ExtraPage[]) {
  return createBrowserRouter([
    {
      errorElement: <CrashPage />,
      element: <Outlet />,
      children: [
        { path: '/sign-in', element: page(() => import('../pages/SignInPage.tsx').then((module) => ({ default: module.SignInPage }))) },
        { path: '/f/:token', element: page(() => import('../public-forms/PublicFormPage.tsx').then((module) => ({ default: module.PublicFormPage }))) },
        ...pages.map(({ path, element }) => ({ path, element: <SignedIn>{element}</SignedIn>, errorElement: <CrashPage /> })),
        {
          element: (
            <SignedIn>
              <Shell />
            </SignedIn>
          ),
          children: [
            {
              errorElement: <CrashPage />,
              children: [
                { path: '/', element: page(() => import('../pages/HomePage.tsx').then((module) => ({ default: module.HomePage }))) },
                { path: INBOX_PATH, element: page(() => import('../inbox/InboxPage.tsx').then((module) => ({ default: module.InboxPage }))) },
                { path: '/dashboard/:name', element: page(() => import('../dashboards/DashboardPage.tsx').then((module) => ({ default: module.DashboardPage }))) },
                { path: '/profile', element: page(() => import('../pages/ProfilePage.tsx').then((module) => ({ default: module.ProfilePage }))) },
                { path: '/system/:tab?', element: page(() => import('../system/SystemPage.tsx').then((module) => ({ default: module.SystemPage }))) },
                { path: '/bin', element: page(() => import('../pages/BinPage.tsx').then((module) => ({ default: module.BinPage }))) },
                { path: '/tables/:table', element: <TablePage /> },
                { path: '/tables/:table/bin', element: page(() => import('../pages/BinPage.tsx').then((module) => ({ default: module.BinPage }))) },
                { path: '/tables/:table/import', element: page(() => import('../import/ImportPage.tsx').then((module) => ({ default: module.ImportPage }))) },
                { path: '/tables/:table/records/:id', element: page(() => import('../records/RecordPage.tsx').then((module) => ({ default: module.RecordPage }))) },
                { path: '*', element: <NotFoundPage /> },
              ],
            },
          ],
        },
      ],
    },
  ]);
}
