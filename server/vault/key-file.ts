/** A key that nobody has given lies beside the database, for its owner alone to read. */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';

export const KEY_FILE = 'encryption.key';
export const KEY_BYTES = 32;

/** Undefined: not 32 bytes in base64. */
export function readKey(text: string): Buffer | undefined {
  const written = text.trim();
  const key = Buffer.from(written, 'base64');
  return /^[A-Za-z0-9+/_-]+=*$/.test(written) && key.length === KEY_BYTES ? key : undefined;
}

/** Null: there is none. */
export function readKeyFile(path: string): Buffer | null {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (error) {
    if ((error as { code?: string }).code === 'ENOENT') return null;
    throw error;
  }
  const key = readKey(text);
  if (!key) throw new Error(`${path} must hold ${KEY_BYTES} bytes in base64.`);
  return key;
}

/** The key that is there then: another process may have been quicker. */
export function createKeyFile(path: string, key: Buffer): Buffer {
  mkdirSync(dirname(path), { recursive: true });
  try {
    writeFileSync(path, `${key.toString('base64')}\n`, { flag: 'wx', mode: 0o600, flush: true });
    return key;
  } catch (error) {
    if ((error as { code?: string }).code !== 'EEXIST') throw error;
    return readKeyFile(path) ?? key;
  }
}
