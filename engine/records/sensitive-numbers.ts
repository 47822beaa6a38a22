/**
 * Finds resident ID and bank card numbers inside text. Only their kind and place are given back: the number itself may
 * not reach a message, a log or the audit.
 */
import { isIdNumber } from '../fields/id-number.ts';

export interface SensitiveNumber {
  readonly kind: 'id' | 'card';
  /** Position in the half-width text, which `maskSensitiveNumbers` gives back. */
  readonly start: number;
  readonly length: number;
}

const INVISIBLE = /[\u00ad\u180e\u200b-\u200f\u2060\ufeff]/g;
// One separator at most between digits, and no letter or digit on either side: serial numbers are longer runs.
const ID = /(?<![0-9A-Za-z])\d(?:[ \-.]?\d){5}[ \-.]?(?:18|19|20)(?:[ \-.]?\d){6}(?:[ \-.]?\d){3}[ \-.]?[\dXx](?![0-9A-Za-z])/g;
const CARD = /(?<![0-9A-Za-z])\d(?:[ -]?\d){12,18}(?![0-9A-Za-z])/g;

function fold(text: string): string {
  return text.normalize('NFKC').replace(INVISIBLE, '');
}

export function findSensitiveNumbers(text: string): SensitiveNumber[] {
  // Most values are short or hold no digits; the patterns need 13 of them.
  if (text.length < 13) return [];
  const folded = fold(text);
  const found: SensitiveNumber[] = [];
  for (const match of folded.matchAll(ID)) {
    if (isIdNumber(match[0].replace(/[ \-.]/g, ''))) found.push({ kind: 'id', start: match.index, length: match[0].length });
  }
  for (const match of folded.matchAll(CARD)) {
    const overlaps = found.some(({ start, length }) => match.index < start + length && start < match.index + match[0].length);
    if (!overlaps && isCardNumber(match[0].replace(/[ -]/g, ''))) found.push({ kind: 'card', start: match.index, length: match[0].length });
  }
  return found;
}

/** Luhn alone passes a tenth of all numbers, so the issuer's prefix and length must fit too. */
export function isCardNumber(digits: string): boolean {
  const length = digits.length;
  const issued =
    (/^62/.test(digits) && length >= 16) ||
    (digits.startsWith('4') && (length === 13 || length === 16 || length === 19)) ||
    (/^5[1-5]/.test(digits) && length === 16) ||
    (length === 16 && Number(digits.slice(0, 4)) >= 2221 && Number(digits.slice(0, 4)) <= 2720) ||
    (/^3[47]/.test(digits) && length === 15) ||
    (/^35/.test(digits) && length === 16);
  return issued && length <= 19 && /^\d+$/.test(digits) && luhn(digits);
}

function luhn(digits: string): boolean {
  let sum = 0;
  for (let index = 0; index < digits.length; index++) {
    const digit = Number(digits[digits.length - 1 - index]);
    const doubled = index % 2 === 1 ? digit * 2 : digit;
    sum += doubled > 9 ? doubled - 9 : doubled;
  }
  return sum % 10 === 0;
}

/** `110101********0011`: what may be kept where a number came from outside. The text comes back half-width. */
export function maskSensitiveNumbers(text: string): string {
  let masked = fold(text);
  for (const { start, length } of findSensitiveNumbers(text)) {
    const digits = masked.slice(start, start + length);
    masked = masked.slice(0, start) + digits.slice(0, 6) + '*'.repeat(length - 10) + digits.slice(-4) + masked.slice(start + length);
  }
  return masked;
}
