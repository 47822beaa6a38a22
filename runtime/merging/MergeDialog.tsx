/** Two to five records become one: which stays, which values it takes, what comes along. One button, which names the record that stays. */
import { Alert, Modal } from 'antd';
import { useState } from 'react';
import type { TableModel } from '#engine/model/app-model.ts';
import { UNDO_DAYS } from '#engine/records/merge.ts';
import { mergeRecords, type MergePreview, useMergePreview } from '../api/merges.ts';
import { isProblem } from '../api/problem.ts';
import { refreshTable } from '../api/records.ts';
import { fill } from '../app/i18n/fill.ts';
import { useLabel } from '../app/i18n/index.ts';
import { titleOf } from '../model/titles.ts';
import { ErrorState, useErrorText } from '../ui/ErrorState.tsx';
import { BlockSkeleton } from '../ui/Skeletons.tsx';
import { useToast } from '../ui/toast.tsx';
import { removeFromLists } from '../views/table/list-cache.ts';
import { likelySurvivor, movesTo } from './choices.ts';
import { EVERY, MergeColumns } from './MergeColumns.tsx';
import { useMergeTexts } from './texts.ts';
import { useCounts, useUndoMerge } from './use-undo-merge.ts';

interface MergeDialogProps {
  readonly table: TableModel;
  readonly ids: readonly string[];
  readonly onClose: () => void;
  readonly onDone: (survivor: string) => void;
}

export function MergeDialog({ table, ids, onClose, onDone }: MergeDialogProps) {
  const texts = useMergeTexts();
  const label = useLabel();
  const toast = useToast();
  const errorText = useErrorText();
  const counts = useCounts();
  const undo = useUndoMerge();
  const read = useMergePreview(table.name, ids);
  const preview = read.data;
  const [picked, setPicked] = useState<string>();
  const [chosen, setChosen] = useState<Readonly<Record<string, string>>>({});
  const [busy, setBusy] = useState(false);
  const [problems, setProblems] = useState<readonly string[]>([]);
  const survivor = picked ?? (preview && likelySurvivor(preview));
  const stays = preview?.records.find(({ data }) => data.id === survivor);
  const name = stays ? titleOf(table, stays.data, stays.included) || stays.data.id : '';

  const run = async (from: MergePreview, id: string) => {
    setBusy(true);
    setProblems([]);
    try {
      const version = (record: MergePreview['records'][number]) => ({ id: record.data.id, version: record.data.version });
      const losers = from.records.filter(({ data }) => data.id !== id);
      const values = Object.fromEntries(Object.entries(chosen).filter(([, source]) => source !== EVERY));
      const done = await mergeRecords(table.name, { survivor: { id, version: Number(from.records.find(({ data }) => data.id === id)?.data.version) }, losers: losers.map(version), values });
      removeFromLists(table.name, losers.map(({ data }) => data.id));
      for (const changed of new Set([table.name, ...done.moved.flatMap((one) => one.table ?? [])])) refreshTable(changed);
      toast({ text: done.doubled > 0 ? fill(texts.mergedDoubled, { name, n: done.doubled }) : fill(texts.merged, { name }), action: { label: texts.undo, run: () => void undo(done.merge) } });
      onClose();
      onDone(id);
    } catch (error) {
      setProblems(isProblem(error) && error.issues.length > 0 ? [...new Set(error.issues.map(({ message }) => message))] : [errorText(error)]);
      // Somebody has changed one of them: what is shown is what there is now.
      if (isProblem(error, 409)) void read.refetch();
    } finally {
      setBusy(false);
    }
  };

  const body = () => {
    if (read.isPending) return <BlockSkeleton lines={6} />;
    if (!preview) return <ErrorState error={read.error} onRetry={() => void read.refetch()} />;
    if (survivor === undefined) return <Alert type="warning" showIcon title={texts.none} />;
    const moving = movesTo(preview, survivor);
    return (
      <>
        {problems.length > 0 ? <Alert type="error" showIcon className="merge-problem" title={problems.map((text) => <div key={text}>{text}</div>)} /> : null}
        <MergeColumns table={table} preview={preview} survivor={survivor} onSurvivor={setPicked} chosen={chosen} onChoose={(field, id) => setChosen((now) => ({ ...now, [field]: id }))} />
        <p className="merge-moves">
          {moving.length > 0 ? fill(texts.moves, { list: counts(moving) }) : texts.movesNone} <span className="quiet">{fill(texts.undoHint, { n: UNDO_DAYS })}</span>
        </p>
      </>
    );
  };

  return (
    <Modal
      open
      width={Math.min(1160, 320 + ids.length * 260)}
      rootClassName="merge-root"
      className="merge-dialog"
      title={fill(texts.title, { n: ids.length, table: label(ids.length > 1 ? table.pluralLabel : table.label) })}
      okText={name ? fill(texts.merge, { name }) : fill(texts.title, { n: ids.length, table: label(table.pluralLabel) })}
      cancelText={texts.cancel}
      okButtonProps={{ disabled: !preview || survivor === undefined, className: 'merge-ok' }}
      confirmLoading={busy}
      onCancel={onClose}
      onOk={() => (preview && survivor !== undefined ? void run(preview, survivor) : undefined)}
    >
      {body()}
    </Modal>
  );
}
