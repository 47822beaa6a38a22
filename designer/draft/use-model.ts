/** The draft as a model, built in the browser a moment after each edit; previews draw the last one that had no problems. */
import { useEffect, useMemo, useState } from 'react';
import type { Issue } from '#engine/errors.ts';
import type { AppModel } from '#engine/model/app-model.ts';
import { buildModel } from '#engine/model/build-model.ts';
import type { Definitions } from '#engine/model/definitions.ts';
import { useDebounced } from '#runtime/ui/use-debounced.ts';

const REST_MS = 250;

export interface BuiltDraft {
  readonly model: AppModel;
  readonly issues: readonly Issue[];
  /** What the model was built from; older than the draft while it has problems. */
  readonly of: Definitions;
}

/** `live` is the model to start from when the draft itself has problems. */
export function useBuiltDraft(present: Definitions, live: { readonly model: AppModel; readonly definitions: Definitions }): BuiltDraft {
  const settled = useDebounced(present, REST_MS);
  const result = useMemo(() => buildModel(settled), [settled]);
  const [good, setGood] = useState({ model: result.model ?? live.model, of: result.model ? settled : live.definitions });
  useEffect(() => {
    if (result.model) setGood({ model: result.model, of: settled });
  }, [result, settled]);
  return useMemo(() => ({ ...good, issues: result.issues }), [good, result.issues]);
}
