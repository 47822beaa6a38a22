/** Uploaded bytes, under random names in a folder that nothing serves. Written, synced, then renamed into place. */
import { createHash, randomBytes } from 'node:crypto';
import { createReadStream, type ReadStream } from 'node:fs';
import { mkdir, open, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Readable } from 'node:stream';

export interface StoredBytes {
  readonly storedAs: string;
  readonly size: number;
  readonly sha256: string;
  /** The first bytes, enough to tell what kind of file it is. */
  readonly head: Buffer;
}

const HEAD_BYTES = 4100;
const NAME = /^[0-9a-f]{32}$/;

export async function storeStream(dir: string, stream: Readable): Promise<StoredBytes> {
  await mkdir(dir, { recursive: true });
  const storedAs = randomBytes(16).toString('hex');
  const part = join(dir, `${storedAs}.part`);
  const handle = await open(part, 'wx');
  const hash = createHash('sha256');
  let size = 0;
  let head = Buffer.alloc(0);
  try {
    for await (const chunk of stream as AsyncIterable<Buffer>) {
      hash.update(chunk);
      size += chunk.length;
      if (head.length < HEAD_BYTES) head = Buffer.concat([head, chunk.subarray(0, HEAD_BYTES - head.length)]);
      await handle.write(chunk);
    }
    await handle.sync();
    await handle.close();
    await rename(part, join(dir, storedAs));
  } catch (error) {
    await handle.close().catch((closing: unknown) => closing);
    await rm(part, { force: true });
    throw error;
  }
  return { storedAs, size, sha256: hash.digest('hex'), head };
}

export function storedPath(dir: string, storedAs: string): string {
  if (!NAME.test(storedAs)) throw new Error('Not a stored file name.');
  return join(dir, storedAs);
}

export function readStored(dir: string, storedAs: string): ReadStream {
  return createReadStream(storedPath(dir, storedAs));
}

export async function removeStored(dir: string, storedAs: string): Promise<void> {
  await rm(storedPath(dir, storedAs), { force: true });
  await rm(`${storedPath(dir, storedAs)}.webp`, { force: true });
}
