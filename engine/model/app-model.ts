/**
 * The model: definitions, validated, completed and frozen by `buildModel`. Plain JSON throughout, so the server can
 * trim it to what an actor may see and send it to the browser as it is. Everything after `buildModel` takes only these types.
 */
import type { Label, Locale } from '../errors.ts';
import type { FieldTypeName } from '../fields/index.ts';
import type { NumberMode } from '../records/number-ban.ts';
import type { Rule } from '../rules/rule.ts';
import type { DashboardDefinition } from '../dashboards/definitions.ts';
import type { WorkflowDefinition } from '../workflows/definitions.ts';
import type {
  ActionDefinition,
  DuplicateDefinition,
  EffectDefinition,
  ExportDefinition,
  FormDefinition,
  FieldRightName,
  OptionDefinition,
  PageDefinition,
  FollowDefinition,
  HandOverDefinition,
  SharingMode,
  StampDefinition,
  TransferAlong,
  UniqueDefinition,
  ViewDefinition,
} from './definitions.ts';

export interface AppModel {
  readonly name: string;
  readonly label: Label;
  readonly version: string;
  readonly settings: { readonly timeZone: string; readonly currency: string; readonly locale: Locale; readonly sensitiveNumbers: NumberMode; readonly secondFactor: 'optional' | 'required'; readonly fiscalYearStart: number; readonly ownerDepartment: 'keep' | 'follow'; readonly dualControl?: 'on' | 'off' };
  readonly navigation: readonly { name: string; label: Label; icon?: string; tables: readonly string[] }[];
  /** Views the home page begins with. */
  readonly home: readonly { table: string; view: string }[];
  /** The dashboard that is the home page. */
  readonly workbench?: string;
  readonly roles: readonly RoleModel[];
  /** By name. Object without prototype: safe to look up a name that came from outside. */
  readonly tables: Readonly<Record<string, TableModel>>;
  /** By name, in the order written. Without prototype. For an actor: only those whose button is theirs to press. */
  readonly workflows: Readonly<Record<string, WorkflowDefinition>>;
  /** By name, in the order written. Without prototype. For an actor: those they see, with the cards they may read. */
  readonly dashboards: Readonly<Record<string, DashboardDefinition>>;
}

/** What a role may do with a table: rows as rules, true for every row, absent for none. */
export interface TableGrant {
  readonly create?: true;
  readonly read?: Rule | true;
  readonly update?: Rule | true;
  readonly delete?: Rule | true;
  readonly share?: Rule | true;
  readonly transfer?: Rule | true;
  readonly merge?: Rule | true;
  /** true, at most so many rows, or false: taken away, whatever other roles say. */
  readonly export?: boolean | number;
  /** true, or at most so many rows. */
  readonly import?: boolean | number;
  readonly sensitive?: true;
  readonly reveal?: true;
  /** Fields that a role with a level hides: whoever holds it does not see them, whatever other roles say. */
  readonly denies?: readonly string[];
  readonly fields?: Readonly<Record<string, FieldRightName>>;
  readonly also?: readonly { readonly label: Label; readonly read: Rule; readonly update?: Rule; readonly fields?: Readonly<Record<string, FieldRightName>>; readonly inherit?: true }[];
}

export interface RoleModel {
  readonly name: string;
  readonly label: Label;
  readonly description?: Label;
  readonly owner?: true;
  /** Reads the audit. */
  readonly audit?: true;
  /** Permission level, 1 to 9; absent: only explicit grants count. */
  readonly level?: number;
  /** The variant of that level it follows. */
  readonly levelVariant?: string;
  /** The dashboard this role begins with, in place of the home page of all. */
  readonly workbench?: string;
}

