/** The files a record holds, in the order of its fields: what one leafs through from any of them. */
import type { TableModel } from '#engine/model/app-model.ts';
import { fieldTypeOf } from '#engine/rules/paths.ts';
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

/** Only those whose details came along: what may not be seen has none. */
export function filesOfRecord(table: TableModel | undefined, record: Values, included: Included): FileInfo[] {
  const fields = Object.values(table?.fields ?? {}).filter((field) => fieldTypeOf(field).group === 'file');
  const ids = new Set(fields.flatMap(({ name }) => fileIds(record[name] ?? null)));
  return [...ids].filter((id) => included.file?.[id] !== undefined).map((id) => fileInfo(included, id));
}
