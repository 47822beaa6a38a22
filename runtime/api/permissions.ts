/** What people may do: everybody's for administrators, one's own for others. */
import { useQuery } from '@tanstack/react-query';
import type { Label } from '#engine/errors.ts';
import { request } from './client.ts';

export interface UserPermission {
  readonly id: string;
  readonly name: string;
  readonly login: string;
  readonly active: boolean;
  readonly roles: readonly Label[];
  readonly department: string | null;
  readonly rank: number;
  readonly level: number;
  readonly shares: number;
}

export type Reach = 'own' | 'shared' | 'team' | 'department' | 'departmentTree' | 'all' | 'custom' | 'inherited';

export interface TablePermission {
  readonly table: string;
  readonly label: Label;
  readonly actions: Readonly<Partial<Record<'read' | 'update' | 'delete' | 'share' | 'transfer', Reach>>>;
  readonly create: boolean;
  readonly import: boolean;
  readonly export: boolean | number;
  readonly also: readonly Label[];
  readonly hidden: readonly Label[];
  readonly masked: readonly Label[];
}

export interface PermissionDetail extends UserPermission {
  readonly tables: readonly TablePermission[];
  readonly shared: readonly { readonly table: string; readonly id: string; readonly title: string; readonly access: 'read' | 'edit'; readonly until: string | null; readonly by: string }[];
}

export function usePermissions() {
  return useQuery({ queryKey: ['permissions'], queryFn: () => request<{ data: readonly UserPermission[] }>('GET', '/api/permissions'), staleTime: 0 });
}

export function usePermission(id: string) {
  return useQuery({ queryKey: ['permissions', id], queryFn: () => request<PermissionDetail>('GET', `/api/permissions/${encodeURIComponent(id)}`), staleTime: 0 });
}
