import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { AppModel } from '../model/app-model.ts';
import { requireModel } from '../model/build-model.ts';
import { workflowShapeIssues } from '../model/check-shape.ts';
import type { DashboardDefinition } from '../dashboards/definitions.ts';
import type { AppDefinition, Definitions, TableDefinition } from '../model/definitions.ts';
import type { WorkflowDefinition } from './definitions.ts';
import { describeWorkflow } from './describe-workflow.ts';
import { wordsFor } from './words.ts';

const TEMPLATE = join(import.meta.dirname, '..', '..', 'templates', 'crm');
const read = <Value>(path: string): Value => JSON.parse(readFileSync(join(TEMPLATE, path), 'utf8')) as Value;
const model: AppModel = requireModel({
  app: read<AppDefinition>('app.json'),
  tables: readdirSync(join(TEMPLATE, 'tables')).map((file) => read<TableDefinition>(`tables/${file}`)),
  dashboards: readdirSync(join(TEMPLATE, 'dashboards')).map((file) => read<DashboardDefinition>(`dashboards/${file}`)),
} satisfies Definitions);

const label = (name: string) => ({ 'zh-CN': name, en: name });
const MONTHS = { name: 'months', label: { 'zh-CN': '多少个月没有跟进', en: 'Months without a follow-up' }, type: 'number', default: 6 } as const;

function workflow(nodes: readonly object[], trigger: object = {}): WorkflowDefinition {
  return { name: 'tried', label: label('tried'), parameters: [MONTHS], trigger: { type: 'recordCreated', table: 'customer', ...trigger }, nodes } as unknown as WorkflowDefinition;
}
const question = (name: string, next: Record<string, string>) => ({ name, type: 'condition', label: label(name), rule: { '==': [{ var: 'name' }, name] }, next });
const told = (name: string, next?: string) => ({ name, type: 'notify', to: [{ path: 'owner' }], title: label(name), ...(next && { next: { done: next } }) });
const linesOf = (one: WorkflowDefinition): string[] => describeWorkflow(model, one).map((line) => `${'  '.repeat(line.indent)}${line.text['zh-CN']}`);

describe('words of a workflow', () => {
  const words = wordsFor(model, workflow([]));

  it('say the amount of a parameter once, with its unit and its name', () => {
    expect(words.duration({ amount: { var: '$params.months' }, unit: 'month' })).toEqual({ 'zh-CN': '6 个月（“多少个月没有跟进”）', en: '6 months (“Months without a follow-up”)' });
    expect(words.duration({ amount: 1, unit: 'businessDay' })).toEqual({ 'zh-CN': '1 个工作日', en: '1 business day' });
    expect(words.rule({ dateAdd: [{ var: 'last_followup_at' }, { var: '$params.months' }, 'month'] }, null)['zh-CN']).toBe('最近跟进时间后 6 个月（“多少个月没有跟进”）');
    expect(words.rule({ dateAdd: [{ var: '$today' }, -3, 'day'] }, null)).toEqual({ 'zh-CN': '今天前 3 天', en: '3 days before today' });
  });

  it('call options by their labels, where they are compared and where they are given', () => {
    expect(words.rule({ '==': [{ var: 'status' }, 'dormant'] }, null)['zh-CN']).toMatch(/^\S*状态是休眠$/);
    expect(words.rule({ in: [{ var: 'status' }, ['dormant']] }, null)['zh-CN']).toMatch(/是休眠$/);
    expect(words.values('$record', { status: 'dormant', no_prospect: true })['zh-CN']).toMatch(/= 休眠，\S+ = 是$/);
  });

  it('say yes and no of what is true or false', () => {
    expect(words.rule({ '==': [{ var: 'locked' }, true] }, null)['zh-CN']).toMatch(/为是$/);
    expect(words.rule({ '!=': [{ var: 'locked' }, true] }, null)['zh-CN']).toMatch(/为否$/);
    expect(words.expression(false)).toEqual({ 'zh-CN': '否', en: 'no' });
    expect(words.rule(true, null)['zh-CN']).toBe('任何情况');
  });

  it('keep the path below what may hold anything', () => {
    const hooked = wordsFor(model, workflow([], { type: 'webhook', table: undefined }));
    expect(hooked.variable('$trigger.body.size').en).toMatch(/→ size$/);
  });
});

describe('the telling of a workflow', () => {
  it('goes on at the margin where branches have met again', () => {
    const lines = linesOf(workflow([question('a', { yes: 'x', no: 'b' }), told('x', 'b'), question('b', { yes: 'y', no: 'c' }), told('y', 'c'), told('c')], { next: 'a' }));
    expect(lines.slice(1)).toEqual([
      '若客户名称等于a', '  是：', '    通知负责人：“x”', '  否：接着往下',
      '若客户名称等于b', '  是：', '    通知负责人：“y”', '  否：接着往下',
      '通知负责人：“c”',
    ]);
  });

  it('stays at the margin after a question whose other way ends', () => {
    expect(linesOf(workflow([question('a', { yes: 'x' }), told('x')], { next: 'a' })).slice(1)).toEqual(['若客户名称等于a', '  否：结束', '通知负责人：“x”']);
  });

  it('says of a branch that it ends where others go on', () => {
    const lines = linesOf(workflow([question('a', { yes: 'b', no: 'c' }), question('b', { yes: 'x', no: 'c' }), told('x'), told('c')], { next: 'a' }));
    expect(lines.slice(1)).toEqual(['若客户名称等于a', '  是：', '    若客户名称等于b', '      是：', '        通知负责人：“x”', '        到此结束', '      否：接着往下', '  否：接着往下', '通知负责人：“c”']);
  });

  it('tells a way back by the name of where it goes', () => {
    const lines = linesOf(workflow([told('x', 'a'), question('a', { yes: 'x', no: 'c' }), told('c')], { next: 'x' }));
    expect(lines.slice(2)).toEqual(['若客户名称等于a', '  是：', '    转到“通知”', '  否：接着往下', '通知负责人：“c”']);
  });
});

describe('a missing setting', () => {
  it('is called as the designer calls it', () => {
    const [issue] = workflowShapeIssues({ name: 'tried', label: label('tried'), trigger: { type: 'recordCreated' }, nodes: [] }, '/workflows/tried');
    expect(issue?.message).toEqual({ 'zh-CN': '缺少“表”', en: '"Table" is missing' });
  });
});
