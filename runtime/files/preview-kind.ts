/** How a file is looked at, by what the server found its bytes to be. */
import type { FileInfo } from '../api/types.ts';

export type PreviewKind = 'image' | 'pdf' | 'text' | 'none';

/** `hasPdfReader`: whether this browser shows PDF inside a page; most phones do not. */
export function previewKind({ type, image }: Pick<FileInfo, 'type' | 'image'>, hasPdfReader: boolean): PreviewKind {
  if (image) return 'image';
  if (type === 'application/pdf') return hasPdfReader ? 'pdf' : 'none';
  // Plain text has no mark of its own; the server looks and says when it is none.
  return type === 'application/octet-stream' || type === 'application/xml' || type.startsWith('text/') ? 'text' : 'none';
}

/** What a person calls it: the ending of its name, else what it is. */
export function kindName({ name, type }: Pick<FileInfo, 'name' | 'type'>): string {
  const ending = /\.([0-9A-Za-z]{1,8})$/.exec(name)?.[1];
  return ending ? ending.toUpperCase() : (type.split('/').at(-1) ?? type);
}
