/** Which column goes where. The suggestions carry their reason; anything may be changed by hand. */
import { Alert, Button, InputNumber, Select, Tag } from 'antd';
import { useTranslation } from 'react-i18next';
import type { Json } from '#engine/fields/field-type.ts';
import type { TableModel } from '#engine/model/app-model.ts';
import type { Confidence, DraftChanges, ImportColumn, ImportDraft } from '../api/imports.ts';
import { MapTexts } from './MapTexts.tsx';

interface MatchColumnsProps {
  readonly table: TableModel;
  readonly draft: ImportDraft;
  readonly busy: boolean;
  readonly onChange: (changes: DraftChanges) => Promise<void>;
  readonly onNext: () => void;
  readonly onOther: () => void;
}

const ENCODINGS = ['utf-8', 'utf-16le', 'utf-16be', 'gb18030'];
const DELIMITERS = { ',': 'import.comma', '\t': 'import.tab', ';': 'import.semicolon', '|': 'import.pipe' } as const;
const REASONS = { label: 'import.byLabel', alias: 'import.byAlias', content: 'import.byContent', none: 'import.byNone' } as const satisfies Record<Confidence, string>;
const REASON_COLORS = { label: 'green', alias: 'green', content: 'gold', none: 'default' } as const satisfies Record<Confidence, string>;

function FileSettings({ draft, busy, onChange }: Pick<MatchColumnsProps, 'draft' | 'busy' | 'onChange'>) {
  const { t } = useTranslation();
  const { header } = draft;
  const encodings = draft.encoding && !ENCODINGS.includes(draft.encoding) ? [draft.encoding, ...ENCODINGS] : ENCODINGS;
  return (
    <div className="import-settings">
      {draft.sheets.length > 1 ? (
        <label>
          {t('import.sheet')}
          <Select value={draft.sheet} disabled={busy} options={draft.sheets.map((sheet) => ({ value: sheet, label: sheet }))} onChange={(sheet) => (sheet ? void onChange({ sheet }) : undefined)} />
        </label>
      ) : null}
      {draft.encoding ? (
        <label>
          {t('import.encoding')}
          <Select value={draft.encoding} disabled={busy} options={encodings.map((encoding) => ({ value: encoding, label: encoding.toUpperCase() }))} onChange={(encoding) => void onChange({ encoding })} />
        </label>
      ) : null}
      {draft.delimiter ? (
        <label>
          {t('import.delimiter')}
          <Select
            value={draft.delimiter}
            disabled={busy}
            options={Object.entries(DELIMITERS).map(([value, key]) => ({ value, label: t(key) }))}
            onChange={(delimiter) => void onChange({ delimiter })}
          />
        </label>
      ) : null}
      <label>
        {t('import.headerRows')}
        <span className="import-rows">
          {t('import.from')}
          <InputNumber size="small" min={1} max={header.to} precision={0} disabled={busy} value={header.from} onChange={(from) => (from ? void onChange({ header: { from, to: Math.max(from, header.to) } }) : undefined)} />
          {t('import.to')}
          <InputNumber size="small" min={header.from} precision={0} disabled={busy} value={header.to} onChange={(to) => (to ? void onChange({ header: { from: header.from, to } }) : undefined)} />
          {t('import.row')}
        </span>
      </label>
    </div>
  );
}

export function MatchColumns({ table, draft, busy, onChange, onNext, onOther }: MatchColumnsProps) {
  const { t } = useTranslation();
  const taken = new Set(draft.columns.flatMap((column) => (column.target === null ? [] : [column.target])));
  const missing = draft.targets.filter((target) => target.required && !taken.has(target.path)).map((target) => target.label);

  const send = (columns: readonly Pick<ImportColumn, 'index' | 'target' | 'values'>[]) =>
    void onChange({ columns: columns.map(({ index, target, values }) => ({ index, target, ...(values && Object.keys(values).length > 0 && { values }) })) });
  const decide = (chosen: ImportColumn, text: string, value: Json | undefined) => {
    const { [text]: _old, ...others } = chosen.values ?? {};
    send(draft.columns.map((column) => (column.index === chosen.index ? { ...column, values: value === undefined ? others : { ...others, [text]: value } } : column)));
  };
  const choose = (chosen: ImportColumn, target: string | null) => {
    const holders = draft.columns.filter((column) => column.target === target && column.index !== chosen.index);
    // A field takes one column, so choosing it elsewhere moves it; a region already put together from several keeps them.
    const moved = target !== null && holders.length === 1 ? holders[0]?.index : undefined;
    // What single texts meant for another field means nothing for the new one.
    send(draft.columns.map((column) => (column.index === chosen.index ? { index: column.index, target } : column.index === moved ? { index: column.index, target: null } : column)));
  };

  return (
    <div className={busy ? 'import-busy' : undefined} aria-busy={busy}>
      <header className="import-head">
        <strong>{draft.file.name}</strong>
        <span className="quiet">{t('import.rows', { count: draft.totals.rows })}</span>
        {busy ? <span className="quiet">{t('import.reanalysing')}…</span> : null}
      </header>
      <FileSettings draft={draft} busy={busy} onChange={onChange} />
      {draft.ambiguousEncoding ? <Alert type="warning" showIcon title={t('import.ambiguous')} /> : null}
      {missing.length > 0 ? <Alert type="warning" showIcon title={t('import.requiredMissing', { fields: missing.join('、') })} /> : null}
      <div className="import-table import-match">
        <table>
          <thead>
            <tr>
              <th scope="col">{t('import.column')}</th>
              <th scope="col">{t('import.samples')}</th>
              <th scope="col">{t('import.target')}</th>
            </tr>
          </thead>
          <tbody>
            {draft.columns.map((column) => (
              <tr key={column.index}>
                <td>
                  {column.group && column.group !== column.heading ? <span className="quiet">{column.group} / </span> : null}
                  <strong>{column.heading || `#${column.index + 1}`}</strong>
                </td>
                <td className="quiet import-samples">{column.samples.slice(0, 3).join(' · ')}</td>
                <td>
                  <div className="import-target">
                    <Select
                      className="full"
                      aria-label={`${t('import.target')}: ${column.heading}`}
                      allowClear
                      showSearch={{ optionFilterProp: 'label' }}
                      disabled={busy}
                      value={column.target}
                      placeholder={t('import.ignore')}
                      options={draft.targets.map((target) => ({ value: target.path, label: target.required ? `${target.label} *` : target.label }))}
                      onChange={(target: string | null | undefined) => choose(column, target ?? null)}
                    />
                    {column.target === null ? null : <Tag color={REASON_COLORS[column.confidence]}>{column.confidence === 'none' ? t('import.byHand') : t(REASONS[column.confidence])}</Tag>}
                  </div>
                  <MapTexts table={table} column={column} busy={busy} onDecide={(text, value) => decide(column, text, value)} />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <div className="import-options">
        <label>
          {t('import.duplicates')}
          <Select
            value={draft.options.duplicates}
            disabled={busy}
            options={[
              { value: 'create' as const, label: t('import.dupCreate') },
              { value: 'skip' as const, label: t('import.dupSkip') },
              { value: 'update' as const, label: t('import.dupUpdate') },
            ]}
            onChange={(duplicates) => void onChange({ options: { duplicates } })}
          />
        </label>
      </div>
      <div className="import-foot">
        <Button onClick={onOther}>{t('import.chooseOther')}</Button>
        <Button type="primary" disabled={busy || draft.totals.rows === 0} onClick={onNext}>
          {t('action.next')}
        </Button>
      </div>
    </div>
  );
}
