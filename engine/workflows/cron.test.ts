import { describe, expect, it } from 'vitest';
import { fromCron, toCron } from './cron-words.ts';
import { isCron, nextOccurrence, occurrences } from './cron.ts';

const days = (cron: string, from: string, to: string, timeZone: string) => occurrences(cron, { from, to, timeZone });

describe('a schedule', () => {
  it('runs once on the day a daily time is left out, at the first instant after the gap', () => {
    const found = days('30 2 * * *', '2027-03-26T12:00:00.000Z', '2027-03-30T00:00:00.000Z', 'Europe/Berlin');
    expect(found).toEqual([
      { at: '2027-03-27T01:30:00.000Z', local: '2027-03-27T02:30' },
      { at: '2027-03-28T01:30:00.000Z', local: '2027-03-28T02:30' },
      { at: '2027-03-29T00:30:00.000Z', local: '2027-03-29T02:30' },
    ]);
  });

  it('runs once on the day a daily time comes twice, the first time', () => {
    const found = days('30 2 * * *', '2027-10-30T12:00:00.000Z', '2027-11-01T12:00:00.000Z', 'Europe/Berlin');
    expect(found.map(({ at }) => at)).toEqual(['2027-10-31T00:30:00.000Z', '2027-11-01T01:30:00.000Z']);
  });

  it('goes on every quarter of an hour through the doubled hour', () => {
    const found = days('*/15 * * * *', '2027-10-31T00:00:00.000Z', '2027-10-31T02:00:00.000Z', 'Europe/Berlin');
    expect(found.map(({ at }) => at.slice(11, 16))).toEqual(['00:15', '00:30', '00:45', '01:00', '01:15', '01:30', '01:45', '02:00']);
  });

  it('takes the 31st only where there is one, and L as the last day', () => {
    const year = { from: '2026-12-31T16:00:00.000Z', to: '2027-12-31T15:59:00.000Z', timeZone: 'Asia/Shanghai' };
    expect(occurrences('0 9 31 * *', year)).toHaveLength(7);
    expect(occurrences('0 9 L * *', year).map(({ local }) => local.slice(5, 10))).toEqual(['01-31', '02-28', '03-31', '04-30', '05-31', '06-30', '07-31', '08-31', '09-30', '10-31', '11-30', '12-31']);
    expect(nextOccurrence('0 9 29 2 *', '2026-01-01T00:00:00.000Z', 'Asia/Shanghai')?.local).toBe('2028-02-29T09:00');
  });

  it.each(['Australia/Lord_Howe', 'Pacific/Apia', 'Asia/Shanghai', 'America/New_York'])('has every local day once in %s, year round', (timeZone) => {
    const found = days('15 2 * * *', '2026-12-31T00:00:00.000Z', '2028-01-02T00:00:00.000Z', timeZone);
    const local = found.map((occurrence) => occurrence.local);
    expect(new Set(local).size).toBe(local.length);
    expect(local.filter((name) => name.startsWith('2027-'))).toHaveLength(365);
    for (const [i, { at }] of found.entries()) if (i > 0) expect(at > (found[i - 1]?.at ?? '')).toBe(true);
  });

  it('refuses what is none', () => {
    for (const cron of ['', '* * * *', '61 * * * *', 'often', '0 9 * * * *']) expect(isCron(cron), cron).toBe(false);
    expect(isCron('0 9 * * 1-5')).toBe(true);
  });

  it('is written and read alike by the friendly editor', () => {
    for (const cron of ['*/15 * * * *', '5 * * * *', '0 9 * * *', '0 9 * * 1-5', '30 8 * * 1,3', '0 9 1 * *', '0 9 L * *']) {
      const friendly = fromCron(cron);
      expect(friendly, cron).not.toBeNull();
      if (friendly) expect(toCron(friendly)).toBe(cron);
    }
    expect(fromCron('0 9 1 1 *')).toBeNull();
  });
});
