/** Further pages of the designer, one line each: roles, app, templates, publish. Each is loaded when it is opened. */
import type { ComponentType, LazyExoticComponent, ReactNode } from 'react';
import type { Label } from '#engine/errors.ts';

export interface DesignerSection {
  /** Below `/designer`; the page may have routes of its own under it. */
  readonly path: string;
  readonly title: Label;
  readonly icon: ReactNode;
  readonly Page: LazyExoticComponent<ComponentType>;
}

export const SECTIONS: readonly DesignerSection[] = [];
