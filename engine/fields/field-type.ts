/**
 * The contract of a field type. One type is one file here, one line in `index.ts` and one line in each
 * `Record<FieldTypeName, …>` of the runtime. A type knows its settings, the shape of a value, its columns,
 * its text form and its examples; it never reads a database, a clock or another record.
 *
 * `null` is the only empty value: `normalize` turns blank input into it, nothing stores an empty string or list.
 */
import type { TObject } from 'typebox';
import type { Issue, Label, Locale } from '../errors.ts';
import type { FieldModel } from '../model/app-model.ts';
import type { ValueKind } from '../rules/rule.ts';

export type Json = string | number | boolean | null | Json[] | { [key: string]: Json };
export type JsonSchema = { [key: string]: unknown };

/** `bigint` holds scaled integers within ±2^53; `json` is TEXT on SQLite and JSONB on PostgreSQL. */
export type ColumnType = 'text' | 'integer' | 'bigint' | 'real' | 'json';
export type SqlValue = string | number | null;

export interface ColumnSpec {
  /** Appended to the field's name: '' for the main column, '__start' … for the others. */
  readonly suffix: string;
  readonly type: ColumnType;
  /** What a rule sees in this column. */
  readonly kind: ValueKind;
  /** How rules address the column: '' is the field itself, 'start' is `field.start`; null is not for rules. */
  readonly part: string | null;
  /** Decimal places of a scaled integer: stored 120050 with scale 2 is 1200.50. */
  readonly scale?: number;
  /** Order by this column instead of the main one (pinyin key of a Chinese text). */
  readonly sortKey?: boolean;
}

/** Where the values live: in columns, in a link table, in owned child records, or nowhere (taken at query time). */
export type Storage = 'columns' | 'links' | 'children' | 'query';

export interface TextContext {
  readonly locale: Locale;
  /** IANA name, for moments. */
  readonly timeZone: string;
  /** Today in that zone, `YYYY-MM-DD`: completes dates written without a year. */
  readonly today: string;
}

/** `value: null` for blank text. A `warning` is kept beside a value that was understood with a doubt. */
export type ParseResult = { readonly value: Json; readonly warning?: Issue } | { readonly issue: Issue };

export interface FieldExamples {
  /** Settings that the examples are read with; `{}` when absent. */
  readonly settings?: Record<string, unknown>;
  readonly valid: readonly Json[];
  readonly invalid: readonly Json[];
  /** Texts that `parse` reads, with the value they give. */
  readonly texts?: readonly (readonly [text: string, value: Json])[];
  /** Texts that `parse` refuses. */
  readonly badTexts?: readonly string[];
}

export type FieldGroup = 'text' | 'number' | 'time' | 'choice' | 'people' | 'relation' | 'file' | 'computed' | 'other';

export interface FieldType {
  readonly label: Label;
  readonly group: FieldGroup;
  /** What an administrator sets beside the common settings; drawn by the form renderer. */
  readonly settings: TObject;
  readonly storage: Storage;
  /** Its value comes from the records of another table that point here. */
  readonly gathers?: true;
  /** Held in one text column, so that it may be encrypted there. */
  readonly encryptable?: true;
  /** Nobody types it: formula, roll-up, lookup, auto-number. */
  readonly computed?: true;
  /** What a rule sees in the whole field; `none` when only its parts can be addressed. */
  kind(field: FieldModel): ValueKind;
  columns(field: FieldModel): readonly ColumnSpec[];
  /** JSON Schema of a value that is not null. */
  valueSchema(field: FieldModel): JsonSchema;
  /** Column values in the order of `columns`. Called with a valid value or null. */
  encode(value: Json, field: FieldModel): SqlValue[];
  /** The inverse of `encode`. */
  decode(columns: readonly SqlValue[], field: FieldModel): Json;
  /** Tidies input before it is validated: trims, unifies, blank to null. Leaves what it does not understand. */
  normalize(value: Json, field: FieldModel): Json;
  /** What JSON Schema cannot say: check digits, order of start and end. Called with a schema-valid value. */
  check?(value: Json, field: FieldModel): readonly Issue[];
  /** The value as people read it; '' for null. References and users are given by title, so they format their id. */
  format(value: Json, field: FieldModel, context: TextContext): string;
  parse(text: string, field: FieldModel, context: TextContext): ParseResult;
  /** What in-memory rules see; by default the value itself. Composite values give an object of their parts. */
  toRule?(value: Json, field: FieldModel): Json;
  /** The table whose records the ids in the value name: references, users, departments, many-to-many, lines. */
  target?(field: FieldModel): string;
  /** The text a full-text search should find; absent for types that are not searched. */
  searchText?(value: Json, field: FieldModel): string;
  /** How a spreadsheet shows the number (`#,##0.00`): only where the value is a number that people reckon with. */
  numberFormat?(field: FieldModel): string;
  /** What someone may see whose right is `masked`. Absent: '***'. */
  mask?(value: Json, field: FieldModel): string;
  readonly examples: FieldExamples;
}
