const BROWSERS: readonly (readonly [string, RegExp])[] = [['WeChat', /MicroMessenger/], ['DingTalk', /DingTalk/], ['Edge', /Edg/], ['Opera', /OPR\//], ['Firefox', /Firefox|FxiOS/], ['Chrome', /Chrome|CriOS/], ['Safari', /Safari/]];
const SYSTEMS: readonly (readonly [string, RegExp])[] = [['iPhone', /iPhone/], ['iPad', /iPad/], ['Android', /Android/], ['Windows', /Windows/], ['macOS', /Macintosh|Mac OS X/], ['Linux', /Linux|X11/]];

/** `Chrome · Windows`, from what the browser says of itself; null when it says nothing that is known. */
export function deviceOf(userAgent: string): string | null {
  const of = (known: typeof BROWSERS): string | undefined => known.find(([, pattern]) => pattern.test(userAgent))?.[0];
  return [of(BROWSERS), of(SYSTEMS)].filter((part) => part !== undefined).join(' · ') || null;
}
