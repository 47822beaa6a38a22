/** Cells of a text file: encoding and delimiter are found unless a person has chosen them. */
import { Readable } from 'node:stream';
import { parse } from 'csv-parse';
import iconv from 'iconv-lite';
import { AppError } from '#engine/errors.ts';
import { unsafeCell } from '#engine/records/safe-cell.ts';
import { type Decode, decodeText, type Encoding } from '#engine/import/decode-text.ts';
import { type Delimiter, findDelimiter } from '#engine/import/delimiter.ts';
import { type Sheet, trimRows } from '#engine/import/sheet.ts';

const LONGEST_RECORD = 1_000_000;
const CHUNK = 256 * 1024;

export interface TextFileOptions {
  readonly encoding?: Encoding;
  readonly delimiter?: Delimiter;
  readonly isHeading: (text: string) => boolean;
}

export interface TextFile {
  readonly sheet: Sheet;
  readonly encoding: Encoding;
  readonly delimiter: Delimiter;
  readonly ambiguous: boolean;
}

/** TextDecoder knows the characters beyond the basic plane in GB18030, which iconv-lite loses; Big5 it leaves to iconv. */
export const decode: Decode = (bytes, encoding) => {
  if (encoding === 'big5') {
    const text = iconv.decode(Buffer.from(bytes), 'big5');
    return text.includes('\ufffd') ? null : text;
  }
  try {
    return new TextDecoder(encoding, { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return null;
  }
};

export async function readTextFile(bytes: Uint8Array, options: TextFileOptions): Promise<TextFile> {
  const decoded = decodeText(bytes, {
    decode,
    countHeadings: (line) => line.split(/[,\t;|，]/).filter((cell) => options.isHeading(cell.replace(/^"|"$/g, ''))).length,
    ...(options.encoding ? { encoding: options.encoding } : {}),
  });
  const text = decoded.text.replaceAll('\u0000', '');
  if (decoded.text.length - text.length > decoded.text.length / 20 || looksBinary(text)) throw notATable();
  const delimiter = options.delimiter ?? findDelimiter(text);
  const rows = await parseRows(text, delimiter);
  return {
    sheet: { name: '', rows: trimRows(rows), merges: [], marks: new Map() },
    encoding: decoded.encoding,
    delimiter,
    ambiguous: decoded.ambiguous === true,
  };
}

/** Fed piece by piece, so that a large file does not hold up other requests. */
async function parseRows(text: string, delimiter: Delimiter): Promise<string[][]> {
  const parser = parse({ delimiter, relax_quotes: true, relax_column_count: true, skip_empty_lines: false, max_record_size: LONGEST_RECORD });
  const rows: string[][] = [];
  try {
    for await (const row of Readable.from(chunksOf(text)).pipe(parser)) rows.push((row as string[]).map(unsafeCell));
  } catch {
    throw new AppError('unsupported_media', {
      'zh-CN': `第 ${rows.length + 1} 行附近的引号不成对，无法分列`,
      en: `Quotes do not match near row ${rows.length + 1}, so its cells cannot be told apart`,
    });
  }
  return rows;
}

function* chunksOf(text: string): Generator<string> {
  for (let start = 0; start < text.length; start += CHUNK) yield text.slice(start, start + CHUNK);
}

/** Control characters, which no text has many of. */
export function looksBinary(text: string): boolean {
  const sample = text.slice(0, 8_000);
  return (sample.match(/(?![\t\n\r])\p{Cc}|\ufffd/gu)?.length ?? 0) > sample.length / 50;
}

function notATable(): AppError {
  return new AppError('unsupported_media', { 'zh-CN': '文件内容不是表格文本', en: 'The file does not hold a table of text' });
}
