/** Texts of the chart editors, in both languages. */
import type { Grain, AggregateFunction } from '#engine/charts/aggregate.ts';
import type { MeasureFormat } from '#engine/charts/definitions.ts';
import type { Range } from '#engine/charts/period.ts';
import type { Locale } from '#engine/errors.ts';
import { useLocale } from '#runtime/app/i18n/index.ts';

interface ChartTexts {
  readonly grain: Readonly<Record<Grain, string>>;
  readonly range: Readonly<Record<Range, string>>;
  readonly function: Readonly<Record<AggregateFunction | 'ratio' | 'difference', string>>;
  readonly format: Readonly<Record<MeasureFormat, string>>;
  readonly type: string;
  readonly field: string;
  readonly noGrain: string;
  readonly bands: string;
  readonly bandsHint: string;
  readonly values: string;
  readonly fill: string;
  readonly addDimension: string;
  readonly addMeasure: string;
  readonly remove: string;
  readonly name: string;
  readonly count: string;
  readonly filter: string;
  readonly above: string;
  readonly below: string;
  readonly formatLabel: string;
  readonly line: string;
  readonly hidden: string;
  readonly color: string;
  readonly otherTable: string;
  readonly by: string;
  readonly date: string;
  readonly since: string;
  readonly records: string;
  readonly more: string;
  readonly less: string;
  readonly noPeriod: string;
  readonly dateField: string;
  readonly from: string;
  readonly to: string;
  readonly byMeasure: string;
  readonly ascending: string;
  readonly natural: string;
  readonly none: string;
  readonly functionLabel: string;
}

const zh: ChartTexts = {
  grain: { day: '按天', week: '按周', month: '按月', quarter: '按季', year: '按年' },
  range: { today: '今天', thisWeek: '本周', lastWeek: '上周', thisMonth: '本月', lastMonth: '上月', thisQuarter: '本季度', lastQuarter: '上季度', thisYear: '今年', lastYear: '去年', thisFiscalYear: '本财年', lastFiscalYear: '上财年', last: '最近…', next: '未来…', between: '起止日期', all: '不限' },
  function: { count: '计数', countDistinct: '去重计数', sum: '求和', avg: '平均', min: '最小', max: '最大', median: '中位数', p90: '90 分位', ratio: '比率', difference: '差' },
  format: { number: '数字', money: '金额', percent: '百分比', days: '天', hours: '小时' },
  type: '图表类型', field: '字段', noGrain: '按值', bands: '分段界限', bandsHint: '逗号分隔，从小到大；日期则为距今天数', values: '只看这些值', fill: '没有记录的选项也显示', addDimension: '添加分组', addMeasure: '添加度量', remove: '移除', name: '名称', count: '数量', filter: '只统计', above: '分子 / 被减数', below: '分母 / 减数', formatLabel: '显示为', line: '画成折线', hidden: '只用于计算', color: '颜色', otherTable: '取自另一张表', by: '对应的分组', date: '时段看哪个日期', since: '从哪个时刻算起（小时）', records: '记录', more: '更多设置', less: '收起', noPeriod: '不限时段', dateField: '日期', from: '从', to: '到', byMeasure: '按度量', ascending: '从小到大', natural: '自然顺序', none: '无', functionLabel: '算法',
};

const en: ChartTexts = {
  grain: { day: 'By day', week: 'By week', month: 'By month', quarter: 'By quarter', year: 'By year' },
  range: { today: 'Today', thisWeek: 'This week', lastWeek: 'Last week', thisMonth: 'This month', lastMonth: 'Last month', thisQuarter: 'This quarter', lastQuarter: 'Last quarter', thisYear: 'This year', lastYear: 'Last year', thisFiscalYear: 'This fiscal year', lastFiscalYear: 'Last fiscal year', last: 'The last…', next: 'The next…', between: 'Between two days', all: 'All time' },
  function: { count: 'Count', countDistinct: 'Distinct count', sum: 'Sum', avg: 'Average', min: 'Least', max: 'Most', median: 'Median', p90: '90th percentile', ratio: 'Ratio', difference: 'Difference' },
  format: { number: 'Number', money: 'Money', percent: 'Percent', days: 'Days', hours: 'Hours' },
  type: 'Chart type', field: 'Field', noGrain: 'By value', bands: 'Bounds of bands', bandsHint: 'Rising, with commas; of a date, days back from today', values: 'Only these values', fill: 'Show options without records', addDimension: 'Add a grouping', addMeasure: 'Add a measure', remove: 'Remove', name: 'Name', count: 'How many', filter: 'Counts only', above: 'Numerator / from', below: 'Denominator / minus', formatLabel: 'Shown as', line: 'Drawn as a line', hidden: 'For ratios only', color: 'Colour', otherTable: 'From another table', by: 'Matching groupings', date: 'Date the period looks at', since: 'Hours since', records: 'Records', more: 'More settings', less: 'Fewer settings', noPeriod: 'All time', dateField: 'Date', from: 'From', to: 'To', byMeasure: 'By measure', ascending: 'Smallest first', natural: 'Natural order', none: 'None', functionLabel: 'Computed as',
};

const TEXTS: Readonly<Record<Locale, ChartTexts>> = { 'zh-CN': zh, en };

export function useChartTexts(): ChartTexts {
  return TEXTS[useLocale()];
}
