/** Any uploaded table, judged by its content and never by its name: an .xls may be a web page, a .csv a picture. */
import { fileTypeFromBuffer } from 'file-type';
import { AppError, type Label } from '#engine/errors.ts';
import type { Encoding } from '#engine/import/decode-text.ts';
import type { Delimiter } from '#engine/import/delimiter.ts';
import { type Sheet, sheetWidth } from '#engine/import/sheet.ts';
import { passwordProtected } from './check-archive.ts';
import { readTextFile, type TextFileOptions } from './read-text-file.ts';
import { readWorkbookAside } from './read-workbook-aside.ts';

/** What an upload may weigh. */
export const LARGEST_IMPORT_FILE = 100 * 1024 * 1024;
const ZIP_MAGIC = Buffer.from('PK\u0003\u0004', 'latin1');
const MOST_ROWS = 1_048_576;

export interface ImportFile {
  readonly sheets: readonly Sheet[];
  /** Null for workbooks. */
  readonly encoding: Encoding | null;
  readonly delimiter: Delimiter | null;
  readonly ambiguous: boolean;
}

export async function readImportFile(bytes: Buffer, options: TextFileOptions): Promise<ImportFile> {
  if (bytes.length === 0) throw refuse({ 'zh-CN': '文件是空的', en: 'The file is empty' });
  if (bytes.length > LARGEST_IMPORT_FILE) throw new AppError('too_large', { 'zh-CN': '文件超过 100 MB', en: 'The file is larger than 100 MB' });
  const file = await readByContent(bytes, options);
  const filled = file.sheets.filter((sheet) => sheet.rows.length > 0);
  if (filled.length === 0) throw refuse({ 'zh-CN': '文件中没有数据', en: 'The file holds no data' });
  if (filled.some((sheet) => sheet.rows.length > MOST_ROWS || sheetWidth(sheet) > 1_000)) {
    throw new AppError('too_large', { 'zh-CN': '超过 1,048,576 行或 1,000 列', en: 'More than 1,048,576 rows or 1,000 columns' });
  }
  return { ...file, sheets: filled };
}

async function readByContent(bytes: Buffer, options: TextFileOptions): Promise<ImportFile> {
  const type = await fileTypeFromBuffer(bytes.subarray(0, 65_536));
  const mime = type?.mime ?? '';
  if (bytes.subarray(0, 4).equals(ZIP_MAGIC) || mime === 'application/zip') {
    return { sheets: await readWorkbookAside(bytes), encoding: null, delimiter: null, ambiguous: false };
  }
  if (mime === 'application/x-cfb') throw isEncryptedPackage(bytes) ? passwordProtected() : oldFormat();
  if (mime && !/^(?:text\/|application\/(?:xml|rtf))/.test(mime)) {
    throw refuse({ 'zh-CN': `这是 ${type?.ext.toUpperCase()} 文件，不是表格`, en: `This is a ${type?.ext.toUpperCase()} file, not a table` });
  }
  if (/^\s*(?:\ufeff|ï»¿)?\s*<(?:!doctype|html|table|\?xml)/i.test(bytes.toString('latin1', 0, 512))) {
    throw refuse({ 'zh-CN': '文件内容是网页或 XML，请用 Excel 打开后另存为 .xlsx', en: 'The file is a web page or XML inside; open it in Excel and save it as .xlsx' });
  }
  const { sheet, encoding, delimiter, ambiguous } = await readTextFile(bytes, options);
  return { sheets: [sheet], encoding, delimiter, ambiguous };
}

/** A protected .xlsx is a compound file with a stream of this name, in UTF-16. */
function isEncryptedPackage(bytes: Buffer): boolean {
  return bytes.includes(Buffer.from('EncryptedPackage', 'utf16le'));
}

function oldFormat(): AppError {
  return refuse({ 'zh-CN': '旧版 .xls 文件，请用 Excel 或 WPS 另存为 .xlsx', en: 'This is an old .xls file; save it as .xlsx in Excel or WPS' });
}

function refuse(detail: Label): AppError {
  return new AppError('unsupported_media', detail);
}
