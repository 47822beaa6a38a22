/**
 * Reads a region as people write it: 广东省深圳市南山区 · 广东/深圳/南山 · 北京朝阳 · 内蒙古. Suffixes may be missing and the province
 * or city left out where the rest is unique; a district alone is not enough, 28 of their names occur more than once.
 */
import { LONGEST_TYPED } from './plain-text.ts';
import { namesOfRegion, type Region, regionTree } from './region-data.ts';

const PROVINCE_SUFFIX = /(?:壮族|回族|维吾尔)?自治区$|特别行政区$|省$|市$/;
const PEOPLES = '(?:朝鲜|土家|苗|藏|羌|彝|白|傣|景颇|傈僳|布依|侗|壮|哈尼|回|蒙古|哈萨克|柯尔克孜|黎)';
const CITY_SUFFIX = new RegExp(`(?:${PEOPLES}族)*(?:自治州)$|蒙古自治州$|地区$|盟$|市$`);
const COUNTY_SUFFIX = /(?:区|县|市|旗)$/;
const PASS_THROUGH = /^(?:省直辖县|自治区直辖县|县$|市辖区$)/;

const forms = new Map<string, readonly string[]>();

function formsOf(region: Region, suffix: RegExp): readonly string[] {
  let known = forms.get(region.code);
  if (!known) {
    const short = region.name.replace(suffix, '');
    known = short !== region.name && short.length >= 2 ? [region.name, short] : [region.name];
    forms.set(region.code, known);
  }
  return known;
}

/** What remains of `text` after the region's name, longest form first; null when it does not begin with it. */
function after(text: string, region: Region, suffix: RegExp): string | null {
  const form = formsOf(region, suffix).find((candidate) => text.startsWith(candidate));
  return form === undefined ? null : text.slice(form.length);
}

function inCounties(text: string, city: Region): string[] {
  return city.children.filter((county) => after(text, county, COUNTY_SUFFIX) === '').map((county) => county.code);
}

function inCity(text: string, city: Region): string[] {
  const rest = after(text, city, CITY_SUFFIX);
  if (rest === null) return [];
  return rest === '' ? [city.code] : inCounties(rest, city);
}

function inProvince(text: string, province: Region): string[] {
  const direct = province.children.flatMap((city) => (PASS_THROUGH.test(city.name) ? inCounties(text, city) : inCity(text, city)));
  if (direct.length > 0) return direct;
  // 北京朝阳, 广东南山: the city left out.
  return province.children.flatMap((city) => inCounties(text, city));
}

export type RegionReading = { readonly code: string; readonly names: string[] } | { readonly failure: 'unknown' | 'ambiguous' };

/** A file names few regions many times. */
const readings = new Map<string, RegionReading>();
const MOST_KEPT = 5_000;

export function readRegion(text: string): RegionReading {
  const written = text.normalize('NFKC').replace(/^中国|[\s/\\,，、>\-–—|·.]+/g, '');
  if (written.length > LONGEST_TYPED) return { failure: 'unknown' };
  const known = readings.get(written);
  if (known) return known;
  const reading = findRegion(written);
  if (readings.size >= MOST_KEPT) readings.clear();
  readings.set(written, reading);
  return reading;
}

function findRegion(written: string): RegionReading {
  const found = new Set<string>();
  for (const province of regionTree()) {
    const rest = after(written, province, PROVINCE_SUFFIX);
    if (rest === '') found.add(province.code);
    else if (rest !== null) for (const code of inProvince(rest, province)) found.add(code);
  }
  if (found.size === 0) {
    for (const province of regionTree()) {
      for (const city of province.children) {
        if (!PASS_THROUGH.test(city.name)) for (const code of inCity(written, city)) found.add(code);
      }
    }
  }
  const codes = [...found].sort();
  const [first] = codes;
  const isDistrict = regionTree().some((province) => province.children.some((city) => inCounties(written, city).length > 0));
  if (first === undefined) return { failure: isDistrict ? 'ambiguous' : 'unknown' };
  // 朝阳 is a city of 辽宁, and a district of 北京 and 长春.
  const mayBeDistrict = isDistrict && !first.endsWith('0000');
  return codes.length > 1 || mayBeDistrict ? { failure: 'ambiguous' } : { code: first, names: namesOfRegion(first) };
}
