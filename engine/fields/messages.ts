/** Builders of the issues that field types report. Paths are '' here: the caller puts the field's own path before them. */
import type { Issue, Label } from '../errors.ts';

export function toIssue(code: string, zh: string, en: string): Issue {
  return { path: '', code, message: { 'zh-CN': zh, en } };
}

/** The text may be long or hostile: only its beginning is repeated. */
function quote(text: string): string {
  const points = [...text];
  return points.length > 40 ? `${points.slice(0, 40).join('')}…` : text;
}

export function notReadable(text: string, kind: Label): Issue {
  return toIssue('not_readable', `“${quote(text)}”不是${kind['zh-CN']}`, `“${quote(text)}” is not ${kind.en}`);
}

export function tooLong(limit: number): Issue {
  return toIssue('too_long', `最多 ${limit} 个字符`, `At most ${limit} characters`);
}

/** Excel keeps 15 digits of a number; what shows an exponent or ends in zeros has lost the rest. */
export function digitsLost(): Issue {
  return toIssue(
    'digits_lost',
    '该数字在表格中已丢失位数，请在源文件中把此列设为文本后重新录入',
    'Digits of this number were lost in the spreadsheet; format the column as text in the source and enter it again',
  );
}

export function unknownOption(text: string): Issue {
  return toIssue('unknown_option', `没有选项“${quote(text)}”`, `There is no option “${quote(text)}”`);
}
