/** Verifies one backup on a thread of its own. */
import { parentPort, workerData } from 'node:worker_threads';
import { sortKeyOf } from '#engine/fields/pinyin.ts';
import { AppError } from '#engine/errors.ts';
import { companyCore, companyKey } from '#engine/records/company-name.ts';
import { registerFunctions } from '#engine/rules/evaluate.ts';
import type { VerifyMessage } from './verify-aside.ts';
import { verifyBackup } from './verify-backup.ts';

registerFunctions({ companyKey, companyCore: (name) => companyCore(name).core, pinyin: sortKeyOf });

const EVERY_MS = 200;
const answer = (message: VerifyMessage): void => parentPort?.postMessage(message);
let told = 0;

try {
  const manifest = await verifyBackup(String(workerData), (done, total) => {
    if (Date.now() - told < EVERY_MS) return;
    told = Date.now();
    answer({ progress: [done, total] });
  });
  answer({ manifest });
} catch (error) {
  if (!(error instanceof AppError)) throw error;
  answer({ refusal: { code: error.code, detail: error.detail } });
}