export interface TableModel {
  readonly name: string;
  readonly label: Label;
  /** Of many: what a list of them is called. */
  readonly pluralLabel: Label;
  readonly description?: Label;
  readonly icon?: string;
  readonly group?: string;
  readonly titleField: string;
  /** Fields as defined, then the system fields (`owner`, `created_at`, …), by name. Without prototype. */
  readonly fields: Readonly<Record<string, FieldModel>>;
  readonly indexes: readonly (readonly string[])[];
  readonly duplicates: readonly DuplicateDefinition[];
  readonly validate: readonly { rule: Rule; message: Label }[];
  readonly unique: readonly UniqueDefinition[];
  /** Hold after roll-ups are brought up to date. */
  readonly invariants: readonly { rule: Rule; message: Label }[];
  readonly stamps: readonly StampDefinition[];
  readonly follows: readonly FollowDefinition[];
  /** true: records are only added; a list: but for these fields. */
  readonly appendOnly?: true | readonly string[];
  /** At least one; the first is used unless another is asked for. */
  readonly forms: readonly FormDefinition[];
  /** At least one; the first is the default. */
  readonly views: readonly ViewDefinition[];
  readonly page: PageDefinition;
  /** Files people take out again and again. */
  readonly exports: readonly ExportDefinition[];
  readonly actions: readonly ActionDefinition[];
  readonly effects: readonly EffectDefinition[];
  /** Takes part in the permission levels; absent: only whom its permissions name. */
  readonly sharing?: SharingMode;
  /** The reference behind which stands the record whose readers read this one. */
  readonly inherits?: string;
  /** Tables that go along by default when a record is shared. */
  readonly shareAlong: readonly string[];
  /** What passes to the new owner with a record. */
  readonly transferAlong: readonly TransferAlong[];
  /** What of it passes to colleagues when somebody leaves. */
  readonly handOver?: HandOverDefinition;
  /** By role, with levels and scopes resolved to rules. */
  readonly permissions: Readonly<Record<string, TableGrant>>;
  /** Stored computed fields of this table, each after those it reads. */
  readonly computeOrder: readonly string[];
  /** Part of the product, not of the app: users and departments. */
  readonly builtIn?: true;
  /** A workflow runs inside the save of its records and may change what was typed. */
  readonly changesInSave?: true;
}

export interface FieldModel {
  readonly name: string;
  /** The table this field belongs to. */
  readonly table: string;
  readonly label: Label;
  readonly type: FieldTypeName;
  readonly help?: Label;
  readonly required?: true;
  readonly unique?: true;
  readonly index?: true;
  readonly readOnly?: true;
  readonly hidden?: true;
  readonly searchable?: true;
  readonly sensitive?: true;
  readonly allowNumbers?: true;
  readonly encrypted?: true;
  readonly default?: unknown;
  readonly visible?: Rule;
  readonly requiredWhen?: Rule;
  readonly readOnlyWhen?: Rule;
  readonly validate?: readonly { rule: Rule; message: Label }[];
  readonly aliases?: readonly string[];
  /** A column every table has; the server writes it. */
  readonly system?: true;
  /** Settings of the type, complete with defaults. Select types always hold `options` as a list here. */
  readonly settings: Readonly<Record<string, unknown>>;
  /** The table whose records the ids in the value name, as its type says: here so that a page need not load the types. */
  readonly target?: string;
  /** A formula's or roll-up's kind and whether it is stored; only on computed fields. */
  readonly computed?: ComputedModel;
}

export interface ComputedModel {
  /** `stored` is written with the record; `query` is taken when read (lookups, and what depends on today). */
  readonly mode: 'stored' | 'query';
  readonly kind: import('../rules/rule.ts').ValueKind;
  /** The compiled formula, or a lookup's path as a rule. */
  readonly rule?: Rule;
  /** Field paths it reads. */
  readonly reads: readonly string[];
}

/** The options of a select or multi-select field, in order. */
export function optionsOf(field: FieldModel): readonly OptionDefinition[] {
  return (field.settings.options as readonly OptionDefinition[] | undefined) ?? [];
}
