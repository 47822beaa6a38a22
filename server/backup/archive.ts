/**
 * The file of a backup: a tar archive, so that any tool can look inside, whose last entry is a seal over every byte before it.
 * Entries are written as they come and read one after another; no more than one is held.
 */
import { createHash } from 'node:crypto';
import { type FileHandle, open } from 'node:fs/promises';
import { AppError, type Label } from '#engine/errors.ts';

const BLOCK = 512;
const SEAL = 'seal.sha256';
const CHUNK = 1 << 20;
const LONGEST_NAME = 100;
/** Entries are parts of tables of a few megabytes, or uploads; a size beyond is not ours. */
const LARGEST_IN_MEMORY = 256 * 1_048_576;

export class ArchiveWriter {
  readonly #file: FileHandle;
  readonly #hash = createHash('sha256');

  private constructor(file: FileHandle) {
    this.#file = file;
  }

  /** Readable by the owner alone: it holds everything there is. */
  static async create(path: string): Promise<ArchiveWriter> {
    return new ArchiveWriter(await open(path, 'wx', 0o600));
  }

  async add(name: string, content: Buffer): Promise<void> {
    await this.#write(headerOf(name, content.length));
    await this.#write(content);
    await this.#pad(content.length);
  }

  /** Answers the SHA-256 of what was written. The source must hold exactly `size` bytes. */
  async addStream(name: string, size: number, source: AsyncIterable<Buffer>): Promise<string> {
    const hash = createHash('sha256');
    await this.#write(headerOf(name, size));
    let written = 0;
    for await (const chunk of source) {
      hash.update(chunk);
      written += chunk.length;
      await this.#write(chunk);
    }
    if (written !== size) throw new Error(`${name} has ${written} bytes, not ${size}.`);
    await this.#pad(size);
    return hash.digest('hex');
  }

  /** Seals and flushes; nothing can be added afterwards. */
  async finish(): Promise<void> {
    const digest = Buffer.from(this.#hash.digest('hex'));
    const block = Buffer.alloc(BLOCK);
    digest.copy(block);
    await this.#file.write(Buffer.concat([headerOf(SEAL, digest.length), block, Buffer.alloc(2 * BLOCK)]));
    await this.#file.sync();
    await this.#file.close();
  }

  async abandon(): Promise<void> {
    await this.#file.close().catch((error: unknown) => error);
  }

  async #write(bytes: Buffer): Promise<void> {
    this.#hash.update(bytes);
    await this.#file.write(bytes);
  }

  async #pad(size: number): Promise<void> {
    const rest = size % BLOCK;
    if (rest > 0) await this.#write(Buffer.alloc(BLOCK - rest));
  }
}

function headerOf(name: string, size: number): Buffer {
  if (Buffer.byteLength(name) > LONGEST_NAME) throw new Error(`The name ${name} is too long.`);
  const header = Buffer.alloc(BLOCK);
  header.write(name, 0);
  header.write('0000600\0', 100);
  header.write('0000000\0', 108);
  header.write('0000000\0', 116);
  header.write(`${size.toString(8).padStart(11, '0')}\0`, 124);
  header.write('00000000000\0', 136);
  header.write('        ', 148);
  header.write('0', 156);
  header.write('ustar\0', 257);
  header.write('00', 263);
  const sum = header.reduce((total, byte) => total + byte, 0);
  header.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148);
  return header;
}

export interface ArchiveEntry {
  readonly name: string;
  readonly size: number;
  /** The whole of it; for parts that are small by nature. */
  read(): Promise<Buffer>;
  /** Piece by piece. */
  stream(): AsyncIterable<Buffer>;
}

/** Every byte compared with the seal. Throws `invalid_request` with a sentence. */
export async function checkSeal(path: string): Promise<void> {
  const file = await open(path, 'r').catch(() => {
    throw damaged({ 'zh-CN': `打不开备份文件 ${path}`, en: `The backup ${path} cannot be opened` });
  });
  try {
    const { size } = await file.stat();
    const tail = 4 * BLOCK;
    if (size < tail + BLOCK || size % BLOCK !== 0) throw truncated();
    const end = Buffer.alloc(tail);
    await file.read(end, 0, tail, size - tail);
    const hash = createHash('sha256');
    const buffer = Buffer.alloc(CHUNK);
    for (let at = 0; at < size - tail; ) {
      const { bytesRead } = await file.read(buffer, 0, Math.min(CHUNK, size - tail - at), at);
      if (bytesRead === 0) throw truncated();
      hash.update(buffer.subarray(0, bytesRead));
      at += bytesRead;
    }
    const digest = Buffer.from(hash.digest('hex'));
    const block = Buffer.alloc(BLOCK);
    digest.copy(block);
    const expected = Buffer.concat([headerOf(SEAL, digest.length), block, Buffer.alloc(2 * BLOCK)]);
    if (end.equals(expected)) return;
    throw end.subarray(0, SEAL.length).equals(Buffer.from(SEAL)) ? changed() : truncated();
  } finally {
    await file.close();
  }
}

/** The entries in order, of a file whose seal was checked. */
export async function* readArchive(path: string): AsyncGenerator<ArchiveEntry> {
  const file = await open(path, 'r');
  try {
    let at = 0;
    for (;;) {
      const header = Buffer.alloc(BLOCK);
      const { bytesRead } = await file.read(header, 0, BLOCK, at);
      if (bytesRead < BLOCK) throw truncated();
      const name = header.subarray(0, header.indexOf(0)).toString('utf8');
      const size = Number.parseInt(header.subarray(124, 135).toString('latin1'), 8);
      if (name === SEAL) return;
      if (!Number.isSafeInteger(size) || !headerOf(name, size).equals(header)) throw changed();
      yield entryAt(file, name, size, at + BLOCK);
      at += BLOCK + Math.ceil(size / BLOCK) * BLOCK;
    }
  } finally {
    await file.close();
  }
}

function entryAt(file: FileHandle, name: string, size: number, at: number): ArchiveEntry {
  async function* stream(): AsyncGenerator<Buffer> {
    for (let done = 0; done < size; ) {
      const buffer = Buffer.alloc(Math.min(CHUNK, size - done));
      const { bytesRead } = await file.read(buffer, 0, buffer.length, at + done);
      if (bytesRead === 0) throw truncated();
      done += bytesRead;
      yield buffer.subarray(0, bytesRead);
    }
  }
  return {
    name,
    size,
    stream,
    async read() {
      if (size > LARGEST_IN_MEMORY) throw changed();
      const parts: Buffer[] = [];
      for await (const part of stream()) parts.push(part);
      return Buffer.concat(parts);
    },
  };
}

export function damaged(label: Label): AppError {
  return new AppError('invalid_request', label);
}

const truncated = (): AppError => damaged({ 'zh-CN': '这不是完整的 Relata 备份文件：可能被截断，或不是备份', en: 'This is no complete backup of Relata: it was cut off, or is something else' });
export const changed = (): AppError => damaged({ 'zh-CN': '备份文件已损坏或被改动：校验值不符', en: 'The backup is damaged or was changed: its checksum does not fit' });
