/** The contract of a view type's screen side: it draws the records that the toolbar above it chose. */
import type { ComponentType } from 'react';
import type { TableModel } from '#engine/model/app-model.ts';
import type { TableAccess } from '../api/types.ts';
import type { ViewState } from './view-state.ts';

export interface ViewProps {
  readonly table: TableModel;
  readonly access: TableAccess;
  readonly state: ViewState;
  readonly onCount: (count: { value: number; capped: boolean } | undefined) => void;
}

export type ViewComponent = ComponentType<ViewProps>;
