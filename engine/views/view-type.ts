/** The contract of a view type: its settings, and the field paths it shows. One type is one file and one line in `index.ts`. */
import type { TObject } from 'typebox';
import type { Label } from '../errors.ts';
import type { ViewDefinition } from '../model/definitions.ts';
import type { Rule } from '../rules/rule.ts';

export interface ViewType {
  readonly label: Label;
  /** Stands beside name, label, filter, sort and roles in a view's definition. */
  readonly settings: TObject;
  /** The field paths a page of this view must fetch. */
  paths(view: ViewDefinition): readonly string[];
  /** Rules beside the filter, by their path inside the view; they run in memory over the fetched values. */
  rules?(view: ViewDefinition): Readonly<Record<string, Rule>>;
}
