/** Public forms and their links as the server tells them. Plain JSON, read by both sides. */
import type { Label } from '../errors.ts';
import type { AppModel, TableModel } from '../model/app-model.ts';
import type { FormDefinition } from '../model/definitions.ts';

export interface FormLink {
  readonly id: string;
  readonly form: string;
  readonly by: string;
  readonly at: string;
  readonly until: string;
  readonly once: boolean;
  /** How many answers came in. */
  readonly used: number;
}

/** A form as somebody without an account is shown it. */
export interface ShownForm {
  readonly app: Label;
  readonly settings: AppModel['settings'];
  /** With the fields of the form, and of what is given beside them, alone. */
  readonly table: TableModel;
  readonly form: FormDefinition;
  /** For one answer only. */
  readonly once: boolean;
}
