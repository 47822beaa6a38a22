/** What every card and line of a canvas knows beside its own data. */
import { createContext, useContext } from 'react';
import type { Place } from '#engine/changes/edit-workflows.ts';
import type { WorkflowDefinition } from '#engine/workflows/definitions.ts';
import type { Words } from '#engine/workflows/node-type.ts';
import type { Trace } from './trace.ts';

export interface Problems {
  readonly problems: number;
  readonly warnings: number;
}

export interface CanvasState {
  readonly workflow: WorkflowDefinition;
  readonly words: Words;
  readonly problems: ReadonlyMap<string, Problems>;
  readonly trace: Trace | null;
  readonly canEdit: boolean;
  /** Asks what to put at a place; `at` is where the palette opens, in the window. */
  readonly onInsert: (place: Place, at: DOMRect) => void;
  readonly onCut: (place: Place) => void;
}

export const CanvasContext = createContext<CanvasState | null>(null);

export function useCanvas(): CanvasState {
  const canvas = useContext(CanvasContext);
  if (!canvas) throw new Error('useCanvas outside of a canvas');
  return canvas;
}
