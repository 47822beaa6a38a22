import { describe, expect, it } from 'vitest';
import { safeCell, unsafeCell } from './safe-cell.ts';

describe('cells of a text file', () => {
  it.each(['=1+1', '+cmd', '-2+3+cmd|" /C calc"!A0', '@SUM(A1)', '\t=1', '\r=1', '\n=1', '\0=1', '＝1+1', '＋1', '－x', '＠x', '  =1', "=cmd|'/C calc'!A0", '-a'])('%j is no formula', (text) => {
    expect(safeCell(text)).toBe(`'${text}`);
    expect(unsafeCell(safeCell(text))).toBe(text);
  });

  it.each(['-5', '-1,200.50', '+86 138 0013 8000', '30%', "O'Neil", "'quoted'", '华信科技', 'a=b', '', "'"])('%j stays as it is, there and back', (text) => {
    expect(safeCell(text)).toBe(text);
    expect(unsafeCell(text)).toBe(text);
  });

  it("comes back also where somebody had typed the apostrophe", () => {
    for (const text of ["'=1", "''=1", "'+x", "'\t"]) expect(unsafeCell(safeCell(text))).toBe(text);
  });
});
