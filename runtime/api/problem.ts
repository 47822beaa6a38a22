/** A refusal of the server: an RFC 9457 problem document, or no answer at all (`status` 0). Texts come in the reader's language. */
export interface ProblemIssue {
  /** JSON pointer into the body that was sent. */
  readonly path: string;
  readonly code: string;
  readonly message: string;
}

export class Problem extends Error {
  readonly status: number;
  readonly title: string;
  readonly detail: string;
  readonly issues: readonly ProblemIssue[];
  /** The whole document: a conflict carries the `current` record. */
  readonly document: Readonly<Record<string, unknown>>;

  constructor(status: number, document: Readonly<Record<string, unknown>>) {
    const title = typeof document.title === 'string' ? document.title : '';
    const detail = typeof document.detail === 'string' ? document.detail : '';
    super(detail || title || `HTTP ${status}`);
    this.name = 'Problem';
    this.status = status;
    this.title = title;
    this.detail = detail;
    this.document = document;
    this.issues = Array.isArray(document.issues) ? document.issues.filter(isIssue) : [];
  }
}

function isIssue(value: unknown): value is ProblemIssue {
  return typeof value === 'object' && value !== null && 'path' in value && 'message' in value;
}

export function isProblem(error: unknown, status?: number): error is Problem {
  return error instanceof Problem && (status === undefined || error.status === status);
}
