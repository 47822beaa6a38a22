/** Parts of a request that are neither its path nor its body. */
import { AppError } from '#engine/errors.ts';
import type { Call } from '../endpoint.ts';

/** One value a name: repeated parameters are refused rather than guessed. */
export function queryText(call: Call, name: string): string | undefined {
  const value = (call.request.query as Record<string, unknown>)[name];
  if (value === undefined || value === '') return undefined;
  if (typeof value === 'string') return value;
  throw requestProblem(`/${name}`, 'repeated_parameter', `参数 ${name} 只能出现一次`, `The parameter ${name} may stand once`);
}

export function requestProblem(path: string, code: string, zh: string, en: string): AppError {
  return new AppError('validation_failed', { 'zh-CN': '请求有误', en: 'The request has problems' }, [{ path, code, message: { 'zh-CN': zh, en } }]);
}

/** Undefined: whichever it is. */
export function versionOf(call: Call): number | undefined {
  const header = call.request.headers['if-match'];
  if (header === undefined || header === '*') return undefined;
  const version = /^(?:W\/)?"?(\d{1,15})"?$/.exec(header)?.[1];
  if (version === undefined) throw requestProblem('/If-Match', 'bad_version', 'If-Match 应为记录的版本号', 'If-Match must be the version of the record');
  return Number(version);
}

/** Who changes something says which version was changed, or `*`. */
export function requiredVersionOf(call: Call): number | undefined {
  if (call.request.headers['if-match'] === undefined) {
    throw new AppError('precondition_required', { 'zh-CN': '请在 If-Match 中给出所修改的版本', en: 'Give the version you changed in If-Match' });
  }
  return versionOf(call);
}
