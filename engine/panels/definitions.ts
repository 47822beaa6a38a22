/** A panel of a record's page as JSON: records of another table that point here, told in one look. Settings of its type stand beside these. */
import Type, { type Static } from 'typebox';
import { LabelSchema, Name } from '../fields/definition-parts.ts';
import { labelled } from '../fields/settings.ts';
import type { Rule } from '../rules/rule.ts';

export const PanelCommonSchema = Type.Object({
  name: Name,
  label: LabelSchema,
  type: Type.String(),
  table: Name,
  field: Type.String({ description: 'The reference of that table which points here.' }),
  filter: Type.Optional(Type.Unsafe<Rule>({ description: 'Which of them count.', ...labelled('筛选', 'Filter', { 'x-editor': 'rule', 'x-of': 'table', 'x-group': 'basic' }) })),
});

export type PanelDefinition = Static<typeof PanelCommonSchema> & { readonly [setting: string]: unknown };
