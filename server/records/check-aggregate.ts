/** What an aggregate names must be known to the actor, and be something that can be grouped and measured. */
import type { AggregateRequest } from '#engine/charts/aggregate.ts';
import { AppError, type Issue } from '#engine/errors.ts';
import type { Actor } from '#engine/permissions/actor.ts';
import type { TableAccess } from '#engine/permissions/authorize.ts';
import { checkRule } from '#engine/rules/check.ts';
import { fieldTypeOf, type ResolvedPath, resolvePath } from '#engine/rules/paths.ts';
import type { Workspace } from '../workspace.ts';
import { checkRequest, knownTo } from './find-records.ts';

const TEMPORAL = new Set(['date', 'dateTime']);
const NUMERIC = new Set(['sum', 'avg', 'median', 'p90']);

export function checkAggregate(workspace: Workspace, actor: Actor, access: TableAccess, request: AggregateRequest): void {
  const { model } = workspace;
  const table = access.table.name;
  const named = [...(request.groupBy ?? []).map(({ field }) => field), ...request.measures.flatMap(({ field, since }) => [field, since].filter((path) => path !== undefined))];
  checkRequest(workspace, actor, access, { filter: request.filter, fields: named });
  const issues: Issue[] = [];
  const refuse = (path: string, zh: string, en: string): void => void issues.push({ path, code: 'wrong_kind', message: { 'zh-CN': zh, en } });
  const resolve = (path: string | undefined): ResolvedPath | undefined => {
    const resolved = path === undefined ? undefined : resolvePath(model.tables, table, path);
    return typeof resolved === 'object' ? resolved : undefined;
  };
  request.measures.forEach((measure, i) => {
    const at = `/measures/${i}`;
    if (measure.filter !== undefined && measure.filter !== null) {
      issues.push(...checkRule(measure.filter, { tables: model.tables, table, path: `${at}/filter`, target: 'sql', knows: knownTo(model, actor) }).issues);
    }
    const resolved = resolve(measure.field);
    if (!resolved) {
      if (measure.function !== 'count') refuse(`${at}/field`, '请给出要汇总的字段', 'Name the field to aggregate');
      return;
    }
    const { kind } = resolved;
    if (measure.since !== undefined) {
      const both = [['field', kind], ['since', resolve(measure.since)?.kind]] as const;
      for (const [key, own] of both) if (own !== 'dateTime') refuse(`${at}/${key}`, '只能在两个时刻之间计算小时数', 'Hours are counted between two moments');
      return;
    }
    if (kind === 'none' || kind === 'list') refuse(`${at}/field`, '这个字段不能汇总', 'This field cannot be aggregated');
    else if (NUMERIC.has(measure.function) && kind !== 'number') refuse(`${at}/field`, '只能对数字求和、平均、中位数或分位数', 'Only numbers have a sum, an average, a median or a percentile');
  });
  request.groupBy?.forEach((group, i) => {
    const resolved = resolve(group.field);
    const kind = resolved?.kind ?? 'none';
    if (kind === 'none' || kind === 'list' || (resolved && fieldTypeOf(resolved.field).storage === 'links')) refuse(`/groupBy/${i}/field`, '不能按这个字段分组', 'Cannot group by this field');
    if (group.grain && !TEMPORAL.has(kind)) refuse(`/groupBy/${i}/grain`, '只有日期才能按周期分组', 'Only dates have a grain');
    if (group.leading && kind !== 'text') refuse(`/groupBy/${i}/leading`, '只有文本才能按前几位分组', 'Only texts have leading characters');
    if (group.bands && kind !== 'number' && !TEMPORAL.has(kind)) refuse(`/groupBy/${i}/bands`, '只有数字和日期才能分段', 'Only numbers and dates have bands');
    if (group.bands?.some((bound, k) => k > 0 && bound <= (group.bands?.[k - 1] ?? 0))) refuse(`/groupBy/${i}/bands`, '分段的界限应从小到大', 'The bounds of bands must rise');
  });
  if (request.sort && request.sort.measure >= request.measures.length) refuse('/sort/measure', '没有这个度量', 'There is no such measure');
  if (issues.length > 0) throw new AppError('validation_failed', { 'zh-CN': '请求有误', en: 'The request has problems' }, issues);
}
