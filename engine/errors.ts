/**
 * What can go wrong, in words of the product. A problem in data is a value (`Issue`);
 * thrown is only `AppError`. Nothing here knows HTTP: the server maps codes to statuses.
 */

export const LOCALES = ['zh-CN', 'en'] as const;
export type Locale = (typeof LOCALES)[number];

/** A text in every language of the product. */
export type Label = Readonly<Record<Locale, string>>;

export function isLabel(value: unknown): value is Label {
  return value !== null && typeof value === 'object' && Object.keys(value).length === LOCALES.length && LOCALES.every((locale) => typeof (value as Label)[locale] === 'string');
}

export type ErrorCode =
  | 'invalid_definition'
  | 'invalid_request'
  | 'validation_failed'
  | 'unauthenticated'
  | 'forbidden'
  | 'not_found'
  | 'merged'
  | 'conflict'
  | 'precondition_required'
  | 'too_large'
  | 'unsupported_media'
  | 'rate_limited'
  | 'unavailable';

/** One problem in data. `path` is a JSON pointer into what was sent: `/lines/0/quantity`. */
export interface Issue {
  readonly path: string;
  readonly code: string;
  readonly message: Label;
}

export class AppError extends Error {
  readonly code: ErrorCode;
  readonly detail: Label;
  readonly issues: readonly Issue[];
  /** What a program needs beside the words; told with the problem. */
  readonly facts: Readonly<Record<string, string>>;

  constructor(code: ErrorCode, detail: Label, issues: readonly Issue[] = [], facts: Readonly<Record<string, string>> = {}) {
    super(`${code}: ${detail.en}${issues.map((issue) => `\n  ${issue.path}: ${issue.message.en}`).join('')}`);
    this.name = 'AppError';
    this.code = code;
    this.detail = detail;
    this.issues = issues;
    this.facts = facts;
  }
}

/** The JSON pointer one step below `path`; escapes `~` and `/` as RFC 6901 asks. */
export function childPath(path: string, key: string | number): string {
  return `${path}/${String(key).replaceAll('~', '~0').replaceAll('/', '~1')}`;
}
