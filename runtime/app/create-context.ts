/** Any screen may ask for a new record; the dialog itself lives in the shell, so it survives the screen that asked. */
import { createContext, useContext } from 'react';
import type { Included, RecordAnswer, Values } from '../api/types.ts';

export interface CreateRequest {
  readonly table: string;
  readonly form?: string | undefined;
  readonly title?: string | undefined;
  readonly values?: Values | undefined;
  /** Titles of the records that `values` points at. */
  readonly included?: Included | undefined;
  readonly onCreated?: ((answer: RecordAnswer) => void) | undefined;
}

export const CreateContext = createContext<{ readonly create: (request: CreateRequest) => void }>({ create: () => undefined });

export function useCreate(): (request: CreateRequest) => void {
  return useContext(CreateContext).create;
}
