/** How typed text is tidied. Names keep their characters: NFKC would turn ㈱ into (株), so only numbers and codes get it. */
import type { Json } from './field-type.ts';

// Spaces of every width, zero-width marks and the byte order mark, which spreadsheets leave around values.
const EDGE_SPACE = /[\s\u180e\u200b-\u200d\u2060]/;
const CONTROL = /(?![\t\n\r])\p{Cc}/gu;

const IS_TIDY = /^[!-~\u3001-\u9fff](?:\P{Cc}*[!-~\u3001-\u9fff])?$/u;

export function trimText(text: string): string {
  // Most texts need nothing.
  if (IS_TIDY.test(text)) return text;
  const clean = text.replace(CONTROL, '');
  // A pattern such as /\s+$/ would take quadratic time on a long text full of spaces.
  let start = 0;
  let end = clean.length;
  while (start < end && EDGE_SPACE.test(clean[start] ?? '')) start++;
  while (end > start && EDGE_SPACE.test(clean[end - 1] ?? '')) end--;
  return clean.slice(start, end);
}

/** No date, amount or duration is longer; readers refuse such text before any pattern sees it. */
export const LONGEST_TYPED = 120;

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
