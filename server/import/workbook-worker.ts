/** Reads one workbook on a thread of its own: a large one takes many seconds and a gigabyte, and others go on working meanwhile. */
import { parentPort, workerData } from 'node:worker_threads';
import { AppError } from '#engine/errors.ts';
import { readWorkbook } from './read-workbook.ts';
import type { WorkbookAnswer } from './read-workbook-aside.ts';

const answer = (message: WorkbookAnswer): void => parentPort?.postMessage(message);

try {
  answer({ sheets: await readWorkbook(Buffer.from(workerData as Uint8Array)) });
} catch (error) {
  if (!(error instanceof AppError)) throw error;
  answer({ refusal: { code: error.code, detail: error.detail } });
}
