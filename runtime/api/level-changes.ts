/** Roles above level 5 that wait for a second person; for administrators. */
import { useQuery } from '@tanstack/react-query';
import { request } from './client.ts';
import { queryClient } from './query-client.ts';
import { recordKeys, refreshTable } from './records.ts';

export interface LevelChange {
  readonly id: string;
  readonly user: { readonly id: string; readonly name: string };
  readonly gives: string;
  readonly takes: string | null;
  readonly level: number;
  readonly by: string;
  readonly at: string;
  /** Why the reader may not confirm; null: they may. */
  readonly refusal: string | null;
  readonly isOwn: boolean;
}

const KEY = ['level-changes'] as const;

export function useLevelChanges(enabled: boolean) {
  return useQuery({ queryKey: KEY, queryFn: () => request<{ data: readonly LevelChange[] }>('GET', '/api/level-changes'), staleTime: 0, enabled });
}

export async function decideLevelChange({ user: { id: userId }, id }: LevelChange, decision: 'confirm' | 'refuse'): Promise<void> {
  try {
    await request('POST', `/api/users/${encodeURIComponent(userId)}/level-change`, { body: { decision, question: id } });
  } finally {
    void queryClient.invalidateQueries({ queryKey: KEY });
    void queryClient.invalidateQueries({ queryKey: ['permissions'] });
    void queryClient.invalidateQueries({ queryKey: recordKeys.one('user', userId) });
    refreshTable('user');
  }
}

/** After a write of users: there may be more, or fewer. */
export const refreshLevelChanges = (): Promise<void> => queryClient.invalidateQueries({ queryKey: KEY });
