/** What a file looks like, by its kind. The server decides what a browser may be given in place. */
import { CompressOutlined, FileOutlined, ZoomInOutlined, ZoomOutOutlined } from '@ant-design/icons';
import { useQuery } from '@tanstack/react-query';
import { Button } from 'antd';
import { useEffect, useState } from 'react';
import { fileUrl, inlineUrl, readFileText } from '../api/files.ts';
import type { FileInfo } from '../api/types.ts';
import { useLocale } from '../app/i18n/index.ts';
import { formatSize } from '../fields/format.ts';
import { IconButton } from '../ui/IconButton.tsx';
import { BlockSkeleton } from '../ui/Skeletons.tsx';
import { kindName } from './preview-kind.ts';
import { useFileTexts } from './texts.ts';

const SCALES = [1, 1.5, 2, 3, 4, 6];

/** Fits the window, or larger and then moved by scrolling. */
export function ImageView({ file }: { file: FileInfo }) {
  const texts = useFileTexts();
  const [step, setStep] = useState(0);
  const [broken, setBroken] = useState(false);
  const scale = SCALES[step] ?? 1;
  const most = SCALES.length - 1;

  useEffect(() => {
    const zoom = (event: KeyboardEvent) => {
      if (event.ctrlKey || event.metaKey) return;
      if (event.key === '+' || event.key === '=') setStep((now) => Math.min(most, now + 1));
      else if (event.key === '-') setStep((now) => Math.max(0, now - 1));
      else if (event.key === '0') setStep(0);
    };
    window.addEventListener('keydown', zoom, true);
    return () => window.removeEventListener('keydown', zoom, true);
  }, [most]);

  if (broken) return <FileCard file={file} problem={texts.failed} />;
  return (
    <>
      <div className={step > 0 ? 'file-image file-zoomed' : 'file-image'}>
        <img
          src={inlineUrl(file.id)}
          alt={file.name}
          style={step > 0 ? { width: `${scale * 100}%` } : undefined}
          onDoubleClick={() => setStep((now) => (now > 0 ? 0 : 2))}
          onError={() => setBroken(true)}
        />
      </div>
      <div className="file-zoom">
        <IconButton label={texts.zoomOut} shortcut="-" icon={<ZoomOutOutlined aria-hidden="true" />} disabled={step === 0} onClick={() => setStep(step - 1)} />
        <span className="tabular">{Math.round(scale * 100)}%</span>
        <IconButton label={texts.zoomIn} shortcut="+" icon={<ZoomInOutlined aria-hidden="true" />} disabled={step === most} onClick={() => setStep(step + 1)} />
        <IconButton label={texts.fit} shortcut="0" icon={<CompressOutlined aria-hidden="true" />} disabled={step === 0} onClick={() => setStep(0)} />
      </div>
    </>
  );
}

/** The browser's own reader. It starts in no sandbox, so the server gives it nothing that is not a PDF by its bytes. */
export function PdfView({ file }: { file: FileInfo }) {
  return <iframe className="file-frame" title={file.name} src={inlineUrl(file.id)} />;
}

/** Words, whatever they are: a page or a drawing is read as its source. */
export function TextView({ file }: { file: FileInfo }) {
  const texts = useFileTexts();
  const read = useQuery({ queryKey: ['file-text', file.id], queryFn: ({ signal }) => readFileText(file.id, signal), staleTime: Number.POSITIVE_INFINITY });
  if (read.isPending) return <BlockSkeleton />;
  if (read.isError) return <FileCard file={file} problem={texts.failed} />;
  const { text, truncated } = read.data;
  if (text === null) return <FileCard file={file} />;
  if (text === '') return <FileCard file={file} problem={texts.empty} />;
  return (
    <div className="file-text">
      <pre tabIndex={0}>{text}</pre>
      {truncated ? <p className="quiet">{texts.truncated}</p> : null}
    </div>
  );
}

export function FileCard({ file, problem }: { file: FileInfo; problem?: string }) {
  const texts = useFileTexts();
  const locale = useLocale();
  const isPdf = file.type === 'application/pdf';
  return (
    <div className="file-card">
      <FileOutlined aria-hidden="true" />
      <strong>{file.name}</strong>
      <span className="quiet">
        {kindName(file)} · {formatSize(file.size, locale)}
      </span>
      <p className="quiet">{problem ?? (isPdf ? texts.noPdf : texts.noPreview)}</p>
      <div className="file-card-actions">
        <Button type="primary" href={fileUrl(file.id)} download>
          {texts.download}
        </Button>
        {isPdf && problem === undefined ? (
          <Button href={inlineUrl(file.id)} target="_blank" rel="noopener noreferrer">
            {texts.open}
          </Button>
        ) : null}
      </div>
    </div>
  );
}
