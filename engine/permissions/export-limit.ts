import type { TableAccess } from './authorize.ts';

/** What one file holds at most, whoever takes it out. */
export const MOST_EXPORTED = 100_000;

/** How many records an actor may take out at once; 0 for whom the table may not be exported at all. */
export function exportLimit(access: Pick<TableAccess, 'export'>): number {
  if (typeof access.export === 'number') return Math.min(access.export, MOST_EXPORTED);
  return access.export ? MOST_EXPORTED : 0;
}
