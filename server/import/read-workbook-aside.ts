import { existsSync } from 'node:fs';
import { Worker } from 'node:worker_threads';
import { AppError, type ErrorCode, type Label } from '#engine/errors.ts';
import type { Sheet } from '#engine/import/sheet.ts';
import { readWorkbook } from './read-workbook.ts';

export type WorkbookAnswer = { readonly sheets: Sheet[] } | { readonly refusal: { readonly code: ErrorCode; readonly detail: Label } };

/** Enough for the largest sheet Excel can hold; a file made to need more ends its own thread, not the server. */
const MEMORY_MB = 3072;
const WORKER = new URL('./workbook-worker.js', import.meta.url);

/** On a thread of its own in the built server; in tests, which run the sources, right here. */
export function readWorkbookAside(bytes: Buffer): Promise<Sheet[]> {
  if (!existsSync(WORKER)) return readWorkbook(bytes);
  return new Promise((resolve, reject) => {
    const worker = new Worker(WORKER, { workerData: bytes, resourceLimits: { maxOldGenerationSizeMb: MEMORY_MB } });
    worker.once('message', (answer: WorkbookAnswer) => {
      if ('sheets' in answer) resolve(answer.sheets);
      else reject(new AppError(answer.refusal.code, answer.refusal.detail));
    });
    worker.once('error', (error: NodeJS.ErrnoException) => {
      reject(error.code === 'ERR_WORKER_OUT_OF_MEMORY' ? new AppError('too_large', { 'zh-CN': '工作簿过大，请拆分后再导入', en: 'The workbook is too large; split it and import the parts' }) : error);
    });
    worker.once('exit', (code) => reject(new Error(`The workbook reader ended with ${code} and gave no answer.`)));
  });
}
