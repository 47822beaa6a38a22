import { importEstimate } from '../../import/import-estimate.ts';
import Type, { type Static } from 'typebox';
import { AppError, type Label, type Locale } from '#engine/errors.ts';
import type { Json } from '#engine/fields/field-type.ts';
import { authorize } from '#engine/permissions/authorize.ts';
import { receiveUpload } from '../../files/receive-upload.ts';
import { removeStored } from '../../files/store.ts';
import { analyseImport, type ImportAnalysis } from '../../import/analyse-import.ts';
import { changeDraft, type ImportRow, listOwnImports, ownImport, prepare, requestCancel, startDraft, startRun, undoRun } from '../../import/imports.ts';
import type { ImportSettings, PreparedImport } from '../../import/prepare-import.ts';
import type { ImportRun } from '../../import/run-import.ts';
import { writeFailures } from '../../import/write-failures.ts';
import { refuseNumbers } from '../../records/ban-numbers.ts';
import type { Answer, Call } from '../endpoint.ts';
import { localeOf } from '../problem.ts';
import { queryText } from './request-parts.ts';

const COLUMNS: Label = { 'zh-CN': '列的设置', en: 'The settings of a column' };
const MAX_BYTES = 100 * 1_048_576;
const strict = { additionalProperties: false } as const;
const Line = Type.Integer({ minimum: 1, maximum: 1_048_576 });

export const ImportChangeSchema = Type.Object(
  {
    sheet: Type.Optional(Type.String({ maxLength: 100 })),
    encoding: Type.Optional(Type.String({ maxLength: 20 })),
    delimiter: Type.Optional(Type.String({ maxLength: 1 })),
    header: Type.Optional(Type.Object({ from: Line, to: Line }, strict)),
    columns: Type.Optional(
      Type.Array(
        Type.Object(
          {
            index: Type.Integer({ minimum: 0, maximum: 1000 }),
            target: Type.Union([Type.String({ maxLength: 200 }), Type.Null()]),
            values: Type.Optional(Type.Record(Type.String(), Type.Unknown())),
          },
          strict,
        ),
        { maxItems: 1000 },
      ),
    ),
    options: Type.Optional(Type.Object({ duplicates: Type.Optional(Type.Union([Type.Literal('create'), Type.Literal('skip'), Type.Literal('update')])) }, strict)),
  },
  strict,
);
export const ImportRunSchema = Type.Object({ dryRun: Type.Boolean(), automations: Type.Optional(Type.Union([Type.Literal('none'), Type.Literal('each'), Type.Literal('batch')])) }, strict);

/** The page asks for progress again and again; the analysis of a prepared file stays the same. */
const analysed = new WeakMap<PreparedImport, Map<Locale, Promise<ImportAnalysis>>>();

async function analysisOf(call: Call, row: ImportRow): Promise<ImportAnalysis> {
  const prepared = await prepare(call.workspace, call.actor, row);
  const locale = localeOf(call.request);
  let byLocale = analysed.get(prepared);
  if (!byLocale) analysed.set(prepared, (byLocale = new Map()));
  let analysis = byLocale.get(locale);
  if (!analysis) byLocale.set(locale, (analysis = analyseImport(prepared, locale)));
  return analysis;
}

async function draftAnswer(call: Call, row: ImportRow): Promise<object> {
  const analysis = await analysisOf(call, row);
  return { id: row.id, table: row.table, file: { name: row.fileName, size: row.fileSize }, ...analysis };
}

function runAnswer(row: Pick<ImportRow, 'id' | 'run'>, locale: Locale, brief = false): object | null {
  if (!row.run) return null;
  const { duplicates, failures, ...counts } = row.run;
  if (brief) return { id: row.id, ...counts, duplicates: [], failures: [] };
  return {
    id: row.id,
    ...counts,
    duplicates: duplicates.map((hint) => ({ ...hint, message: hint.message[locale] })),
    failures: failures.map(({ row: line, issues }) => ({ row: line, issues: issues.map(({ column, message }) => ({ column, message: message[locale] })) })),
  };
}

