/**
 * A chart that counts everybody's records may tell nothing of single ones: it is grouped and narrowed only by what many records share,
 * and never reads a strictly private table.
 */
import { childPath, type Issue, type Label } from '../errors.ts';
import { type FieldTables, fieldTypeOf, type ResolvedPath, resolvePath } from '../rules/paths.ts';
import { everythingInChart } from './chart-paths.ts';
import type { ChartDefinition } from './definitions.ts';

const SHARED_KINDS = new Set(['option', 'boolean', 'date', 'dateTime']);
/** Everybody may know who works here. */
const KNOWN_TABLES = new Set(['user', 'department']);

export interface UnscopedPlace {
  readonly tables: FieldTables;
  readonly isStrict: (table: string) => boolean;
}

export function checkUnscoped(chart: ChartDefinition, { tables, isStrict }: UnscopedPlace, path: string): Issue[] {
  const issues: Issue[] = [];
  const report = (at: string, message: Label): void => void issues.push({ path: at, code: 'tells_of_records', message });
  const resolve = (table: string, field: string): ResolvedPath | undefined => {
    const found = Object.hasOwn(tables, table) ? resolvePath(tables, table, field) : undefined;
    return typeof found === 'object' ? found : undefined;
  };
  const shared = (table: string, field: string, isCut: boolean, at: string): void => {
    const found = resolve(table, field);
    if (!found || SHARED_KINDS.has(found.kind) || isCut) return;
    if (!KNOWN_TABLES.has(fieldTypeOf(found.field).target?.(found.field) ?? '')) report(at, text.dimension);
  };
  const read = new Set([chart.table, ...chart.measures.flatMap(({ table }) => table ?? [])]);
  for (const { table, path: mention } of everythingInChart(chart)) {
    const found = resolve(table, mention);
    for (const field of found ? [...found.hops, found.field] : []) read.add(field.table);
  }
  for (const table of read) if (isStrict(table)) report(`${path}/table`, text.strict);
  chart.dimensions?.forEach((dimension, i) => {
    const isCut = dimension.bands !== undefined || dimension.leading !== undefined;
    shared(chart.table, dimension.field, isCut, `${path}/dimensions/${i}/field`);
    chart.measures.forEach(({ table, by }, k) => table !== undefined && by?.[i] !== undefined && shared(table, by[i], isCut, `${path}/measures/${k}/by/${i}`));
  });
  for (const [name, field] of Object.entries(chart.shared ?? {})) shared(chart.table, field, false, childPath(`${path}/shared`, name));
  chart.measures.forEach((measure, i) => {
    for (const [name, field] of Object.entries(measure.shared ?? {})) shared(measure.table ?? chart.table, field, false, childPath(`${path}/measures/${i}/shared`, name));
    if (measure.function === 'min' || measure.function === 'max') report(`${path}/measures/${i}/function`, text.extreme);
  });
  return issues;
}

const text = {
  dimension: { 'zh-CN': '全公司口径的图表只能按选项、日期、分段、人员或部门分组和筛选', en: 'A company-wide chart is grouped and filtered by options, dates, bands, people or departments only' } as Label,
  extreme: { 'zh-CN': '全公司口径的图表不能取最大或最小值：那是某一条记录的值', en: 'A company-wide chart cannot show a least or greatest value: it is that of a single record' } as Label,
  strict: { 'zh-CN': '严格私有的表不能用于全公司口径的图表', en: 'A strictly private table cannot be counted company-wide' } as Label,
};
