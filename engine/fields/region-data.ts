/**
 * Administrative divisions of China (GB/T 2260 codes), from @vant/area-data with an overlay for what it lacks. 340 KB, so it
 * is loaded when first needed: `await loadRegions()`, then the look-ups are synchronous. Encoding and decoding never need it.
 */
export interface Region {
  readonly code: string;
  readonly name: string;
  readonly children: readonly Region[];
}

// Abolished divisions stay readable for old records, but are not offered: the name the package still lists as current.
const ABOLISHED = new Set(['320611', '350402', '370634']);
const PLACEHOLDERS = new Set(['市辖区', '县', '省直辖县', '自治区直辖县', '省直辖县级行政区划', '自治区直辖县级行政区划']);

let tree: readonly Region[] | undefined;
const byCode = new Map<string, string>();

export async function loadRegions(): Promise<readonly Region[]> {
  if (tree) return tree;
  const { areaList } = await import('@vant/area-data');
  for (const [code, name] of [
    ...Object.entries(areaList.province_list),
    ...Object.entries(areaList.city_list),
    ...Object.entries(areaList.county_list),
  ]) {
    byCode.set(code, name);
  }
  const counties = groupBy(areaList.county_list, 4);
  const cities = groupBy(areaList.city_list, 2);
  tree = Object.entries(areaList.province_list).map(([code, name]) => ({
    code,
    name,
    children: (cities.get(code.slice(0, 2)) ?? []).map((city) => ({ ...city, children: counties.get(city.code.slice(0, 4)) ?? [] })),
  }));
  return tree;
}

function groupBy(list: Record<string, string>, length: number): Map<string, Region[]> {
  const groups = new Map<string, Region[]>();
  for (const [code, name] of Object.entries(list)) {
    if (ABOLISHED.has(code)) continue;
    const key = code.slice(0, length);
    groups.set(key, [...(groups.get(key) ?? []), { code, name, children: [] }]);
  }
  return groups;
}

/** The loaded tree. Throws when `loadRegions` has not been awaited: that is a bug of the caller. */
export function regionTree(): readonly Region[] {
  if (!tree) throw new Error('Await loadRegions() before regions are read from text.');
  return tree;
}

/** Names from the province down to `code`, without placeholders such as 市辖区; abolished codes have theirs too. */
export function namesOfRegion(code: string): string[] {
  regionTree();
  const codes = [`${code.slice(0, 2)}0000`, `${code.slice(0, 4)}00`, code];
  const names = [...new Set(codes)].flatMap((part) => byCode.get(part) ?? []).filter((name) => !PLACEHOLDERS.has(name));
  // 北京市 is both the province and its only city.
  return names.filter((name, index) => name !== names[index - 1]);
}
