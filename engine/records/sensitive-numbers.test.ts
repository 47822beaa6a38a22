import { describe, expect, it } from 'vitest';
import { findSensitiveNumbers, isCardNumber, maskSensitiveNumbers } from './sensitive-numbers.ts';

function kindsIn(text: string): string[] {
  return findSensitiveNumbers(text).map(({ kind }) => kind);
}

describe('sensitive numbers', () => {
  it.each([
    '110101199003070011',
    '44030019850101123X',
    '34052419800101001X',
    '身份证:110101199003070011',
    '110101 19900307 0011',
    '１１０１０１１９９００３０７００１１',
    '110101199003\u200b070011',
    '34052419800101001x',
    '1 1 0 1 0 1 1 9 9 0 0 3 0 7 0 0 1 1',
    '110101–19900307–0011',
    '110101.19900307.0011',
    '110101\n19900307\n0011',
    '11010\u00ad1199003\u206007\u034f0011',
    '١١٠١٠١١٩٩٠٠٣٠٧٠٠١١',
    '①①0101199003070011',
    '2024-03-15 110101199003070011 13800138000',
    '电话13800138000、身份证号110101199003070011。',
    '34052419800101001 X',
  ])('finds the ID number in %j', (text) => expect(kindsIn(text)).toEqual(['id']));

  it.each([
    '110101199003070012',
    '110101199013070011',
    '流水20240315110101199003070011',
    'C20240315001',
    '13800138000',
    '2024-03-15 14:00-15:00',
    '0755-88888888-8001',
    '91350100M000100Y43',
    'a110101199003070011',
    '1101011990030700112',
    '019a2b7c-4111-7111-8111-111111111111',
  ])('finds nothing in %j', (text) => expect(kindsIn(text)).toEqual([]));

  it.each([
    '6222020200012345670',
    '6217000010001234569',
    '4111111111111111',
    '卡号 6222 0202 0001 2345 670。',
    '4111-1111-1111-1111',
    '4111 1111 1111 1111 13800138000',
    '13800138000 4111 1111 1111 1111',
    '３７８２８２２４６３１０００５',
    '5555\u20105555\u20105555\u20104444',
    '银行卡:1234567812345670',
    'card no. 1234567812345670',
  ])('finds the card number in %j', (text) => expect(kindsIn(text)).toEqual(['card']));

  it('asks for more of a card number than the Luhn check', () => {
    expect(isCardNumber('6222020200012345671')).toBe(false);
    expect(isCardNumber('1234567812345670')).toBe(false);
    expect(kindsIn('订单 1234567812345670')).toEqual([]);
  });

  it('reads a code of digits whose authority and both check characters fit as a company, and any other as a person', () => {
    const people = Array.from({ length: 20_000 }, (_, i) => `1101011990${String(1 + (i % 12)).padStart(2, '0')}${String(1 + (i % 28)).padStart(2, '0')}${String(i % 1000).padStart(3, '0')}`);
    const weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
    const whole = people.map((digits) => digits + '10X98765432'[weights.reduce((sum, weight, at) => sum + weight * Number(digits[at]), 0) % 11]);
    const missed = whole.filter((number) => kindsIn(number).length === 0);
    // Authority 11 is a real one, so about three in a thousand pass as a code with both its checks.
    expect(missed.length / whole.length).toBeLessThan(0.006);
  });

  it('masks what it finds and nothing else', () => {
    expect(maskSensitiveNumbers('客户 110101199003070011 来电 13800138000')).toBe('客户 110101********0011 来电 13800138000');
    expect(maskSensitiveNumbers('Ａ（１１０１０１ 19900307 0011）ﬁ、4111 1111 1111 1111')).toBe('Ａ（110101********0011）ﬁ、411111******1111');
    expect(maskSensitiveNumbers('𠮷野家 4111111111111111 𠮷')).toBe('𠮷野家 411111******1111 𠮷');
  });

  it('finds a number behind any length of other digits', () => {
    for (const text of ['1 '.repeat(100_000), `${'1'.repeat(200_000)} `, '12-'.repeat(60_000), '1,'.repeat(100_000)]) {
      expect(kindsIn(`${text}客户 110101199003070011`).at(-1)).toBe('id');
    }
  });
});
