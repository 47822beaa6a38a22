/**
 * A chart as JSON: a table, which of its records count, what they are grouped by and what is measured. Settings of a chart type stand
 * beside these. A measure may be taken from another table, grouped by paths of that table that lead to the same values.
 */
import Type, { type Static } from 'typebox';
import { LabelSchema, Name } from '../fields/definition-parts.ts';
import { labelled, text } from '../fields/settings.ts';
import type { Rule } from '../rules/rule.ts';
import { AGGREGATE_FUNCTIONS, type AggregateFunction, GRAINS, type Grain } from './aggregate.ts';
import { PeriodSchema } from './period.ts';

const strict = { additionalProperties: false } as const;
const Flag = Type.Literal(true);
const Path = Type.String({ pattern: '^[$a-z][A-Za-z0-9_]*(\\.[a-z][A-Za-z0-9_]*){0,4}$' });
const RuleSchema = Type.Unsafe<Rule>({ description: 'A JSON Logic tree.' });
/** By a shared filter's name: the path of this table which it is about. */
const SharedSchema = Type.Record(Type.String(), Path);

export const DimensionSchema = Type.Object(
  {
    field: Path,
    label: Type.Optional(LabelSchema),
    grain: Type.Optional(Type.Unsafe<Grain>(Type.Union(GRAINS.map((grain) => Type.Literal(grain))))),
    bands: Type.Optional(Type.Array(Type.Number(), { minItems: 1, maxItems: 20, description: 'Rising bounds of numbers; of a date, days it lies back from today.' })),
    leading: Type.Optional(Type.Integer({ minimum: 1, maximum: 20, description: 'Grouped by so many first characters of a text: 2 of a region is the province.' })),
    values: Type.Optional(Type.Array(Type.String(), { minItems: 1, maxItems: 100, description: 'Only these, in this order.' })),
    fill: Type.Optional(Type.Literal(true, { description: 'Options without a record stand there with zero. Months and bands always do.' })),
  },
  strict,
);

export const MEASURE_FORMATS = ['number', 'money', 'percent', 'days', 'hours'] as const;
export type MeasureFormat = (typeof MEASURE_FORMATS)[number];

export const MeasureSchema = Type.Object(
  {
    name: Name,
    label: LabelSchema,
    function: Type.Unsafe<AggregateFunction | 'ratio' | 'difference'>(Type.Union([...AGGREGATE_FUNCTIONS, 'ratio', 'difference'].map((name) => Type.Literal(name)))),
    field: Type.Optional(Path),
    since: Type.Optional(Path),
    filter: Type.Optional(RuleSchema),
    of: Type.Optional(Type.Array(Name, { minItems: 2, maxItems: 2, description: 'Of a ratio the measure above the line and the one below it; of a difference what is taken from, and what is taken.' })),
    table: Type.Optional(Type.String({ description: 'Another table than the chart’s.' })),
    by: Type.Optional(Type.Array(Path, { maxItems: 3, description: 'Paths of that table, one for each dimension.' })),
    date: Type.Optional(Path),
    within: Type.Optional({ ...RuleSchema, description: 'Which records of that other table there are groups of; `filter` says only which of them count.' }),
    shared: Type.Optional(SharedSchema),
    format: Type.Optional(Type.Unsafe<MeasureFormat>(Type.Union(MEASURE_FORMATS.map((name) => Type.Literal(name))))),
    line: Type.Optional(Type.Literal(true, { description: 'Drawn as a line above columns.' })),
    color: Type.Optional(Type.String()),
    hidden: Type.Optional(Type.Literal(true, { description: 'Counted for a ratio, not shown.' })),
  },
  strict,
);

export const ChartCommonSchema = Type.Object({
  name: Name,
  label: LabelSchema,
  description: Type.Optional({ ...LabelSchema, ...labelled('一句话说明', 'Meaning in one line', { 'x-editor': 'label', 'x-group': 'basic' }) }),
  type: Type.String(),
  table: Type.String({ ...labelled('数据表', 'Table', { 'x-editor': 'table', 'x-group': 'value' }) }),
  filter: Type.Optional({ ...RuleSchema, ...labelled('筛选', 'Filter', { 'x-editor': 'rule', 'x-of': 'table', 'x-group': 'value' }) }),
  period: Type.Optional({
    ...Type.Object({ field: Path, ...PeriodSchema.properties }, strict),
    ...labelled('时段', 'Period', { 'x-editor': 'period', 'x-of': 'table', 'x-group': 'value' }),
  }),
  compare: Type.Optional(
    Type.Unsafe<'before' | 'year'>({
      ...Type.Union([Type.Literal('before'), Type.Literal('year')]),
      ...labelled('对比', 'Compare with', { 'x-group': 'value', 'x-labels': { before: text('上一时段', 'The period before'), year: text('去年同期', 'The year before') } }),
    }),
  ),
  dimensions: Type.Optional(Type.Array(DimensionSchema, { maxItems: 3, ...labelled('分组', 'Grouped by', { 'x-editor': 'dimensions', 'x-of': 'table', 'x-group': 'value' }) })),
  deeper: Type.Optional(
    Type.Array(DimensionSchema, {
      minItems: 1,
      maxItems: 4,
      description: 'Further levels of the first grouping, which a click opens: province, city, district.',
      ...labelled('点开后的下级分组', 'Levels inside a group', { 'x-editor': 'dimensions', 'x-of': 'table', 'x-group': 'value' }),
    }),
  ),
  measures: Type.Array(MeasureSchema, { minItems: 1, maxItems: 12, ...labelled('度量', 'Measures', { 'x-editor': 'measures', 'x-of': 'table', 'x-group': 'value' }) }),
  oneMeasure: Type.Optional(Type.Literal(true, { ...labelled('一次看一个度量，由读者切换', 'One measure at a time, switched by the reader', { 'x-group': 'value' }) })),
  unscoped: Type.Optional(
    Type.Literal(true, {
      description: 'Counts the records of everybody, not only those the reader may see; the card says so.',
      ...labelled('全公司口径', 'Company-wide', { 'x-group': 'value', 'x-help': text('不按读者的权限取数，卡片上会注明。只有应用管理员可以设置。', 'Counts everybody’s records, whatever the reader may see; the card says so. For app administrators to set.') }),
    }),
  ),
  sort: Type.Optional(
    Type.Object(
      { by: Name, ascending: Type.Optional(Flag) },
      { ...strict, description: 'A measure; absent: options, months and bands in their own order, anything else by the first measure.', ...labelled('排序', 'Order', { 'x-editor': 'measureSort', 'x-group': 'value' }) },
    ),
  ),
  limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 500, ...labelled('最多几项', 'At most', { 'x-group': 'value' }) })),
  other: Type.Optional(Type.Literal(true, { ...labelled('其余合为“其他”', 'The rest as “Other”', { 'x-group': 'value' }) })),
  shared: Type.Optional({ ...SharedSchema, ...labelled('共享筛选对应的字段', 'Fields of shared filters', { 'x-editor': 'shared', 'x-of': 'table', 'x-group': 'value' }) }),
});

export type DimensionDefinition = Static<typeof DimensionSchema>;
export type MeasureDefinition = Static<typeof MeasureSchema>;
export type ChartDefinition = Static<typeof ChartCommonSchema> & { readonly [setting: string]: unknown };
