import { describe, expect, it } from 'vitest';
import { formatPhone, maskPhone, phoneSearchText, splitPhones } from './phone-number.ts';

describe('telephone numbers', () => {
  it.each([
    ['+8613800138000', '138 0013 8000', '138****8000'],
    ['+861012345678', '010-12345678', '010-****5678'],
    ['+8675588888888;ext=8001', '0755-88888888 转 8001', '0755-****8888'],
    ['+864000500827', '400-050-0827', '400-****0827'],
    ['95588', '95588', '****5588'],
    ['5678', '5678', '****'],
  ])('%s is shown as %s and masked as %s', (stored, shown, masked) => {
    expect(formatPhone(stored, 'zh-CN')).toBe(shown);
    expect(maskPhone(stored)).toBe(masked);
  });

  it('splits a cell that holds several', () => {
    expect(splitPhones('13800138000/010-12345678')).toEqual(['13800138000', '010-12345678']);
    expect(splitPhones('13800138000 13900139000')).toEqual(['13800138000', '13900139000']);
    expect(splitPhones('138 0013 8000')).toEqual(['138 0013 8000']);
  });

  it('is searched by its national digits', () => {
    expect(phoneSearchText('+861012345678;ext=12')).toBe('01012345678 12');
  });
});
