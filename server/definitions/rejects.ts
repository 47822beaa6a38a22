/** Values that a type change could not take along, as a file to work through. */
import { setImmediate as breathe } from 'node:timers/promises';
import type { FieldModel } from '#engine/model/app-model.ts';
import { AppError, type Label, type Locale } from '#engine/errors.ts';
import type { Transaction } from '../db/database.ts';
import { raw, sql } from '../db/sql.ts';
import type { Reject } from './convert-values.ts';
import type { Workspace } from '../workspace.ts';

const BATCH = 1000;

/** A thousand a statement: a column of text may have a hundred thousand that are no numbers. */
export async function keepRejects(tx: Transaction, version: number, { table, name }: FieldModel, rejects: readonly Reject[]): Promise<void> {
  const source = tx.dialect.name === 'postgres' ? raw('SELECT v.id, v.value, v.reason FROM jsonb_to_recordset(?::jsonb) AS v(id text, value text, reason text)') : raw(`SELECT value ->> 'id', value ->> 'value', value ->> 'reason' FROM json_each(?)`);
  for (let start = 0; start < rejects.length; start += BATCH) {
    const rows = rejects.slice(start, start + BATCH).map(({ id, text, reason }) => ({ id, value: text, reason: JSON.stringify(reason) }));
    await tx.run({
      text: `INSERT INTO relata_reject (version, table_name, field_name, record_id, value, reason) SELECT CAST(? AS BIGINT), CAST(? AS TEXT), CAST(? AS TEXT), r.* FROM (${source.text}) r`,
      params: [version, table, name, JSON.stringify(rows)],
    });
    await breathe();
  }
}

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
