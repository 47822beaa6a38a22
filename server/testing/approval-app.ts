/** Definitions for tests of what people do with workflows: a contract that is approved, buttons, a webhook. */
import type { Definitions } from '#engine/model/definitions.ts';
import type { WorkflowDefinition } from '#engine/workflows/definitions.ts';

const label = (text: string) => ({ 'zh-CN': text, en: text });

function approval(name: string, settings: Readonly<Record<string, unknown>>): WorkflowDefinition {
  return {
    name,
    label: label(name),
    trigger: { type: 'manual', table: 'contract', button: label(name), place: 'both', rule: { '==': [{ var: 'state' }, 'draft'] }, next: 'ask' },
    nodes: [
      { name: 'ask', type: 'approval', title: label('{{title}}'), approvers: [{ role: 'boss' }], delegate: true, add: true, back: true, ...settings, next: { approved: 'yes', rejected: 'no', returned: 'back', ...(settings.timeout ? { timeout: 'late' } : {}) } },
      { name: 'yes', type: 'update', values: { state: 'approved', remark: '{{$ask.comment}}' } },
      { name: 'no', type: 'update', values: { state: 'rejected', remark: '{{$ask.comment}}' } },
      { name: 'back', type: 'update', values: { state: 'draft', remark: 'back: {{$ask.comment}}' } },
      { name: 'late', type: 'update', values: { state: 'draft', remark: 'late' } },
    ],
  };
}

export const approvalApp: Definitions = {
  app: {
    name: 'approvals',
    label: label('a'),
    version: '1.0.0',
    navigation: [],
    roles: [{ name: 'owner', label: label('owner'), owner: true }, { name: 'sales', label: label('sales') }, { name: 'boss', label: label('boss') }],
  },
  tables: [
    {
      name: 'contract',
      label: label('contract'),
      titleField: 'title',
      fields: [
        { name: 'title', label: label('title'), type: 'text', required: true },
        { name: 'state', label: label('state'), type: 'select', options: ['draft', 'approved', 'rejected'].map((value) => ({ value, label: label(value) })), default: 'draft' },
        { name: 'remark', label: label('remark'), type: 'text' },
        { name: 'salary', label: label('salary'), type: 'integer', sensitive: true },
      ],
      // Bosses read none of it unless they are asked.
      permissions: { sales: { create: true, read: { '==': [{ var: 'owner' }, { var: '$me' }] }, update: { '==': [{ var: 'owner' }, { var: '$me' }] } } },
    },
  ],
  workflows: [
    approval('everyone', { mode: 'all' }),
    approval('anyone', { mode: 'any' }),
    approval('vote', { mode: 'vote', share: 60 }),
    approval('in_turn', { mode: 'all', order: 'serial' }),
    approval('late', { mode: 'any', timeout: { amount: 2, unit: 'hour' }, escalate: [{ path: 'owner.superior' }] }),
    {
      name: 'hook',
      label: label('hook'),
      trigger: { type: 'webhook', next: 'make' },
      nodes: [{ name: 'make', type: 'create', table: 'contract', values: { title: '{{$trigger.body.name}}' } }],
    },
    {
      name: 'inert',
      label: label('inert'),
      trigger: { type: 'recordUpdated', table: 'contract', fields: ['salary'], next: 'copy' },
      nodes: [{ name: 'copy', type: 'update', values: { remark: '{{title}}' } }],
    },
    {
      name: 'loop',
      label: label('loop'),
      trigger: { type: 'manual', table: 'contract', button: label('loop'), place: 'record', next: 'all' },
      nodes: [
        { name: 'all', type: 'find', table: 'contract', filter: { startsWith: [{ var: 'title' }, 'loop'] }, sort: ['title'], next: { done: 'each' } },
        { name: 'each', type: 'loop', over: '$all.records', next: { each: 'set', done: 'end' } },
        { name: 'set', type: 'update', record: '$each.record', values: { state: { var: '$each.record.remark' } } },
        { name: 'end', type: 'update', values: { remark: 'looped {{$each.count}}' } },
      ],
    },
    {
      name: 'fragile',
      label: label('fragile'),
      trigger: { type: 'manual', table: 'contract', button: label('fragile'), place: 'record', next: 'first' },
      nodes: [
        { name: 'first', type: 'transaction', next: { inside: 'one', done: 'after', error: 'failed' } },
        { name: 'one', type: 'update', values: { remark: 'half' }, next: { done: 'two' } },
        { name: 'two', type: 'update', values: { title: { var: 'remark' }, state: 'no such option' } },
        { name: 'after', type: 'update', values: { remark: 'whole' } },
        { name: 'failed', type: 'condition', rule: { '==': [{ var: 'title' }, 'retry'] }, next: { no: 'dead' } },
        { name: 'dead', type: 'update', values: { state: 'no such option' } },
      ],
    },
  ],
};
