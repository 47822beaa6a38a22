import Type from 'typebox';
import { text } from '../../fields/settings.ts';
import { DONE, ERROR, type NodeType } from '../node-type.ts';
import { flagSetting, namedValuesSetting, recordSetting, settingOf, workflowSetting } from '../settings.ts';

export const workflowNode: NodeType = {
  label: text('子流程', 'Another workflow'),
  description: text('启动另一个流程，可以等它结束', 'Starts another workflow, and may wait for its end'),
  icon: 'partition',
  group: 'logic',
  settings: Type.Object({
    workflow: workflowSetting(['流程', 'Workflow']),
    record: Type.Optional(recordSetting(['交给它的记录', 'Record it is about'])),
    inputs: Type.Optional(namedValuesSetting(['输入', 'Inputs'])),
    wait: Type.Optional(flagSetting(['等它结束再继续', 'Waits for its end'])),
  }),
  ports: () => [DONE, ERROR],
  outputs: () => ({ started: { label: text('已启动', 'Was started'), kind: 'boolean' } }),
  run: async ({ node, record, values, services }) => {
    const key = await services.start(settingOf(node, 'workflow', ''), record(settingOf(node, 'record', '$record')), values(settingOf(node, 'inputs', {})));
    if (key === null) return { port: 'error', output: { started: false } };
    return node.wait === true && key !== '' ? { wait: { key }, output: { started: true } } : { port: 'done', output: { started: true } };
  },
  resume: async (_call, happened) => ({ port: happened.kind === 'event' && happened.value === 'failed' ? 'error' : 'done', output: { started: true } }),
  summary: (node, words) => {
    const name = words.workflow(settingOf(node, 'workflow', ''));
    return node.wait === true ? text(`执行“${name['zh-CN']}”并等它结束`, `Runs “${name.en}” and waits for its end`) : text(`启动“${name['zh-CN']}”`, `Starts “${name.en}”`);
  },
};
