import { expect, test } from 'vitest';
import { formatPhone } from './format-phone.ts';

test.each([
  ['+8613800138096', '138 0013 8096'],
  ['+862755501096', '027-55501096'],
  ['+861062345678', '010-62345678'],
  ['+8675583201234', '0755-83201234'],
  ['+864008001234', '400-800-1234'],
  ['+4915112345678', '+4915112345678'],
  ['138****8096', '138****8096'],
])('%s reads as %s', (stored, shown) => {
  expect(formatPhone(stored)).toBe(shown);
});
