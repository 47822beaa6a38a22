import { describe, expect, it } from 'vitest';
import { buildModel } from '../model/build-model.ts';
import type { Definitions } from '../model/definitions.ts';
import { workflowWarnings } from './check-workflow.ts';
import type { WorkflowDefinition } from './definitions.ts';

const label = (text: string) => ({ 'zh-CN': text, en: text });
const message = label('Say {{name}}');

function definitions(...workflows: unknown[]): Definitions {
  return {
    app: { name: 'a', label: label('a'), version: '1.0.0', navigation: [], roles: [{ name: 'owner', label: label('o'), owner: true }] },
    tables: [
      { name: 'thing', label: label('t'), titleField: 'name', fields: [{ name: 'name', label: label('n'), type: 'text' }, { name: 'on', label: label('d'), type: 'date' }, { name: 'count', label: label('c'), type: 'integer' }] },
      { name: 'part', label: label('p'), titleField: 'name', fields: [{ name: 'name', label: label('n'), type: 'text' }, { name: 'thing', label: label('t'), type: 'reference', table: 'thing' }] },
    ],
    workflows: workflows as WorkflowDefinition[],
  };
}

const workflow = (nodes: unknown[], trigger: Record<string, unknown> = { type: 'recordCreated', table: 'thing', next: 'a' }, more: Record<string, unknown> = {}) => ({ name: 'w', label: label('w'), trigger, nodes, ...more });
const notify = (more: Record<string, unknown> = {}) => ({ name: 'a', type: 'notify', to: [{ path: 'owner' }], title: message, channels: ['inApp'], ...more });
const codes = (...workflows: unknown[]): string[] => buildModel(definitions(...workflows)).issues.map(({ path, code }) => `${path} ${code}`);

