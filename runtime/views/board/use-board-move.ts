/** A card goes to another column: at once on screen, then on the server; what it refuses goes back with the reason, what it misses is asked for. */
import { useState } from 'react';
import type { TableModel } from '#engine/model/app-model.ts';
import type { FormDefinition } from '#engine/model/definitions.ts';
import { isProblem } from '../../api/problem.ts';
import { queryClient } from '../../api/query-client.ts';
import { readRecord, recordKeys, type RecordQuery, refreshTable, updateRecord } from '../../api/records.ts';
import type { Included, RecordAnswer, RecordData } from '../../api/types.ts';
import { fill } from '../../app/i18n/fill.ts';
import { useErrorText } from '../../ui/ErrorState.tsx';
import { useToast } from '../../ui/toast.tsx';
import { type Pages, patchLists } from '../table/list-cache.ts';
import type { BoardColumn, BoardSettings } from './board-columns.ts';
import { putIntoPages, takeFromPages } from './move-card.ts';
import { useBoardTexts } from './texts.ts';

export interface Gate {
  readonly column: BoardColumn;
  readonly answer: RecordAnswer;
  readonly form: FormDefinition;
}

interface MoveRequest {
  readonly table: TableModel;
  readonly settings: BoardSettings;
  readonly queryOf: (key: string | null) => RecordQuery;
  readonly shift: (from: string | null, to: string | null, sum: number) => void;
  /** Where what is missing can be added, when the refusal names no field to ask for. */
  readonly onOpen: (id: string) => void;
}

export function useBoardMove({ table, settings, queryOf, shift, onOpen }: MoveRequest) {
  const texts = useBoardTexts();
  const toast = useToast();
  const errorText = useErrorText();
  const [gate, setGate] = useState<Gate | null>(null);
  const { field, amount } = settings;

  const carry = (record: RecordData, included: Included, from: string | null, to: string | null): void => {
    queryClient.setQueryData<Pages>(recordKeys.list(table.name, queryOf(from)), (pages) => pages && takeFromPages(pages, record.id));
    queryClient.setQueryData<Pages>(recordKeys.list(table.name, queryOf(to)), (pages) => pages && putIntoPages(pages, { ...record, [field.name]: to }, included));
    shift(from, to, amount === undefined ? 0 : Number(record[amount] ?? 0));
  };

  const move = async (record: RecordData, included: Included, from: BoardColumn, to: BoardColumn, isUndo = false): Promise<void> => {
    if (from.id === to.id) return;
    carry(record, included, from.key, to.key);
    try {
      const answer = await updateRecord(table.name, record.id, record.version, { [field.name]: to.key });
      patchLists(table.name, record.id, answer.data, answer.included);
      queryClient.setQueryData(recordKeys.one(table.name, record.id), answer);
      for (const kind of ['one', 'few', 'timeline']) void queryClient.invalidateQueries({ queryKey: ['records', table.name, kind] });
      if (!isUndo) toast({ text: fill(texts.moved, { name: to.text }), action: { label: texts.undo, run: () => void move({ ...record, ...answer.data }, answer.included, to, from, true) } });
    } catch (error) {
      carry({ ...record, [field.name]: from.key }, included, to.key, from.key);
      if (isProblem(error, 422)) {
        const missing = error.issues.flatMap(({ path }) => path.split('/')[1] ?? []).filter((name) => table.fields[name] !== undefined && name !== field.name);
        if (missing.length > 0) {
          const heading = field.label;
          const answer = await readRecord(table.name, record.id);
          setGate({ column: to, answer, form: { name: 'gate', label: heading, sections: [{ name: 'gate', label: heading, fields: [...new Set(missing)] }] } });
          return;
        }
        toast({ kind: 'error', text: fill(texts.refused, { why: error.issues.map(({ message }) => message).join(' ') || errorText(error) }), action: { label: texts.open, run: () => onOpen(record.id) } });
        return;
      }
      toast({ kind: 'error', text: fill(texts.refused, { why: errorText(error) }) });
      // Somebody else was faster, or it is gone: what is true now is read again.
      if (isProblem(error, 409) || isProblem(error, 404)) refreshTable(table.name);
    }
  };
  return { move, gate, closeGate: () => setGate(null) };
}
