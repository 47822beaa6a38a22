import { expect, test } from 'vitest';
import { readDays, withDays } from './read-days.ts';

test('days are read as files and spreadsheets write them, with or without a heading', () => {
  const { days, wrong } = readDays('date,working,name\n2026-10-01,false,国庆节\n2026/10/10\t上班\t调休\n2026年1月1日，休息，元旦\n"2026-05-01","off","Labour Day"');
  expect(wrong).toEqual([]);
  expect(days).toEqual([
    { day: '2026-01-01', working: false, name: '元旦' }, { day: '2026-05-01', working: false, name: 'Labour Day' }, { day: '2026-10-01', working: false, name: '国庆节' }, { day: '2026-10-10', working: true, name: '调休' },
  ]);
});

test('a name alone means a day off; the later line holds', () => {
  expect(readDays('2026-10-01,国庆节\n2026-10-01,上班,更正').days).toEqual([{ day: '2026-10-01', working: true, name: '更正' }]);
  expect(readDays('2026-10-01,国庆节').days).toEqual([{ day: '2026-10-01', working: false, name: '国庆节' }]);
});

test('lines that are no day are told by their number', () => {
  expect(readDays('2026-10-01\n2026-02-30,休息,x\nhello\n\n2026-10-03,perhaps,x').wrong).toEqual([2, 3, 5]);
});

test('imported days replace those of the same date', () => {
  expect(withDays([{ day: '2026-01-02', working: false, name: 'a' }], [{ day: '2026-01-01', working: false, name: 'b' }, { day: '2026-01-02', working: true, name: 'c' }]).map((one) => one.name)).toEqual(['b', 'c']);
});
