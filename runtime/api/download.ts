/** Files that the server makes when they are asked for: fetched whole, then given to the person or opened in a tab. */
import { currentLocale } from '../app/i18n/index.ts';
import { Problem } from './problem.ts';

/** Longer than a tab needs to read what it was given. */
const KEPT_MS = 60_000;

/** Throws a `Problem` where the server refuses. */
async function fetchFile(path: string, body?: unknown): Promise<string> {
  const response = await fetch(path, {
    method: 'POST',
    headers: { 'X-Relata': '1', 'Accept-Language': currentLocale(), ...(body !== undefined && { 'Content-Type': 'application/json' }) },
    credentials: 'same-origin',
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
  if (!response.ok) throw new Problem(response.status, ((await response.json().catch(() => ({}))) ?? {}) as Record<string, unknown>);
  const url = URL.createObjectURL(await response.blob());
  setTimeout(() => URL.revokeObjectURL(url), KEPT_MS);
  return url;
}

export function saveUrl(name: string, url: string): void {
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
}

export async function saveFile(name: string, path: string, body?: unknown): Promise<void> {
  saveUrl(name, await fetchFile(path, body));
}

/** In a tab of its own. */
export async function openFile(path: string): Promise<void> {
  const link = document.createElement('a');
  link.href = await fetchFile(path);
  link.target = '_blank';
  link.rel = 'noopener';
  link.click();
}
