/** Files of a record, one at a time over the whole window: arrows leaf, Esc closes, plus and minus zoom. */
import { CloseOutlined, DownloadOutlined, LeftOutlined, RightOutlined } from '@ant-design/icons';
import { Button, Modal } from 'antd';
import { useEffect, useState } from 'react';
import { fileUrl } from '../api/files.ts';
import type { FileInfo } from '../api/types.ts';
import { useLocale } from '../app/i18n/index.ts';
import { formatSize } from '../fields/format.ts';
import { IconButton } from '../ui/IconButton.tsx';
import { FileCard, ImageView, PdfView, TextView } from './FileViews.tsx';
import { previewKind } from './preview-kind.ts';
import { useFileTexts } from './texts.ts';

const VIEWS = { image: ImageView, pdf: PdfView, text: TextView, none: FileCard } as const;

interface FilePreviewProps {
  readonly files: readonly FileInfo[];
  /** The id to begin with. */
  readonly first: string;
  readonly onClose: () => void;
}

export function FilePreview({ files, first, onClose }: FilePreviewProps) {
  const texts = useFileTexts();
  const locale = useLocale();
  const [at, setAt] = useState(Math.max(0, files.findIndex(({ id }) => id === first)));
  const file = files[at];
  const last = files.length - 1;

  useEffect(() => {
    const leaf = (event: KeyboardEvent) => {
      if (event.key === 'ArrowLeft') setAt((now) => Math.max(0, now - 1));
      else if (event.key === 'ArrowRight') setAt((now) => Math.min(last, now + 1));
      else if (event.key === 'Escape') onClose();
      else return;
      // Whatever lies below has keys of its own: Esc would close the record as well.
      event.preventDefault();
      event.stopImmediatePropagation();
    };
    window.addEventListener('keydown', leaf, true);
    return () => window.removeEventListener('keydown', leaf, true);
  }, [last, onClose]);

  if (!file) return null;
  const View = VIEWS[previewKind(file, navigator.pdfViewerEnabled)];
  return (
    <Modal open footer={null} closable={false} onCancel={onClose} width="100vw" className="file-preview" rootClassName="file-preview-root" aria-label={file.name}>
      <header className="file-bar">
        <strong className="ellipsis">{file.name}</strong>
        <span className="quiet file-size">{formatSize(file.size, locale)}</span>
        {files.length > 1 ? <span className="quiet tabular">{texts.of.replace('{{n}}', String(at + 1)).replace('{{all}}', String(files.length))}</span> : null}
        <Button href={fileUrl(file.id)} download type="text" icon={<DownloadOutlined aria-hidden="true" />} aria-label={texts.download}>
          <span className="file-word">{texts.download}</span>
        </Button>
        <IconButton label={texts.close} shortcut="Esc" icon={<CloseOutlined aria-hidden="true" />} onClick={onClose} />
      </header>
      <div className="file-stage">
        <View key={file.id} file={file} />
        {at > 0 ? <Button shape="circle" className="file-leaf file-before" aria-label={texts.previous} icon={<LeftOutlined aria-hidden="true" />} onClick={() => setAt(at - 1)} /> : null}
        {at < last ? <Button shape="circle" className="file-leaf file-after" aria-label={texts.next} icon={<RightOutlined aria-hidden="true" />} onClick={() => setAt(at + 1)} /> : null}
      </div>
    </Modal>
  );
}
