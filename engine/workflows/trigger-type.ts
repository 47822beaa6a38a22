/**
 * The contract of a trigger type: what sets a workflow off. One type is one file in `triggers/` and one line in `triggers/index.ts`.
 * A trigger looks at what it is shown and answers; looking for it is the server's.
 */
import type { TObject } from 'typebox';
import type { Label } from '../errors.ts';
import type { Rule } from '../rules/rule.ts';
import type { TriggerDefinition } from './definitions.ts';
import type { Words } from './node-type.ts';
import type { Duration } from './settings.ts';
import type { Variable } from './variables.ts';

export interface TriggerType {
  readonly label: Label;
  readonly description: Label;
  readonly icon: string;
  readonly settings: TObject;
  /** The table of the record that a run is about; null: a run without a record. */
  table(trigger: TriggerDefinition): string | null;
  /** What a run knows beside its record, as `$trigger.…`. */
  variables?(trigger: TriggerDefinition): Readonly<Record<string, Variable>>;
  /** The record as it was is known: `$before.stage`. */
  readonly hasBefore?: true;
  /** Does this write set it off? Only of the trigger's own table. */
  onWrite?(trigger: TriggerDefinition, write: ObservedWrite): boolean;
  /** Runs inside the save: may set fields and refuse it, may not wait. */
  insideSave?(trigger: TriggerDefinition): boolean;
  /** When the clock sets it off. */
  onTime?(trigger: TriggerDefinition): TimeWatch;
  readonly startedBy?: 'person' | 'webhook' | 'workflow';
  summary(trigger: TriggerDefinition, words: Words): Label;
}

export interface ObservedWrite {
  readonly action: 'create' | 'update' | 'delete';
  readonly changed: ReadonlySet<string>;
  /** The form it came from; undefined: none. */
  readonly form: string | undefined;
  /** Does a rule hold for the record as it is now; as it was (never for a new one)? `$before` and `$params` may be read. */
  holdsNow(rule: Rule | undefined): boolean;
  heldBefore(rule: Rule | undefined): boolean;
}

export type TimeWatch =
  /** A date or moment of each record comes: `offset` after it (before, when `before`), at a time of day where it is a day. */
  | { readonly kind: 'date'; readonly table: string; readonly path: string; readonly offset: Duration | null; readonly before: boolean; readonly at: unknown; readonly filter: Rule | undefined }
  /** A schedule; with a table one run for each record that the filter finds, `once` for each value of a field. */
  | { readonly kind: 'schedule'; readonly cron: string; readonly timeZone: string | undefined; readonly table: string | null; readonly filter: Rule | undefined; readonly once: string | undefined; readonly catchUp: 'all' | 'last' | 'none' };
