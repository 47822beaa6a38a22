/**
 * Keys of company names, and how alike two names are. `companyKey` is equal for spellings of one name; `companyCore` is the
 * trade name and industry without place and form of organisation. Keys are compared, never shown or stored instead of the name.
 */
import { foldText } from '../search/fold-text.ts';
import { leadingRegion, mayBeSameRegion, trailingRegion } from './company-regions.ts';

export interface CompanyCore {
  readonly core: string;
  /** Code of the division that the name says; '' when it says none. */
  readonly region: string;
  readonly branch: boolean;
  /** Holds `*` or 某: two such names may not be compared. */
  readonly masked: boolean;
}

/** `strong`: the same but for form or place. `otherRegion`: two legal entities of one trade name. */
export type CompanyLikeness = 'exact' | 'strong' | 'otherRegion' | 'branch' | 'similar' | 'contains' | 'different' | 'skip';

const FORMS = [
  '集团股份有限公司', '集团有限责任公司', '集团有限公司', '股份有限公司', '有限责任公司', '股份合作公司', '有限公司', '控股公司',
  '有限合伙', '合伙企业', '普通合伙', '个人独资企业', '个体工商户', '总公司', '公司', 'companylimited', 'corporation', 'coltd', 'limited', 'ltd', 'inc', 'llc', 'gmbh', 'corp', 'co',
].sort((a, b) => b.length - a.length);
const BRANCH = /^(.+?(?:公司|集团|银行|合作社))(.{0,20}(?:分公司|办事处|分店|分行|支行|分厂|代表处|营业部|事业部))$/;
const REMARK = /^(?:总部|本部|总公司|筹|筹建|原.*|曾用名.*|集团|普通合伙|有限合伙)$/;
const INDUSTRY_WORDS: ReadonlySet<string> = new Set([
    '信息技术', '信息', '技术', '科技', '网络', '电子', '商贸', '贸易', '实业', '机械', '制造', '物流', '银行', '农村商业', '农商', '商业', '保险', '证券', '基金', '投资',
    '控股', '集团', '航空', '汽车', '建筑', '建设', '工程', '装饰', '医药', '医疗', '器械', '化工', '能源', '电力', '石油', '食品', '服装', '纺织', '教育', '咨询',
    '文化', '传媒', '广告', '餐饮', '酒店', '旅游', '房地产', '地产', '置业', '物业', '农业', '环保', '材料', '设备', '仪器', '软件', '通信', '通讯', '电器', '家具',
    '印刷', '包装', '运输', '供应链', '进出口', '国际', '百货', '超市', '大学', '医院', '发展', '管理', '服务', '地铁', '公交', '机场', '港口', '港务', '燃气', '水务',
    '自来水', '钢铁', '日报', '开发', '产业', '智能', '数据', '生物', '金融', '租赁', '担保', '人力资源', '财务', '会计', '法律', '律师', '事务所', '有限', '股份',
]);
const LONGEST_WORD = 4;

/** Trade names that begin like a place and are none. */
const NOT_PLACED = /^长春长生/;

export function companyKey(name: string): string {
  return clean(name);
}

/** Spaces, dots, quotes, hyphens and the shape of brackets are habits, not names. */
function clean(name: string): string {
  return foldText(name)
    .replace(/[【〔［[{「『<《]/g, '(')
    .replace(/[】〕］\]}」』>》]/g, ')')
    .replace(/[\s.,'"`·•・‧“”‘’_\-–—、。]+/g, '');
}

export function companyCore(name: string): CompanyCore {
  const key = clean(name);
  const masked = /[*×某]/.test(key);
  let region = '';
  let rest = key.replace(/\(([^()]*)\)/g, (_, inside: string) => {
    const place = leadingRegion(inside);
    if (place && place.name === inside) {
      region ||= place.code;
      return '';
    }
    return REMARK.test(inside) ? '' : inside;
  });
  const branched = BRANCH.exec(rest);
  if (branched?.[1]) rest = branched[1];
  rest = withoutForm(rest);
  const behind = trailingRegion(rest);
  if (behind && rest.length - behind.name.length >= 2 && !isIndustryOnly(rest.slice(0, -behind.name.length))) {
    region ||= behind.code;
    rest = rest.slice(0, -behind.name.length);
  }
  if (rest.endsWith('集团') && rest.length > 3) rest = rest.slice(0, -2);
  let place = NOT_PLACED.test(rest) ? null : leadingRegion(rest);
  while (place) {
    // The narrowest place is the last one named: 浙江杭州余杭区….
    region = place.code || region;
    const shorter = rest.slice(place.name.length);
    if (shorter.length < 2 || isIndustryOnly(shorter)) break;
    rest = shorter;
    place = leadingRegion(rest);
  }
  return { core: rest, region, branch: branched !== null, masked };
}

function withoutForm(name: string): string {
  const form = FORMS.find((candidate) => name.endsWith(candidate) && name.length - candidate.length >= 2);
  return form === undefined ? name : name.slice(0, -form.length);
}

/** Whether the text can be put together from industry words. A pattern with overlapping words would take exponential time. */
function isIndustryOnly(text: string): boolean {
  const reachable = [true];
  for (let end = 1; end <= text.length; end++) {
    reachable[end] = false;
    for (let length = 2; length <= Math.min(LONGEST_WORD, end) && !reachable[end]; length++) {
      reachable[end] = reachable[end - length] === true && INDUSTRY_WORDS.has(text.slice(end - length, end));
    }
  }
  return text !== '' && reachable[text.length] === true;
}

export function compareCompanies(a: string, b: string): CompanyLikeness {
  const [first, second] = [companyCore(a), companyCore(b)];
  if (first.masked || second.masked) return 'skip';
  if (companyKey(a) === companyKey(b)) return 'exact';
  const samePlace = mayBeSameRegion(first.region, second.region);
  if (first.core === second.core) {
    if (first.branch !== second.branch) return 'branch';
    return samePlace ? 'strong' : 'otherRegion';
  }
  if (bigramDice(first.core, second.core) >= 0.75) return 'similar';
  const [shorter, longer] = first.core.length < second.core.length ? [first.core, second.core] : [second.core, first.core];
  return shorter.length >= 3 && longer.includes(shorter) ? 'contains' : 'different';
}

function bigramDice(a: string, b: string): number {
  const bigrams = new Map<string, number>();
  for (let index = 1; index < a.length; index++) {
    const bigram = a.slice(index - 1, index + 1);
    bigrams.set(bigram, (bigrams.get(bigram) ?? 0) + 1);
  }
  let shared = 0;
  for (let index = 1; index < b.length; index++) {
    const bigram = b.slice(index - 1, index + 1);
    const left = bigrams.get(bigram) ?? 0;
    if (left > 0) {
      shared++;
      bigrams.set(bigram, left - 1);
    }
  }
  return a.length < 2 || b.length < 2 ? 0 : (2 * shared) / (a.length + b.length - 2);
}
