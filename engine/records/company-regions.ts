/** Region names as they stand inside company names. Short forms only of provinces and cities: 阿里 of 阿里地区 would cut 阿里巴巴. */
import { areaList } from '@vant/area-data';

const codes = new Map<string, string>();
let longest = 0;

// The short form begins a well-known trade name of another place.
const NOT_REGIONS = new Set(['中国', '城区', '矿区', '郊区', '新区']);

function add(name: string, code: string): void {
  if (name.length < 2 || NOT_REGIONS.has(name)) return;
  // A name that occurs in several places says nothing about the place.
  codes.set(name, codes.has(name) && codes.get(name)?.slice(0, 2) !== code.slice(0, 2) ? '' : (codes.get(name) ?? code));
  longest = Math.max(longest, name.length);
}

for (const [code, name] of Object.entries(areaList.province_list)) {
  add(name, code);
  add(name.replace(/(?:壮族|回族|维吾尔)?自治区$|特别行政区$|省$|市$/, ''), code);
}
for (const [code, name] of Object.entries(areaList.city_list)) {
  if (/^(?:县|省直辖县|自治区直辖县)/.test(name)) continue;
  add(name, code);
  if (name.endsWith('市')) add(name.slice(0, -1), code);
}
for (const [code, name] of Object.entries(areaList.county_list)) if (/[市区县旗]$/.test(name) && name.length > 2) add(name, code);

/** The longest region name at the beginning of `text`; its code is '' when several places have the name. */
export function leadingRegion(text: string): { name: string; code: string } | null {
  for (let length = Math.min(longest, text.length); length >= 2; length--) {
    const name = text.slice(0, length);
    const code = codes.get(name);
    if (code !== undefined) return { name, code };
  }
  return null;
}

export function trailingRegion(text: string): { name: string; code: string } | null {
  for (let length = Math.min(longest, text.length - 2); length >= 2; length--) {
    const name = text.slice(-length);
    const code = codes.get(name);
    if (code !== undefined) return { name, code };
  }
  return null;
}

/** 广东 and 深圳 may be the same place, 广东 and 浙江 may not; '' is unknown and fits all. */
export function mayBeSameRegion(a: string, b: string): boolean {
  const [short, long] = [a, b].map((code) => code.replace(/(?:00)+$/, '')).sort((x, y) => x.length - y.length) as [string, string];
  return long.startsWith(short);
}
