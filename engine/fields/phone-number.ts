/**
 * Telephone numbers. China's numbers are read by rules of our own: the library glues extensions on, knows no list in a
 * cell and refuses new segments and service numbers. It reads what begins with `+`.
 * Stored: E.164 with an optional `;ext=8001`; service numbers (95588) and incomplete ones as plain digits.
 */
import { parsePhoneNumberFromString } from 'libphonenumber-js/min';
import { toCode } from './plain-text.ts';

export type PhoneReading =
  | { readonly number: string; readonly doubt?: 'incomplete' | 'foreign' }
  | { readonly failure: 'not_a_phone' | 'several' | 'digits_lost' };

const EXTENSION = /(?:转|轉|ext\.?|extension|分机|分機|x|;ext=|#)[:.]?(\d{1,8})$/i;
const MOBILE = /^1[3-9]\d{9}$/;
const LANDLINE = /^0(?:10|2\d|[3-9]\d{2})\d{7,8}$/;
const SERVICE = /^[48]00\d{7}$/;
const SHORT = /^(?:9[56]\d{3,6}|1[02]\d{1,4}|11\d)$/;
const NEIGHBOURS = /^(?:852\d{8}|853\d{8}|886\d{8,9})$/;

export function readPhone(text: string): PhoneReading {
  const written = text.normalize('NFKC').trim();
  if (/^\d(?:\.\d+)?e\+?\d+$/i.test(written)) return { failure: 'digits_lost' };
  const parts = splitPhones(written);
  if (parts.length > 1) return { failure: 'several' };
  return readOne(parts[0] ?? '');
}

/** The numbers of a cell that holds several: `138…/139…`, on lines of their own, after one another. */
export function splitPhones(text: string): string[] {
  const parts = text.normalize('NFKC').split(/[/;,、|\n]+(?!ext=)|\s+(?=(?:\+?86[- ]?)?1[3-9]\d{9}(?!\d))/).map((part) => part.trim());
  return parts.filter((part) => part !== '' && part !== '+86' && part !== '86');
}

function readOne(text: string): PhoneReading {
  // A label before the number (手机: …) or a name in brackets after it says nothing about the number.
  let rest = toCode(text).replace(/^(?:手机|电话|座机|tel|mobile|phone)[.:]?/i, '').replace(/\((?:\D+)\)$/, '').replace(/^(\d+)\.0+$/, '$1');
  let extension = '';
  const marked = EXTENSION.exec(rest);
  if (marked?.[1]) {
    extension = marked[1];
    rest = rest.slice(0, marked.index);
  } else {
    const dashed = /^((?:\+?86-?)?0\d{2,3}-?\d{7,8}|[48]00-?\d{3}-?\d{4})-(\d{1,6})$/.exec(rest);
    if (dashed?.[1] && dashed[2]) [rest, extension] = [dashed[1], dashed[2]];
  }
  if (!/^\+?[\d().\-_·]+$/.test(rest)) return { failure: 'not_a_phone' };
  const international = rest.startsWith('+') || rest.startsWith('00');
  const digits = rest.replace(/\D/g, '').replace(/^00/, '');
  const suffix = extension ? `;ext=${extension}` : '';
  const chinese = readChinese(international || /^86(?:1[3-9]\d{9}|0?\d{9,11})$/.test(digits) ? digits.replace(/^86/, '') : digits);
  if (chinese && (!international || digits.startsWith('86'))) return { number: chinese + suffix };
  if (international) {
    const parsed = parsePhoneNumberFromString(`+${digits}`);
    if (parsed?.isPossible()) return { number: parsed.number + suffix };
    return { failure: 'not_a_phone' };
  }
  if (NEIGHBOURS.test(digits)) return { number: `+${digits}${suffix}`, doubt: 'foreign' };
  return digits.length >= 4 && digits.length <= 15 ? { number: digits + suffix, doubt: 'incomplete' } : { failure: 'not_a_phone' };
}

function readChinese(digits: string): string | null {
  if (MOBILE.test(digits) || SERVICE.test(digits)) return `+86${digits}`;
  if (LANDLINE.test(digits)) return `+86${digits.slice(1)}`;
  // After +86 the zero of the area code is dropped.
  if (/^(?:10|2\d)\d{8}$/.test(digits)) return `+86${digits}`;
  return SHORT.test(digits) ? digits : null;
}

interface PhoneParts {
  readonly area: string;
  readonly local: string;
  readonly kind: 'mobile' | 'landline' | 'service' | 'other';
  readonly extension: string;
}

function partsOf(value: string): PhoneParts {
  const [number = '', extension = ''] = value.split(';ext=');
  const national = /^\+86(\d+)$/.exec(number)?.[1];
  if (national === undefined) return { area: '', local: number, kind: 'other', extension };
  if (MOBILE.test(national)) return { area: '', local: national, kind: 'mobile', extension };
  if (SERVICE.test(national)) return { area: national.slice(0, 3), local: national.slice(3), kind: 'service', extension };
  const length = /^(?:10|2)/.test(national) ? 2 : 3;
  return { area: `0${national.slice(0, length)}`, local: national.slice(length), kind: 'landline', extension };
}

export function formatPhone(value: string, locale: string): string {
  const { area, local, kind, extension } = partsOf(value);
  const suffix = extension ? (locale === 'zh-CN' ? ` 转 ${extension}` : ` ext. ${extension}`) : '';
  if (kind === 'mobile') return `${local.slice(0, 3)} ${local.slice(3, 7)} ${local.slice(7)}${suffix}`;
  if (kind === 'service') return `${area}-${local.slice(0, 3)}-${local.slice(3)}${suffix}`;
  if (kind === 'landline') return `${area}-${local}${suffix}`;
  const foreign = local.startsWith('+') ? parsePhoneNumberFromString(local)?.formatInternational() : undefined;
  return (foreign ?? local) + suffix;
}

/** 138****8000, 010-****5678. */
export function maskPhone(value: string): string {
  const { area, local, kind } = partsOf(value);
  if (kind === 'mobile') return `${local.slice(0, 3)}****${local.slice(7)}`;
  return `${area ? `${area}-` : ''}****${local.length > 4 ? local.slice(-4) : ''}`;
}

/** The digits a search should find, with the national form people type. */
export function phoneSearchText(value: string): string {
  const { area, local, extension } = partsOf(value);
  return `${area}${local.replace('+', '')} ${extension}`.trim();
}
