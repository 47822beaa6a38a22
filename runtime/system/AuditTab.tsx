/** Who did what and when: filtered, with each value before and after; the chain examined, the list taken out. */
import { DownloadOutlined, SafetyCertificateOutlined, SearchOutlined } from '@ant-design/icons';
import { Alert, Button, DatePicker, Input, Select, Tag } from 'antd';
import { useState } from 'react';
import { Link } from 'react-router';
import type { Json } from '#engine/fields/field-type.ts';
import { fromLocal } from '#engine/rules/time.ts';
import { useFewRecords } from '../api/records.ts';
import { type AuditEntry, type AuditFilter, downloadAudit, useAudit, verifyAudit } from '../api/system.ts';
import { useLabel, useLocale } from '../app/i18n/index.ts';
import { recordPagePath } from '../app/paths.ts';
import { isSystemOwner, useApp } from '../app/session.tsx';
import { formatMoment, formatNumber } from '../fields/format.ts';
import { EmptyState } from '../ui/EmptyState.tsx';
import { ErrorState, useErrorText } from '../ui/ErrorState.tsx';
import { RowsSkeleton } from '../ui/Skeletons.tsx';
import { useToast } from '../ui/toast.tsx';
import { useDebounced } from '../ui/use-debounced.ts';
import { useSystemTexts } from './texts.ts';

const MOST_SHOWN = 8;
/** Ids of what has no name: a comment is found by its record. */
const UNTOLD = new Set(['comment']);
const MOMENT = /^\d{4}-\d\d-\d\dT[\d:.]+Z$/;

export function AuditTab() {
  const texts = useSystemTexts();
  const label = useLabel();
  const locale = useLocale();
  const toast = useToast();
  const errorText = useErrorText();
  const app = useApp();
  const { model } = app;
  const isOwner = isSystemOwner(app);
  const { timeZone } = model.settings;
  const [filter, setFilter] = useState<AuditFilter>({});
  const [text, setText] = useState('');
  const [chain, setChain] = useState<{ rows: number; broken: number | null } | null>(null);
  const [busy, setBusy] = useState(false);
  const settled = useDebounced(text, 400);
  const asked: AuditFilter = { ...filter, ...(settled.trim() && { text: settled.trim() }) };
  const audit = useAudit(asked);
  const users = useFewRecords('user', { fields: ['name'], sort: ['name'], limit: 200 }, true);
  const set = (patch: AuditFilter) => setFilter((old) => ({ ...old, ...patch }));
  const entries = audit.data?.pages.flatMap((page) => page.data) ?? [];
  const tell = (error: unknown) => toast({ kind: 'error', text: errorText(error) });

  const examine = async () => {
    setBusy(true);
    await verifyAudit().then(setChain, tell);
    setBusy(false);
  };

  return (
    <>
      <div className="audit-filter">
        <Select
          allowClear
          showSearch={{ optionFilterProp: 'label' }}
          placeholder={texts.anyone}
          aria-label={texts.who}
          value={filter.user ?? null}
          onChange={(user) => set({ user: user ?? undefined })}
          options={[{ value: 'system', label: texts.system }, ...(users.data?.data ?? []).map((user) => ({ value: user.id, label: String(user.name ?? '') }))]}
        />
        <Select allowClear placeholder={texts.anyAction} aria-label={texts.what} value={filter.action ?? null} onChange={(action) => set({ action: action ?? undefined })} options={Object.entries(texts.actions).map(([value, name]) => ({ value, label: name }))} />
        <Select
          allowClear
          showSearch={{ optionFilterProp: 'label' }}
          placeholder={texts.anyTable}
          aria-label={texts.table}
          value={filter.table ?? null}
          onChange={(table) => set({ table: table ?? undefined })}
          options={Object.values(model.tables).map((table) => ({ value: table.name, label: label(table.label) }))}
        />
        <DatePicker.RangePicker
          aria-label={texts.when}
          onChange={(_, [from, to]) => set({ from: from ? fromLocal(from, timeZone) : undefined, to: to ? fromLocal(`${to}T23:59:59`, timeZone) : undefined })}
        />
        {isOwner ? <Input allowClear prefix={<SearchOutlined aria-hidden="true" />} placeholder={texts.text} aria-label={texts.text} value={text} onChange={(event) => setText(event.target.value)} /> : null}
        <Button icon={<SafetyCertificateOutlined aria-hidden="true" />} loading={busy} onClick={() => void examine()}>{texts.verify}</Button>
        {isOwner ? <Button icon={<DownloadOutlined aria-hidden="true" />} onClick={() => void downloadAudit(asked).catch(tell)}>{texts.download}</Button> : null}
      </div>
      {chain ? <Alert closable onClose={() => setChain(null)} showIcon type={chain.broken === null ? 'success' : 'error'} title={chain.broken === null ? texts.whole(formatNumber(chain.rows, locale)) : texts.broken(formatNumber(chain.broken, locale))} /> : null}
      {audit.isPending ? <RowsSkeleton rows={10} columns={3} /> : null}
      {audit.isError ? <ErrorState error={audit.error} onRetry={() => void audit.refetch()} /> : null}
      {audit.isSuccess && entries.length === 0 ? <EmptyState title={texts.none} /> : null}
      <ul className="audit-list">
        {entries.map((entry) => <Entry key={entry.seq} entry={entry} />)}
      </ul>
      {audit.hasNextPage ? <Button loading={audit.isFetchingNextPage} onClick={() => void audit.fetchNextPage()}>{texts.more}</Button> : null}
    </>
  );
}

function Entry({ entry }: { entry: AuditEntry }) {
  const texts = useSystemTexts();
  const locale = useLocale();
  const { model } = useApp();
  const [open, setOpen] = useState(false);
  const shown = open ? entry.changes : entry.changes.slice(0, MOST_SHOWN);
  const isRecord = model.tables[entry.table] !== undefined && entry.title !== null;
  const detail = entry.detail !== null && typeof entry.detail === 'object' ? Object.entries(entry.detail).filter(([key, value]) => !UNTOLD.has(key) && value !== null && !(Array.isArray(value) && value.length === 0)) : [];
  const named = (value: Json): string => {
    if (Array.isArray(value) && value.every((one) => typeof one === 'string')) return value.map(named).join(locale === 'zh-CN' ? '、' : ', ');
    return typeof value === 'string' ? (entry.names[value] ?? (MOMENT.test(value) ? formatMoment(value, locale, model.settings.timeZone) : value)) : JSON.stringify(value);
  };
  return (
    <li>
      <span className="tabular quiet">{formatMoment(entry.at, locale, model.settings.timeZone)}</span>
      <span>{entry.byName}</span>
      <div className="audit-what">
        <Tag>{texts.actions[entry.action] ?? entry.action}</Tag>
        {entry.tableLabel} {isRecord ? <Link to={recordPagePath(entry.table, entry.record)}>{entry.title}</Link> : null}
        {detail.length > 0 ? <p className="quiet">{detail.map(([key, value]) => `${texts.of(texts.keys[`${entry.action}.${key}`] ?? texts.keys[key] ?? key)}${named(value)}`).join(' · ')}</p> : null}
        <ul className="audit-changes">
          {shown.map(({ field, label, before, after }) => (
            <li key={field}>
              {texts.of(label)}{entry.action === 'create' ? null : <><del>{before || texts.empty}</del> → </>}{after || texts.empty}
            </li>
          ))}
        </ul>
        {shown.length < entry.changes.length ? <Button type="link" size="small" onClick={() => setOpen(true)}>{texts.more}</Button> : null}
      </div>
    </li>
  );
}
