/** Texts of charts and dashboards, in both languages; loaded with them. */
import type { Locale } from '#engine/errors.ts';
import { useLocale } from '../app/i18n/index.ts';

const zh = {
  unscoped: '全公司', unscopedList: '图表是全公司的数字，列表只有您能看到的记录', unscopedHint: '统计全公司的记录，不按您的权限过滤；点击只列出您能看到的记录。', unit: '金额单位', units: { auto: '自动', one: '元', tenThousand: '万', hundredMillion: '亿' }, all: '全部', opened: '已点开的分组', measure: '度量',
  notSet: '未填写', other: '其他', yes: '是', no: '否', total: '合计', totalOf: (n: string) => `前 ${n} 项合计`, rank: '名次', table: '看表格', chart: '看图表', png: '导出图片 (PNG)', csv: '导出数据 (CSV)', xlsx: '导出数据 (Excel)', pdf: '导出数据 (PDF)', more: '更多', empty: '这个范围内还没有数据', emptyHint: '换一个时段或放宽筛选试试。', drill: '查看这些记录',
  noTarget: '还没有设定目标', before: '上一时段', year: '去年同期', change: '较{{what}}', same: '持平', target: '目标', ofTarget: '目标的 {{n}}', failed: '图表未能读出', retry: '重试', capped: '分组过多，只显示前 1000 组', below: '低于 {{n}}', above: '{{n}} 及以上', days: '{{n}} 天', hours: '{{n}} 小时', notDue: '未到', dayBand: '{{a}}–{{b}} 天', dayAbove: '超过 {{n}} 天', week: '{{day}} 起', step: '逐级', overall: '总', loading: '正在读取…', value: '数值', described: '{{label}}：{{values}}', more2: '等 {{n}} 项', quarter: '{{y}} 年 {{q}} 季度',
};
export type ChartTexts = typeof zh;
const en: ChartTexts = {
  unscoped: 'Company-wide', unscopedList: 'The chart counts the whole company; the list holds what you may see', unscopedHint: 'Counts everybody’s records, whatever you may see; a click lists those that you may.', unit: 'Unit of amounts', units: { auto: 'By size', one: '1', tenThousand: '10,000', hundredMillion: '100 million' }, all: 'All', opened: 'Groups opened', measure: 'Measure',
  notSet: 'Not set', other: 'Other', yes: 'Yes', no: 'No', total: 'Total', totalOf: (n: string) => `Total of the first ${n}`, rank: 'Rank', table: 'Show as a table', chart: 'Show as a chart', png: 'Export picture (PNG)', csv: 'Export data (CSV)', xlsx: 'Export data (Excel)', pdf: 'Export data (PDF)', more: 'More', empty: 'There is no data in this range', emptyHint: 'Try another period or a wider filter.', drill: 'See these records',
  noTarget: 'No target set', before: 'prior period', year: 'last year', change: 'vs {{what}}', same: 'no change', target: 'Target', ofTarget: '{{n}} of the target', failed: 'The chart could not be read', retry: 'Try again', capped: 'Too many groups; the first 1,000 are shown', below: 'Below {{n}}', above: '{{n}} and more', days: '{{n}} days', hours: '{{n}} h', notDue: 'Not due', dayBand: '{{a}}–{{b}} days', dayAbove: 'Over {{n}} days', week: 'from {{day}}', step: 'step', overall: 'overall', loading: 'Reading…', value: 'Value', described: '{{label}}: {{values}}', more2: 'and {{n}} more', quarter: 'Q{{q}} {{y}}',
};
const TEXTS: Readonly<Record<Locale, ChartTexts>> = { 'zh-CN': zh, en };

export function chartTexts(locale: Locale): ChartTexts {
  return TEXTS[locale];
}
export function useChartTexts(): ChartTexts {
  return TEXTS[useLocale()];
}
