import { board } from './board.ts';
import { calendar } from './calendar.ts';
import { chart } from './chart.ts';
import { pivot } from './pivot.ts';
import { table } from './table.ts';
import type { ViewType } from './view-type.ts';

export const VIEW_TYPES = { table, board, calendar, chart, pivot } as const satisfies Record<string, ViewType>;
export type ViewTypeName = keyof typeof VIEW_TYPES;

export function viewTypeOf(view: { readonly type: string }): ViewType | undefined {
  return Object.hasOwn(VIEW_TYPES, view.type) ? VIEW_TYPES[view.type as ViewTypeName] : undefined;
}
