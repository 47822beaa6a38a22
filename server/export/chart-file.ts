/**
 * The table of a chart as a file. Its numbers are read here with the actor's rights, on every table of which they must have the right
 * to export; how keys are called (a month, a band, "not set") is the screen's business, so the words come with the request.
 */
import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import Type, { type Static } from 'typebox';
import { v7 as uuidv7 } from 'uuid';
import type { ChartDefinition, MeasureFormat } from '#engine/charts/definitions.ts';
import type { ChartContext } from '#engine/charts/chart-request.ts';
import { AppError, type Label, type Locale } from '#engine/errors.ts';
import type { Json } from '#engine/fields/field-type.ts';
import { formatMoment } from '#engine/fields/moment.ts';
import type { FieldModel } from '#engine/model/app-model.ts';
import type { Actor } from '#engine/permissions/actor.ts';
import { authorize } from '#engine/permissions/authorize.ts';
import { withoutNumbers } from '#engine/records/number-ban.ts';
import { toLocalDate } from '#engine/rules/time.ts';
import { noteInAudit } from '../records/audit.ts';
import { readGivenChart } from '../records/read-chart.ts';
import type { Workspace } from '../workspace.ts';
import type { ExportColumn } from './columns.ts';
import type { ExportFormat } from './export-request.ts';
import { fileName } from './file-name.ts';
import { exportsDir, WRITERS } from './exports.ts';

const strict = { additionalProperties: false } as const;

export const SheetSchema = Type.Object(
  {
    title: Type.String({ minLength: 1, maxLength: 200 }),
    columns: Type.Array(Type.Object({ text: Type.String({ maxLength: 200 }), format: Type.Union([Type.Literal('text'), Type.Literal('number'), Type.Literal('money'), Type.Literal('percent'), Type.Literal('days'), Type.Literal('hours')]) }, strict), { minItems: 1, maxItems: 60 }),
    rows: Type.Array(Type.Array(Type.Union([Type.String({ maxLength: 500 }), Type.Number(), Type.Null()]), { maxItems: 60 }), { maxItems: 4000 }),
  },
  strict,
);
export type Sheet = Static<typeof SheetSchema>;

export interface ChartFileRequest {
  readonly chart: unknown;
  readonly given: Omit<ChartContext, 'today'>;
  readonly format: ExportFormat;
  readonly sheet: Sheet;
}

const text = {
  viewing: { 'zh-CN': '正在以他人的视角查看，不能导出', en: 'You are looking through somebody else’s eyes and cannot take anything out' } as Label,
  tooMany: { 'zh-CN': '导出的行数与图表不符，请刷新后重试', en: 'There are more rows than the chart has; reload and try again' } as Label,
};

/** Writes the file, notes it in the audit and answers where it lies; the caller removes it. Throws what reading the chart throws, `forbidden`. */
export async function chartFile(workspace: Workspace, actor: Actor, { chart, given, format, sheet }: ChartFileRequest, locale: Locale): Promise<{ readonly file: string; readonly name: string }> {
  if (actor.viewedBy !== undefined) throw new AppError('forbidden', text.viewing);
  const data = await readGivenChart(workspace, actor, chart, given);
  const own = chart as ChartDefinition;
  for (const table of new Set([own.table, ...own.measures.flatMap((measure) => measure.table ?? [])])) authorize(workspace.model, actor, 'export', table);
  if (sheet.rows.length > data.rows.length) throw new AppError('validation_failed', text.tooMany, [{ path: '/sheet/rows', code: 'out_of_range', message: text.tooMany }]);
  const { timeZone } = workspace.model.settings;
  const at = workspace.now();
  const today = toLocalDate(at, timeZone);
  const id = uuidv7();
  const file = join(exportsDir(workspace), id);
  await mkdir(exportsDir(workspace), { recursive: true });
  const columns = sheet.columns.map(columnOf);
  const records = sheet.rows.map((row) => Object.fromEntries(columns.map(({ path }, i) => [path, row[i] ?? null])));
  try {
    await WRITERS[format]({
      plan: { title: sheet.title, columns, request: { format }, table: { titleField: '' }, total: records.length },
      file,
      pages: (async function* () {
        yield { records, included: {} };
      })(),
      context: { locale, timeZone, today },
      by: workspace.directory.user(actor.userId)?.name ?? '',
      at: formatMoment(at, timeZone).slice(0, 16),
    });
    await workspace.database.transaction((tx) => {
      const changes = withoutNumbers({ format, chart: sheet.title, rows: records.length, filter: (given.filter ?? null) as Json });
      return noteInAudit(tx, { at, by: actor.userId, table: own.table, id, action: 'export', version: 0, changes: changes as Record<string, Json> });
    });
  } catch (error) {
    await rm(file, { force: true });
    throw error;
  }
  return { file, name: fileName(sheet.title, today, format) };
}

const FIELDS: Readonly<Record<MeasureFormat | 'text', Pick<FieldModel, 'type' | 'settings'>>> = {
  text: { type: 'text', settings: {} },
  number: { type: 'decimal', settings: { scale: 2 } },
  money: { type: 'decimal', settings: { scale: 2 } },
  percent: { type: 'percent', settings: { scale: 1 } },
  days: { type: 'decimal', settings: { scale: 1 } },
  hours: { type: 'decimal', settings: { scale: 1 } },
};

function columnOf({ text: label, format }: Sheet['columns'][number], place: number): ExportColumn {
  const path = `c${place}`;
  return { path, label, field: { name: path, table: '', label: { 'zh-CN': label, en: label }, ...FIELDS[format] } };
}
