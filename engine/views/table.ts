import Type from 'typebox';
import type { ViewDefinition } from '../model/definitions.ts';
import type { Rule } from '../rules/rule.ts';
import type { ViewType } from './view-type.ts';

export interface TableColumn {
  readonly field: string;
  /** Pixels. */
  readonly width?: number;
  readonly pinned?: true;
}

/** A column is a field path, or a path with a width. */
export function tableColumns(view: ViewDefinition): TableColumn[] {
  return ((view.columns as (string | TableColumn)[] | undefined) ?? []).map((column) => (typeof column === 'string' ? { field: column } : column));
}

export function rowColors(view: ViewDefinition): readonly { readonly when: Rule; readonly color: string }[] {
  return (view.colors as { when: Rule; color: string }[] | undefined) ?? [];
}

export const table: ViewType = {
  label: { 'zh-CN': '表格', en: 'Table' },
  settings: Type.Object({
    columns: Type.Array(
      Type.Union([
        Type.String(),
        Type.Object(
          { field: Type.String(), width: Type.Optional(Type.Integer({ minimum: 60, maximum: 800 })), pinned: Type.Optional(Type.Literal(true)) },
          { additionalProperties: false },
        ),
      ]),
      { minItems: 1, maxItems: 100 },
    ),
    /** The select field whose option colours the row. */
    colorBy: Type.Optional(Type.String()),
    /** The first rule that holds colours the row; before `colorBy`. */
    colors: Type.Optional(Type.Array(Type.Object({ when: Type.Unsafe<Rule>({}), color: Type.String() }, { additionalProperties: false }))),
    /** Rows with the same value stand together under a heading. */
    groupBy: Type.Optional(Type.String()),
    density: Type.Optional(Type.Union([Type.Literal('compact'), Type.Literal('comfortable')])),
  }),
  paths: (view) => [...tableColumns(view).map((column) => column.field), ...[view.colorBy, view.groupBy].filter((name) => typeof name === 'string')],
  rules: (view) => Object.fromEntries(rowColors(view).map(({ when }, i) => [`colors/${i}/when`, when])),
};
