/** The frame of every signed-in screen: navigation, global search, keys; on a phone a bar at the bottom. */
import { useQueryClient } from '@tanstack/react-query';
import { lazy, Suspense, useEffect, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Outlet, useLocation } from 'react-router';
import { useHotkeys } from '../ui/use-hotkeys.ts';
import { useOnline } from '../ui/use-online.ts';
import { usePhone } from '../ui/use-phone.ts';
import { useStored } from '../ui/use-stored.ts';
import { BottomBar } from './BottomBar.tsx';
import { CreateContext, type CreateRequest } from './create-context.ts';
import { KeyHelp } from './KeyHelp.tsx';
import { useApp } from './session.tsx';
import { Sidebar } from './Sidebar.tsx';
import { ShellContext } from './shell-context.ts';
import { useNoticeToasts } from './use-notice-toasts.ts';

const SearchDialog = lazy(() => import('../records/SearchDialog.tsx').then((module) => ({ default: module.SearchDialog })));
const CreateDialog = lazy(() => import('../forms/CreateDialog.tsx').then((module) => ({ default: module.CreateDialog })));

const ViewAsBanner = lazy(() => import('../sharing/index.ts').then((module) => ({ default: module.ViewAsBanner })));

const isBoolean = (value: unknown): value is boolean => typeof value === 'boolean';

export function Shell() {
  const { t } = useTranslation();
  const phone = usePhone();
  const online = useOnline();
  const { user } = useApp();
  const location = useLocation();
  const client = useQueryClient();
  const [searching, setSearching] = useState(false);
  const [helping, setHelping] = useState(false);
  const [menuOpen, setMenuOpen] = useState(false);
  const [collapsed, setCollapsed] = useStored('sidebar.collapsed', false, isBoolean);
  const [creating, setCreating] = useState<readonly CreateRequest[]>([]);

  useNoticeToasts();
  useHotkeys({ '?': () => setHelping(true) });
  useHotkeys({ 'mod+k': () => setSearching(true) }, { covered: true });
  // Moving on closes what lay over the page that was left.
  useEffect(() => {
    setSearching(false);
    setMenuOpen(false);
  }, [location.pathname]);

  const shell = useMemo(
    () => ({ openSearch: () => setSearching(true), openHelp: () => setHelping(true), openMenu: () => setMenuOpen(true) }),
    [],
  );
  // A form may ask for another record first, so they stack.
  const create = useMemo(() => ({ create: (request: CreateRequest) => setCreating((open) => [...open, request]) }), []);

  return (
    <ShellContext value={shell}>
      <CreateContext value={create}>
        <a className="skip-link" href="#content">
          {t('app.skip')}
        </a>
        <div className="shell">
          <Sidebar
            phone={phone}
            open={menuOpen}
            collapsed={collapsed && !phone}
            onClose={() => setMenuOpen(false)}
            onCollapse={() => setCollapsed(!collapsed)}
          />
          <main id="content" className="shell-main" tabIndex={-1}>
            {user.viewedBy ? (
              <Suspense fallback={null}>
                <ViewAsBanner />
              </Suspense>
            ) : null}
            {online ? null : (
              <p className="offline" role="status">
                {t('app.offline')}
              </p>
            )}
            <Outlet />
          </main>
          {phone ? <BottomBar /> : null}
        </div>
        <Suspense fallback={null}>
          {searching ? <SearchDialog onClose={() => setSearching(false)} /> : null}
          {creating.map((request, index) => (
            <CreateDialog
              key={index}
              request={request}
              onClose={() => {
                setCreating((open) => open.filter((other) => other !== request));
                void client.invalidateQueries({ queryKey: ['search'] });
              }}
            />
          ))}
        </Suspense>
        <KeyHelp open={helping} onClose={() => setHelping(false)} />
      </CreateContext>
    </ShellContext>
  );
}
