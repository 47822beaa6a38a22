import Type from 'typebox';
import { labelled, text } from '../fields/settings.ts';
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
      { minItems: 1, maxItems: 100, ...labelled('列', 'Columns', { 'x-editor': 'columns' }) },
    ),
    groupBy: Type.Optional(
      Type.String({
        ...labelled('分组', 'Group by', {
          'x-editor': 'path',
          'x-kinds': ['option', 'reference', 'boolean', 'date', 'text', 'number'],
          'x-help': text('同一个值的行排在一起，上面有标题。', 'Rows with the same value stand together under a heading.'),
        }),
      }),
    ),
    colorBy: Type.Optional(Type.String({ ...labelled('按选项着色', 'Colour by option', { 'x-editor': 'path', 'x-kinds': ['option'] }) })),
    colors: Type.Optional(
      Type.Array(Type.Object({ when: Type.Unsafe<Rule>({}), color: Type.String() }, { additionalProperties: false }), {
        ...labelled('按条件着色', 'Colour by condition', { 'x-editor': 'colors', 'x-help': text('第一条满足的规则决定颜色，先于选项的颜色。', 'The first rule that holds gives the colour, before that of an option.') }),
      }),
    ),
    density: Type.Optional(
      Type.Union([Type.Literal('compact'), Type.Literal('comfortable')], { ...labelled('行高', 'Row height', { 'x-labels': { compact: text('紧凑', 'Compact'), comfortable: text('宽松', 'Comfortable') } }) }),
    ),
  }),
  paths: (view) => [...tableColumns(view).map((column) => column.field), ...[view.colorBy, view.groupBy].filter((name) => typeof name === 'string')],
  shown: (view) => tableColumns(view).map((column) => column.field),
  rules: (view) => Object.fromEntries(rowColors(view).map(({ when }, i) => [`colors/${i}/when`, when])),
};
