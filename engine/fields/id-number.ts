/** Check digits of the numbers that must be told apart: resident ID (GB 11643) and unified social credit code (GB 32100). */
const ID_WEIGHTS = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
const ID_PROVINCES = /^(?:1[1-5]|2[1-3]|3[1-7]|4[1-6]|5[0-4]|6[1-5]|71|8[1-3]|9[1-3])/;
const CODE_ALPHABET = '0123456789ABCDEFGHJKLMNPQRTUWXY';
const CODE_WEIGHTS = [1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28];
const ORGANISATION_WEIGHTS = [3, 7, 9, 10, 5, 8, 4, 2];
const AUTHORITIES = /^(?:1[1239]|2[19]|3[1-59]|4[19]|5[1239]|6[129]|7[129]|8[19]|9[123]|A[19]|N[1239]|Y1)/;

/** A valid 18-character resident ID number, birth date and check digit included. */
export function isIdNumber(text: string): boolean {
  if (!/^\d{17}[\dXx]$/.test(text) || !ID_PROVINCES.test(text)) return false;
  const [year, month, day] = [Number(text.slice(6, 10)), Number(text.slice(10, 12)), Number(text.slice(12, 14))];
  const birth = new Date(Date.UTC(year, month - 1, day));
  if (year < 1900 || birth.getUTCMonth() !== month - 1 || birth.getUTCDate() !== day || birth.getUTCFullYear() !== year) return false;
  const sum = ID_WEIGHTS.reduce((total, weight, index) => total + weight * Number(text[index]), 0);
  return '10X98765432'[sum % 11] === text[17]?.toUpperCase();
}

/** The last character that a credit code of these first 17 characters must have; null when a character cannot occur. */
export function creditCodeCheck(code: string): string | null {
  let sum = 0;
  for (const [index, weight] of CODE_WEIGHTS.entries()) {
    const value = CODE_ALPHABET.indexOf(code[index] ?? '?');
    if (value < 0) return null;
    sum += value * weight;
  }
  return CODE_ALPHABET[(31 - (sum % 31)) % 31] ?? null;
}

export function hasKnownAuthority(code: string): boolean {
  return AUTHORITIES.test(code);
}

/** The check character inside the organisation code, positions 9 to 17. */
export function hasOrganisationCheck(code: string): boolean {
  const sum = ORGANISATION_WEIGHTS.reduce((total, weight, index) => {
    const character = code.charCodeAt(8 + index);
    return total + weight * (character < 58 ? character - 48 : character - 55);
  }, 0);
  const check = 11 - (sum % 11);
  return code[16] === (check === 10 ? 'X' : check === 11 ? '0' : String(check));
}
