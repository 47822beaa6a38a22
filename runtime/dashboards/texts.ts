/** Texts of dashboards, in both languages; loaded with them. */
import type { Range } from '#engine/charts/period.ts';
import type { Locale } from '#engine/errors.ts';
import { useLocale } from '../app/i18n/index.ts';

interface DashboardTexts {
  readonly range: Readonly<Record<Exclude<Range, 'last' | 'next' | 'between'>, string>>;
  readonly last: Readonly<Record<string, string>>;
  readonly between: string;
  readonly all: string;
  readonly empty: string;
  readonly emptyHint: string;
  readonly noCards: string;
  readonly failed: string;
  readonly nothing: string;
  readonly nothingToday: string;
  readonly approvals: string;
  readonly notices: string;
  readonly nothingWaits: string;
  readonly reset: string;
  readonly allDay: string;
  readonly edit: string;
}

const zh: DashboardTexts = {
  range: { today: '今天', thisWeek: '本周', lastWeek: '上周', thisMonth: '本月', lastMonth: '上月', thisQuarter: '本季度', lastQuarter: '上季度', thisYear: '今年', lastYear: '去年', thisFiscalYear: '本财年', lastFiscalYear: '上财年', all: '全部时间' },
  last: { 'last:12:week': '近 12 周', 'last:12:month': '近 12 个月', 'last:30:day': '近 30 天' },
  between: '自选日期', all: '全部', empty: '没有这个仪表盘', emptyHint: '它可能已被删除，或不对你的角色开放。', noCards: '这个仪表盘还没有你能看到的卡片', failed: '没有读出', nothing: '没有待办，很好', nothingToday: '今天没有安排', approvals: '待我审批', notices: '消息', nothingWaits: '没有新的', reset: '恢复默认', allDay: '全天', edit: '设计',
};
const en: DashboardTexts = {
  range: { today: 'Today', thisWeek: 'This week', lastWeek: 'Last week', thisMonth: 'This month', lastMonth: 'Last month', thisQuarter: 'This quarter', lastQuarter: 'Last quarter', thisYear: 'This year', lastYear: 'Last year', thisFiscalYear: 'This fiscal year', lastFiscalYear: 'Last fiscal year', all: 'All time' },
  last: { 'last:12:week': 'Last 12 weeks', 'last:12:month': 'Last 12 months', 'last:30:day': 'Last 30 days' },
  between: 'Between two days', all: 'All', empty: 'There is no such dashboard', emptyHint: 'It may have been removed, or is not for your role.', noCards: 'This dashboard has no cards that you may see', failed: 'Could not be read', nothing: 'Nothing to do, well done', nothingToday: 'Nothing planned today', approvals: 'Waiting for my approval', notices: 'Inbox', nothingWaits: 'Nothing new', reset: 'Back to default', allDay: 'All day', edit: 'Design',
};
const TEXTS: Readonly<Record<Locale, DashboardTexts>> = { 'zh-CN': zh, en };

export function useDashboardTexts(): DashboardTexts {
  return TEXTS[useLocale()];
}
