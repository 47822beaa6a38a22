/** A chart that is not (yet) part of the definitions: of a view over its list, or as it is being designed. */
import { createReadStream } from 'node:fs';
import { rm } from 'node:fs/promises';
import Type, { type Static } from 'typebox';
import type { SharedValue } from '#engine/charts/chart-request.ts';
import { PeriodSchema } from '#engine/charts/period.ts';
import type { Rule } from '#engine/rules/rule.ts';
import { chartFile, SheetSchema } from '../../export/chart-file.ts';
import { FILE_TYPES } from './exports.ts';
import { localeOf } from '../problem.ts';
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

export const ChartFileSchema = Type.Object({ ...ChartRequestSchema.properties, format: Type.Union([Type.Literal('csv'), Type.Literal('xlsx'), Type.Literal('pdf')]), sheet: SheetSchema }, strict);

const givenOf = ({ filter, search, shared }: Omit<Static<typeof ChartRequestSchema>, 'chart'>) => ({ filter: filter as Rule | undefined, search, shared: shared as Record<string, SharedValue> | undefined });

export async function showChart({ workspace, actor, body }: Call): Promise<Answer> {
  const { chart, ...given } = body as Static<typeof ChartRequestSchema>;
  return { body: await readGivenChart(workspace, actor, chart, givenOf(given)) };
}

export async function exportChart({ workspace, actor, body, request, response }: Call): Promise<Answer | undefined> {
  const { chart, format, sheet, ...given } = body as Static<typeof ChartFileSchema>;
  const { file, name } = await chartFile(workspace, actor, { chart, given: givenOf(given), format, sheet }, localeOf(request));
  response.setHeader('Content-Type', FILE_TYPES[format]);
  response.setHeader('Content-Disposition', `attachment; filename*=UTF-8''${encodeURIComponent(name)}`);
  response.setHeader('Content-Security-Policy', "default-src 'none'; sandbox");
  const stream = createReadStream(file);
  const remove = (): void => void rm(file, { force: true }).catch((error: unknown) => workspace.log.error({ err: error }, 'the file of a chart could not be removed'));
  stream.on('error', () => response.destroy()).on('close', remove);
  stream.pipe(response);
  return undefined;
}
