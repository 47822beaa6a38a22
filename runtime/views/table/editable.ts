import type { TableAccess } from '../../api/types.ts';
import type { Column } from '../view-columns.ts';

/** What may be tried in place; a rule about the single record is the server's to answer. */
export function isEditable(column: Column, access: TableAccess): boolean {
  const { field, hops } = column;
  return hops.length === 0 && access.update && access.fields[field.name] === 'write' && !field.readOnly && !field.system && !field.computed;
}
