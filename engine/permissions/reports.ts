/** What the server tells of what people may do. Plain JSON, read by both sides. */
import type { Label } from '../errors.ts';
import type { RowAction } from './authorize.ts';
import type { ScopeName } from './scopes.ts';

export const ROW_ACTIONS: readonly RowAction[] = ['read', 'update', 'delete', 'share', 'transfer', 'merge'];

export interface UserPermission {
  readonly id: string;
  readonly name: string;
  readonly login: string;
  readonly active: boolean;
  readonly roles: readonly Label[];
  readonly department: string | null;
  readonly rank: number;
  /** 1 to 9; 0: none of their roles has one. */
  readonly level: number;
  /** Records shared with them by name, in force. */
  readonly shares: number;
}

/** The widest of the scopes that their roles give; `custom`: rules of their own, `inherited`: as the record it belongs to. */
export type Reach = ScopeName | 'custom' | 'inherited';

export interface TablePermission {
  readonly table: string;
  readonly label: Label;
  readonly actions: Readonly<Partial<Record<RowAction, Reach>>>;
  readonly create: boolean;
  /** True, at most so many rows at once, or false. */
  readonly import: boolean | number;
  readonly export: boolean | number;
  /** Further records that a role names: of a pool, of a team. */
  readonly also: readonly Label[];
  readonly hidden: readonly Label[];
  readonly masked: readonly Label[];
}

export interface SharedRecord {
  readonly table: string;
  readonly id: string;
  readonly title: string;
  readonly access: 'read' | 'edit';
  readonly until: string | null;
  readonly by: string;
}

export interface PermissionDetail extends UserPermission {
  readonly tables: readonly TablePermission[];
  readonly shared: readonly SharedRecord[];
}

/** Records of a table, counted. */
export interface HandOverTable {
  readonly table: string;
  readonly label: Label;
  readonly count: number;
}

/** What somebody who leaves has to hand over. */
export interface ToHandOver {
  readonly tables: readonly HandOverTable[];
  /** Approvals that wait for them. */
  readonly approvals: number;
  /** What else is theirs and stays: of tables whose records no transfer takes along. */
  readonly elsewhere: readonly HandOverTable[];
  readonly planned: PlannedHandOver | null;
}

/** Set for a day to come: done when it begins. */
export interface PlannedHandOver {
  /** YYYY-MM-DD. */
  readonly on: string;
  readonly to: readonly string[];
  readonly disable: boolean;
  /** The name of who planned it. */
  readonly by: string;
}

/** How it was shared out: by table, how many each receiver got. */
export interface HandedOver {
  readonly tables: readonly (HandOverTable & { readonly to: Readonly<Record<string, number>> })[];
  readonly approvals: number;
}
