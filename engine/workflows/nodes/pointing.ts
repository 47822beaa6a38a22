import Type from 'typebox';
import type { Label } from '../../errors.ts';
import type { Json } from '../../fields/field-type.ts';
import { text } from '../../fields/settings.ts';
import { DONE, type NodeType } from '../node-type.ts';
import { recordSetting, settingOf, tablesSetting } from '../settings.ts';

type Found = readonly { readonly label: Label; readonly count: number }[];

/** `2 条跟进记录、1 条商机`. */
function inWords(found: Found): Label {
  return text(found.map(({ label, count }) => `${count} 条${label['zh-CN']}`).join('、'), found.map(({ label, count }) => `${label.en}: ${count}`).join(', '));
}

/** What hangs on a record, before it is taken back or put away. Counts what the actor may not see as well, and tells no more than how many. */
export const pointing: NodeType = {
  label: text('引用它的记录', 'What refers to a record'),
  description: text('统计各表中引用某条记录的记录', 'Counts the records of every table that refer to a record'),
  icon: 'link',
  group: 'data',
  settings: Type.Object({
    record: recordSetting(['哪条记录', 'Which record']),
    except: Type.Optional(tablesSetting(['不计这些表', 'Not counting these tables'])),
  }),
  instant: true,
  ports: () => [DONE],
  outputs: () => ({ count: { label: text('共几条', 'How many'), kind: 'number' }, list: { label: text('是哪些', 'Which they are'), kind: 'text' } }),
  run: async ({ node, record, services }) => {
    const target = record(settingOf(node, 'record', '$record'));
    const found = target ? await services.pointing(target, settingOf<string[]>(node, 'except', [])) : [];
    return { port: 'done', output: { count: found.reduce((sum, { count }) => sum + count, 0), list: inWords(found) as unknown as Json } };
  },
  summary: (node, words) => {
    const record = words.variable(settingOf(node, 'record', '$record'));
    return text(`统计引用${record['zh-CN']}的记录`, `Counts what refers to ${record.en}`);
  },
};
