/** Takes records out as a file: what, in which form; then how far it is, and the file. */
import { Alert, Button, Modal, Progress, Segmented, Select } from 'antd';
import { useEffect, useRef, useState } from 'react';
import type { TableModel } from '#engine/model/app-model.ts';
import type { Rule } from '#engine/rules/rule.ts';
import { cancelExport, type ExportEntry, type ExportFormat, exportFileUrl, type ExportRequest, startExport, useExport } from '../api/exports.ts';
import { useLabel, useLocale } from '../app/i18n/index.ts';
import { formatNumber } from '../fields/format.ts';
import { FilterSentence } from '../rules/FilterSentence.tsx';
import { useErrorText } from '../ui/ErrorState.tsx';
import './export.css';
import { useExportTexts } from './texts.ts';

export interface ExportSource {
  readonly filter?: Rule | undefined;
  readonly search?: string | undefined;
  readonly sort?: readonly string[] | undefined;
  /** Paths of the columns shown. */
  readonly columns: readonly string[];
  /** Only these records. */
  readonly ids?: readonly string[] | undefined;
}

const CURRENT = '';
const ENCODINGS = { utf8: { encoding: 'utf-8', bom: true }, utf8Plain: { encoding: 'utf-8', bom: false }, gb18030: { encoding: 'gb18030' } } as const satisfies Record<string, Pick<ExportRequest, 'encoding' | 'bom'>>;
type Encoding = keyof typeof ENCODINGS;
const DELIMITERS = { comma: ',', semicolon: ';', tab: '\t' } as const;
type Delimiter = keyof typeof DELIMITERS;

export function ExportDialog({ table, source, onClose }: { table: TableModel; source: ExportSource; onClose: () => void }) {
  const texts = useExportTexts();
  const label = useLabel();
  const errorText = useErrorText();
  const locale = useLocale();
  const [preset, setPreset] = useState(CURRENT);
  const [format, setFormat] = useState<ExportFormat>('xlsx');
  const [every, setEvery] = useState(false);
  const [style, setStyle] = useState<'plain' | 'card'>('plain');
  const [encoding, setEncoding] = useState<Encoding>('utf8');
  const [delimiter, setDelimiter] = useState<Delimiter>('comma');
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const [id, setId] = useState<string>();
  const sentence = useRef<HTMLDivElement>(null);
  const isCurrent = preset === CURRENT;

  const start = async () => {
    setBusy(true);
    setProblem(null);
    try {
      const { filter, search, sort, columns, ids } = source;
      const body: ExportRequest = {
        format,
        locale,
        ...(isCurrent
          ? {
              ...(!every && { columns }),
              ...(ids ? { ids } : { ...(filter !== undefined && { filter }), ...(search && { search }), filterText: sentence.current?.textContent ?? '' }),
              ...(sort && sort.length > 0 && { sort }),
            }
          : { preset }),
        ...(format === 'xlsx' && { style }),
        ...(format === 'csv' && { ...ENCODINGS[encoding], delimiter: DELIMITERS[delimiter] }),
      };
      setId((await startExport(table.name, body)).id);
    } catch (error) {
      setProblem(errorText(error));
    } finally {
      setBusy(false);
    }
  };

  return (
    <Modal
      open
      title={texts.title(label(table.pluralLabel))}
      onCancel={onClose}
      width={520}
      footer={id === undefined ? [<Button key="start" type="primary" loading={busy} onClick={() => void start()}>{texts.start}</Button>] : null}
    >
      {id !== undefined ? (
        <ExportState id={id} onAgain={() => setId(undefined)} />
      ) : (
        <>
          {problem ? <Alert type="error" showIcon title={problem} /> : null}
          <div className="export-choices">
            <label htmlFor="export-what">{texts.content}</label>
            <div>
              <Select
                id="export-what"
                style={{ width: '100%' }}
                value={preset}
                onChange={setPreset}
                options={[
                  { value: CURRENT, label: source.ids ? texts.selected(formatNumber(source.ids.length, locale)) : texts.current },
                  ...(source.ids ? [] : table.exports.map((own) => ({ value: own.name, label: label(own.label) }))),
                ]}
              />
              {isCurrent ? null : <p>{texts.presetHint}</p>}
            </div>
            {isCurrent && !source.ids && (source.filter !== undefined || source.search) ? (
              <>
                <label>{texts.filter}</label>
                <div ref={sentence} className="export-filter">
                  {source.filter !== undefined ? <FilterSentence table={table} filter={source.filter} /> : null}
                  {source.search ? <span> {texts.search(source.search)}</span> : null}
                </div>
              </>
            ) : null}
            <label htmlFor="export-format">{texts.format}</label>
            <div>
              <Segmented<ExportFormat> id="export-format" value={format} onChange={setFormat} options={(['xlsx', 'csv', 'pdf'] as const).map((value) => ({ value, label: texts[value] }))} />
              {format === 'pdf' ? <p>{texts.pdfLimit}</p> : null}
            </div>
            {isCurrent ? (
              <>
                <label htmlFor="export-columns">{texts.columns}</label>
                <Segmented<boolean> id="export-columns" value={every} onChange={setEvery} options={[{ value: false, label: texts.shown(source.columns.length) }, { value: true, label: texts.all }]} />
              </>
            ) : null}
            {format === 'xlsx' ? (
              <>
                <label htmlFor="export-style">{texts.style}</label>
                <div>
                  <Segmented<'plain' | 'card'> id="export-style" value={style} onChange={setStyle} options={(['plain', 'card'] as const).map((value) => ({ value, label: texts[value] }))} />
                  {style === 'card' ? <p>{texts.cardHint}</p> : null}
                </div>
              </>
            ) : null}
            {format === 'csv' ? (
              <>
                <label htmlFor="export-encoding">{texts.encoding}</label>
                <Select<Encoding> id="export-encoding" value={encoding} onChange={setEncoding} options={(Object.keys(ENCODINGS) as Encoding[]).map((value) => ({ value, label: texts[value] }))} />
                <label htmlFor="export-delimiter">{texts.delimiter}</label>
                <Segmented<Delimiter> id="export-delimiter" value={delimiter} onChange={setDelimiter} options={(Object.keys(DELIMITERS) as Delimiter[]).map((value) => ({ value, label: texts[value] }))} />
              </>
            ) : null}
          </div>
          <p className="quiet">{texts.note}</p>
        </>
      )}
    </Modal>
  );
}