describe('a workflow', () => {
  it('that is right builds', () => {
    expect(codes(workflow([notify()]))).toEqual([]);
  });

  const bad: readonly [string, unknown, string[]][] = [
    ['an unknown trigger', workflow([], { type: 'sometime' }), ['/workflows/w/trigger/type unknown_trigger_type']],
    ['an unknown node type', workflow([{ name: 'a', type: 'magic' }]), ['/workflows/w/nodes/a/type unknown_node_type']],
    ['a missing setting', workflow([{ name: 'a', type: 'create', values: {} }]), ['/workflows/w/nodes/a/table missing_property']],
    ['an unknown setting', workflow([notify({ colour: 'red' })]), ['/workflows/w/nodes/a/colour unknown_property']],
    ['a table that is not there', workflow([{ name: 'a', type: 'find', table: 'nothing' }]), ['/workflows/w/nodes/a/table unknown_table']],
    ['a field that is not there', workflow([{ name: 'a', type: 'update', values: { nothing: 1 } }]), ['/workflows/w/nodes/a/values/nothing unknown_field']],
    ['a rule over a field that was removed', workflow([{ name: 'a', type: 'condition', rule: { '==': [{ var: 'gone' }, 1] } }]), ['/workflows/w/nodes/a/rule/==/0/var unknown_field']],
    ['a filter that cannot run in a database', workflow([{ name: 'a', type: 'find', table: 'part', filter: { '==': [{ text: [{ var: 'name' }, '0'] }, 'x'] } }]), ['/workflows/w/nodes/a/filter/==/0/text not_in_sql']],
    ['a variable of a node that comes later', workflow([{ ...notify({ title: label('{{$b.count}}') }), next: { done: 'b' } }, { name: 'b', type: 'find', table: 'part' }]), ['/workflows/w/nodes/a/title/zh-CN unknown_variable', '/workflows/w/nodes/a/title/en unknown_variable']],
    ['a placeholder that names nothing', workflow([notify({ title: label('{{nobody.name}}') })]), ['/workflows/w/nodes/a/title/zh-CN unknown_variable', '/workflows/w/nodes/a/title/en unknown_variable']],
    ['somebody who is not a person', workflow([notify({ to: [{ path: 'name' }] })]), ['/workflows/w/nodes/a/to/0 not_a_person']],
    ['a role that is not there', workflow([notify({ to: [{ role: 'king' }] })]), ['/workflows/w/nodes/a/to/0 unknown_role']],
    ['a list that is none', workflow([{ name: 'a', type: 'loop', over: '$record' }]), ['/workflows/w/nodes/a/over unknown_list']],
    ['a schedule that is none', workflow([], { type: 'schedule', cron: 'often' }), ['/workflows/w/trigger/cron not_a_schedule']],
    ['a port that the node lacks', workflow([notify({ next: { yes: 'a' } })]), ['/workflows/w/nodes/a/next/yes unknown_port']],
    ['a node that is not there', workflow([notify({ next: { done: 'b' } })]), ['/workflows/w/nodes/a/next/done unknown_node']],
    ['one name twice', workflow([notify(), notify()]), ['/workflows/w/nodes/a duplicate_name']],
    ['a wait inside the save', workflow([{ name: 'a', type: 'wait', for: { amount: 1, unit: 'day' } }], { type: 'recordCreated', table: 'thing', inside: true, next: 'a' }), ['/workflows/w/nodes/a cannot_wait']],
    ['a refusal after the save', workflow([{ name: 'a', type: 'refuse', message }]), ['/workflows/w/nodes/a inside_only']],
    ['a wait in a transaction', workflow([{ name: 'a', type: 'transaction', next: { inside: 'b' } }, { name: 'b', type: 'wait', for: { amount: 1, unit: 'day' } }]), ['/workflows/w/nodes/b cannot_wait']],
    ['a path that leads out of a loop', workflow([{ name: 'f', type: 'find', table: 'part', next: { done: 'a' } }, { name: 'a', type: 'loop', over: '$f.records', next: { each: 'b', done: 'b' } }, notify({ name: 'b' })], { type: 'recordCreated', table: 'thing', next: 'f' }), ['/workflows/w/nodes/b crosses_block']],
    ['a call of itself', workflow([{ name: 'a', type: 'workflow', workflow: 'w' }]), ['/workflows/w/nodes/a/workflow calls_itself']],
    ['an operator that reaches for the prototype', workflow([{ name: 'a', type: 'condition', rule: { method: [{ var: 'name' }, 'constructor'] } }]), ['/workflows/w/nodes/a/rule/method unknown_operator']],
    ['a path through the prototype', workflow([{ name: 'a', type: 'set', variables: { x: { var: '$params.__proto__.polluted' } } }], undefined, { parameters: [{ name: 'p', label: label('p'), type: 'number', default: 1 }] }), ['/workflows/w/nodes/a/variables/x/var unknown_variable']],
  ];
  it.each(bad)('with %s is refused with its path', (_what, wrong, expected) => {
    expect(codes(wrong)).toEqual(expected);
  });

  it('may read what the nodes before it give, records into their fields', () => {
    const nodes = [
      { name: 'f', type: 'find', table: 'part', filter: { '==': [{ var: 'thing' }, { var: '$record.id' }] }, next: { done: 'each' } },
      { name: 'each', type: 'loop', over: '$f.records', next: { each: 'say', done: 'sum' } },
      notify({ name: 'say', title: label('{{$each.record.thing.name}} {{$each.index}}'), record: '$each.record', to: [{ path: '$each.record.owner' }] }),
      { name: 'sum', type: 'set', variables: { total: { '+': [{ var: '$each.count' }, { var: 'count' }] } }, next: { done: 'late' } },
      { name: 'late', type: 'waitUntil', date: { dateAdd: [{ var: 'on' }, { var: '$sum.total' }, 'day'] } },
    ];
    expect(codes(workflow(nodes, { type: 'recordCreated', table: 'thing', next: 'f' }))).toEqual([]);
  });

  it('is warned of what never runs, goes round for ever, or sets others off in a circle', () => {
    const warned = (...workflows: unknown[]) => {
      const { model } = buildModel(definitions(...workflows));
      if (!model) throw new Error('does not build');
      return Object.values(model.workflows).flatMap((own) => workflowWarnings(own, { tables: model.tables, workflows: Object.values(model.workflows), roles: model.roles }).map(({ path, code }) => `${path} ${code}`));
    };
    expect(warned(workflow([notify()]))).toEqual([]);
    expect(warned(workflow([notify(), notify({ name: 'b' })]))).toEqual(['/workflows/w/nodes/b unreachable']);
    expect(warned(workflow([], { type: 'recordCreated', table: 'thing' }))).toEqual(['/workflows/w/trigger empty']);
    expect(warned(workflow([notify({ next: { done: 'b' } }), notify({ name: 'b', next: { done: 'a' } })])).filter((line) => line.endsWith('endless')).length).toBe(2);
    const ping = (name: string, from: string, to: string) => ({ name, label: label(name), trigger: { type: 'recordUpdated', table: 'thing', fields: [from], next: 'a' }, nodes: [{ name: 'a', type: 'update', values: { [to]: { var: from } } }] });
    expect(warned(ping('w', 'name', 'on'), ping('v', 'on', 'name'))).toEqual(['/workflows/w/trigger loop', '/workflows/v/trigger loop']);
  });
});
