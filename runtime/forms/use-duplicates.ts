import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import type { TableModel } from '#engine/model/app-model.ts';
import { findDuplicates } from '../api/records.ts';
import type { DuplicateMatch, Values } from '../api/types.ts';
import { useDebounced } from '../ui/use-debounced.ts';

const NONE: readonly DuplicateMatch[] = [];

/** Likely duplicates of what is being typed, by the fields the table watches. */
export function useDuplicates(table: TableModel, values: Values, changed: Values, exclude?: string): readonly DuplicateMatch[] {
  const watched = useMemo(() => [...new Set(table.duplicates.flatMap((rule) => rule.fields))], [table]);
  const relevant = watched.some((name) => changed[name] !== undefined && changed[name] !== null);
  const wanted = JSON.stringify(relevant ? Object.fromEntries(watched.filter((name) => values[name] != null).map((name) => [name, values[name]])) : null);
  const settled = useDebounced(wanted, 400);
  const found = useQuery({
    queryKey: ['duplicates', table.name, exclude ?? null, settled],
    queryFn: () => findDuplicates(table.name, JSON.parse(settled) as Values, exclude),
    enabled: settled !== 'null',
    placeholderData: keepPreviousData,
    retry: false,
  });
  return relevant ? (found.data?.matches ?? NONE) : NONE;
}
