/** Texts of the designer. Not i18next: its catalogue belongs to the runtime and is loaded with the first screen. */
import type { Locale } from '#engine/errors.ts';
import { useLocale } from '#runtime/app/i18n/index.ts';
import { en } from './en.ts';
import { type Catalogue, zhCN } from './zh-CN.ts';

const CATALOGUES: Readonly<Record<Locale, Catalogue>> = { 'zh-CN': zhCN, en };

export function useTexts(): Catalogue {
  return CATALOGUES[useLocale()];
}

/** `fill('{{count}} fields', { count: 3 })` */
export function fill(text: string, values: Readonly<Record<string, string | number>>): string {
  return text.replace(/\{\{(\w+)\}\}/g, (_, name: string) => String(values[name] ?? ''));
}
