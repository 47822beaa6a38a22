/** One multipart request: one file with its small text fields, stored as it streams in. Anything else is refused and leaves nothing behind. */
import busboy from 'busboy';
import type { Request } from 'express';
import { AppError, type Label } from '#engine/errors.ts';
import { bannedText } from '#engine/records/number-ban.ts';
import { removeStored, type StoredBytes, storeStream } from './store.ts';

export interface Upload extends StoredBytes {
  /** The name the sender gave, for showing; never a path. */
  readonly name: string;
  readonly fields: Readonly<Record<string, string>>;
}

const MOST_FIELDS = 20;
const MAX_NAME = 200;
const FILE_NAME: Label = { 'zh-CN': '文件名', en: 'The file name' };

export async function receiveUpload(request: Request, dir: string, maxBytes: number): Promise<Upload> {
  if (!/^multipart\/form-data;/i.test(request.headers['content-type'] ?? '')) {
    throw new AppError('unsupported_media', { 'zh-CN': '请以 multipart/form-data 上传文件', en: 'Upload the file as multipart/form-data' });
  }
  const fields: Record<string, string> = Object.create(null);
  let storing: Promise<StoredBytes> | undefined;
  let name = '';
  let tooLarge = false;
  let refusal: Label | null = null;
  const parser = busboy({ headers: request.headers, defParamCharset: 'utf8', limits: { files: 1, fields: MOST_FIELDS, fieldSize: 20_000, fileSize: maxBytes } });
  const parsed = new Promise<void>((resolve, reject) => {
    parser.on('field', (field, value) => {
      fields[field] = value;
    });
    parser.on('file', (_field, stream, info) => {
      name = displayName(info.filename);
      refusal ??= bannedText(name, FILE_NAME);
      stream.on('limit', () => {
        tooLarge = true;
      });
      // A form that is cut off fails the stream before anybody reads it; unheard, that would end the process.
      stream.on('error', reject);
      storing = storeStream(dir, stream);
      storing.catch(reject);
    });
    parser.on('close', resolve);
    parser.on('error', reject);
    request.on('aborted', () => reject(new AppError('invalid_request', { 'zh-CN': '上传中断', en: 'The upload was cut off' })));
  });
  request.pipe(parser);
  try {
    await parsed;
  } catch (error) {
    parser.destroy();
    await discard(dir, storing);
    throw error instanceof AppError ? error : new AppError('invalid_request', { 'zh-CN': '上传内容不完整', en: 'The upload is not complete' });
  }
  const stored = await storing;
  if (!stored) throw new AppError('invalid_request', { 'zh-CN': '没有收到文件', en: 'No file was received' });
  if (refusal) {
    await removeStored(dir, stored.storedAs);
    throw new AppError('validation_failed', refusal, [{ path: '/file', code: 'sensitive_number', message: refusal }]);
  }
  if (tooLarge) {
    await removeStored(dir, stored.storedAs);
    const limit = Math.floor(maxBytes / 1_048_576);
    throw new AppError('too_large', { 'zh-CN': `文件不能超过 ${limit} MB`, en: `A file may have at most ${limit} MB` });
  }
  return { ...stored, name, fields };
}

async function discard(dir: string, storing: Promise<StoredBytes> | undefined): Promise<void> {
  const stored = await storing?.catch(() => undefined);
  if (stored) await removeStored(dir, stored.storedAs);
}

/** The last part of whatever path was sent, without control characters. */
function displayName(sent: string | undefined): string {
  const last = (sent ?? '').split(/[\\/]/).at(-1) ?? '';
  const clean = [...last].filter((char) => (char.codePointAt(0) ?? 0) >= 32 && char !== '\u007f').join('');
  return clean.slice(0, MAX_NAME) || 'file';
}
