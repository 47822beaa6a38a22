/** Texts of the panels of a record's page, in both languages; they load with them. */
import type { Locale } from '#engine/errors.ts';
import { useLocale } from '../app/i18n/index.ts';

const zh = {
  none: '还没有安排', plan: '安排下一步', more: '还有 {{n}} 项', overdue: '已逾期', emptyTree: '还没有{{table}}', add: '添加{{table}}', all: '显示全部 {{n}} 位', fewer: '收起', showList: '{{label}}：打开组成它的列表',
};
export type PanelTexts = typeof zh;
const en: PanelTexts = {
  none: 'Nothing is planned', plan: 'Plan the next step', more: '{{n}} more', overdue: 'Overdue', emptyTree: 'No {{table}} yet', add: 'Add {{table}}', all: 'Show all {{n}}', fewer: 'Show fewer', showList: '{{label}}: open the list that makes it',
};
const TEXTS: Readonly<Record<Locale, PanelTexts>> = { 'zh-CN': zh, en };

export function usePanelTexts(): PanelTexts {
  return TEXTS[useLocale()];
}
