/** Which records one record is to be merged with: those that look alike, and whatever one searches for. Then the merge itself. */
import { SearchOutlined } from '@ant-design/icons';
import { useQuery } from '@tanstack/react-query';
import { Checkbox, Input, Modal } from 'antd';
import { useState } from 'react';
import type { TableModel } from '#engine/model/app-model.ts';
import { MOST_LOSERS } from '#engine/records/merge.ts';
import { findDuplicates, useFewRecords } from '../api/records.ts';
import type { RecordAnswer } from '../api/types.ts';
import { fill } from '../app/i18n/fill.ts';
import { useLabel } from '../app/i18n/index.ts';
import { titleOf } from '../model/titles.ts';
import { EmptyState } from '../ui/EmptyState.tsx';
import { ErrorState } from '../ui/ErrorState.tsx';
import { RowsSkeleton } from '../ui/Skeletons.tsx';
import { useDebounced } from '../ui/use-debounced.ts';
import { MergeDialog } from './MergeDialog.tsx';
import { useMergeTexts } from './texts.ts';

interface MergeWithDialogProps {
  readonly table: TableModel;
  readonly answer: RecordAnswer;
  readonly onClose: () => void;
  readonly onDone: (survivor: string) => void;
}

interface Candidate {
  readonly id: string;
  readonly title: string;
  readonly hint: string;
}

export function MergeWithDialog({ table, answer, onClose, onDone }: MergeWithDialogProps) {
  const texts = useMergeTexts();
  const label = useLabel();
  const [text, setText] = useState('');
  const [picked, setPicked] = useState<readonly string[]>([]);
  const [comparing, setComparing] = useState(false);
  const { data } = answer;
  const search = useDebounced(text.trim(), 250);
  const alike = useAlike(table, answer);
  const found = useFewRecords(table.name, { search, fields: [table.titleField, 'owner'], limit: 10 }, search !== '');
  if (comparing) return <MergeDialog table={table} ids={[data.id, ...picked]} onClose={onClose} onDone={onDone} />;

  const hits: Candidate[] = (search === '' ? [] : (found.data?.data ?? [])).filter(({ id }) => id !== data.id).map((record) => ({ id: record.id, title: titleOf(table, record, found.data?.included ?? {}), hint: found.data?.included.user?.[String(record.owner)]?.title ?? '' }));
  const shown = search === '' ? alike.candidates : hits;
  const isWaiting = search === '' ? alike.isPending : found.isPending;
  const toggle = (id: string) => setPicked((now) => (now.includes(id) ? now.filter((one) => one !== id) : [...now, id]));
  const names = { name: titleOf(table, data, answer.included), table: label(table.label) };
  return (
    <Modal
      open
      width={560}
      title={fill(texts.withTitle, names)}
      okText={texts.next}
      cancelText={texts.cancel}
      okButtonProps={{ disabled: picked.length === 0 || picked.length > MOST_LOSERS }}
      onCancel={onClose}
      onOk={() => setComparing(true)}
    >
      <Input allowClear prefix={<SearchOutlined className="quiet" aria-hidden="true" />} placeholder={fill(texts.search, { table: label(table.pluralLabel) })} aria-label={fill(texts.search, { table: label(table.pluralLabel) })} value={text} onChange={(event) => setText(event.target.value)} />
      <div className="merge-with">
        {found.isError && search !== '' ? <ErrorState error={found.error} onRetry={() => void found.refetch()} /> : null}
        {isWaiting ? <RowsSkeleton rows={3} columns={1} /> : null}
        {!isWaiting && shown.length > 0 ? <p className="merge-with-head">{search === '' ? texts.suggested : texts.found}</p> : null}
        {!isWaiting && shown.length === 0 && !found.isError ? <EmptyState small title={search === '' ? fill(texts.nothing, { table: label(table.pluralLabel) }) : fill(texts.noHit, { q: search })} {...(search === '' && { hint: texts.nothingHint })} /> : null}
        {isWaiting
          ? null
          : shown.map(({ id, title, hint }) => (
              <label key={id} className="merge-with-row">
                <Checkbox checked={picked.includes(id)} onChange={() => toggle(id)} />
                <span className="merge-with-title">{title || id}</span>
                <span className="quiet ellipsis">{hint}</span>
              </label>
            ))}
      </div>
      {picked.length > MOST_LOSERS ? <p className="field-problem">{fill(texts.most, { n: MOST_LOSERS + 1 })}</p> : null}
    </Modal>
  );
}

/** What the finder of duplicates says of the record as it stands; of records one may not see nothing can be merged. */
function useAlike(table: TableModel, { data, access }: RecordAnswer): { candidates: readonly Candidate[]; isPending: boolean } {
  const watched = [...new Set(table.duplicates.flatMap((rule) => rule.fields))].filter((name) => access.fields[name] !== 'masked');
  const values = Object.fromEntries(table.duplicates.length > 0 ? Object.entries(data).filter(([name, value]) => value !== null && table.fields[name] && access.fields[name] !== 'masked') : []);
  const found = useQuery({
    queryKey: ['duplicates', table.name, data.id, 'merge'],
    queryFn: () => findDuplicates(table.name, values, data.id),
    enabled: watched.length > 0,
    retry: false,
  });
  const candidates = (found.data?.matches ?? []).flatMap(({ id, table: of, title, message }) => (id === null || of !== table.name ? [] : [{ id, title: title ?? '', hint: message }]));
  return { candidates, isPending: watched.length > 0 && found.isPending };
}
