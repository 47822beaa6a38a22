import { describe, expect, it } from 'vitest';
import { distinctNames, toStored, toTyped, withPerson } from './mention-text.ts';

const chen = { id: 'u1', name: '陈晓' };
const dong = { id: 'u2', name: '陈晓东' };
const odd = { id: 'u3', name: 'A.B (x*)' };

describe('mentions while they are typed', () => {
  it('become ids, the longest name first, and only of those chosen', () => {
    expect(toStored('@陈晓东 和 @陈晓，@李明', [chen, dong])).toBe('@{u2} 和 @{u1}，@李明');
    expect(toStored('@陈晓 a@b.com', [])).toBe('@陈晓 a@b.com');
    expect(toStored('ask @A.B (x*) or @AxB (x*)', [odd])).toBe('ask @{u3} or @AxB (x*)');
  });
  it('come back as they were typed', () => {
    const text = '@陈晓东 ask @陈晓 or @A.B (x*)';
    const people = [chen, dong, odd];
    expect(toTyped(toStored(text, people), people)).toBe(text);
  });
  it('tell namesakes apart', () => {
    expect(distinctNames([{ id: '1', name: 'Li', login: 'a' }, { id: '2', name: 'Li', login: 'b' }, { id: '3', name: 'Wu', login: 'c' }]).map(({ name }) => name)).toEqual(['Li (a)', 'Li (b)', 'Wu']);
    expect(withPerson([chen], { id: 'u9', name: '陈晓' })).toEqual([{ id: 'u9', name: '陈晓' }]);
  });
});
