import { existsSync } from 'node:fs';
import { Worker } from 'node:worker_threads';
import { AppError, type ErrorCode, type Label } from '#engine/errors.ts';
import type { Manifest } from './manifest.ts';
import { verifyBackup } from './verify-backup.ts';

export type VerifyMessage =
  | { readonly progress: readonly [done: number, total: number] }
  | { readonly manifest: Manifest }
  | { readonly refusal: { readonly code: ErrorCode; readonly detail: Label } };

/** Beside the program, or above it where the bundler has put this module among the shared parts. */
const WORKER = [new URL('./verify-worker.js', import.meta.url), new URL('../verify-worker.js', import.meta.url)].find((url) => existsSync(url));

/** On a thread of its own in the built server, so that others go on working meanwhile; in tests, which run the sources, right here. */
export function verifyAside(file: string, onProgress: (done: number, total: number) => void, signal: AbortSignal): Promise<Manifest> {
  const program = WORKER;
  if (!program) return verifyBackup(file, onProgress);
  return new Promise((resolve, reject) => {
    const worker = new Worker(program, { workerData: file });
    signal.addEventListener('abort', () => void worker.terminate(), { once: true });
    worker.on('message', (message: VerifyMessage) => {
      if ('progress' in message) onProgress(...message.progress);
      else if ('manifest' in message) resolve(message.manifest);
      else reject(new AppError(message.refusal.code, message.refusal.detail));
    });
    worker.once('error', reject);
    worker.once('exit', (code) => reject(signal.aborted ? signal.reason : new Error(`The verification ended with ${code} and gave no answer.`)));
  });
}
