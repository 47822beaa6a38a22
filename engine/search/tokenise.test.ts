import { describe, expect, it } from 'vitest';
import { indexTokens, queryTokens } from './tokenise.ts';

/** What both databases do with the runs and terms. */
function isFound(text: string, query: string, pinyin = true): boolean {
  const runs = indexTokens(text, { pinyin });
  const terms = queryTokens(query);
  return (
    terms.length > 0 &&
    terms.every(({ tokens, prefix }) =>
      runs.some((run) =>
        run.some((_, start) =>
          tokens.every((token, offset) => {
            const word = run[start + offset];
            return prefix && offset === tokens.length - 1 ? word?.startsWith(token) : word === token;
          }),
        ),
      ),
    )
  );
}

describe('the tokeniser', () => {
  it.each(['华', '信', '华信', '信科', '华信科技', '科技有限', '北京 公司', 'hxkj', 'HX', 'kj', 'huaxin', 'xinkeji', 'hua xin', '华 keji', '華信', 'beijing', 'bjhx'])(
    'finds 北京华信科技有限公司 by %s',
    (query) => expect(isFound('北京华信科技有限公司', query)).toBe(true),
  );

  it.each(['华科', '信华', 'uaxin', 'hk', '上海'])('does not find it by %s', (query) => {
    expect(isFound('北京华信科技有限公司', query)).toBe(false);
  });

  it('finds a traditional name by simplified characters, and the other way round', () => {
    expect(isFound('臺灣積體電路', '台湾积体')).toBe(true);
    expect(isFound('台湾积体电路', '臺灣')).toBe(true);
  });

  it('reads characters by their neighbours', () => {
    expect(isFound('重庆银行', 'chongqing')).toBe(true);
    expect(isFound('重庆银行', 'cqyh')).toBe(true);
  });

  it('finds a phone by any three digits or more', () => {
    for (const query of ['138', '0013', '8000', '138 0013 8000', '13800138000', '3800']) expect(isFound('13800138000', query)).toBe(true);
    expect(isFound('13800138000', '9999')).toBe(false);
  });

  it('finds Latin words by their beginning, without regard to case, width and accents', () => {
    expect(isFound('ＡＢＣ Café Müller', 'abc mull')).toBe(true);
    expect(isFound('C20240315001', '0315001')).toBe(true);
    expect(isFound('C20240315001', 'c2024')).toBe(true);
    expect(isFound('wang.fang@example.com', 'fang@example')).toBe(true);
  });

  it('keeps lines and punctuation apart, but not the spaces inside a name', () => {
    expect(isFound('等待预算\n下季度', '算下')).toBe(false);
    expect(isFound('泰　科制造有限公司', '泰科制造')).toBe(true);
    expect(isFound('阿卜杜拉·买买提', '杜拉买买提')).toBe(true);
  });

  it('indexes pinyin only where it is asked for', () => {
    expect(isFound('华信科技', 'hxkj', false)).toBe(false);
  });

  it('holds out against long, rare and empty input', () => {
    expect(isFound('𠮷野家', '𠮷野')).toBe(true);
    expect(queryTokens('  "*():^ - ')).toEqual([]);
    expect(indexTokens('', { pinyin: true })).toEqual([]);
    expect(indexTokens('长'.repeat(50_000), { pinyin: true }).flat().length).toBeLessThan(10_200);
    expect(isFound('1'.repeat(500), '1'.repeat(60))).toBe(true);
  });
});
