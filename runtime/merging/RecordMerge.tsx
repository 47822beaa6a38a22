/** Merging from a record's page: with the one its address names, or with those one looks for. Whoever stood on a record that goes is led to the one that stays. */
import { useNavigate, useSearchParams } from 'react-router';
import type { TableModel } from '#engine/model/app-model.ts';
import type { RecordAnswer } from '../api/types.ts';
import { MERGE_PARAM, recordPagePath } from '../app/paths.ts';
import { MergeDialog } from './MergeDialog.tsx';
import { MergeWithDialog } from './MergeWithDialog.tsx';

interface RecordMergeProps {
  readonly table: TableModel;
  readonly answer: RecordAnswer;
  /** From the address; null: still to be found. */
  readonly twin: string | null;
  readonly onClose: () => void;
}

export function RecordMerge({ table, answer, twin, onClose }: RecordMergeProps) {
  const navigate = useNavigate();
  const [, setParams] = useSearchParams();
  const close = () => {
    if (twin !== null)
      setParams(
        (now) => {
          now.delete(MERGE_PARAM);
          return now;
        },
        { replace: true },
      );
    onClose();
  };
  const done = (survivor: string) => {
    if (survivor !== answer.data.id) void navigate(recordPagePath(table.name, survivor), { replace: true });
  };
  if (twin !== null) return <MergeDialog table={table} ids={[answer.data.id, twin]} onClose={close} onDone={done} />;
  return <MergeWithDialog table={table} answer={answer} onClose={close} onDone={done} />;
}
