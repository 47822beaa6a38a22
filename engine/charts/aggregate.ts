/**
 * What the aggregate endpoint is asked and answers: readable rows, grouped by fields, calendar units or bands, measured.
 * Charts, pivots and group headings are all made of such requests.
 */
import Type, { type Static } from 'typebox';
import type { Json } from '../fields/field-type.ts';

export const GRAINS = ['day', 'week', 'month', 'quarter', 'year'] as const;
export type Grain = (typeof GRAINS)[number];
export const AGGREGATE_FUNCTIONS = ['count', 'countDistinct', 'sum', 'avg', 'min', 'max', 'median', 'p90'] as const;
export type AggregateFunction = (typeof AGGREGATE_FUNCTIONS)[number];

const strict = { additionalProperties: false } as const;
const Path = Type.String({ maxLength: 200 });

export const GroupBySchema = Type.Object(
  {
    field: Path,
    grain: Type.Optional(Type.Unsafe<Grain>(Type.Union(GRAINS.map((grain) => Type.Literal(grain))))),
    leading: Type.Optional(Type.Integer({ minimum: 1, maximum: 20, description: 'Only so many first characters of a text.' })),
    bands: Type.Optional(Type.Array(Type.Number(), { minItems: 1, maxItems: 20, description: 'Rising bounds: each begins a band. Of a date: days it lies back from today.' })),
  },
  strict,
);

export const AggregateMeasureSchema = Type.Object(
  {
    function: Type.Unsafe<AggregateFunction>(Type.Union(AGGREGATE_FUNCTIONS.map((name) => Type.Literal(name)))),
    field: Type.Optional(Path),
    since: Type.Optional(Type.String({ maxLength: 200, description: 'An earlier moment: what is measured are the hours from it to the field.' })),
    filter: Type.Optional(Type.Unknown({ description: 'Only these rows count for this measure.' })),
  },
  strict,
);

export const AggregateSchema = Type.Object(
  {
    filter: Type.Optional(Type.Unknown()),
    search: Type.Optional(Type.String({ maxLength: 200 })),
    groupBy: Type.Optional(Type.Array(GroupBySchema, { maxItems: 3 })),
    measures: Type.Array(AggregateMeasureSchema, { minItems: 1, maxItems: 20 }),
    sort: Type.Optional(Type.Object({ measure: Type.Integer({ minimum: 0, maximum: 19 }), descending: Type.Optional(Type.Literal(true)) }, { ...strict, description: 'Groups of the first key in order of a measure.' })),
    limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 1000, description: 'At most so many values of the first key.' })),
    other: Type.Optional(Type.Literal(true, { description: 'What lies beyond the limit as one more group.' })),
  },
  strict,
);
export type AggregateRequest = Static<typeof AggregateSchema>;
export type AggregateMeasure = AggregateRequest['measures'][number];
export type GroupBy = Static<typeof GroupBySchema>;

/** Ids in the keys with what they are called, as a list answers them. */
export type Titles = Readonly<Record<string, Readonly<Record<string, { readonly title: string | null }>>>>;

export interface AggregateGroup {
  /** A day for a date with a grain, the number of a band, else the value; null where there is none. */
  readonly keys: readonly Json[];
  readonly values: readonly (number | string | null)[];
  /** Everything beyond the limit; its first key is null. */
  readonly other?: true;
}

export interface Aggregated {
  readonly groups: readonly AggregateGroup[];
  readonly included: Titles;
  /** There are more groups than are ever answered. */
  readonly capped?: true;
}

export const MAX_GROUPS = 1000;

/** What an empty group measures. */
export function emptyMeasure(name: AggregateFunction): 0 | null {
  return name === 'count' || name === 'countDistinct' || name === 'sum' ? 0 : null;
}
