/** What an operation was refused with: its code, and path and code of every issue. A success or any other error fails the test. */
import { expect } from 'vitest';
import { AppError } from '#engine/errors.ts';

export interface Refusal {
  readonly code: string;
  readonly issues: readonly string[];
  readonly error: AppError;
}

export async function refusalOf(work: Promise<unknown>): Promise<Refusal> {
  const error: unknown = await work.then(
    () => expect.fail('it was not refused'),
    (reason: unknown) => reason,
  );
  if (!(error instanceof AppError)) throw error;
  return { code: error.code, issues: error.issues.map((issue) => `${issue.path} ${issue.code}`), error };
}
