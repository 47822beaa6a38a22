/** A chart that is not (yet) part of the definitions: of a view over its list, or as it is being designed. */
import Type, { type Static } from 'typebox';
import type { SharedValue } from '#engine/charts/chart-request.ts';
import { PeriodSchema } from '#engine/charts/period.ts';
import type { Rule } from '#engine/rules/rule.ts';
import { readGivenChart } from '../../records/read-chart.ts';
import type { Answer, Call } from '../endpoint.ts';

const strict = { additionalProperties: false } as const;

export const SharedValuesSchema = Type.Record(
  Type.String({ maxLength: 48 }),
  Type.Union([
    Type.Object({ period: PeriodSchema }, strict),
    Type.Object({ is: Type.Array(Type.Union([Type.String({ maxLength: 200 }), Type.Number(), Type.Boolean()]), { maxItems: 200 }) }, strict),
  ]),
);

export const ChartRequestSchema = Type.Object(
  { chart: Type.Unknown(), filter: Type.Optional(Type.Unknown()), search: Type.Optional(Type.String({ maxLength: 200 })), shared: Type.Optional(SharedValuesSchema) },
  strict,
);

export async function showChart({ workspace, actor, body }: Call): Promise<Answer> {
  const { chart, filter, search, shared } = body as Static<typeof ChartRequestSchema>;
  return { body: await readGivenChart(workspace, actor, chart, { filter: filter as Rule | undefined, search, shared: shared as Record<string, SharedValue> | undefined }) };
}
