import { FileExcelOutlined } from '@ant-design/icons';
import { Alert, Progress } from 'antd';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { TableModel } from '#engine/model/app-model.ts';
import { type ImportDraft, uploadImport } from '../api/imports.ts';
import { useErrorText } from '../ui/ErrorState.tsx';

/** One file, chosen or dropped. What is wrong with it is said here, where another can be tried. */
export function UploadStep({ table, onUploaded }: { table: TableModel; onUploaded: (draft: ImportDraft) => void }) {
  const { t } = useTranslation();
  const errorText = useErrorText();
  const picker = useRef<HTMLInputElement>(null);
  const [sent, setSent] = useState<number | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const [over, setOver] = useState(false);

  const upload = async (file: File | undefined) => {
    if (!file) return;
    setProblem(null);
    setSent(0);
    try {
      onUploaded(await uploadImport(table.name, file, setSent));
    } catch (error) {
      setProblem(errorText(error));
    } finally {
      setSent(null);
      if (picker.current) picker.current.value = '';
    }
  };

  return (
    <div className="import-upload">
      {problem ? <Alert type="error" showIcon title={problem} role="alert" /> : null}
      <button
        type="button"
        className={over ? 'drop-zone import-drop drop-over' : 'drop-zone import-drop'}
        disabled={sent !== null}
        onClick={() => picker.current?.click()}
        onDragOver={(event) => {
          event.preventDefault();
          setOver(true);
        }}
        onDragLeave={() => setOver(false)}
        onDrop={(event) => {
          event.preventDefault();
          setOver(false);
          void upload(event.dataTransfer.files[0]);
        }}
      >
        <FileExcelOutlined aria-hidden="true" />
        <strong>{t('import.dropTitle')}</strong>
        <span className="quiet">{t('import.dropHint')}</span>
        {sent !== null ? <Progress percent={Math.round(sent * 100)} size="small" /> : null}
      </button>
      <input ref={picker} type="file" hidden accept=".xlsx,.csv,.txt,.tsv" onChange={(event) => void upload(event.target.files?.[0])} />
    </div>
  );
}
