import { table } from './table.ts';
import type { ViewType } from './view-type.ts';

export const VIEW_TYPES = { table } as const satisfies Record<string, ViewType>;
export type ViewTypeName = keyof typeof VIEW_TYPES;
