/** The columns of a board: the options of its field, or the records it points at, with how many cards and how much each holds. */
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import type { Aggregated } from '#engine/charts/aggregate.ts';
import { type FieldModel, optionsOf, type TableModel } from '#engine/model/app-model.ts';
import type { ViewDefinition } from '#engine/model/definitions.ts';
import type { Rule } from '#engine/rules/rule.ts';
import { useTableChanges } from '../../api/charts.ts';
import { request } from '../../api/client.ts';
import { queryClient } from '../../api/query-client.ts';
import type { RecordQuery } from '../../api/records.ts';
import { useLabel } from '../../app/i18n/index.ts';
import { includedTitle } from '../../model/titles.ts';
import type { ViewState } from '../view-state.ts';
import { useBoardTexts } from './texts.ts';

export interface BoardColumn {
  /** '' stands for no value. */
  readonly id: string;
  readonly key: string | null;
  readonly text: string;
  readonly color: string | undefined;
  readonly count: number;
  readonly sum: number | null;
  readonly ended: boolean;
}

export interface BoardSettings {
  readonly field: FieldModel;
  readonly fields: readonly string[];
  readonly amount: string | undefined;
  readonly avatar: string | undefined;
  readonly mark: string | undefined;
  readonly since: string | undefined;
}

function pathOf(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}

export function boardSettings(view: ViewDefinition, table: TableModel): BoardSettings | undefined {
  const field = table.fields[String(view.groupBy)];
  if (!field) return undefined;
  return {
    field,
    fields: Array.isArray(view.fields) ? (view.fields as string[]) : [],
    amount: pathOf(view.amount),
    avatar: pathOf(view.avatar) ?? (table.fields.owner ? 'owner' : undefined),
    mark: pathOf(view.mark),
    since: pathOf(view.since),
  };
}

const both = (a: Rule | undefined, b: Rule): Rule => (a === undefined ? b : { and: [a, b] });

export function columnRule(field: string, key: string | null): Rule {
  return key === null ? { empty: [{ var: field }] } : { '==': [{ var: field }, key] };
}

/** What a column lists; the same for the same column, so that a moved card can be put into its cache. */
export function columnQuery(table: TableModel, settings: BoardSettings, state: Pick<ViewState, 'filter' | 'sort' | 'search'>, key: string | null): RecordQuery {
  const { field, fields, amount, avatar, mark, since } = settings;
  return {
    filter: both(state.filter, columnRule(field.name, key)),
    search: state.search || undefined,
    sort: state.sort.length > 0 ? state.sort : ['-updated_at'],
    fields: [...new Set([table.titleField, field.name, ...fields, ...[amount, avatar, mark, since].filter((path) => path !== undefined)])],
  };
}

const MOST_COLUMNS = 30;

export function useBoardColumns(table: TableModel, settings: BoardSettings, state: Pick<ViewState, 'filter' | 'search'>) {
  const label = useLabel();
  const texts = useBoardTexts();
  const { field, amount } = settings;
  const body = {
    ...(state.filter !== undefined && { filter: state.filter }),
    ...(state.search && { search: state.search }),
    groupBy: [{ field: field.name }],
    measures: [{ function: 'count' }, ...(amount === undefined ? [] : [{ function: 'sum', field: amount }])],
  };
  const key = ['records', table.name, 'board', body];
  const query = useQuery({
    queryKey: key,
    queryFn: ({ signal }) => request<Aggregated>('POST', `/api/tables/${encodeURIComponent(table.name)}/aggregate`, { body, signal }),
    placeholderData: keepPreviousData,
  });
  useTableChanges([table.name], () => void query.refetch());
  const columns = useMemo((): readonly BoardColumn[] | undefined => {
    const answer = query.data;
    if (!answer) return undefined;
    const found = new Map(answer.groups.map(({ keys, values }) => [keys[0] ?? null, values]));
    const column = (own: string | null, text: string, rest: Partial<BoardColumn> = {}): BoardColumn => {
      const [count, sum] = found.get(own) ?? [];
      return { id: own ?? '', key: own, text, color: undefined, count: Number(count ?? 0), sum: amount === undefined ? null : Number(sum ?? 0), ended: false, ...rest };
    };
    const options = optionsOf(field);
    const known = options.length > 0
      ? options.filter(({ value, retired }) => !retired || found.has(value)).map((option) => column(option.value, label(option.label), { color: option.color, ended: option.outcome !== undefined }))
      : answer.groups
          .filter(({ keys }) => keys[0] !== null)
          .sort((a, b) => Number(b.values[0]) - Number(a.values[0]))
          .slice(0, MOST_COLUMNS)
          .map(({ keys }) => column(String(keys[0]), includedTitle(answer.included as Parameters<typeof includedTitle>[0], field.target ?? '', String(keys[0])) ?? '—'));
    return found.has(null) ? [...known, column(null, texts.notSet, { color: 'gray' })] : known;
  }, [query.data, field, amount, label, texts]);

  /** Until the server has counted again. */
  const shift = (from: string | null, to: string | null, sum: number): void => {
    queryClient.setQueryData<Aggregated>(key, (old) => {
      if (!old) return old;
      const groups = old.groups.map(({ keys, values }) => ({ keys, values: [...values] }));
      const add = (own: string | null, sign: 1 | -1): void => {
        let group = groups.find(({ keys }) => (keys[0] ?? null) === own);
        if (!group) groups.push((group = { keys: [own], values: [0, 0] }));
        group.values[0] = Number(group.values[0] ?? 0) + sign;
        group.values[1] = Number(group.values[1] ?? 0) + sign * sum;
      };
      add(from, -1);
      add(to, 1);
      return { ...old, groups };
    });
  };
  return { query, columns, shift };
}
