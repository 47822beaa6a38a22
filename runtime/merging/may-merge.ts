import type { TableModel } from '#engine/model/app-model.ts';
import { canBeMerged } from '#engine/records/merge.ts';
import type { TableAccess } from '../api/types.ts';

/** Merging is offered at all; on which records it is allowed says the server. */
export function mayMerge(table: TableModel, access: Pick<TableAccess, 'merge' | 'update' | 'delete'>): boolean {
  return access.merge && access.update && access.delete && canBeMerged(table);
}
