import { describe, expect, it } from 'vitest';
import { mapAroundMentions, mentionedIn, splitMentions, withNames } from './mentions.ts';

const TEXT = '@{u1} and @{u2}, not me@{ } but @{u1}';

describe('mentions', () => {
  it('are found once each, in order', () => {
    expect(mentionedIn(TEXT)).toEqual(['u1', 'u2']);
  });
  it('are read by the names people have now; who is gone leaves a trace', () => {
    expect(withNames(TEXT, (id) => (id === 'u1' ? '陈晓' : undefined))).toBe('@陈晓 and @…, not me@{ } but @陈晓');
  });
  it('stay as they are when the text around them changes', () => {
    expect(mapAroundMentions('a@{a}a', (part) => part.toUpperCase())).toBe('A@{a}A');
    expect(splitMentions('@{a}')).toEqual([{ id: 'a' }]);
  });
});
