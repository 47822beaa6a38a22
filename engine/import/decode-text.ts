/**
 * Which encoding a text file has. Guessing libraries fail on short Chinese texts, so the order is: byte order mark, strict
 * UTF-8, else GB18030. Some short GBK words (系统, 学习) are valid UTF-8 by accident; then known headings decide.
 */
import { AppError } from '../errors.ts';

export const ENCODINGS = ['utf-8', 'gb18030', 'utf-16le', 'utf-16be', 'big5'] as const;
export type Encoding = (typeof ENCODINGS)[number];

/** Null when the bytes are not valid in that encoding. */
export type Decode = (bytes: Uint8Array, encoding: Encoding) => string | null;

export interface DecodedText {
  readonly text: string;
  readonly encoding: Encoding;
  /** Valid in two encodings with different texts: a person should look at the preview. */
  readonly ambiguous?: true;
}

const HAN = /[\u3400-\u9fff]/;

export interface DecodeOptions {
  readonly decode: Decode;
  /** Chosen by a person; then nothing is guessed. */
  readonly encoding?: Encoding;
  /** Counts known headings in the first line. */
  readonly countHeadings: (line: string) => number;
}

export function decodeText(bytes: Uint8Array, { decode, encoding, countHeadings }: DecodeOptions): DecodedText {
  if (encoding) return { text: readAs(bytes, encoding, decode), encoding };
  const marked = encodingOfMark(bytes);
  if (marked) return { text: readAs(bytes, marked, decode), encoding: marked };
  const wide = encodingOfZeros(bytes);
  if (wide) return { text: readAs(bytes, wide, decode), encoding: wide };
  const unicode = decode(bytes, 'utf-8');
  if (unicode === null) return { text: readAs(bytes, 'gb18030', decode), encoding: 'gb18030' };
  const isDoubtful = /\P{ASCII}/u.test(unicode) && !HAN.test(unicode) && !/[\u0800-\uffff]/.test(unicode);
  const chinese = isDoubtful ? decode(bytes, 'gb18030') : null;
  if (chinese === null || !HAN.test(chinese)) return { text: withoutMark(unicode), encoding: 'utf-8' };
  const isChinese = countHeadings(firstLine(chinese)) > countHeadings(firstLine(unicode));
  return { text: isChinese ? chinese : unicode, encoding: isChinese ? 'gb18030' : 'utf-8', ambiguous: true };
}

function readAs(bytes: Uint8Array, encoding: Encoding, decode: Decode): string {
  const text = decode(bytes, encoding);
  if (text !== null) return withoutMark(text);
  throw new AppError('unsupported_media', {
    'zh-CN': `文件内容不是 ${encoding.toUpperCase()} 编码的文本，请换一种编码`,
    en: `The file is not text in ${encoding.toUpperCase()}; choose another encoding`,
  });
}

function encodingOfMark(bytes: Uint8Array): Encoding | null {
  if (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf) return 'utf-8';
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le';
  return bytes[0] === 0xfe && bytes[1] === 0xff ? 'utf-16be' : null;
}

/** UTF-16 without a mark: separators and line ends are ASCII, so every other byte of them is zero. */
function encodingOfZeros(bytes: Uint8Array): Encoding | null {
  const sample = bytes.subarray(0, 4096);
  let [even, odd] = [0, 0];
  for (const [index, byte] of sample.entries()) {
    if (byte !== 0) continue;
    if (index % 2 === 0) even++;
    else odd++;
  }
  if (even + odd < Math.max(2, sample.length / 50)) return null;
  if (odd > even * 10) return 'utf-16le';
  return even > odd * 10 ? 'utf-16be' : null;
}

function withoutMark(text: string): string {
  return text.charCodeAt(0) === 0xfeff ? text.slice(1) : text;
}

function firstLine(text: string): string {
  return text.slice(0, 2000).split(/[\r\n]/)[0] ?? '';
}
