/** What the toolbar offers over each view type, and how it is known at a glance: one line a type. */
import type { ViewDefinition } from '#engine/model/definitions.ts';
import type { ViewTypeName } from '#engine/views/index.ts';

export interface ViewKind {
  /** Shows records as rows, in columns a person may arrange: where a number of a chart leads to. */
  readonly rows: boolean;
  /** Shows them in an order that may be chosen. */
  readonly sorted: boolean;
  /** The setting that names the day a record falls on: a card of such a view shows what is today. */
  readonly day?: 'start';
  readonly icon: 'table' | 'board' | 'calendar' | 'chart' | 'pivot';
}

const VIEW_KINDS = {
  table: { rows: true, sorted: true, icon: 'table' },
  board: { rows: false, sorted: true, icon: 'board' },
  calendar: { rows: false, sorted: false, day: 'start', icon: 'calendar' },
  chart: { rows: false, sorted: false, icon: 'chart' },
  pivot: { rows: false, sorted: false, icon: 'pivot' },
} as const satisfies Record<ViewTypeName, ViewKind>;

export function viewKind(type: string): ViewKind {
  return Object.hasOwn(VIEW_KINDS, type) ? VIEW_KINDS[type as ViewTypeName] : VIEW_KINDS.table;
}

export function isListView(type: string): boolean {
  return viewKind(type).rows;
}

export function dayPath(view: ViewDefinition): string | undefined {
  const { day } = viewKind(view.type);
  const path = day && view[day];
  return typeof path === 'string' ? path : undefined;
}
