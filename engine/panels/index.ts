import { figures } from './figures.ts';
import { next } from './next.ts';
import type { PanelType } from './panel-type.ts';
import { tree } from './tree.ts';

export const PANEL_TYPES = { next, figures, tree } as const satisfies Record<string, PanelType>;
export type PanelTypeName = keyof typeof PANEL_TYPES;

export function panelTypeOf(panel: { readonly type: string }): PanelType | undefined {
  return Object.hasOwn(PANEL_TYPES, panel.type) ? PANEL_TYPES[panel.type as PanelTypeName] : undefined;
}
