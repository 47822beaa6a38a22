/** The rows that were not imported, as a file to mend and import again: the columns of the source, then row number and reason. */
import type { Locale } from '#engine/errors.ts';
import { maskSensitiveNumbers } from '#engine/records/sensitive-numbers.ts';
import { csvCell } from '../export/csv-cell.ts';
import type { PreparedImport } from './prepare-import.ts';
import type { ImportRun } from './run-import.ts';

const EXTRA_HEADINGS = { 'zh-CN': ['原行号', '未导入的原因'], en: ['Row', 'Why it was not imported'] } as const;

/** UTF-8 with a byte order mark and CRLF, which Excel on Chinese Windows reads. */
export function writeFailures(prepared: PreparedImport, run: Pick<ImportRun, 'failures'>, locale: Locale): string {
  const records = new Map(prepared.data.records.map((record) => [record.row, record]));
  const lines = [[...prepared.headings.map((heading) => heading.text), ...EXTRA_HEADINGS[locale]]];
  for (const { row, issues } of run.failures) {
    const record = records.get(row);
    const reason = issues
      .map(({ column, message }) => {
        const heading = column === null ? '' : (prepared.headings[column]?.text ?? '');
        return heading ? `${heading}: ${message[locale]}` : message[locale];
      })
      .join('; ');
    for (const { row: at, cells } of record ? [record, ...record.continuations] : []) {
      lines.push([...prepared.headings.map((_, column) => cells[column] ?? ''), String(at), at === row ? reason : '']);
    }
  }
  return `\ufeff${lines.map((line) => `${line.map(toCell).join(',')}\r\n`).join('')}`;
}

function toCell(text: string): string {
  return csvCell(/\d{13}|\d[\d\s-]{14}/.test(text) ? maskSensitiveNumbers(text) : text);
}
