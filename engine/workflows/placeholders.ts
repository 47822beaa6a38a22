/** Texts with `{{placeholders}}`. A value that is filled in is never read for placeholders again. */
const PLACEHOLDER = /\{\{\s*([$a-z][\w.$]*)\s*\}\}/g;

export function placeholdersIn(text: string): string[] {
  return [...text.matchAll(PLACEHOLDER)].map((match) => match[1] as string);
}

export function fillPlaceholders(text: string, read: (path: string) => string): string {
  return text.replace(PLACEHOLDER, (_, path: string) => read(path));
}

/** A text that is written as an expression, with placeholders in it. */
export function isTemplate(expression: unknown): expression is string {
  return typeof expression === 'string' && expression.includes('{{') && placeholdersIn(expression).length > 0;
}

/** Filled in when a request is sent, and never earlier. */
export function isSecret(path: string): boolean {
  return /^\$secrets\.[a-z][a-z0-9_]{0,47}$/.test(path);
}