function download(entry: ExportEntry): void {
  const link = document.createElement('a');
  link.href = exportFileUrl(entry.id);
  link.download = entry.fileName;
  link.click();
}

function ExportState({ id, onAgain }: { id: string; onAgain: () => void }) {
  const texts = useExportTexts();
  const locale = useLocale();
  const errorText = useErrorText();
  const found = useExport(id);
  const entry = found.data;
  const fetched = useRef<string>('');
  useEffect(() => {
    // Once, however often it is drawn.
    if (entry?.state !== 'done' || fetched.current === entry.id) return;
    fetched.current = entry.id;
    download(entry);
  }, [entry]);
  if (found.isError) return <Alert type="error" showIcon title={errorText(found.error)} />;
  const number = (value: number) => formatNumber(value, locale);
  const again = <Button onClick={onAgain}>{texts.another}</Button>;
  if (entry === undefined || entry.state === 'running') {
    const { done = 0, total = 0 } = entry ?? {};
    return (
      <div className="export-state" aria-live="polite">
        <Progress percent={total > 0 ? Math.floor((done / total) * 100) : 0} status="active" />
        <p className="tabular">{texts.running(number(done), number(total))}</p>
        <p className="quiet">{texts.keeps}</p>
        <p><Button onClick={() => void cancelExport(id)}>{texts.cancel}</Button></p>
      </div>
    );
  }
  if (entry.state === 'done') {
    return (
      <div className="export-state" aria-live="polite">
        <Alert type="success" showIcon title={texts.done(number(entry.done))} description={`${entry.fileName}. ${texts.kept}`} />
        <p><Button type="primary" onClick={() => download(entry)}>{texts.again}</Button> {again}</p>
      </div>
    );
  }
  return (
    <div className="export-state" aria-live="polite">
      <Alert type={entry.state === 'failed' ? 'error' : 'info'} showIcon title={entry.problem ?? texts.cancelled} />
      <p>{again}</p>
    </div>
  );
}
