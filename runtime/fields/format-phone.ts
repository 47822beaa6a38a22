/** Chinese two-digit areas; all others have three digits after the 0. */
const SHORT_AREA = /^(10|2\d)/;

/** Numbers are stored as +86…; inside China nobody writes the country. Others are shown as they are stored. */
export function formatPhone(stored: string): string {
  const [, national, extension] = /^\+86(\d{9,11})(?:[;x-].*?(\d+))?$/.exec(stored) ?? [];
  if (national === undefined) return stored;
  const tail = extension === undefined ? '' : `-${extension}`;
  if (/^1\d{10}$/.test(national)) return `${national.slice(0, 3)} ${national.slice(3, 7)} ${national.slice(7)}${tail}`;
  if (/^[48]00\d{7}$/.test(national)) return `${national.slice(0, 3)}-${national.slice(3, 6)}-${national.slice(6)}${tail}`;
  const area = SHORT_AREA.test(national) ? 2 : 3;
  return `0${national.slice(0, area)}-${national.slice(area)}${tail}`;
}
