/**
 * What becomes of values when a field changes its type. `conversionOf` (convert.ts) answers for every pair of fields: a
 * function from value to value, or the reason why there is none. Pure: titles of records come in with the context.
 */
import type { Issue, Label } from '../errors.ts';
import type { Json, TextContext } from './field-type.ts';

export interface ConversionContext extends TextContext {
  /** The title of the record that an id names; null when there is none. */
  titleOf(table: string, id: string): string | null;
  /** Ids of the living records of that table with exactly this title. */
  idsByTitle(table: string, title: string): readonly string[];
}

/**
 * `same`: nothing is lost, converting back gives the value again. `changed`: it fits only altered (rounded, shortened,
 * time cut off). `failed`: it does not fit, stays in the reject list and in the trash.
 */
export type Converted = { readonly outcome: 'same' | 'changed'; readonly value: Json } | { readonly outcome: 'failed'; readonly issue: Issue };

export type Conversion =
  | { readonly refused: Label }
  | {
      /** Never called with null: empty stays empty. The value answered is valid for the new field, or null never. */
      convert(value: Json, context: ConversionContext): Converted;
      /** Tables whose titles the context must know. */
      readonly titles: readonly string[];
    };
