/** What an import keeps until it is done: its file, and what it says of rows in their own words. Sealed where anything is encrypted. */
import { readFile, rename, writeFile } from 'node:fs/promises';
import { storedPath } from '../files/store.ts';
import type { Workspace } from '../workspace.ts';
import { isSealedBytes, isSealedText, keyMissing, type Vault } from './vault.ts';

export const importPlace = (column: 'draft' | 'run', id: string): string => `relata_import/${column}/${id}`;
const filePlace = (storedAs: string): string => `files/${storedAs}`;

/** JSON for a JSON column: a sealed one is a text. */
export function sealJson(vault: Vault, value: unknown, place: string): string {
  const text = JSON.stringify(value);
  return vault.isActive ? JSON.stringify(vault.seal(text, place)) : text;
}

export function openJson<T>(vault: Vault, json: string, place: string): T {
  const value: unknown = JSON.parse(json);
  if (!isSealedText(value)) return value as T;
  const text = vault.open(value, place);
  if (text === null) throw keyMissing(vault.missing);
  return JSON.parse(text) as T;
}

type Place = Pick<Workspace, 'filesDir' | 'database'>;

/** Null: what is over keeps no file. */
async function bytesOf(path: string): Promise<Buffer | null> {
  return readFile(path).catch((error: unknown) => {
    if ((error as { code?: string }).code === 'ENOENT') return null;
    throw error;
  });
}

async function replaceFile(path: string, bytes: Buffer): Promise<void> {
  await writeFile(`${path}.part`, bytes, { flush: true });
  await rename(`${path}.part`, path);
}

export async function sealFile({ filesDir, database: { vault } }: Place, storedAs: string): Promise<void> {
  if (!vault.isActive) return;
  const path = storedPath(filesDir, storedAs);
  const bytes = await bytesOf(path);
  if (bytes !== null && !isSealedBytes(bytes)) await replaceFile(path, vault.sealBytes(bytes, filePlace(storedAs)));
}

export async function openFile({ filesDir, database: { vault } }: Place, storedAs: string): Promise<Buffer> {
  const bytes = await readFile(storedPath(filesDir, storedAs));
  if (!isSealedBytes(bytes)) return bytes;
  const plain = vault.openBytes(bytes, filePlace(storedAs));
  if (plain === null) throw keyMissing(vault.missing);
  return plain;
}

/** With the newest key; one that no key opens stays as it is. Throws where the file is there and cannot be read. */
export async function resealFile({ filesDir, database: { vault } }: Place, storedAs: string): Promise<void> {
  const path = storedPath(filesDir, storedAs);
  const bytes = await bytesOf(path);
  const plain = bytes && isSealedBytes(bytes) ? vault.openBytes(bytes, filePlace(storedAs)) : null;
  if (plain !== null) await replaceFile(path, vault.sealBytes(plain, filePlace(storedAs)));
}
