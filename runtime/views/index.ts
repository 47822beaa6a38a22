/** The component of every view type: one line a type. */
import type { ViewTypeName } from '#engine/views/index.ts';
import type { ViewComponent } from './view-components.ts';
import { TableView } from './table/TableView.tsx';

export const VIEW_COMPONENTS = { table: TableView } as const satisfies Record<ViewTypeName, ViewComponent>;

export function viewComponent(type: string): ViewComponent {
  return Object.hasOwn(VIEW_COMPONENTS, type) ? VIEW_COMPONENTS[type as ViewTypeName] : TableView;
}
