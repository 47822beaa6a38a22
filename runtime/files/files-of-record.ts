/** The files a record holds, in the order of its fields: what one leafs through from any of them. */
import type { TableModel } from '#engine/model/app-model.ts';
import type { FileInfo, Included, Values } from '../api/types.ts';

export function fileIds(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.map(String) : typeof value === 'string' ? [value] : [];
}

export function fileInfo(included: Included, id: string): FileInfo {
  const known = included.file?.[id];
  return {
    id,
    name: typeof known?.name === 'string' ? known.name : id,
    size: typeof known?.size === 'number' ? known.size : 0,
    type: typeof known?.type === 'string' ? known.type : 'application/octet-stream',
    image: known?.image === true,
  };
}

/** Those whose details came along: what may not be seen has none, and other values are no files. */
export function filesOfRecord(table: TableModel | undefined, record: Values, included: Included): FileInfo[] {
  const ids = new Set(Object.keys(table?.fields ?? {}).flatMap((name) => fileIds(record[name])));
  return [...ids].filter((id) => Object.hasOwn(included.file ?? {}, id)).map((id) => fileInfo(included, id));
}
