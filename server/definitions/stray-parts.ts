/** Tables and columns that the live definitions do not ask for: what waits in the trash is known, anything else is not ours. */
import type { Label } from '#engine/errors.ts';
import type { DatabaseSchema } from '#engine/schema/database-schema.ts';
import { existingSchema } from '../db/apply-schema.ts';
import type { Queryable } from '../db/database.ts';
import { SYSTEM_TABLES } from '../db/system-tables.ts';
import { type TrashEntry, trashEntries } from './trash.ts';

export interface StrayPart {
  /** The table. */
  readonly name: string;
  /** Absent: the table as a whole. */
  readonly column?: string;
  readonly isKnown: boolean;
  readonly trashed?: { readonly label: Label; readonly version: number; readonly filled: number };
}

/** Columns every table of records has beside its fields. */
const OWN_COLUMNS: ReadonlySet<string> = new Set(['_rid', '_deleted_with']);

export async function strayParts(db: Queryable, want: DatabaseSchema): Promise<StrayPart[]> {
  const trash = await trashEntries(db);
  const tables = new Map(want.tables.map((table) => [table.name, table]));
  const system = new Set(SYSTEM_TABLES.map((table) => table.name));
  const parts: StrayPart[] = [];
  for (const [name, { columns }] of await existingSchema(db)) {
    const table = tables.get(name);
    if (table) {
      const known = new Set(table.columns.map((column) => column.name));
      for (const column of columns) if (!known.has(column) && !OWN_COLUMNS.has(column)) parts.push(part({ name, column }, entryOf(trash, (object) => object.kind === 'column' && object.table === name && object.to === column)));
    } else if (!system.has(name) && !name.startsWith('relata_search_') && !name.startsWith('sqlite_')) {
      parts.push(part({ name }, entryOf(trash, (object) => object.kind !== 'column' && object.to === name)));
    }
  }
  return parts;
}

function entryOf(trash: readonly TrashEntry[], isIt: (object: TrashEntry['objects'][number]) => boolean): TrashEntry | undefined {
  return trash.find((entry) => entry.objects.some(isIt));
}

function part(place: { readonly name: string; readonly column?: string }, entry: TrashEntry | undefined): StrayPart {
  return entry ? { ...place, isKnown: true, trashed: { label: entry.label, version: entry.version, filled: entry.filled } } : { ...place, isKnown: false };
}
