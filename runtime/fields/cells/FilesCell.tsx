import { PaperClipOutlined } from '@ant-design/icons';
import { Image } from 'antd';
import type { Json } from '#engine/fields/field-type.ts';
import { fileUrl, thumbnailUrl } from '../../api/files.ts';
import type { Included } from '../../api/types.ts';
import { useLocale } from '../../app/i18n/index.ts';
import type { CellProps } from '../field-components.ts';
import { formatSize } from '../format.ts';

export function fileIds(value: Json): readonly string[] {
  return Array.isArray(value) ? value.map(String) : typeof value === 'string' ? [value] : [];
}

export function fileName(included: Included, id: string): string {
  const name = included.file?.[id]?.name;
  return typeof name === 'string' ? name : id;
}

export function FilesCell({ value, included, room }: CellProps) {
  const locale = useLocale();
  const ids = fileIds(value);
  return (
    <span className={room === 'line' ? 'tags' : 'files'}>
      {ids.map((id) => {
        const size = included.file?.[id]?.size;
        return (
          <a key={id} className="file ellipsis" href={fileUrl(id)} download onClick={(event) => event.stopPropagation()}>
            <PaperClipOutlined aria-hidden="true" /> {fileName(included, id)}
            {room === 'block' && typeof size === 'number' ? <span className="quiet"> {formatSize(size, locale)}</span> : null}
          </a>
        );
      })}
    </span>
  );
}

export function ImagesCell({ value, included, room }: CellProps) {
  const ids = fileIds(value);
  const size = room === 'line' ? 28 : 96;
  return (
    <span className="tags" onClick={(event) => event.stopPropagation()}>
      <Image.PreviewGroup items={ids.map(fileUrl)}>
        {ids.map((id) => (
          <Image key={id} src={thumbnailUrl(id)} alt={fileName(included, id)} width={size} height={size} className="thumbnail" />
        ))}
      </Image.PreviewGroup>
    </span>
  );
}
