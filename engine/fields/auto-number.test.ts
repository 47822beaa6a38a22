import { describe, expect, it } from 'vitest';
import { counterKey, patternFields, readAutoNumber, renderAutoNumber } from './auto-number.ts';

const point = { pattern: 'C{yyyy}{MM}{dd}{seq:3}', reset: 'day', date: '2024-03-15', values: {} } as const;

describe('auto-numbers', () => {
  it('renders a pattern and grows past its width', () => {
    expect(renderAutoNumber(1, point)).toBe('C20240315001');
    expect(renderAutoNumber(1000, point)).toBe('C202403151000');
    expect(renderAutoNumber(7, { ...point, pattern: 'DA-{yyyy}-{field:category_code}-{seq:4}', values: { category_code: 'HT' } })).toBe('DA-2024-HT-0007');
  });

  it('counts by period, and within the fields that the pattern names', () => {
    const keys = (['none', 'day', 'week', 'month', 'year'] as const).map((reset) => counterKey({ ...point, reset }));
    expect(keys).toEqual(['[""]', '["2024-03-15"]', '["2024-03-11"]', '["2024-03"]', '["2024"]']);
    const plan = { ...point, pattern: '{field:contract_no}-{seq:2}', reset: 'none' } as const;
    expect(counterKey({ ...plan, values: { contract_no: 'HT1' } })).not.toBe(counterKey({ ...plan, values: { contract_no: 'HT2' } }));
    expect(patternFields(plan.pattern)).toEqual(['contract_no']);
  });

  it('reads an imported number back into its own counter', () => {
    expect(readAutoNumber('C20240315007', point)).toEqual({ sequence: 7, key: counterKey(point) });
    expect(readAutoNumber('C202403151000', point)?.sequence).toBe(1000);
    expect(readAutoNumber('HT2024030001-02', { pattern: '{field:contract_no}-{seq:2}', reset: 'none' })).toEqual({ sequence: 2, key: '["","HT2024030001"]' });
    expect(readAutoNumber('HD20240001', { pattern: 'HD{yyyy}{seq:4}', reset: 'year' })?.key).toBe('["2024"]');
  });

  it('leaves alone what does not follow the pattern or cannot be placed', () => {
    expect(readAutoNumber('老客户7', point)).toBeNull();
    expect(readAutoNumber('C20241315001', point)).toBeNull();
    expect(readAutoNumber('X000001', { pattern: 'X{seq:6}', reset: 'day' })).toBeNull();
  });
});
