/** What every panel is given, and what it asks of the server: records of its table that point at the one shown. */
import type { TableModel } from '#engine/model/app-model.ts';
import type { PanelDefinition } from '#engine/panels/definitions.ts';
import type { Rule } from '#engine/rules/rule.ts';

export interface PanelProps {
  readonly panel: PanelDefinition;
  /** Of the panel's records. */
  readonly table: TableModel;
  readonly parent: { readonly table: TableModel; readonly id: string; readonly title: string };
}

export function panelFilter({ panel, parent }: Pick<PanelProps, 'panel' | 'parent'>, more?: Rule): Rule {
  const rules: Rule[] = [{ '==': [{ var: panel.field }, parent.id] }, ...[panel.filter, more].filter((rule) => rule !== undefined)];
  return rules.length === 1 ? (rules[0] as Rule) : { and: rules };
}

export const pathIn = (panel: PanelDefinition, setting: string): string | undefined => (typeof panel[setting] === 'string' ? (panel[setting] as string) : undefined);

/** A new record of the panel's table that points here. */
export function pointingHere({ panel, table, parent }: PanelProps) {
  return { table: table.name, values: { [panel.field]: parent.id }, included: { [parent.table.name]: { [parent.id]: { title: parent.title } } } };
}
