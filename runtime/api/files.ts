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

export function thumbnailUrl(id: string): string {
  return `${fileUrl(id)}/thumbnail`;
}
