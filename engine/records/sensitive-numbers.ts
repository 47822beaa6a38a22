/**
 * Finds resident ID and bank card numbers inside text, however they are spaced or disguised. Only their kind and place are
 * given back: the number itself may not reach a message, a log or the audit.
 */
import { creditCodeCheck, hasKnownAuthority, hasOrganisationCheck, isIdNumber } from '../fields/id-number.ts';

export interface SensitiveNumber {
  readonly kind: 'id' | 'card';
  /** Where it stands in the text given. */
  readonly start: number;
  readonly end: number;
}

/** Thirteen digits of any script near each other: texts without them, nearly all, cost one look. */
const MANY_DIGITS = /\p{N}(?:[^\p{L}\p{N}]{0,4}\p{N}){12}/u;
const INVISIBLE = /[\p{Cf}\p{Cc}\p{Mn}]/gu;
const OTHER_DIGIT = /^\p{Nd}$/u;
/** Groups of digits with one separator at most between them, and no letter or digit on either side: serial numbers are longer runs. */
const RUN = /(?<![0-9A-Za-z])\d+(?:[\s\-.·•_/,‐-―−]\d+)*(?:[\s\-.·•]?[Xx])?(?![0-9A-Za-z])/gu;
const CARD_SEPARATOR = /^[\s\-.·•‐-―−]$/u;
const CARD_WORDS = /卡号|卡號|银行卡|銀行卡|储蓄卡|信用卡|借记卡|账号|帐号|帳號|card/i;
/** How far before a number a word may stand that says what it is. */
const WORD_REACH = 16;

/** Half-width, without what cannot be seen; `at` tells for each character where it stands in the text given. */
interface Folded {
  readonly text: string;
  readonly at: readonly number[];
}

function fold(text: string): Folded {
  let folded = '';
  const at: number[] = [];
  let index = 0;
  for (const char of text) {
    for (const plain of char === '\n' || char === '\t' ? ' ' : char.normalize('NFKC').replace(INVISIBLE, '')) {
      const digit = plain > '\u007f' && OTHER_DIGIT.test(plain) ? digitValue(plain) : plain;
      folded += digit;
      for (let unit = 0; unit < digit.length; unit++) at.push(index);
    }
    index += char.length;
  }
  at.push(index);
  return { text: folded, at };
}

/** Decimal digits of every script stand ten in a row, the zero first. */
function digitValue(char: string): string {
  const code = char.codePointAt(0) ?? 0;
  let zero = code;
  while (code - zero < 9 && OTHER_DIGIT.test(String.fromCodePoint(zero - 1))) zero -= 1;
  return String(code - zero);
}

interface Group {
  readonly start: number;
  readonly end: number;
  readonly digits: string;
  /** What stands before it. */
  readonly separator: string;
}

export function findSensitiveNumbers(text: string): SensitiveNumber[] {
  if (text.length < 13 || !MANY_DIGITS.test(text)) return [];
  const { text: folded, at } = fold(text);
  const found: SensitiveNumber[] = [];
  for (const run of folded.matchAll(RUN)) {
    const isNamed = CARD_WORDS.test(folded.slice(Math.max(0, run.index - WORD_REACH), run.index));
    for (const { kind, start, end } of inRun(groupsOf(run[0]), isNamed)) {
      found.push({ kind, start: at[run.index + start] as number, end: at[run.index + end] as number });
    }
  }
  return found;
}

function groupsOf(run: string): Group[] {
  return [...run.matchAll(/\d+[Xx]?|[Xx]$/g)].map((match) => ({
    start: match.index,
    end: match.index + match[0].length,
    digits: match[0],
    separator: run[match.index - 1] ?? '',
  }));
}

/** Every stretch of whole groups is tried, so that neither a date before a number nor a phone behind it hides it. */
function inRun(groups: readonly Group[], isNamed: boolean): SensitiveNumber[] {
  const found: SensitiveNumber[] = [];
  for (let first = 0; first < groups.length; first++) {
    let digits = '';
    let mayBeCard = true;
    for (let last = first; last < groups.length; last++) {
      const group = groups[last] as Group;
      digits += group.digits;
      if (digits.length > 19) break;
      mayBeCard &&= last === first || CARD_SEPARATOR.test(group.separator);
      const kind = isPersonal(digits) ? 'id' : mayBeCard && (isCardNumber(digits) || (isNamed && isLuhnNumber(digits))) ? 'card' : null;
      if (kind === null) continue;
      found.push({ kind, start: (groups[first] as Group).start, end: group.end });
      first = last;
      break;
    }
  }
  return found;
}

/** A credit code of digits alone may pass for an ID number; one whose authority and both check characters fit is read as a code. */
function isPersonal(digits: string): boolean {
  return isIdNumber(digits) && !isCompanyCode(digits);
}

export function isCompanyCode(code: string): boolean {
  return creditCodeCheck(code) === code[17] && hasKnownAuthority(code) && hasOrganisationCheck(code);
}

/** Luhn alone passes a tenth of all numbers, so the issuer's prefix and length must fit too. */
export function isCardNumber(digits: string): boolean {
  const { length } = digits;
  const issued =
    (/^62/.test(digits) && length >= 16) ||
    (digits.startsWith('4') && (length === 13 || length === 16 || length === 19)) ||
    (/^5[1-5]/.test(digits) && length === 16) ||
    (length === 16 && Number(digits.slice(0, 4)) >= 2221 && Number(digits.slice(0, 4)) <= 2720) ||
    (/^3[47]/.test(digits) && length === 15) ||
    (/^35/.test(digits) && length === 16);
  return issued && isLuhnNumber(digits);
}

function isLuhnNumber(digits: string): boolean {
  if (!/^\d{13,19}$/.test(digits)) return false;
  let sum = 0;
  for (let index = 0; index < digits.length; index++) {
    const digit = Number(digits[digits.length - 1 - index]);
    const doubled = index % 2 === 1 ? digit * 2 : digit;
    sum += doubled > 9 ? doubled - 9 : doubled;
  }
  return sum % 10 === 0;
}

/** `110101********0011`: what may be kept where a number came from outside. All else in the text stays as it is. */
export function maskSensitiveNumbers(text: string): string {
  let masked = '';
  let from = 0;
  for (const { start, end } of findSensitiveNumbers(text)) {
    const digits = fold(text.slice(start, end)).text.replace(/[^0-9Xx]/g, '');
    masked += `${text.slice(from, start)}${digits.slice(0, 6)}${'*'.repeat(digits.length - 10)}${digits.slice(-4)}`;
    from = end;
  }
  return masked + text.slice(from);
}
