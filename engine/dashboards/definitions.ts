/**
 * A dashboard as JSON: cards on a grid of twelve columns, each a chart, a list, a text or the reader's inbox, and filters that several of
 * them share. A chart says in `shared` which of its fields a filter is about; one that does not name it is not touched by it.
 */
import Type, { type Static } from 'typebox';
import type { ChartDefinition } from '../charts/definitions.ts';
import { PeriodSchema } from '../charts/period.ts';
import { LabelSchema, Name, TextSchema } from '../fields/definition-parts.ts';

const strict = { additionalProperties: false } as const;
const RoleName = Type.String({ pattern: '^[a-z][A-Za-z0-9_]{0,47}$' });
export const GRID_COLUMNS = 12;

export const SharedFilterSchema = Type.Object(
  {
    name: Name,
    label: LabelSchema,
    period: Type.Optional(Type.Object(PeriodSchema.properties, { ...strict, description: 'A filter of time, and what it begins with.' })),
    values: Type.Optional(
      Type.Object(
        { table: Name, field: Type.String({ description: 'The select or reference whose values are offered.' }), default: Type.Optional(Type.Array(Type.String(), { description: '`$me` is the reader.' })) },
        { ...strict, description: 'A filter of values.' },
      ),
    ),
  },
  strict,
);

export const CardSchema = Type.Object(
  {
    name: Name,
    x: Type.Integer({ minimum: 0, maximum: GRID_COLUMNS - 1 }),
    y: Type.Integer({ minimum: 0, maximum: 500 }),
    w: Type.Integer({ minimum: 1, maximum: GRID_COLUMNS }),
    h: Type.Integer({ minimum: 1, maximum: 24 }),
    chart: Type.Optional(Type.Unsafe<ChartDefinition>({ type: 'object' })),
    list: Type.Optional(
      Type.Object({ table: Name, view: Name, label: Type.Optional(LabelSchema), limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 20 })) }, { ...strict, description: 'The first records of a view; of a calendar, those of today.' }),
    ),
    text: Type.Optional({ ...TextSchema, description: 'Markdown.' }),
    inbox: Type.Optional(Type.Unsafe<'approvals' | 'notices'>(Type.Union([Type.Literal('approvals'), Type.Literal('notices')], { description: 'What waits for the reader.' }))),
  },
  strict,
);

export const DashboardSchema = Type.Object(
  {
    $schema: Type.Optional(Type.String()),
    name: Name,
    label: LabelSchema,
    description: Type.Optional(TextSchema),
    icon: Type.Optional(Type.String()),
    roles: Type.Optional(Type.Array(RoleName, { description: 'Who sees it; everybody when absent.' })),
    filters: Type.Optional(Type.Array(SharedFilterSchema, { maxItems: 8 })),
    cards: Type.Array(CardSchema, { maxItems: 40 }),
  },
  strict,
);

export type SharedFilterDefinition = Static<typeof SharedFilterSchema>;
export type CardDefinition = Static<typeof CardSchema>;
export type DashboardDefinition = Static<typeof DashboardSchema>;
