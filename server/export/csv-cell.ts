import { safeCell } from '#engine/records/safe-cell.ts';

/** One cell as RFC 4180 writes it, and never a formula. Quoted for every delimiter there is, so that no other reading splits it. */
export function csvCell(text: string): string {
  const safe = safeCell(text);
  return /[",;\t\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
