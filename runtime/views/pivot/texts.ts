/** Texts of pivot tables, in both languages; loaded with them. */
import type { Locale } from '#engine/errors.ts';
import { useLocale } from '../../app/i18n/index.ts';

const TEXTS = {
  'zh-CN': { total: '合计', subtotal: '小计', copy: '复制为表格', copied: '已复制，可粘贴到 Excel' },
  en: { total: 'Total', subtotal: 'subtotal', copy: 'Copy as a table', copied: 'Copied, ready to paste into a spreadsheet' },
} as const satisfies Record<Locale, Record<string, string>>;

export function usePivotTexts(): (typeof TEXTS)[Locale] {
  return TEXTS[useLocale()];
}
