/** Pages that a layer above the runtime adds to it: their addresses, and links that only the system owner sees. */
import { createContext, type ReactNode } from 'react';
import type { Label } from '#engine/errors.ts';

export interface ExtraPage {
  /** As react-router writes it; the page stands outside the frame, with session and model. */
  readonly path: string;
  readonly element: ReactNode;
  /** Shown in the navigation of the system owner. */
  readonly link?: { readonly to: string; readonly text: Label; readonly icon: ReactNode };
}

export const ExtraPagesContext = createContext<readonly ExtraPage[]>([]);
