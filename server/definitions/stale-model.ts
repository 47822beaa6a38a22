/** When definitions have moved on: in the database beneath this process, or beneath a draft. */
import { AppError } from '#engine/errors.ts';

/** The database has moved on to other definitions than those in memory: another process has published. */
export class StaleModel extends Error {
  constructor() {
    super('The definitions in memory are not those of the database.');
    this.name = 'StaleModel';
  }
}

/** PostgreSQL: undefined column, undefined table, a plan prepared against columns that have changed. */
const OUTDATED_PLAN = '0A000';
const MISSING = new Set(['42703', '42P01', OUTDATED_PLAN]);

export function isOutdatedPlan(error: unknown): boolean {
  return (error as { code?: string }).code === OUTDATED_PLAN;
}

export function isStaleModel(error: unknown): boolean {
  if (error instanceof StaleModel) return true;
  const { code, message = '' } = error as { code?: string; message?: string };
  return MISSING.has(code ?? '') || (code === 'SQLITE_ERROR' && /no such (column|table)|has no column named/.test(message));
}

/** A draft stands on a version that is no longer live. */
export function staleBase(version: number): AppError {
  return new AppError('conflict', { 'zh-CN': '其他人已发布新的版本，请查看差异后再发布', en: 'Somebody has published meanwhile; look at the differences and publish again' }, [
    { path: '/base', code: 'stale_base', message: { 'zh-CN': `当前是第 ${version} 版`, en: `Version ${version} is live now` } },
  ]);
}

