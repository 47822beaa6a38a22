/** What the parts of one form share. A context of React, not of rjsf: it changes with every key and rjsf compares its own deeply. */
import { createContext, useContext } from 'react';
import type { Json } from '#engine/fields/field-type.ts';
import type { TableModel } from '#engine/model/app-model.ts';
import type { DuplicateMatch, FieldRight, Included, Values } from '../api/types.ts';
import type { FormTab } from './form-layout.ts';
import type { FieldState } from './form-values.ts';

export interface FormState {
  readonly table: TableModel;
  readonly tabs: readonly FormTab[];
  readonly values: Values;
  readonly included: Included;
  readonly rights: Readonly<Record<string, FieldRight>>;
  readonly states: ReadonlyMap<string, FieldState>;
  readonly disabled: boolean;
  /** What is wrong with a field; told once one has left it, and of all after an attempt to save. */
  readonly problemOf: (name: string) => string | undefined;
  readonly touch: (name: string) => void;
  readonly setValue: (name: string, value: Json) => void;
  readonly duplicates: readonly DuplicateMatch[];
  /** The record that is changed, where it may be merged with a duplicate. */
  readonly mergeable: string | null;
  readonly tab: string;
  readonly setTab: (name: string) => void;
  readonly isSectionVisible: (name: string) => boolean;
}

export const FormContext = createContext<FormState | null>(null);

export function useForm(): FormState {
  const form = useContext(FormContext);
  if (!form) throw new Error('useForm outside of RecordForm');
  return form;
}
