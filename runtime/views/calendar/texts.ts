/** Texts of calendars, in both languages; loaded with them. */
import type { Locale } from '#engine/errors.ts';
import { useLocale } from '../../app/i18n/index.ts';

const TEXTS = {
  'zh-CN': { today: '今天', month: '月', week: '周', day: '日', list: '日程', allDay: '全天', none: '这段时间没有记录', more: '还有 {{n}} 项', moved: '已改到 {{when}}', refused: '没有修改：{{why}}', undo: '撤销', previous: '往前', next: '往后', capped: '记录太多，只显示前 {{n}} 条；请缩小范围或加筛选。', views: '日历范围' },
  en: { today: 'Today', month: 'Month', week: 'Week', day: 'Day', list: 'Agenda', allDay: 'All day', none: 'Nothing in this time', more: '{{n}} more', moved: 'Moved to {{when}}', refused: 'Not changed: {{why}}', undo: 'Undo', previous: 'Back', next: 'Forward', capped: 'Too many records; the first {{n}} are shown. Choose a shorter time or a filter.', views: 'Calendar range' },
} as const satisfies Record<Locale, Record<string, string>>;

export function useCalendarTexts(): (typeof TEXTS)[Locale] {
  return TEXTS[useLocale()];
}
