/** Text files: UTF-8 with a byte order mark and CRLF, which Excel on Chinese Windows reads; or as asked. */
import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { finished } from 'node:stream/promises';
import iconv from 'iconv-lite';
import { plainText } from './columns.ts';
import { csvCell } from './csv-cell.ts';
import type { ExportWriter } from './export-writer.ts';

export const writeCsv: ExportWriter = async ({ plan: { columns, request }, file, pages, context }) => {
  const { delimiter = ',', encoding = 'utf-8', bom = true } = request;
  const stream = createWriteStream(file);
  const send = async (text: string): Promise<void> => {
    // GB18030 holds every character that Unicode does; GBK would lose some.
    if (!stream.write(encoding === 'gb18030' ? iconv.encode(text, 'gb18030') : text)) await once(stream, 'drain');
  };
  const line = (cells: readonly string[]): string => `${cells.map(csvCell).join(delimiter)}\r\n`;
  try {
    await send(`${bom && encoding === 'utf-8' ? '\ufeff' : ''}${line(columns.map((column) => column.label))}`);
    for await (const { records, included } of pages) {
      const at = { ...context, included };
      await send(records.map((record) => line(columns.map((column) => plainText(column, record[column.path] ?? null, at)))).join(''));
    }
  } finally {
    stream.end();
  }
  await finished(stream);
};
