/** What a chart names must exist and fit: its table, its paths, its rules, the measures of a ratio, paths of another table for each dimension. */
import { childPath, type Issue, type Label } from '../errors.ts';
import { checkRule } from '../rules/check.ts';
import { type FieldTables, fieldTypeOf, resolvePath } from '../rules/paths.ts';
import type { ValueKind } from '../rules/rule.ts';
import { isCounted } from './chart-request.ts';
import type { ChartDefinition, MeasureDefinition } from './definitions.ts';
import { chartTypeOf } from './index.ts';

const TEMPORAL: readonly ValueKind[] = ['date', 'dateTime'];
const NUMERIC = new Set(['sum', 'avg', 'median', 'p90']);

/** `path` is where the chart stands in its definition. Called with a chart of the right shape. */
export function checkChart(chart: ChartDefinition, tables: FieldTables, path: string): Issue[] {
  const issues: Issue[] = [];
  const report = (at: string, code: string, zh: string, en: string): void => void issues.push({ path: at, code, message: { 'zh-CN': zh, en } });
  const isTable = (name: string): boolean => Object.hasOwn(tables, name);
  const kindOf = (table: string, field: string, at: string): ValueKind | undefined => {
    const resolved = resolvePath(tables, table, field);
    if (typeof resolved === 'object' && resolved.field.encrypted) {
      report(at, 'encrypted', `“${field}”加密存储，不能用于图表`, `"${field}" is encrypted and cannot be used in charts`);
      return undefined;
    }
    if (typeof resolved === 'object') return fieldTypeOf(resolved.field).storage === 'links' ? 'list' : resolved.kind;
    report(at, resolved, `没有字段“${field}”`, `There is no field "${field}"`);
    return undefined;
  };
  const dated = (table: string, field: string, at: string): void => {
    const kind = kindOf(table, field, at);
    if (kind && !TEMPORAL.includes(kind)) report(at, 'wrong_kind', '时段应落在日期上', 'A period is about a date');
  };
  if (!isTable(chart.table)) {
    report(`${path}/table`, 'unknown_table', `没有表“${chart.table}”`, `There is no table "${chart.table}"`);
    return issues;
  }
  const type = chartTypeOf(chart);
  const dimensions = chart.dimensions ?? [];
  const within = (count: number, [least, most]: readonly [number, number], at: string, noun: Label): void => {
    if (count < least || count > most) {
      const [zh, en] = least === most ? [`应有 ${least} 个`, `takes ${least}`] : [`应有 ${least} 到 ${most} 个`, `takes ${least} to ${most}`];
      report(at, 'wrong_count', `“${type.label['zh-CN']}”${zh}${noun['zh-CN']}`, `"${type.label.en}" ${en} ${noun.en}`);
    }
  };
  within(dimensions.length, type.dimensions, `${path}/dimensions`, { 'zh-CN': '分组', en: 'groupings' });
  within(chart.oneMeasure ? 1 : chart.measures.filter(({ hidden }) => !hidden).length, type.measures, `${path}/measures`, { 'zh-CN': '度量', en: 'measures' });
  if (chart.filter !== undefined) issues.push(...checkRule(chart.filter, { tables, table: chart.table, path: `${path}/filter`, target: 'sql' }).issues);
  if (chart.period) dated(chart.table, chart.period.field, `${path}/period/field`);
  for (const [name, field] of Object.entries(chart.shared ?? {})) kindOf(chart.table, field, childPath(`${path}/shared`, name));

  const kinds = dimensions.map((dimension, i): ValueKind | undefined => {
    const at = `${path}/dimensions/${i}`;
    const kind = kindOf(chart.table, dimension.field, `${at}/field`);
    if (kind === 'none' || kind === 'list') report(`${at}/field`, 'wrong_kind', '不能按这个字段分组', 'Cannot group by this field');
    if (kind && dimension.grain && !TEMPORAL.includes(kind)) report(`${at}/grain`, 'wrong_kind', '只有日期才能按周期分组', 'Only dates have a grain');
    if (kind && dimension.leading && kind !== 'text') report(`${at}/leading`, 'wrong_kind', '只有文本才能按前几位分组', 'Only texts have leading characters');
    if (kind && dimension.bands && kind !== 'number' && !TEMPORAL.includes(kind)) report(`${at}/bands`, 'wrong_kind', '只有数字和日期才能分段', 'Only numbers and dates have bands');
    if (dimension.bands?.some((bound, k, all) => k > 0 && bound <= (all[k - 1] ?? 0))) report(`${at}/bands`, 'wrong_order', '分段的界限应从小到大', 'The bounds of bands must rise');
    return kind;
  });

  chart.deeper?.forEach((dimension, i) => {
    const at = `${path}/deeper/${i}`;
    const kind = kindOf(chart.table, dimension.field, `${at}/field`);
    if (kind === 'none' || kind === 'list') report(`${at}/field`, 'wrong_kind', '不能按这个字段分组', 'Cannot group by this field');
    if (dimensions.length === 0) report(at, 'wrong_count', '没有分组就没有下级', 'There are no levels inside without a grouping');
    // The other table is grouped by a path of its own, which leads to the same field.
    if (dimension.field !== dimensions[0]?.field && chart.measures.some(({ table }) => table !== undefined)) report(`${at}/field`, 'wrong_kind', '度量来自其他表时，下级分组须是同一个字段', 'With measures of another table, levels inside are of the same field');
  });
  if (chart.unscoped && chart.deeper) report(`${path}/deeper`, 'wrong_kind', '全公司口径的图表没有下级分组', 'A company-wide chart has no levels inside');

  const names = chart.measures.map(({ name }) => name);
  chart.measures.forEach((measure, i) => {
    const at = `${path}/measures/${i}`;
    if (names.indexOf(measure.name) !== i) report(`${at}/name`, 'duplicate_name', `名称“${measure.name}”重复`, `The name "${measure.name}" is used twice`);
    if (!isCounted(measure)) ratio(measure, at);
    else counted(measure, at);
  });
  function ratio({ of }: MeasureDefinition, at: string): void {
    const known = of?.map((name) => chart.measures.find((other) => other.name === name && isCounted(other)));
    if (known?.length !== 2 || known.includes(undefined)) report(`${at}/of`, 'unknown_measure', '比率和差需要两个已有的度量', 'A ratio or difference needs two measures that are counted');
  }
  function counted(measure: MeasureDefinition, at: string): void {
    const table = measure.table ?? chart.table;
    if (!isTable(table)) {
      report(`${at}/table`, 'unknown_table', `没有表“${table}”`, `There is no table "${table}"`);
      return;
    }
    const kind = measure.field === undefined ? undefined : kindOf(table, measure.field, `${at}/field`);
    if (measure.field === undefined && measure.function !== 'count') report(`${at}/field`, 'missing_property', '请选择要汇总的字段', 'Choose the field to aggregate');
    if (measure.since !== undefined) {
      const since = kindOf(table, measure.since, `${at}/since`);
      if (kind && (kind !== 'dateTime' || since !== 'dateTime')) report(`${at}/since`, 'wrong_kind', '只能在两个时刻之间计算小时数', 'Hours are counted between two moments');
    } else if (kind === 'none' || kind === 'list' || (kind && NUMERIC.has(measure.function) && kind !== 'number')) report(`${at}/field`, 'wrong_kind', '这个字段不能这样汇总', 'This field cannot be aggregated like that');
    if (measure.filter !== undefined) issues.push(...checkRule(measure.filter, { tables, table, path: `${at}/filter`, target: 'sql' }).issues);
    if (measure.within !== undefined) issues.push(...checkRule(measure.within, { tables, table, path: `${at}/within`, target: 'sql' }).issues);
    for (const [name, field] of Object.entries(measure.shared ?? {})) kindOf(table, field, childPath(`${at}/shared`, name));
    if (measure.date !== undefined) dated(table, measure.date, `${at}/date`);
    if (measure.table !== undefined) alongside(measure, measure.table, at);
  }
  /** Keys are brought together by value, so both tables must give the same ones. */
  function alongside(measure: MeasureDefinition, table: string, at: string): void {
    dimensions.forEach((dimension, i) => {
      const own = measure.by?.[i];
      if (own === undefined) {
        report(`${at}/by`, 'missing_property', '请为每个分组给出这个表的字段', 'Name a field of this table for each grouping');
        return;
      }
      const kind = kindOf(table, own, `${at}/by/${i}`);
      const isAlike = kind === kinds[i] || (dimension.grain !== undefined && kind !== undefined && TEMPORAL.includes(kind));
      if (kind && kinds[i] && !isAlike) report(`${at}/by/${i}`, 'wrong_kind', '两个表的分组应是同一种值', 'The groupings of both tables must be of one kind');
    });
  }
  for (const [key, value] of [['sort/by', chart.sort?.by], ['targetMeasure', chart.targetMeasure]] as const) {
    if (value !== undefined && !names.includes(String(value))) report(`${path}/${key}`, 'unknown_measure', `没有度量“${String(value)}”`, `There is no measure "${String(value)}"`);
  }
  return issues;
}
