import Type from 'typebox';
import { labelled, text } from '../../fields/settings.ts';
import type { Rule } from '../../rules/rule.ts';
import { DONE, type NodeType } from '../node-type.ts';
import { choiceSetting, fieldSetting, peopleSetting, type Person, PersonSchema, ruleSetting, settingOf, shownWhen, tableSetting } from '../settings.ts';

const MODES = { roundRobin: ['轮流', 'in turn'], leastLoad: ['负载最少的人', 'to whoever has least'], random: ['随机', 'by chance'] } as const;
type Mode = keyof typeof MODES;
interface AssignRule {
  readonly rule: Rule;
  readonly people: readonly Person[];
}

/** Chooses one of several people and, when a field is named, writes them into the record. */
export const assign: NodeType = {
  label: text('分配', 'Assign'),
  description: text('轮流、按负载或按规则选一个人', 'Chooses somebody in turn, by load or by rule'),
  icon: 'user-switch',
  group: 'people',
  settings: Type.Object({
    rules: Type.Optional(
      Type.Array(Type.Object({ rule: Type.Unsafe<Rule>({}), people: Type.Array(PersonSchema, { minItems: 1 }) }, { additionalProperties: false }), {
        ...labelled('按规则优先', 'First by rule', { 'x-editor': 'assignRules', 'x-help': text('第一条满足的规则决定在哪些人中选。', 'The first rule that holds says among whom is chosen.') }),
      }),
    ),
    people: peopleSetting(['在哪些人中选', 'Among']),
    mode: choiceSetting(['怎么选', 'How'], MODES, 'roundRobin'),
    table: Type.Optional(shownWhen(tableSetting(['负载按哪张表算', 'Load is counted in']), 'mode', 'leastLoad')),
    filter: Type.Optional(shownWhen(ruleSetting(['算入负载的记录', 'Records that count'], 'table'), 'mode', 'leastLoad')),
    field: Type.Optional(fieldSetting(['写入字段', 'Written into'], undefined, ['reference'])),
  }),
  instant: true,
  ports: () => [DONE, { name: 'nobody', label: text('没有人选', 'Nobody') }],
  outputs: () => ({ user: { label: text('选中的人', 'Who was chosen'), table: 'user' } }),
  run: async ({ node, holds, people, services, record, bound }) => {
    const rules = settingOf<AssignRule[]>(node, 'rules', []);
    const index = rules.findIndex(({ rule }) => holds(rule));
    const candidates = await people(rules[index]?.people ?? settingOf<Person[]>(node, 'people', []));
    if (candidates.length === 0) return { port: 'nobody', output: { user: null } };
    const mode = settingOf<Mode>(node, 'mode', 'roundRobin');
    let chosen = candidates[0] as string;
    if (mode === 'roundRobin') chosen = candidates[(await services.nextTurn(`${node.name}/${index}`)) % candidates.length] as string;
    else if (mode === 'random') chosen = candidates[Math.floor(services.random() * candidates.length)] as string;
    else {
      const table = settingOf(node, 'table', record('$record')?.table ?? '');
      const load = await services.load(candidates, table, bound(node.filter as Rule | undefined), 'owner');
      chosen = [...candidates].sort((a, b) => (load[a] ?? 0) - (load[b] ?? 0))[0] as string;
    }
    const target = record('$record');
    if (typeof node.field === 'string' && target) await services.update(target, { [node.field]: chosen });
    return { port: 'done', output: { user: { table: 'user', id: chosen } } };
  },
  summary: (node, words) => {
    const people = words.people(settingOf<Person[]>(node, 'people', []));
    const [zh, en] = MODES[settingOf<Mode>(node, 'mode', 'roundRobin')];
    return text(`在${people['zh-CN']}中${zh}分配`, `Assigns ${en} among ${people.en}`);
  },
};
