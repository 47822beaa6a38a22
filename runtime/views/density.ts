/** Row heights of a list, in pixels. */
export const ROW_HEIGHTS = { compact: 36, comfortable: 44 } as const;
export type Density = keyof typeof ROW_HEIGHTS;

export function isDensity(value: unknown): value is Density {
  return typeof value === 'string' && Object.hasOwn(ROW_HEIGHTS, value);
}
