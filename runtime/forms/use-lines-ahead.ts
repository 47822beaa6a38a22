/** The lines of a form as saving would leave them, where something inside the save may still change them: prices of a price book. */
import { useQuery } from '@tanstack/react-query';
import { createContext } from 'react';
import { FIELD_TYPES } from '#engine/fields/index.ts';
import type { Json } from '#engine/fields/field-type.ts';
import type { TableModel } from '#engine/model/app-model.ts';
import { previewLines } from '../api/records.ts';
import type { Values } from '../api/types.ts';
import { useApp } from '../app/session.tsx';
import { useDebounced } from '../ui/use-debounced.ts';

export type LinesAhead = Readonly<Record<string, readonly Values[]>>;
const NONE: LinesAhead = {};
export const LinesAheadContext = createContext<LinesAhead>(NONE);

const SETTLE = 600;

interface Asked {
  readonly table: TableModel;
  readonly id: string | null;
  /** As they would be sent. */
  readonly changes: Readonly<Record<string, Json>>;
  /** What is not yet complete is not asked about. */
  readonly isComplete: boolean;
}

export function useLinesAhead({ table, id, changes, isComplete }: Asked): LinesAhead {
  const { model } = useApp();
  const moved = Object.values(table.fields).filter((field) => FIELD_TYPES[field.type].storage === 'children' && model.tables[String(field.settings.table)]?.changesInSave);
  const isAsked = isComplete && moved.some(({ name }) => Array.isArray(changes[name]));
  const wanted = isAsked ? JSON.stringify(changes) : '';
  const settled = useDebounced(wanted, SETTLE);
  const found = useQuery({
    queryKey: ['lines-ahead', table.name, id, settled],
    queryFn: ({ signal }) => previewLines(table.name, { id, values: JSON.parse(settled) as Values }, signal),
    enabled: settled !== '' && settled === wanted,
    // What stands against saving is said when one saves.
    retry: false,
    // Prices may have changed meanwhile.
    staleTime: 0,
    gcTime: 60_000,
  });
  return wanted !== '' && settled === wanted && found.data ? found.data : NONE;
}
