/** What the checks of a record leave to choose for one of its references; the values they read elsewhere load once the list opens. */
import type { FieldModel } from '#engine/model/app-model.ts';
import { offeredByChecks } from '#engine/records/offered-by-checks.ts';
import type { Rule } from '#engine/rules/rule.ts';
import type { Values } from '../api/types.ts';
import { useApp } from '../app/session.tsx';
import { useHops } from './use-hops.ts';

/** The record that holds a row, as it stands in the form around it. */
export interface LinesOwner {
  /** The row's reference to it. */
  readonly reference: string;
  readonly values: Values;
}

const NOTHING: Values = {};

export function useOffered(field: FieldModel, record: Values, owner: LinesOwner | undefined, open: boolean): Rule | undefined {
  const table = useApp().model.tables[field.table];
  const { hops } = useHops(table, open ? record : NOTHING);
  if (!table || !open) return undefined;
  return offeredByChecks(table, field.name, (path) => {
    const [first = '', second, ...further] = path.split('.');
    const ofOwner = first === owner?.reference && second !== undefined && further.length === 0;
    return ofOwner ? owner.values[second] : second === undefined ? record[first] : hops[path];
  });
}
