/** What people may do: everybody's for administrators, one's own for others. */
import { useQuery } from '@tanstack/react-query';
import type { PermissionDetail, UserPermission } from '#engine/permissions/reports.ts';
import { request } from './client.ts';

export function usePermissions() {
  return useQuery({ queryKey: ['permissions'], queryFn: () => request<{ data: readonly UserPermission[] }>('GET', '/api/permissions'), staleTime: 0 });
}

export function usePermission(id: string) {
  return useQuery({ queryKey: ['permissions', id], queryFn: () => request<PermissionDetail>('GET', `/api/permissions/${encodeURIComponent(id)}`), staleTime: 0 });
}
