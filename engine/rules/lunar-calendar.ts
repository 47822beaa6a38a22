/**
 * The Chinese lunar calendar of 1900 to 2100: which solar day a lunar day is, and on which days a lunar birthday is kept. A table of one
 * kilobyte instead of a library: the first load of the browser would have to carry it. A test compares it with another source.
 */
export interface LunarDay {
  readonly month: number;
  readonly day: number;
  /** Of the month that a leap year has twice, the second. */
  readonly leap: boolean;
}
export interface LunarDate extends LunarDay {
  readonly year: number;
}

const FIRST_YEAR = 1900;
const LAST_YEAR = 2100;
/** Five digits of base 36 a year: which of its months have 30 days, its leap month, how many days after 1 January it begins. */
const YEARS =
  '3k8bi154q92aa7a3h8po0zcxa1nl7m3bvvc0uf571rrc03n15h154q048ivx1qm9c1lu04384t50f19o0ufxd1s42e24r3d4m5lr29v7621usm43s631m2pa0f8df3dyxj12d632adcw4rrme29v6w' +
  '21vvh0t1db1m3hg2x4yh1rs4s12d5u2b2s714xm13iuhq1newh0t1d21m6xm1nzfx0uf4z49kpk1teln1reow45bbp1ngh43azmk0ta271nzfo3dqai0w01824nxd4kkif22o161ngv21ni280tzc6' +
  '1o61n1ov1p12bkz2aae02aa7f0zc4g1yqqc1nl7r3bz6l0uf5b1s3z83n1ay1rlt91qm8x3h9g61lu09384ym0f19s0uhid1s49n24r3i248wz4jrbs21usr43sf41m2pe0f8dj0w2os12dyn2add0' +
  '4rrru29v7121vky1m2ty1m3hk392xq0ityp12dyd3k12314xm610xsz3axw70t1d61m6n33byxh0uf5349kv01tels1rep145bh51ngh80t2xt1nzme1o5rc3dqhq0wpbl24nxi4kknv22o1a1yp0j' +
  '3b09k0tzca1o5r33dwgl12bl42aaho145670zcx01yqu11z6ej0u2ht1ovyu1s3zd3n1lq1rltd1qm9243qmz1lu0d0q8820u3iv0vw2y1s4rj49i8l248x44jrh921usv1m1wk386e10qgx80w2e8' +
  '24s0m2b2nd4rrxb29v7521vl21m2zf1m3hp0r67612e531573e14xls29w4410xt33ay1o0t1db1m6n73bz2x0uf581s0td3muxi1rfhl45d7i1nghd0t2xx1nzq21o5rh0vtpf1tfkn24nxm22o0w' +
  '4glhx1ypt33y6sc0tzcf1o5r83dwm112bl82aa7528ahj10rhk1yqzh0q88g0u3ad1ow4a1s4rx154pv3m1p41rbje1n8kf37s0k0q887';
const DIGITS = 5;

interface Month {
  readonly month: number;
  readonly leap: boolean;
  readonly days: number;
  /** Days from the epoch. */
  readonly start: number;
}

const DAY_MS = 86_400_000;
const dayNumber = (date: string): number => Date.parse(`${date}T00:00:00Z`) / DAY_MS;
const dateOf = (day: number): string => new Date(day * DAY_MS).toISOString().slice(0, 10);

const known = new Map<number, readonly Month[]>();

/** In order; none for a year out of range. */
function monthsOf(year: number): readonly Month[] {
  if (!Number.isInteger(year) || year < FIRST_YEAR || year > LAST_YEAR) return [];
  let months = known.get(year);
  if (!months) {
    const at = (year - FIRST_YEAR) * DIGITS;
    const packed = Number.parseInt(YEARS.slice(at, at + DIGITS), 36);
    const leapMonth = Math.floor(packed / 64) % 16;
    const long = Math.floor(packed / 1024);
    let start = dayNumber(`${year}-01-01`) + (packed % 64);
    const made: Month[] = [];
    for (let i = 0; i < (leapMonth > 0 ? 13 : 12); i++) {
      const leap = leapMonth > 0 && i === leapMonth;
      const days = (long >> i) % 2 === 1 ? 30 : 29;
      made.push({ month: leapMonth > 0 && i >= leapMonth ? i : i + 1, leap, days, start });
      start += days;
    }
    known.set(year, (months = made));
  }
  return months;
}

const find = (year: number, month: number, leap: boolean): Month | undefined => monthsOf(year).find((own) => own.month === month && own.leap === leap);

/** Null where that year has no such day, or lies out of range. */
export function lunarToSolar({ year, month, day, leap }: LunarDate): string | null {
  const own = find(year, month, leap);
  return own && day >= 1 && day <= own.days ? dateOf(own.start + day - 1) : null;
}

/** Null out of range. */
export function solarToLunar(date: string): LunarDate | null {
  const day = dayNumber(date);
  const solarYear = Number(date.slice(0, 4));
  for (const year of [solarYear, solarYear - 1]) {
    const own = monthsOf(year).find(({ start, days }) => day >= start && day < start + days);
    if (own) return { year, month: own.month, day: day - own.start + 1, leap: own.leap };
  }
  return null;
}

/**
 * The day a lunar birthday is kept in a lunar year: the 30th of a short month on the 29th; of a leap month in the month itself where that
 * year has none. One of an ordinary month is not kept twice in a leap year.
 */
export function keptIn(year: number, { month, day, leap }: LunarDay): string | null {
  const own = (leap ? find(year, month, true) : undefined) ?? find(year, month, false);
  return own ? dateOf(own.start + Math.min(day, own.days) - 1) : null;
}

/** The first time on or after a day that a lunar birthday is kept; the lunar year ends later than the solar one. */
export function nextKept(birthday: LunarDay, from: string): string | null {
  const year = Number(from.slice(0, 4));
  for (const own of [year - 1, year, year + 1]) {
    const date = keptIn(own, birthday);
    if (date !== null && date >= from) return date;
  }
  return null;
}

/** `08-15`, of a leap month `L06-08`: how a day without its year is stored and compared. */
export const dayKey = ({ month, day, leap }: LunarDay): string => `${leap ? 'L' : ''}${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`;

/** The keys of all lunar birthdays that are kept on a solar day. */
export function keptOn(date: string): string[] {
  const lunar = solarToLunar(date);
  const own = lunar && find(lunar.year, lunar.month, lunar.leap);
  if (!lunar || !own) return [];
  const days = lunar.day === 29 && own.days === 29 ? [29, 30] : [lunar.day];
  const kinds = lunar.leap ? [true] : find(lunar.year, lunar.month, true) ? [false] : [false, true];
  return kinds.flatMap((leap) => days.map((day) => dayKey({ month: lunar.month, day, leap })));
}
