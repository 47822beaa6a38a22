/** The page's entry: the runtime, and the designer as a page that is loaded when a system owner opens it. */
import { BuildOutlined } from '@ant-design/icons';
import { lazy, Suspense } from 'react';
import { start } from '#runtime/app/start.tsx';
import { ShellSkeleton } from '#runtime/ui/Skeletons.tsx';

const DesignerApp = lazy(() => import('./DesignerApp.tsx').then((module) => ({ default: module.DesignerApp })));

start([
  {
    path: '/designer/*',
    element: (
      <Suspense fallback={<ShellSkeleton />}>
        <DesignerApp />
      </Suspense>
    ),
    link: { to: '/designer', text: { 'zh-CN': '设计', en: 'Designer' }, icon: <BuildOutlined aria-hidden="true" /> },
  },
]);
