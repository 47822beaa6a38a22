/** Texts of the designer. Not i18next: its catalogue belongs to the runtime and is loaded with the first screen. */
import type { Locale } from '#engine/errors.ts';
import { useLocale } from '#runtime/app/i18n/index.ts';
import { en } from './en.ts';
import { type Catalogue, zhCN } from './zh-CN.ts';

const CATALOGUES: Readonly<Record<Locale, Catalogue>> = { 'zh-CN': zhCN, en };

export function useTexts(): Catalogue {
  return CATALOGUES[useLocale()];
}

export { fill } from '#runtime/app/i18n/fill.ts';
