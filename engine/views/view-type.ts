/** The contract of a view type: its settings, and the field paths it shows. One type is one file and one line in `index.ts`. */
import type { TObject } from 'typebox';
import type { ChartDefinition } from '../charts/definitions.ts';
import type { Issue, Label } from '../errors.ts';
import type { ViewDefinition } from '../model/definitions.ts';
import type { FieldTables } from '../rules/paths.ts';
import type { Rule } from '../rules/rule.ts';

export interface ViewType {
  readonly label: Label;
  /** Stands beside name, label, filter, sort and roles in a view's definition. */
  readonly settings: TObject;
  /** The field paths a page of this view must fetch. */
  paths(view: ViewDefinition): readonly string[];
  /** Of these paths those that are shown and no more: what is encrypted may stand there. */
  shown?(view: ViewDefinition): readonly string[];
  /** Paths without which there is nothing to show: who may not know one of them does not get the view. */
  needs?(view: ViewDefinition): readonly string[];
  /** Rules beside the filter, by their path inside the view; they run in memory over the fetched values. */
  rules?(view: ViewDefinition): Readonly<Record<string, Rule>>;
  /** The chart it shows; where `x-editor` says that it stands under `chart`, its shape is checked there. */
  chart?(view: ViewDefinition, table: string): ChartDefinition;
  /** What is wrong beyond shape and paths; called with a view of the right shape. */
  issues?(view: ViewDefinition, place: { readonly tables: FieldTables; readonly table: string; readonly path: string }): readonly Issue[];
}
