/** Files of records that people take out. */
import { createReadStream } from 'node:fs';
import { authorize } from '#engine/permissions/authorize.ts';
import { AppError, type Locale } from '#engine/errors.ts';
import { cancelExport, exportFile, type ExportRow, listExports, ownExport, startExport } from '../../export/exports.ts';
import { recordCard } from '../../export/record-card.ts';
import { noteInAudit } from '../../records/audit.ts';
import type { ExportFormat, ExportRequest } from '../../export/export-request.ts';
import type { Answer, Call } from '../endpoint.ts';
import { localeOf } from '../problem.ts';
import { queryText } from './request-parts.ts';

export const FILE_TYPES: Readonly<Record<ExportFormat, string>> = {
  csv: 'text/csv',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  pdf: 'application/pdf',
};

function exportAnswer({ storedAs: _, problem, userId, ...row }: ExportRow, locale: Locale): object {
  return { ...row, by: userId, problem: problem?.[locale] ?? null };
}

export async function createExport(call: Call): Promise<Answer> {
  const locale = localeOf(call.request);
  return { body: exportAnswer(await startExport(call.workspace, call.actor, call.params.table ?? '', call.body as ExportRequest, locale), locale) };
}

export async function showExport(call: Call): Promise<Answer> {
  return { body: exportAnswer(await ownExport(call.workspace, call.actor, call.params.id ?? ''), localeOf(call.request)) };
}

export async function listOwnExports(call: Call): Promise<Answer> {
  const rows = await listExports(call.workspace, call.actor, queryText(call, 'everybody') === 'true');
  return { body: { data: rows.map((row) => exportAnswer(row, localeOf(call.request))) } };
}

export async function stopExport(call: Call): Promise<Answer> {
  const row = await ownExport(call.workspace, call.actor, call.params.id ?? '');
  cancelExport(row);
  return { body: exportAnswer(row, localeOf(call.request)) };
}

export async function downloadExport(call: Call): Promise<Answer | undefined> {
  const { workspace, actor, response } = call;
  const row = await ownExport(workspace, actor, call.params.id ?? '');
  authorize(workspace.model, actor, 'export', row.table);
  // Looking through somebody's eyes takes nothing home.
  if (actor.viewedBy !== undefined) throw new AppError('forbidden', { 'zh-CN': '正在以他人的视角查看，不能下载导出的文件', en: 'You are looking through somebody else’s eyes and cannot take their files' });
  const stream = createReadStream(exportFile(workspace, actor, row));
  response.setHeader('Content-Type', FILE_TYPES[row.format]);
  if (row.size !== null) response.setHeader('Content-Length', row.size);
  response.setHeader('Content-Disposition', `attachment; filename*=UTF-8''${encodeURIComponent(row.fileName)}`);
  response.setHeader('Content-Security-Policy', "default-src 'none'; sandbox");
  stream.on('error', (error) => {
    workspace.log.error({ err: error }, 'an export could not be read');
    response.destroy();
  });
  stream.pipe(response);
  return undefined;
}

/** Reading is enough to print a record; that it was printed is noted. */
export async function printRecord(call: Call): Promise<Answer | undefined> {
  const { workspace, actor, params, response, request } = call;
  const [table, id] = [params.table ?? '', params.id ?? ''];
  const { title, doc } = await recordCard(workspace, actor, table, id, localeOf(request));
  await workspace.database.transaction((tx) => noteInAudit(tx, { at: workspace.now(), by: actor.userId, table, id: `print:${id}`, action: 'print', version: 0, changes: {} }));
  response.setHeader('Content-Type', 'application/pdf');
  response.setHeader('Content-Disposition', `inline; filename*=UTF-8''${encodeURIComponent(`${title}.pdf`)}`);
  response.setHeader('Content-Security-Policy', "default-src 'none'; style-src 'unsafe-inline'");
  doc.pipe(response);
  return undefined;
}