/** A file that cannot be read is not kept. */
export async function createImport(call: Call): Promise<Answer> {
  const { workspace, actor, request, params } = call;
  const table = params.table ?? '';
  authorize(workspace.model, actor, 'import', table);
  const upload = await receiveUpload(request, workspace.filesDir, MAX_BYTES);
  const settings: ImportSettings = {
    ...(upload.fields.sheet && { sheet: upload.fields.sheet }),
    ...(upload.fields.encoding && { encoding: upload.fields.encoding as NonNullable<ImportSettings['encoding']> }),
    ...(upload.fields.delimiter && { delimiter: upload.fields.delimiter as NonNullable<ImportSettings['delimiter']> }),
  };
  try {
    const row = await startDraft(workspace, actor, table, upload, settings);
    return { body: await draftAnswer(call, row) };
  } catch (error) {
    await removeStored(workspace.filesDir, upload.storedAs);
    throw error;
  }
}

export async function showImport(call: Call): Promise<Answer> {
  const row = await ownImport(call.workspace, call.actor, call.params.id ?? '');
  return { body: { draft: await draftAnswer(call, row), run: runAnswer(row, localeOf(call.request)) } };
}

export async function updateImport(call: Call): Promise<Answer> {
  const { workspace, actor, params } = call;
  const row = await ownImport(workspace, actor, params.id ?? '');
  const changes = call.body as Static<typeof ImportChangeSchema>;
  refuseNumbers(workspace.model, (changes.columns ?? null) as Json, COLUMNS, '/columns');
  // Another sheet, encoding or heading makes the columns anew.
  const rereads = changes.sheet !== undefined || changes.encoding !== undefined || changes.delimiter !== undefined || changes.header !== undefined;
  const { columns, ...kept } = row.settings;
  const settings = { ...kept, ...(!rereads && columns && { columns }), ...changes } as ImportSettings;
  return { body: await draftAnswer(call, await changeDraft(workspace, row, settings)) };
}

export async function runImport(call: Call): Promise<Answer> {
  const { workspace, actor, params } = call;
  const row = await ownImport(workspace, actor, params.id ?? '');
  const run = await startRun(workspace, actor, row, call.body as Static<typeof ImportRunSchema>);
  return { body: runAnswer({ id: row.id, run }, localeOf(call.request)) };
}

/** Workflows that this import may set off, before it is decided whether it should. */
export async function importAutomations(call: Call): Promise<Answer> {
  const row = await ownImport(call.workspace, call.actor, call.params.id ?? '');
  return { body: { workflows: await importEstimate(call.workspace, call.actor, row) } };
}

export async function cancelImport(call: Call): Promise<Answer> {
  const row = await ownImport(call.workspace, call.actor, call.params.id ?? '');
  requestCancel(row);
  return { body: runAnswer(row, localeOf(call.request)) };
}

export async function undoImport(call: Call): Promise<Answer> {
  const { workspace, actor, params } = call;
  const row = await ownImport(workspace, actor, params.id ?? '');
  return { body: runAnswer({ id: row.id, run: await undoRun(workspace, actor, row) }, localeOf(call.request)) };
}

export async function failuresCsv(call: Call): Promise<Answer | undefined> {
  const { workspace, actor, params, request, response } = call;
  const row = await ownImport(workspace, actor, params.id ?? '');
  const run: ImportRun | null = row.run;
  if (!run) throw new AppError('not_found', { 'zh-CN': '这次导入还没有运行', en: 'This import has not run yet' });
  const csv = writeFailures(await prepare(workspace, actor, row), run, localeOf(request));
  response.setHeader('Content-Type', 'text/csv; charset=utf-8');
  response.setHeader('Content-Disposition', `attachment; filename*=UTF-8''${encodeURIComponent(`${row.fileName.replace(/\.[^.]+$/, '')}-failures.csv`)}`);
  response.end(csv);
  return undefined;
}

export async function listImports(call: Call): Promise<Answer> {
  const locale = localeOf(call.request);
  const rows = await listOwnImports(call.workspace, call.actor, queryText(call, 'table'));
  return { body: { data: rows.map((row) => ({ id: row.id, table: row.table, file: { name: row.fileName, size: row.fileSize }, at: row.createdAt, by: row.userId, run: runAnswer(row, locale, true) })) } };
}
