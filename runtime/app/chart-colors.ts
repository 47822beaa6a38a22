/** Colours of charts: those of the options, strong enough to stand as areas on either background. */
import { type Appearance, isOptionColor, type OptionColor } from './theme.ts';

const FILLS: Readonly<Record<OptionColor, readonly [light: string, dark: string]>> = {
  gray: ['#a3a9b4', '#767d89'],
  red: ['#d9534a', '#e0736b'],
  orange: ['#e0813a', '#e2955c'],
  gold: ['#cfa32a', '#d6b44f'],
  green: ['#3f9f63', '#5cb57e'],
  teal: ['#2a9d99', '#4db3af'],
  blue: ['#4585dd', '#659be6'],
  indigo: ['#5d57e3', '#807bf2'],
  purple: ['#9a5fd0', '#b07fdf'],
  pink: ['#d2578f', '#dd79a6'],
};

/** Neighbours in a chart without colours of its own. */
export const SERIES_COLORS: readonly OptionColor[] = ['indigo', 'teal', 'orange', 'blue', 'pink', 'green', 'gold', 'purple', 'red', 'gray'];

export function chartColor(color: string | undefined, appearance: Appearance): string {
  return FILLS[isOptionColor(color) ? color : 'indigo'][appearance === 'dark' ? 1 : 0];
}

export interface ChartInks {
  readonly text: string;
  readonly quiet: string;
  readonly line: string;
  readonly ground: string;
  /** From nothing to most, for heat. */
  readonly heat: readonly [string, string];
}

const INKS: Readonly<Record<Appearance, ChartInks>> = {
  light: { text: '#1f2329', quiet: '#5b616b', line: '#e8eaed', ground: '#ffffff', heat: ['#f3f3fd', '#5d57e3'] },
  dark: { text: '#e6e7ea', quiet: '#a3a8b2', line: '#2a2c32', ground: '#1a1b1f', heat: ['#22232f', '#807bf2'] },
};

export function chartInks(appearance: Appearance): ChartInks {
  return INKS[appearance];
}
