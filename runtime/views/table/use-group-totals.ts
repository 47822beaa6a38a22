/** How many records each group holds and what its numbers add up to: over the whole group, not over what has been loaded. */
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import type { Aggregated } from '#engine/charts/aggregate.ts';
import type { Json } from '#engine/fields/field-type.ts';
import type { TableModel } from '#engine/model/app-model.ts';
import { useTableChanges } from '../../api/charts.ts';
import { request } from '../../api/client.ts';
import { useApp } from '../../app/session.tsx';
import { FIELD_COMPONENTS } from '../../fields/index.ts';
import { sourceField } from '../../model/source-field.ts';
import type { Column } from '../view-columns.ts';
import type { ViewState } from '../view-state.ts';

export interface GroupTotal {
  readonly count: number;
  readonly sums: readonly { readonly column: Column; readonly value: Json }[];
}

const MOST_SUMS = 8;

export function useGroupTotals(table: TableModel, { columns, filter, search }: Pick<ViewState, 'columns' | 'filter' | 'search'>, groupBy: string | undefined): (key: Json | undefined) => GroupTotal | undefined {
  const { model, access } = useApp();
  const summed = useMemo(() => {
    // What is masked for somebody has no sum either.
    const isReadable = ({ hops, field }: Column): boolean => hops.length > 0 || access[table.name]?.fields[field.name] !== 'masked';
    return columns.filter((column) => isReadable(column) && column.align === 'right' && FIELD_COMPONENTS[sourceField(model, column.field).type].sums === true && (column.field.computed?.kind ?? 'number') === 'number').slice(0, MOST_SUMS);
  }, [columns, model, access, table.name]);
  const body = {
    ...(filter !== undefined && { filter }),
    ...(search && { search }),
    groupBy: groupBy === undefined ? [] : [{ field: groupBy }],
    measures: [{ function: 'count' }, ...summed.map((column) => ({ function: 'sum', field: column.path }))],
  };
  const query = useQuery({
    queryKey: ['records', table.name, 'groups', body],
    queryFn: ({ signal }) => request<Aggregated>('POST', `/api/tables/${encodeURIComponent(table.name)}/aggregate`, { body, signal }),
    placeholderData: keepPreviousData,
    enabled: groupBy !== undefined,
  });
  useTableChanges(groupBy === undefined ? [] : [table.name], () => void query.refetch());
  return useMemo(() => {
    const byKey = new Map((query.data?.groups ?? []).map(({ keys, values }) => [JSON.stringify(keys[0] ?? null), values]));
    return (key) => {
      const values = byKey.get(JSON.stringify(key ?? null));
      return values && { count: Number(values[0]), sums: summed.map((column, i) => ({ column, value: values[i + 1] ?? null })) };
    };
  }, [query.data, summed]);
}
