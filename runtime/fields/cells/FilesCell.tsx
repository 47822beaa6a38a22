import { PaperClipOutlined } from '@ant-design/icons';
import type { FileInfo } from '../../api/types.ts';
import { thumbnailUrl } from '../../api/files.ts';
import { useLocale } from '../../app/i18n/index.ts';
import { useTable } from '../../app/session.tsx';
import { FileOpener } from '../../files/FileOpener.tsx';
import { fileIds, fileInfo, filesOfRecord } from '../../files/files-of-record.ts';
import type { CellProps } from '../field-components.ts';
import { formatSize } from '../format.ts';

/** Those of the cell, and all of the record to leaf through. */
function useFiles({ field, value, record, included }: CellProps): { own: FileInfo[]; all: readonly FileInfo[] } {
  const { table } = useTable(field.table);
  const own = fileIds(value).map((id) => fileInfo(included, id));
  const all = filesOfRecord(table, record, included);
  return { own, all: own.every(({ id }) => all.some((file) => file.id === id)) ? all : own };
}

export function FilesCell(props: CellProps) {
  const locale = useLocale();
  const { own, all } = useFiles(props);
  const { room } = props;
  return (
    <FileOpener files={all}>
      {(open) => (
        <span className={room === 'line' ? 'tags' : 'files'}>
          {own.map(({ id, name, size }) => (
            <button
              key={id}
              type="button"
              className="file ellipsis"
              onClick={(event) => {
                event.stopPropagation();
                open(id);
              }}
            >
              <PaperClipOutlined aria-hidden="true" /> {name}
              {room === 'block' && size > 0 ? <span className="quiet"> {formatSize(size, locale)}</span> : null}
            </button>
          ))}
        </span>
      )}
    </FileOpener>
  );
}

export function ImagesCell(props: CellProps) {
  const { own, all } = useFiles(props);
  const size = props.room === 'line' ? 28 : 96;
  return (
    <FileOpener files={all}>
      {(open) => (
        <span className="tags">
          {own.map(({ id, name }) => (
            <button
              key={id}
              type="button"
              className="file-thumbnail"
              onClick={(event) => {
                event.stopPropagation();
                open(id);
              }}
            >
              <img src={thumbnailUrl(id)} alt={name} width={size} height={size} className="thumbnail" loading="lazy" />
            </button>
          ))}
        </span>
      )}
    </FileOpener>
  );
}
