import type { RecordData } from '../../api/types.ts';

/** A line of a grouped list: the heading of a group that begins at `first`, or a record. */
export type GroupItem = { readonly first: number; readonly count: number } | { readonly row: number };

/** Records with their group's heading before them; they come in order of the group. */
export function groupItems(records: readonly RecordData[], path: string): readonly GroupItem[] {
  const items: (GroupItem | { first: number; count: number })[] = [];
  let heading: { first: number; count: number } | undefined;
  let known: string | undefined;
  records.forEach((record, row) => {
    const key = JSON.stringify(record[path] ?? null);
    if (!heading || key !== known) {
      heading = { first: row, count: 0 };
      known = key;
      items.push(heading);
    }
    heading.count += 1;
    items.push({ row });
  });
  return items;
}
