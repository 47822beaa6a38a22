/** Days as spreadsheets count them. */
const DAY = 86_400_000;

/** `2024-03-15`, or with a time when the number has a fraction; null for what cannot be a date of our days. */
export function readSerial(text: string, date1904: boolean): string | null {
  if (!/^\d{5}(?:\.\d+)?$/.test(text)) return null;
  const serial = Number(text) + (date1904 ? 1462 : 0);
  return serial >= 20_000 && serial < 60_000 ? serialToText(serial) : null;
}

/** `serial` in the 1900 system. Day 60 is a 29 February 1900 that never was; days before it are one off. */
export function serialToText(serial: number): string {
  const days = serial < 60 ? serial + 1 : serial;
  // To the second: 45366.583333 is 14:00:00, not 13:59:59.971.
  const moment = new Date(Math.round(((days - 25_569) * DAY) / 1000) * 1000).toISOString();
  return moment.endsWith('T00:00:00.000Z') ? moment.slice(0, 10) : `${moment.slice(0, 10)} ${moment.slice(11, 19)}`;
}
