import { describe, expect, it } from 'vitest';
import { decodeText, type Decode } from './decode-text.ts';
import { findDelimiter } from './delimiter.ts';

const decode: Decode = (bytes, encoding) => {
  try {
    return new TextDecoder(encoding, { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return null;
  }
};
const read = (bytes: Uint8Array, known: readonly string[] = []) =>
  decodeText(bytes, { decode, countHeadings: (line) => line.split(',').filter((cell) => known.includes(cell)).length });
const utf8 = (text: string) => new TextEncoder().encode(text);
const utf16le = (text: string) => Uint8Array.from(Buffer.from(text, 'utf16le'));

describe('text encodings', () => {
  it('believes a byte order mark and drops it', () => {
    expect(read(utf8('\ufeff客户,电话'))).toEqual({ text: '客户,电话', encoding: 'utf-8' });
    expect(read(utf16le('\ufeff客户'))).toEqual({ text: '客户', encoding: 'utf-16le' });
  });

  it('knows UTF-16 without a mark by its zeros', () => {
    expect(read(utf16le('name,phone\r\n张,138\r\n'))).toMatchObject({ encoding: 'utf-16le' });
  });

  it('takes valid UTF-8 for UTF-8 and the rest for GB18030', () => {
    expect(read(utf8('客户,a'))).toEqual({ text: '客户,a', encoding: 'utf-8' });
    expect(read(Uint8Array.of(0xbf, 0xcd, 0xbb, 0xa7))).toEqual({ text: '客户', encoding: 'gb18030' });
    expect(read(Uint8Array.of(0xc1, 0xaa, 0xcd, 0xa8))).toMatchObject({ text: '联通' });
    // A character beyond the basic plane takes four bytes.
    expect(read(Uint8Array.of(0x95, 0x32, 0x82, 0x36))).toMatchObject({ text: '𠀀', encoding: 'gb18030' });
  });

  it('lets known headings decide where both are valid, and says so', () => {
    const bytes = Uint8Array.of(0xcf, 0xb5, 0xcd, 0xb3, 0x2c, 0x61);
    expect(read(bytes, ['系统'])).toEqual({ text: '系统,a', encoding: 'gb18030', ambiguous: true });
    expect(read(bytes)).toMatchObject({ encoding: 'utf-8', ambiguous: true });
  });

  it('says so when the encoding a person chose does not fit', () => {
    expect(() => decodeText(Uint8Array.of(0xbf, 0xcd), { decode, encoding: 'utf-8', countHeadings: () => 0 })).toThrow(/UTF-8/);
  });
});

describe('delimiters', () => {
  it.each([
    ['a,b,c\n1,2,3\n', ','],
    ['a\tb\n1,5\t2\n3\t4,5\n', '\t'],
    ['a;b;c\n"x;y";2,5;3\n', ';'],
    ['姓名，电话\n张，138\n', '，'],
    ['单列\n一\n', ','],
    ['a,b\n"two\nlines; here",2\n', ','],
  ])('%j is separated by %j', (text, delimiter) => expect(findDelimiter(text)).toBe(delimiter));
});
