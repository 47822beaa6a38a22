import { describe, expect, it } from 'vitest';
import { companyCore, companyKey, compareCompanies } from './company-name.ts';

describe('company names', () => {
  it.each([
    ['北京华信科技有限公司', '北京华信科技有限责任公司', 'strong'],
    ['北京华信科技有限公司', '华信科技（北京）有限公司', 'strong'],
    ['北京华信科技有限公司', '北京市華信科技有限公司', 'strong'],
    ['北京华信科技有限公司', ' 北京华信科技　有限公司 ', 'exact'],
    ['ＡＢＣ科技（上海）有限公司', 'abc科技(上海)有限公司', 'exact'],
    ['臺灣積體電路製造股份有限公司', '台湾积体电路制造股份有限公司', 'exact'],
    ['Apple Computer Trading (Shanghai) Co., Ltd.', 'APPLE COMPUTER TRADING(SHANGHAI)CO.,LTD', 'exact'],
    ['北京华信科技有限公司', '上海华信科技有限公司', 'otherRegion'],
    ['中国移动通信集团北京有限公司', '中国移动通信集团上海有限公司', 'otherRegion'],
    ['北京银行股份有限公司', '上海银行股份有限公司', 'different'],
    ['海南航空控股股份有限公司', '海南航空股份有限公司', 'similar'],
    ['华为技术有限公司', '华为技术有限公司深圳分公司', 'branch'],
    ['北京华信科技有限公司', '北京华讯科技有限公司', 'different'],
    ['*科技有限公司', '*科技有限公司', 'skip'],
    ['朝阳市朝阳区朝阳商贸有限公司', '朝阳商贸有限公司', 'strong'],
    ['通泽贸易', '通泽贸易有限公司', 'strong'],
    ['浙江嘉新制造有限公司', '浙江嘉新制造有限公司（总部）', 'strong'],
    ['浙江华信科技有限公司', '杭州华信科技有限公司', 'strong'],
  ] as const)('%s and %s: %s', (a, b, likeness) => {
    expect(compareCompanies(a, b)).toBe(likeness);
    expect(compareCompanies(b, a)).toBe(likeness);
  });

  it('does not take a place out of a trade name', () => {
    expect(companyCore('阿里巴巴（中国）有限公司').core).toContain('阿里巴巴');
    expect(companyCore('北京银行股份有限公司').core).toBe('北京银行');
  });

  it('gives keys for any input', () => {
    expect(companyKey('')).toBe('');
    expect(companyCore('公司').core).toBe('公司');
    expect(companyCore('()（').core).toBe('(');
  });
});

it('takes no longer for hostile names', () => {
  for (const part of ['信息技术', '(', '北京', '公司', '集团分公司']) companyCore(`${part.repeat(2_000)}x`);
});
