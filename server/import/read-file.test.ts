import { readFile } from 'node:fs/promises';
import ExcelJS from 'exceljs';
import { describe, expect, it } from 'vitest';
import { AppError } from '#engine/errors.ts';
import { readImportFile } from './read-file.ts';
import type { TextFileOptions } from './read-text-file.ts';

const options: TextFileOptions = { isHeading: () => false };
const ledger = () => readFile(new URL('../../e2e/data/客户台账.xlsx', import.meta.url));

async function refusal(bytes: Buffer): Promise<string> {
  try {
    await readImportFile(bytes, options);
  } catch (error) {
    if (error instanceof AppError) return `${error.code}: ${error.detail.en}`;
    throw error;
  }
  return 'accepted';
}

async function workbookWith(fill: (sheet: ExcelJS.Worksheet, workbook: ExcelJS.Workbook) => void): Promise<Buffer> {
  const workbook = new ExcelJS.Workbook();
  fill(workbook.addWorksheet('表'), workbook);
  return Buffer.from(await workbook.xlsx.writeBuffer());
}

describe('a workbook', () => {
  it('gives the text of every kind of cell', async () => {
    const bytes = await workbookWith((sheet) => {
      sheet.addRow(['text', 12.5, true, new Date(Date.UTC(2024, 2, 15)), new Date(Date.UTC(2024, 2, 15, 14, 0)), 0.1 + 0.2]);
      sheet.addRow([
        { richText: [{ text: '华' }, { text: '信' }] },
        { text: 'a@b.cn', hyperlink: 'mailto:a@b.cn' },
        { formula: '1+1', result: 2 },
        { formula: '1/0', result: { error: '#DIV/0!' } },
        { error: '#N/A' },
        Number('440300198501011230'),
      ]);
      sheet.getCell('A3').value = 0.3;
      sheet.getCell('A3').numFmt = '0%';
      sheet.getCell('B3').value = 13800138000;
    });
    const [sheet] = (await readImportFile(bytes, options)).sheets;
    expect(sheet?.rows[0]).toEqual(['text', '12.5', 'TRUE', '2024-03-15', '2024-03-15 14:00', '0.3']);
    expect(sheet?.rows[1]).toEqual(['华信', 'a@b.cn', '2']);
    expect(sheet?.rows[2]).toEqual(['30%', '13800138000']);
    expect([...(sheet?.marks ?? [])]).toEqual([['1:3', 'formula_error'], ['1:4', 'formula_error'], ['1:5', 'digits_lost']]);
  });

  it('leaves the cells blank that a merge covers', async () => {
    const bytes = await workbookWith((sheet) => {
      sheet.addRow(['标题']);
      sheet.addRow(['a', 'b', 'c']);
      sheet.mergeCells('A1:C1');
    });
    const [sheet] = (await readImportFile(bytes, options)).sheets;
    expect(sheet?.rows).toEqual([['标题'], ['a', 'b', 'c']]);
    expect(sheet?.merges).toEqual([{ top: 0, left: 0, bottom: 0, right: 2 }]);
  });

  it('may count its days from 1904', async () => {
    const bytes = await workbookWith((sheet, workbook) => {
      workbook.properties.date1904 = true;
      sheet.getCell('A1').value = new Date(Date.UTC(2024, 2, 15));
    });
    const [sheet] = (await readImportFile(bytes, options)).sheets;
    expect(sheet).toMatchObject({ rows: [['2024-03-15']], date1904: true });
  });

  it('does not show hidden sheets', async () => {
    const bytes = await workbookWith((sheet, workbook) => {
      sheet.addRow(['a']);
      workbook.addWorksheet('隐藏', { state: 'hidden' }).addRow(['b']);
    });
    expect((await readImportFile(bytes, options)).sheets.map(({ name }) => name)).toEqual(['表']);
  });
});

describe('a text file', () => {
  it('keeps quoted delimiters, line breaks and ragged rows', async () => {
    const { sheets, delimiter, encoding } = await readImportFile(Buffer.from('\ufeffa,b\r\n"x, ""y""","two\nlines"\r\n1\r\n,,,\r\n'), options);
    expect(sheets[0]?.rows).toEqual([['a', 'b'], ['x, "y"', 'two\nlines'], ['1']]);
    expect([delimiter, encoding]).toEqual([',', 'utf-8']);
  });

  it('is read as GB18030 when it is no UTF-8', async () => {
    const file = await readImportFile(await readFile(new URL('../../e2e/data/跟进记录-gb18030.csv', import.meta.url)), options);
    expect(file).toMatchObject({ encoding: 'gb18030', delimiter: ',' });
    expect(file.sheets[0]?.rows).toHaveLength(966);
  });
});

describe('what is no table is refused in words', () => {
  it.each([
    ['an empty file', Buffer.alloc(0), /empty/],
    ['blank lines', Buffer.from('\r\n \r\n'), /no data/],
    ['a picture called .csv', Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==', 'base64'), /PNG/],
    ['a PDF', Buffer.from('%PDF-1.7\n%âãÏÓ\n1 0 obj'), /PDF/],
    ['a web page called .xls', Buffer.from('<html><table><tr><td>1</td></tr></table></html>'), /web page/],
    ['random bytes', Buffer.from(Array.from({ length: 4000 }, (_, index) => (index * 7919) % 32)), /table of text/],
    ['a zip that is no workbook', Buffer.from('UEsDBAoAAAAAAAAAIQDSY0iIAQAAAAEAAAABAAAAYWFQSwECFAAKAAAAAAAAACEA0mNIiAEAAAABAAAAAQAAAAAAAAAAAAAAAAAAAAAAYVBLBQYAAAAAAQABAC8AAAAgAAAAAAA=', 'base64'), /not an .xlsx/],
  ])('%s', async (_, bytes, reason) => expect(await refusal(bytes)).toMatch(reason));

  it('a truncated or damaged workbook', async () => {
    const bytes = await ledger();
    expect(await refusal(bytes.subarray(0, 30_000))).toMatch(/damaged/);
    const scratched = Buffer.from(bytes);
    scratched.fill(0xff, 2_000, 20_000);
    expect(await refusal(scratched)).toMatch(/damaged/);
  });

  it('a workbook with a password, and an old .xls', async () => {
    const compound = Buffer.concat([Buffer.from('d0cf11e0a1b11ae1', 'hex'), Buffer.alloc(2_000)]);
    expect(await refusal(Buffer.concat([compound, Buffer.from('EncryptedPackage', 'utf16le')]))).toMatch(/password/);
    expect(await refusal(compound)).toMatch(/old \.xls/);
  });

  it('an archive that unpacks to more than it says', async () => {
    const bytes = Buffer.from(await ledger());
    // The directory's entry of the sheet: its unpacked size stands 22 bytes before its name.
    const name = bytes.lastIndexOf('xl/worksheets/sheet1.xml');
    bytes.writeUInt32LE(1_000, name - 22);
    expect(await refusal(bytes)).toMatch(/too_large/);
    bytes.writeUInt32LE(0x7fffffff, name - 22);
    expect(await refusal(bytes)).toMatch(/too_large/);
  });
});
