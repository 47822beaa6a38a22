import { createContext, useContext } from 'react';
import type { DefinitionChange } from '#engine/changes/plan.ts';
import type { Issue } from '#engine/errors.ts';
import type { AppModel } from '#engine/model/app-model.ts';
import type { Definitions } from '#engine/model/definitions.ts';
import type { LiveDefinitions } from './draft-state.ts';
import type { SaveState } from './use-autosave.ts';

/** What every part of the designer may know and do. */
export interface Draft {
  readonly live: LiveDefinitions;
  /** The live version the draft stands on; behind `live.version` when someone else published. */
  readonly base: number;
  /** The draft. */
  readonly definitions: Definitions;
  /** Changes with one `key` that follow closely become one step to undo. */
  readonly edit: (change: (definitions: Definitions) => Definitions, key?: string) => void;
  readonly undo: () => void;
  readonly redo: () => void;
  readonly canUndo: boolean;
  readonly canRedo: boolean;
  readonly changes: readonly DefinitionChange[];
  /** Of the draft as it was when it last had no problems. */
  readonly model: AppModel;
  /** The definitions `model` was built from. */
  readonly modelOf: Definitions;
  readonly issues: readonly Issue[];
  readonly saveState: SaveState;
  readonly saveNow: () => Promise<void>;
  /** Throws the draft away, here and on the server. */
  readonly discard: () => Promise<void>;
  /** Brings what was published meanwhile into the draft; answers how many things both had changed, where the draft's stay. */
  readonly rebase: (take?: readonly string[]) => Promise<number>;
  /** Reads live and draft anew: after publishing or undoing. */
  readonly reload: () => Promise<void>;
}

export const DraftContext = createContext<Draft | null>(null);

export function useDraft(): Draft {
  const draft = useContext(DraftContext);
  if (!draft) throw new Error('useDraft outside of the designer');
  return draft;
}
