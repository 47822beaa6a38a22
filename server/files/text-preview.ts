/** The beginning of a file as text, for looking at it; null for what is no text. It leaves the server inside of JSON, so no browser ever runs it. */
import { open } from 'node:fs/promises';
import { decodeText } from '#engine/import/decode-text.ts';
import { AppError } from '#engine/errors.ts';
import { decode, looksBinary } from '../import/read-text-file.ts';
import { storedPath } from './store.ts';

const MOST_BYTES = 256 * 1024;
const NEWLINE = 10;

export interface TextPreview {
  readonly text: string | null;
  /** There is more of it in the file. */
  readonly truncated: boolean;
}

/** What bytes of plain text are taken for: nothing known, or one of the languages that are text. */
export function mayBeText(type: string): boolean {
  return type === 'application/octet-stream' || type === 'application/xml' || type.startsWith('text/');
}

export async function textPreview(dir: string, storedAs: string, size: number): Promise<TextPreview> {
  const handle = await open(storedPath(dir, storedAs), 'r');
  try {
    const bytes = Buffer.alloc(Math.min(size, MOST_BYTES));
    const { bytesRead } = await handle.read(bytes, 0, bytes.length, 0);
    const truncated = size > bytesRead;
    const text = decoded(truncated ? wholeLines(bytes.subarray(0, bytesRead)) : bytes.subarray(0, bytesRead));
    return { text, truncated: truncated && text !== null };
  } finally {
    await handle.close();
  }
}

/** A character may be cut in the middle; a line end never is, except in UTF-16, whose zeros then say what it is. */
function wholeLines(bytes: Buffer): Buffer {
  const end = bytes.lastIndexOf(NEWLINE);
  return end > 0 && bytes[end + 1] !== 0 && bytes[end - 1] !== 0 ? bytes.subarray(0, end) : bytes.subarray(0, bytes.length - (bytes.length % 2));
}

function decoded(bytes: Buffer): string | null {
  try {
    const { text } = decodeText(bytes, { decode, countHeadings: () => 0 });
    return looksBinary(text) ? null : text;
  } catch (error) {
    if (error instanceof AppError) return null;
    throw error;
  }
}
