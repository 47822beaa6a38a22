/** How typed text is tidied. Names keep their characters: NFKC would turn ㈱ into (株), so only numbers and codes get it. */
import type { Json } from './field-type.ts';

// Spaces of every width, zero-width marks and the byte order mark, which spreadsheets leave around values.
const EDGE_SPACE = /^[\s\u00a0\u180e\u200b-\u200d\u2060\u3000\ufeff]+|[\s\u00a0\u180e\u200b-\u200d\u2060\u3000\ufeff]+$/g;
const CONTROL = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]/g;

const IS_TIDY = /^[!-~\u3001-\u9fff](?:[^\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]*[!-~\u3001-\u9fff])?$/;

export function trimText(text: string): string {
  // Most texts need nothing.
  if (IS_TIDY.test(text)) return text;
  return text.replace(CONTROL, '').replace(EDGE_SPACE, '');
}

/** One line: inner line breaks become spaces. */
export function toLine(value: Json): Json {
  return typeof value === 'string' ? trimText(value.replace(/[\t\r\n\u2028\u2029]+/g, ' ')) || null : value;
}

export function toBlock(value: Json): Json {
  return typeof value === 'string' ? trimText(value.replace(/\r\n?/g, '\n')) || null : value;
}

/** Half-width, without spaces and invisible marks: for numbers, phones and codes. */
export function toCode(text: string): string {
  return text.normalize('NFKC').replace(/[\s\u00a0\u180e\u200b-\u200d\u2060\ufeff]+/g, '');
}
