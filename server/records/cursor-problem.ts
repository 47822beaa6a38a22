import { AppError } from '#engine/errors.ts';

/** A cursor is ours or it is nothing. */
export function badCursor(): AppError {
  return new AppError('validation_failed', { 'zh-CN': '请求有误', en: 'The request has problems' }, [
    { path: '/cursor', code: 'bad_cursor', message: { 'zh-CN': '翻页位置无效', en: 'The cursor is not valid' } },
  ]);
}
