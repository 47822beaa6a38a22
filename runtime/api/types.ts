/** What the server answers, as the HTTP contract says. */
import type { Label, Locale } from '#engine/errors.ts';
import type { Json } from '#engine/fields/field-type.ts';
import type { AppModel } from '#engine/model/app-model.ts';
import type { ViewDefinition } from '#engine/model/definitions.ts';
import type { Comment } from '#engine/records/comment.ts';

export type Values = Readonly<Record<string, Json>>;
export type RecordData = { readonly id: string; readonly version: number } & Values;
export type FieldRight = 'masked' | 'read' | 'write';

/** Titles of every record an answer points at. `title` null: may not be seen, or gone. */
export type Included = Readonly<Record<string, Readonly<Record<string, IncludedRecord>>>>;
export type IncludedRecord = { readonly title?: string | null; readonly color?: string } & Readonly<Record<string, unknown>>;

export interface User {
  readonly id: string;
  readonly name: string;
  readonly login: string;
  readonly locale: Locale | null;
  readonly roles: readonly string[];
  readonly department: string | null;
  readonly hasPassword: boolean;
  /** The administrator who looks through this user's eyes. */
  readonly viewedBy?: { readonly id: string; readonly name: string };
  readonly secondFactor: boolean;
  /** Everybody must have a second factor here, and this person has none yet. */
  readonly mustEnrol: boolean;
}

export interface TableAccess {
  readonly create: boolean;
  readonly read: boolean;
  readonly update: boolean;
  readonly delete: boolean;
  readonly export: boolean;
  readonly import: boolean;
  readonly share: boolean;
  readonly transfer: boolean;
  readonly merge: boolean;
  /** May uncover masked values, giving a reason. */
  readonly reveal: boolean;
  /** The most the actor may have on any record; hidden fields are absent. */
  readonly fields: Readonly<Record<string, FieldRight>>;
}

export interface RecordAccess {
  readonly update: boolean;
  readonly delete: boolean;
  readonly share: boolean;
  readonly transfer: boolean;
  readonly merge: boolean;
  readonly fields: Readonly<Record<string, FieldRight>>;
}

export interface Me {
  readonly id: string;
  readonly departmentId: string | null;
  readonly subordinateIds: readonly string[];
  readonly roles: readonly string[];
  /** Permission level, 1 to 9; 0: none. */
  readonly level: number;
}

export interface AppAnswer {
  /** Counts publications; a form tells the server which one it was drawn from. */
  readonly definitionsVersion: number;
  readonly model: AppModel;
  readonly access: Readonly<Record<string, TableAccess>>;
  readonly me: Me;
}

export interface RecordPage {
  readonly data: readonly RecordData[];
  readonly included: Included;
  readonly next: string | null;
  readonly count?: { readonly value: number; readonly capped: boolean };
}

export interface RecordAnswer {
  readonly data: RecordData;
  readonly included: Included;
  readonly access: RecordAccess;
  readonly warnings?: readonly { readonly path: string; readonly message: string }[];
}

export interface BulkAnswer {
  readonly results: readonly {
    readonly id: string;
    readonly ok: boolean;
    readonly warnings?: readonly { readonly path: string; readonly message: string }[];
    readonly version?: number;
    readonly issues?: readonly { readonly path: string; readonly message: string }[];
  }[];
}

export interface DuplicateMatch {
  /** Null: a record one may not see, of which `foreign` tells what everybody may know. */
  readonly id: string | null;
  readonly table: string;
  readonly title: string | null;
  readonly foreign?: readonly string[];
  readonly level: 'same' | 'similar';
  readonly message: string;
  readonly fields: readonly string[];
}

export interface FieldChange {
  readonly field: string;
  readonly before: Json;
  readonly after: Json;
}

export type TimelineKind = 'record' | 'comment' | 'change';

export type TimelineEntry =
  | {
      readonly kind: 'record';
      readonly table: string;
      readonly id: string;
      readonly at: string;
      readonly by: string | null;
      readonly title: string | null;
      readonly content: Json;
      readonly record: Values;
    }
  | ({ readonly kind: 'comment' } & Comment)
  | {
      readonly kind: 'change';
      readonly at: string;
      readonly by: string | null;
      readonly action: 'create' | 'update' | 'delete' | 'restore' | 'share' | 'unshare' | 'transfer' | 'merge' | 'unmerge';
      readonly changes: readonly FieldChange[];
      /** Whose doing it was, when it was nobody's. */
      readonly workflow?: Label;
      /** Of a share, a transfer or a merge. */
      readonly note?: Label;
    };

export interface TimelinePage {
  readonly data: readonly TimelineEntry[];
  readonly included: Included;
  readonly next: string | null;
}

export interface SearchResult {
  readonly table: string;
  readonly id: string;
  readonly title: string | null;
  readonly subtitle: string | null;
}

export interface OwnView {
  readonly id: string;
  readonly table: string;
  readonly view: ViewDefinition;
}

export interface FileInfo {
  readonly id: string;
  readonly name: string;
  readonly size: number;
  readonly type: string;
  readonly image: boolean;
}

export interface RecordEvent {
  readonly table: string;
  readonly id: string;
  readonly action: string;
  readonly version: number;
  readonly by: string | null;
}
