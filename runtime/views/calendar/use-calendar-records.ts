/** The records of the window that is shown, kept current; more than a screen can hold are not read. */
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import type { TableModel } from '#engine/model/app-model.ts';
import type { Rule } from '#engine/rules/rule.ts';
import { useTableChanges } from '../../api/charts.ts';
import { findRecords } from '../../api/records.ts';
import type { Included, RecordData } from '../../api/types.ts';
import { mergeIncluded } from '../../model/titles.ts';
import { type CalendarSettings, windowRule } from './calendar-events.ts';

export interface Window {
  /** `YYYY-MM-DD`; `to` does not count. */
  readonly from: string;
  readonly to: string;
}

export const MOST_EVENTS = 1000;
const PAGE = 200;

interface Found {
  readonly records: readonly RecordData[];
  readonly included: Included;
  readonly capped: boolean;
}

export function useCalendarRecords(table: TableModel, settings: CalendarSettings, list: { readonly filter: Rule | undefined; readonly search: string }, window: Window | null) {
  const { start, end, title, colorBy, rrule, exdates } = settings;
  const fields = [...new Set([table.titleField, title, start.field.name, ...[end?.field.name, colorBy, rrule, exdates].filter((path) => path !== undefined)])];
  const query = useQuery({
    queryKey: ['records', table.name, 'calendar', settings.start.path, settings.end?.path, list, window, fields],
    enabled: window !== null,
    placeholderData: keepPreviousData,
    queryFn: async ({ signal }): Promise<Found> => {
      const rule = windowRule(settings, window?.from ?? '', window?.to ?? '');
      const filter: Rule = list.filter === undefined ? rule : { and: [list.filter, rule] };
      const records: RecordData[] = [];
      let included: Included = {};
      let cursor: string | undefined;
      do {
        const page = await findRecords(table.name, { filter, search: list.search || undefined, sort: [start.path], fields, limit: PAGE }, cursor, signal);
        records.push(...page.data);
        included = mergeIncluded(included, page.included);
        cursor = page.next ?? undefined;
      } while (cursor !== undefined && records.length < MOST_EVENTS);
      return { records, included, capped: cursor !== undefined };
    },
  });
  useTableChanges([table.name], () => void query.refetch());
  return query;
}
