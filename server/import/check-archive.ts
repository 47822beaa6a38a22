/**
 * Looks into a zip before anything unpacks it whole: truncated and encrypted archives get a clear sentence, and an archive
 * that unpacks to far more than it says (a zip bomb) is refused, because its entries are inflated here with a limit.
 */
import { promisify } from 'node:util';
import { inflateRaw } from 'node:zlib';
import { AppError, type Label } from '#engine/errors.ts';

const inflate = promisify(inflateRaw);

const MOST_ENTRIES = 5_000;
const LARGEST_UNPACKED = 256 * 1024 * 1024;
const END_OF_DIRECTORY = 0x06054b50;
const DIRECTORY_ENTRY = 0x02014b50;
const LOCAL_ENTRY = 0x04034b50;

interface Entry {
  readonly name: string;
  readonly method: number;
  readonly encrypted: boolean;
  readonly packed: number;
  readonly unpacked: number;
  readonly offset: number;
}

export interface ArchiveLimits {
  readonly entries: number;
  /** Bytes. */
  readonly unpacked: number;
}

/** Names of the entries. */
export async function checkArchive(bytes: Buffer, limits: ArchiveLimits = { entries: MOST_ENTRIES, unpacked: LARGEST_UNPACKED }): Promise<string[]> {
  const entries = readDirectory(bytes);
  if (entries.some((entry) => entry.encrypted)) throw passwordProtected();
  const total = entries.reduce((sum, entry) => sum + entry.unpacked, 0);
  if (entries.length > limits.entries || total > limits.unpacked) throw tooLarge();
  for (const entry of entries) await checkSize(bytes, entry);
  return entries.map((entry) => entry.name);
}

function readDirectory(bytes: Buffer): Entry[] {
  // The end record stands last, with a comment of at most 64 kB behind it.
  let end = bytes.length - 22;
  const lowest = Math.max(0, end - 65_536);
  while (end >= lowest && bytes.readUInt32LE(end) !== END_OF_DIRECTORY) end--;
  if (end < lowest || end < 0) throw damaged();
  const count = bytes.readUInt16LE(end + 10);
  let at = bytes.readUInt32LE(end + 16);
  const entries: Entry[] = [];
  for (let index = 0; index < count; index++) {
    if (at + 46 > bytes.length || bytes.readUInt32LE(at) !== DIRECTORY_ENTRY) throw damaged();
    const [nameLength, extraLength, commentLength] = [bytes.readUInt16LE(at + 28), bytes.readUInt16LE(at + 30), bytes.readUInt16LE(at + 32)];
    entries.push({
      name: bytes.toString('utf8', at + 46, at + 46 + nameLength),
      method: bytes.readUInt16LE(at + 10),
      encrypted: (bytes.readUInt16LE(at + 8) & 1) === 1,
      packed: bytes.readUInt32LE(at + 20),
      unpacked: bytes.readUInt32LE(at + 24),
      offset: bytes.readUInt32LE(at + 42),
    });
    at += 46 + nameLength + extraLength + commentLength;
  }
  return entries;
}

async function checkSize(bytes: Buffer, { method, packed, unpacked, offset }: Entry): Promise<void> {
  if (offset + 30 > bytes.length || bytes.readUInt32LE(offset) !== LOCAL_ENTRY) throw damaged();
  const start = offset + 30 + bytes.readUInt16LE(offset + 26) + bytes.readUInt16LE(offset + 28);
  if (start + packed > bytes.length) throw damaged();
  if (method === 0 && packed === unpacked) return;
  if (method !== 8) throw damaged();
  try {
    await inflate(bytes.subarray(start, start + packed), { maxOutputLength: Math.max(unpacked, 1) });
  } catch (error) {
    throw (error as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE' ? tooLarge() : damaged();
  }
}

function refuse(detail: Label): AppError {
  return new AppError('unsupported_media', detail);
}

export function damaged(): AppError {
  return refuse({ 'zh-CN': '文件不完整或已损坏，请重新保存后上传', en: 'The file is incomplete or damaged; save it again and upload it' });
}

export function passwordProtected(): AppError {
  return refuse({ 'zh-CN': '文件有密码保护，请取消密码后上传', en: 'The file is protected by a password; remove it and upload the file again' });
}

function tooLarge(): AppError {
  return new AppError('too_large', { 'zh-CN': '文件解压后过大，请拆分后导入', en: 'The file is too large when unpacked; split it' });
}
