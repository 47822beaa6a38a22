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
  ])('finds the ID number in %s', (text) => expect(kindsIn(text)).toEqual(['id']));

  it.each(['110101199003070012', '流水20240315110101199003070011', 'C20240315001', '13800138000', '2024-03-15 14:00-15:00', '0755-88888888-8001'])(
    'finds nothing in %s',
    (text) => expect(kindsIn(text)).toEqual([]),
  );

  it.each(['6222020200012345670', '6217000010001234569', '4111111111111111', '卡号 6222 0202 0001 2345 670。'])('finds the card number in %s', (text) =>
    expect(kindsIn(text)).toEqual(['card']),
  );

  it('asks for more of a card number than the Luhn check', () => {
    expect(isCardNumber('6222020200012345671')).toBe(false);
    expect(isCardNumber('1234567812345670')).toBe(false);
  });

  it('masks what it finds and nothing else', () => {
    expect(maskSensitiveNumbers('客户 110101199003070011 来电 13800138000')).toBe('客户 110101********0011 来电 13800138000');
  });
});
