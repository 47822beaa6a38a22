/**
 * The contract of a field type's screen side: a Cell shows a value in a line, an Input edits it. Both take the same value
 * the API speaks (null is empty). Inputs are loaded when first used, cells with the first screen.
 */
import type { ComponentType } from 'react';
import type { Json } from '#engine/fields/field-type.ts';
import type { FieldModel } from '#engine/model/app-model.ts';
import type { Included, Values } from '../api/types.ts';
import type { LinesOwner } from '../model/use-offered.ts';

export interface CellProps {
  readonly field: FieldModel;
  /** Never null: an empty value shows nothing, so no cell is drawn for it. */
  readonly value: Exclude<Json, null>;
  /** The record it stands in; a money cell finds its currency there. */
  readonly record: Values;
  readonly included: Included;
  /** `line`: one line in a list. `block`: as much room as it needs on a page. */
  readonly room: 'line' | 'block';
}

export interface InputProps {
  readonly field: FieldModel;
  readonly value: Json;
  readonly onChange: (value: Json) => void;
  /** For the label and for messages (`aria-describedby`). */
  readonly id: string;
  readonly describedBy?: string | undefined;
  readonly invalid?: boolean | undefined;
  readonly disabled?: boolean | undefined;
  /** Edited in a cell of a list: focused and open at once, no help around it. */
  readonly inCell?: boolean | undefined;
  /** The values being edited around it. */
  readonly record: Values;
  /** In a row: the record that holds it, as it stands in the form. */
  readonly owner?: LinesOwner | undefined;
  readonly included: Included;
  /** Called when a single gesture has finished the edit (an option was picked). */
  readonly onDone?: (() => void) | undefined;
}

export interface FieldComponents {
  readonly Cell: ComponentType<CellProps>;
  readonly Input: ComponentType<InputProps>;
  /** How a column starts out and which way it leans. */
  readonly column: { readonly width: number; readonly align?: 'right' };
  /** Holds lists, files or parts, which have no order. */
  readonly unsortable?: true;
  /** Numbers of it add up to something: shown above a group. */
  readonly sums?: true;
  /** Takes the whole width of a form. */
  readonly wide?: true;
}
