/** Session and model for every signed-in screen: who one is, what exists, what one may do. */
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { createContext, lazy, type ReactNode, Suspense, useContext, useEffect, useMemo } from 'react';
import { Navigate, useLocation } from 'react-router';
import type { TableModel } from '#engine/model/app-model.ts';
import { ADMINISTRATOR_LEVEL, DESIGN_LEVEL } from '#engine/permissions/levels.ts';
import { onSignedOut, request } from '../api/client.ts';
import { APP_KEY, openEvents } from '../api/events.ts';
import { readSession } from '../api/session.ts';
import type { AppAnswer, TableAccess, User } from '../api/types.ts';
import { ErrorState } from '../ui/ErrorState.tsx';
import { ShellSkeleton } from '../ui/Skeletons.tsx';

const EnrolPage = lazy(() => import('../account/EnrolPage.tsx').then((module) => ({ default: module.EnrolPage })));

export const SESSION_KEY = ['session'];

export interface AppState extends AppAnswer {
  readonly user: User;
}

/** Tests and the designer's previews put their own model here. */
export const AppContext = createContext<AppState | null>(null);

export function useApp(): AppState {
  const app = useContext(AppContext);
  if (!app) throw new Error('useApp outside of SignedIn');
  return app;
}

/** Has every right and may shape the app. */
export function isSystemOwner({ model, me }: Pick<AppState, 'model' | 'me'>): boolean {
  return model.roles.some((role) => role.owner && me.roles.includes(role.name));
}

/** Reads the audit without owning the system. */
export function isAuditor({ model, me }: Pick<AppState, 'model' | 'me'>): boolean {
  return model.roles.some((role) => role.audit && me.roles.includes(role.name));
}

/** Opens the designer; how far one may go there depends on the level. */
export function mayDesign({ me }: Pick<AppState, 'me'>): boolean {
  return me.level >= DESIGN_LEVEL;
}

/** Keeps the application, without owning the system. */
export function isAdministrator({ me }: Pick<AppState, 'me'>): boolean {
  return me.level >= ADMINISTRATOR_LEVEL;
}

const NOTHING: TableAccess = {
  create: false, read: false, update: false, delete: false, export: false, import: false, share: false, transfer: false, merge: false, reveal: false, fields: {},
};

export function useTable(name: string): { table: TableModel | undefined; access: TableAccess } {
  const { model, access } = useApp();
  return {
    table: Object.hasOwn(model.tables, name) ? model.tables[name] : undefined,
    access: (Object.hasOwn(access, name) ? access[name] : undefined) ?? NOTHING,
  };
}

/** Lets only someone signed in through, with the model loaded; others go to the sign-in page and come back. */
export function SignedIn({ children }: { children: ReactNode }) {
  const location = useLocation();
  const client = useQueryClient();
  const session = useQuery({ queryKey: SESSION_KEY, queryFn: readSession, staleTime: Number.POSITIVE_INFINITY });
  const user = session.data ?? null;
  const app = useQuery({
    queryKey: APP_KEY,
    queryFn: () => request<AppAnswer>('GET', '/api/app'),
    staleTime: Number.POSITIVE_INFINITY,
    enabled: user !== null && !user.mustEnrol,
  });

  useEffect(() => onSignedOut(() => client.setQueryData(SESSION_KEY, null)), [client]);
  useEffect(() => (user && !user.mustEnrol ? openEvents() : undefined), [user]);

  const state = useMemo(() => (user && app.data ? { ...app.data, user } : null), [user, app.data]);

  if (session.isError) return <ErrorState error={session.error} onRetry={() => void session.refetch()} page />;
  if (session.data === null) {
    return <Navigate to="/sign-in" replace state={{ from: `${location.pathname}${location.search}` }} />;
  }
  if (user?.mustEnrol) {
    return (
      <Suspense fallback={<ShellSkeleton />}>
        <EnrolPage user={user} />
      </Suspense>
    );
  }
  if (app.isError && !app.data) return <ErrorState error={app.error} onRetry={() => void app.refetch()} page />;
  if (!state) return <ShellSkeleton />;
  return <AppContext value={state}>{children}</AppContext>;
}
