/** The component of every view type: one line a type. All but the list are loaded when one is opened. */
import { lazy } from 'react';
import type { ViewTypeName } from '#engine/views/index.ts';
import { TableView } from './table/TableView.tsx';
import type { ViewComponent } from './view-components.ts';

export const VIEW_COMPONENTS = {
  table: TableView,
  board: lazy(() => import('./board/BoardView.tsx').then((module) => ({ default: module.BoardView }))),
  calendar: lazy(() => import('./calendar/CalendarView.tsx').then((module) => ({ default: module.CalendarView }))),
  chart: lazy(() => import('./chart/ChartView.tsx').then((module) => ({ default: module.ChartView }))),
  pivot: lazy(() => import('./pivot/PivotView.tsx').then((module) => ({ default: module.PivotView }))),
} as const satisfies Record<ViewTypeName, ViewComponent>;

export function viewComponent(type: string): ViewComponent {
  return Object.hasOwn(VIEW_COMPONENTS, type) ? VIEW_COMPONENTS[type as ViewTypeName] : TableView;
}
