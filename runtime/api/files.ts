import { request } from './client.ts';
import type { FileInfo } from './types.ts';

export function uploadFile(file: File, onProgress?: (sent: number) => void): Promise<FileInfo> {
  const form = new FormData();
  form.append('file', file);
  return request<FileInfo>('POST', '/api/files', { form, ...(onProgress && { onProgress }) });
}

export function fileUrl(id: string): string {
  return `/api/files/${encodeURIComponent(id)}`;
}

/** A picture or a PDF, to be shown in place. */
export function inlineUrl(id: string): string {
  return `${fileUrl(id)}/inline`;
}

/** Null: it is no text. */
export function readFileText(id: string, signal?: AbortSignal): Promise<{ readonly text: string | null; readonly truncated: boolean }> {
  return request('GET', `${fileUrl(id)}/text`, signal ? { signal } : {});
}

export function thumbnailUrl(id: string): string {
  return `${fileUrl(id)}/thumbnail`;
}
