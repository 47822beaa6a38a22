/** Values that a type change could not take along, as a file to work through. */
import { AppError, type Label, type Locale } from '#engine/errors.ts';
import { sql } from '../db/sql.ts';
import type { Workspace } from '../workspace.ts';

const HEADINGS: Readonly<Record<Locale, readonly string[]>> = { 'zh-CN': ['表', '字段', '记录 ID', '值', '原因'], en: ['Table', 'Field', 'Record id', 'Value', 'Reason'] };
const FORMULA_START = /^[=+\-@\t\r]/;

export async function rejectsCsv(workspace: Workspace, version: number, locale: Locale): Promise<string> {
  const rows = await workspace.database.all<{ table_name: string; field_name: string; record_id: string; value: string; reason: string }>(
    sql`SELECT table_name, field_name, record_id, value, reason FROM relata_reject WHERE version = ${version} ORDER BY table_name, field_name, record_id`,
  );
  if (rows.length === 0) throw new AppError('not_found', { 'zh-CN': '这个版本没有未转换的值', en: 'This version has no values that did not convert' });
  const lines = rows.map((row) => [row.table_name, row.field_name, row.record_id, row.value, (JSON.parse(row.reason) as Label)[locale]]);
  return `\ufeff${[HEADINGS[locale], ...lines].map((line) => line.map(cell).join(',')).join('\r\n')}\r\n`;
}

/** A spreadsheet must show the value, not run it. */
function cell(text: string): string {
  const inert = FORMULA_START.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(inert) ? `"${inert.replaceAll('"', '""')}"` : inert;
}
