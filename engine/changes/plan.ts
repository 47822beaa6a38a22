/**
 * The plan of a draft: what publishing it would do, change by change, with exact counts. The engine names the changes
 * (`diffDefinitions`); the server adds what they mean for the data. Nothing is written while planning.
 */
import type { Issue, Label } from '../errors.ts';
import type { PhysicalStep } from '../schema/physical-steps.ts';

/** `safe` loses nothing. `lossy` needs the table or field typed by hand. `blocked` can't be published as it is. */
export type ChangeClass = 'safe' | 'lossy' | 'blocked';

export const SUBJECTS = ['app', 'navigation', 'home', 'role', 'level', 'options', 'table', 'field', 'form', 'view', 'page', 'permission', 'action', 'effect', 'rule', 'index', 'workflow', 'dashboard'] as const;
export type Subject = (typeof SUBJECTS)[number];

/** One thing that differs between live and draft. */
export interface DefinitionChange {
  readonly action: 'add' | 'remove' | 'change';
  readonly subject: Subject;
  /** Into the definitions by name: `/tables/customer/fields/level`, `/app/roles/sales`. */
  readonly path: string;
  readonly label: Label;
  readonly table?: string;
  readonly field?: string;
  /** Properties that differ, only on `change`: `type`, `label`, `options/vip`. */
  readonly properties: readonly { readonly name: string; readonly before: unknown; readonly after: unknown }[];
}

export interface ValueSample {
  readonly record: string;
  readonly title: string;
  readonly before: string;
  /** Null: does not convert. */
  readonly after: string | null;
  readonly reason?: Label;
}

/** What happens to data. Counts are exact and over all records, those in the recycle bin too. */
export interface DataEffect {
  /** Records of the table. */
  readonly records: number;
  /** Records with a value in the field. */
  readonly filled: number;
  /** Of the filled: as they are, altered, not converted. */
  readonly converted: number;
  readonly altered: number;
  readonly failed: number;
  /** Up to 100, failed first. */
  readonly samples: readonly ValueSample[];
}

/** Something that names what a change removes or alters. */
export interface Dependent {
  readonly path: string;
  readonly label: Label;
  /** What publishing would need: `remove` can be done for the administrator (see `repairDefinitions`), `edit` only by hand. */
  readonly repair: 'remove' | 'edit';
}

export interface PlannedChange extends DefinitionChange {
  readonly class: ChangeClass;
  /** Why it is lossy or blocked, and what is worth knowing. */
  readonly notes: readonly Label[];
  readonly effect?: DataEffect;
  readonly dependents: readonly Dependent[];
  /** Rows of users gained and lost, only on changes of permissions, levels and the level of a role. */
  readonly access?: readonly AccessChange[];
}

export interface AccessChange {
  readonly user: { readonly id: string; readonly name: string };
  readonly table: string;
  readonly recordsGained: number;
  readonly recordsLost: number;
  readonly fieldsGained: readonly string[];
  readonly fieldsLost: readonly string[];
}

export interface ScenarioResult {
  readonly name: string;
  readonly label: Label;
  readonly passed: boolean;
  /** The first step that went otherwise. */
  readonly problem?: Label;
}

export interface Plan {
  /** The live version it was made against. */
  readonly base: number;
  /** Covers base, draft and all counts: publishing with another answer is refused. */
  readonly hash: string;
  readonly class: ChangeClass;
  readonly changes: readonly PlannedChange[];
  /** Problems of the draft itself; any makes it blocked. */
  readonly issues: readonly Issue[];
  readonly scenarios: readonly ScenarioResult[];
  /** What has to be typed to publish a lossy plan: names of the tables and fields concerned. */
  readonly confirm: readonly string[];
  /** Physical changes in plain words: columns added, put into the trash, indexes. */
  readonly schema: readonly PhysicalStep[];
  /** Rows to be rewritten, and a careful guess in seconds. */
  readonly rowsWritten: number;
  readonly seconds: number;
}
