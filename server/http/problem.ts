/** Errors to RFC 9457 problem documents. Status numbers stand here and nowhere else. */
import { randomUUID } from 'node:crypto';
import type { ErrorRequestHandler, Request } from 'express';
import type { Logger } from 'pino';
import { AppError, type ErrorCode, type Issue, type Label, type Locale } from '#engine/errors.ts';

const STATUS: Readonly<Record<ErrorCode, number>> = {
  invalid_definition: 422,
  invalid_request: 400,
  validation_failed: 422,
  unauthenticated: 401,
  forbidden: 403,
  not_found: 404,
  merged: 404,
  conflict: 409,
  precondition_required: 428,
  too_large: 413,
  unsupported_media: 415,
  rate_limited: 429,
  unavailable: 503,
};

const TITLES: Readonly<Record<ErrorCode, Label>> = {
  invalid_definition: { 'zh-CN': '定义有误', en: 'Invalid definition' },
  invalid_request: { 'zh-CN': '请求有误', en: 'Invalid request' },
  validation_failed: { 'zh-CN': '校验未通过', en: 'Validation failed' },
  unauthenticated: { 'zh-CN': '未登录', en: 'Not signed in' },
  forbidden: { 'zh-CN': '没有权限', en: 'Not permitted' },
  not_found: { 'zh-CN': '未找到', en: 'Not found' },
  merged: { 'zh-CN': '已合并', en: 'Merged' },
  conflict: { 'zh-CN': '内容已被修改', en: 'Changed meanwhile' },
  precondition_required: { 'zh-CN': '缺少版本', en: 'Version needed' },
  too_large: { 'zh-CN': '内容过大', en: 'Too large' },
  unsupported_media: { 'zh-CN': '格式不支持', en: 'Unsupported format' },
  rate_limited: { 'zh-CN': '请求过于频繁', en: 'Too many requests' },
  unavailable: { 'zh-CN': '服务暂不可用', en: 'Unavailable' },
};

export function localeOf(request: Request): Locale {
  return request.acceptsLanguages('zh-CN', 'zh', 'en') === 'en' ? 'en' : 'zh-CN';
}

export function issuesIn(locale: Locale, issues: readonly Issue[]): { path: string; code: string; message: string }[] {
  return issues.map((issue) => ({ path: issue.path, code: issue.code, message: issue.message[locale] }));
}

/** Errors of the body parser and of the disk, in our words. */
function known(error: unknown): AppError | undefined {
  if (error instanceof AppError) return error;
  const { type, code, status } = error as { type?: string; code?: string; status?: number };
  if (type === 'entity.too.large') return new AppError('too_large', { 'zh-CN': '请求内容过大', en: 'The request is too large' });
  if (type === 'encoding.unsupported' || type === 'charset.unsupported') {
    return new AppError('unsupported_media', { 'zh-CN': '不支持的编码，请使用 UTF-8 的 JSON', en: 'This encoding is not supported; send JSON in UTF-8' });
  }
  if (type === 'entity.parse.failed' || status === 400) {
    return new AppError('invalid_request', { 'zh-CN': '请求内容不是有效的 JSON', en: 'The body is not valid JSON' });
  }
  if (status === 404) return new AppError('not_found', { 'zh-CN': '没有这个页面', en: 'There is no such page' });
  if (code === 'SQLITE_FULL' || code === 'ENOSPC' || code === '53100') {
    return new AppError('unavailable', { 'zh-CN': '磁盘空间不足，未保存任何更改', en: 'The disk is full; nothing was saved' });
  }
  if (code === 'SQLITE_BUSY' || code === 'ECONNREFUSED' || code === '57P01' || code === '53300') {
    return new AppError('unavailable', { 'zh-CN': '数据库繁忙，请稍后重试', en: 'The database is busy; try again shortly' });
  }
  return undefined;
}

export function problemHandler(log: Logger): ErrorRequestHandler {
  return (error: unknown, request, response, _next) => {
    const problem = known(error);
    const locale = localeOf(request);
    if (response.headersSent) {
      log.error({ err: error, path: request.path }, 'failed while answering');
      response.destroy();
      return;
    }
    if (!problem) {
      const id = randomUUID();
      log.error({ err: error, id, method: request.method, path: request.path }, 'unexpected error');
      send(response, 500, { type: 'about:blank', title: locale === 'en' ? 'Internal error' : '内部错误', status: 500, detail: locale === 'en' ? `Something went wrong on our side (${id})` : `服务器出错（${id}）`, issues: [] });
      return;
    }
    const status = STATUS[problem.code];
    if (status === 503 || status === 429) response.setHeader('Retry-After', status === 429 ? '60' : '2');
    send(response, status, {
      type: `urn:relata:${problem.code}`,
      title: TITLES[problem.code][locale],
      status,
      detail: problem.detail[locale],
      issues: issuesIn(locale, problem.issues),
      ...problem.facts,
    });
  };
}

function send(response: Parameters<ErrorRequestHandler>[2], status: number, body: object): void {
  response.status(status).type('application/problem+json').send(JSON.stringify(body));
}
