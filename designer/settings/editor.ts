/** The contract of a setting's editor. `undefined` takes the setting away. */
import type { ComponentType } from 'react';
import type { SettingSchema } from './setting-schema.ts';

export interface SettingContext {
  /** The table that is edited. */
  readonly table: string;
  /** The field whose settings these are; absent while it is being made. */
  readonly field?: string;
  /** The settings beside this one. */
  readonly values: Readonly<Record<string, unknown>>;
  /** Where they stand in the definitions, for problems. */
  readonly path: string;
}

export interface EditorProps {
  readonly id: string;
  readonly schema: SettingSchema;
  readonly value: unknown;
  readonly onChange: (value: unknown) => void;
  readonly context: SettingContext;
  /** The table that a rule, field or path is about; undefined while none is chosen. */
  readonly of: string | undefined;
  readonly required: boolean;
}

export type Editor = ComponentType<EditorProps>;
