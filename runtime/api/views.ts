/** Views a person saved for themselves. */
import { useQuery } from '@tanstack/react-query';
import type { ViewDefinition } from '#engine/model/definitions.ts';
import { request } from './client.ts';
import { queryClient } from './query-client.ts';
import type { OwnView } from './types.ts';

const KEY = ['views'];

export function useOwnViews() {
  return useQuery({ queryKey: KEY, queryFn: () => request<{ data: readonly OwnView[] }>('GET', '/api/views'), staleTime: 60_000 });
}

export async function saveView(table: string, view: ViewDefinition, id?: string): Promise<OwnView> {
  const saved = id
    ? await request<OwnView | { data: OwnView }>('PATCH', `/api/views/${id}`, { body: { view } })
    : await request<OwnView | { data: OwnView }>('POST', '/api/views', { body: { table, view } });
  await queryClient.invalidateQueries({ queryKey: KEY });
  return 'data' in saved ? saved.data : saved;
}

export async function deleteView(id: string): Promise<void> {
  await request('DELETE', `/api/views/${id}`);
  await queryClient.invalidateQueries({ queryKey: KEY });
}
