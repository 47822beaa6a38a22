import { DeleteOutlined, PaperClipOutlined, UploadOutlined } from '@ant-design/icons';
import { Progress } from 'antd';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { thumbnailUrl, uploadFile } from '../../api/files.ts';
import type { FileInfo } from '../../api/types.ts';
import { IconButton } from '../../ui/IconButton.tsx';
import { useErrorText } from '../../ui/ErrorState.tsx';
import { useToast } from '../../ui/toast.tsx';
import { FileOpener } from '../../files/FileOpener.tsx';
import { fileIds, fileInfo } from '../../files/files-of-record.ts';
import type { InputProps } from '../field-components.ts';
import { numberSetting, textSetting } from '../settings.ts';

/** Files go up as soon as they are chosen; the value holds their ids. */
export function FilesInput({ field, value, onChange, id, describedBy, disabled, included }: InputProps) {
  const { t } = useTranslation();
  const toast = useToast();
  const errorText = useErrorText();
  const picker = useRef<HTMLInputElement>(null);
  const [added, setAdded] = useState<Readonly<Record<string, FileInfo>>>({});
  const [sending, setSending] = useState<{ name: string; sent: number } | null>(null);
  const [over, setOver] = useState(false);
  const ids = fileIds(value);
  const most = numberSetting(field, 'maxCount', 20);
  const accept = textSetting(field, 'accept');

  const upload = async (files: FileList | null) => {
    let all = [...ids];
    for (const file of [...(files ?? [])].slice(0, Math.max(0, most - ids.length))) {
      setSending({ name: file.name, sent: 0 });
      try {
        const info = await uploadFile(file, (sent) => setSending({ name: file.name, sent }));
        setAdded((old) => ({ ...old, [info.id]: info }));
        all = [...all, info.id];
        onChange(all);
      } catch (error) {
        toast({ kind: 'error', text: t('field.uploadFailed', { name: file.name, message: errorText(error) }) });
      }
    }
    setSending(null);
    if (picker.current) picker.current.value = '';
  };

  const files = ids.map((file) => added[file] ?? fileInfo(included, file));
  return (
    <div className="files-input">
      <FileOpener files={files}>
        {(open) =>
          files.map(({ id: file, name, image }) => (
            <div key={file} className="files-line">
              {image ? <img src={thumbnailUrl(file)} alt="" width={32} height={32} className="thumbnail" /> : <PaperClipOutlined aria-hidden="true" />}
              <button type="button" className="file ellipsis" onClick={() => open(file)}>
                {name}
              </button>
              <IconButton
                size="small"
                label={t('field.removeFile')}
                icon={<DeleteOutlined aria-hidden="true" />}
                disabled={disabled ?? false}
                onClick={() => {
                  const rest = ids.filter((other) => other !== file);
                  onChange(rest.length > 0 ? rest : null);
                }}
              />
            </div>
          ))
        }
      </FileOpener>
      {sending ? (
        <div className="files-line">
          <span className="ellipsis">{sending.name}</span>
          <Progress percent={Math.round(sending.sent * 100)} size="small" />
        </div>
      ) : null}
      {disabled || ids.length >= most ? null : (
        <button
          type="button"
          id={id}
          aria-describedby={describedBy}
          className={over ? 'drop-zone drop-over' : 'drop-zone'}
          onClick={() => picker.current?.click()}
          onDragOver={(event) => {
            event.preventDefault();
            setOver(true);
          }}
          onDragLeave={() => setOver(false)}
          onDrop={(event) => {
            event.preventDefault();
            setOver(false);
            void upload(event.dataTransfer.files);
          }}
        >
          <UploadOutlined aria-hidden="true" /> {t('field.dropFile')}
        </button>
      )}
      <input ref={picker} type="file" hidden multiple={most > 1} accept={accept === '*/*' ? undefined : accept} onChange={(event) => void upload(event.target.files)} />
    </div>
  );
}
