import Type from 'typebox';
import { labelled, text } from '../../fields/settings.ts';
import type { Rule } from '../../rules/rule.ts';
import { DONE, type NodeCall, type NodeType } from '../node-type.ts';
import { choiceSetting, type Expression, expressionSetting, fieldSetting, peopleSetting, type Person, PersonSchema, ruleSetting, settingOf, shownWhen, tableSetting } from '../settings.ts';

const MODES = { roundRobin: ['轮流', 'in turn'], ratio: ['按比例轮流', 'in turn by a ratio'], leastLoad: ['负载最少的人', 'to whoever has least'], random: ['随机', 'by chance'] } as const;
type Mode = keyof typeof MODES;
interface AssignRule {
  readonly rule: Rule;
  readonly people: readonly Person[];
}

/** `2:1` by the order of the people, those who cannot be chosen included: 1 for whom it says nothing of. */
function sharesOf({ node, value }: NodeCall, people: readonly Person[]): (user: string) => number {
  const listed = people.flatMap((person) => {
    const found: unknown = 'path' in person ? value({ var: person.path }) : [];
    return (Array.isArray(found) ? found : [found]).map((one) => (typeof one === 'string' ? one : (one as { id?: string } | null)?.id));
  });
  const written = node.mode === 'ratio' && node.ratio !== undefined ? value(node.ratio as Expression) : null;
  const shares = String(written ?? '').split(/[:：]/).map((share) => share.trim());
  return (user) => {
    const share = shares[listed.indexOf(user)];
    return share && /^\d{1,3}$/.test(share) ? Number(share) : 1;
  };
}

/** Of all in their order, whose turn it is; who is not free is passed over. */
async function inTurn(call: NodeCall, name: string, { all, free, people }: { readonly all: readonly string[]; readonly free: readonly string[]; readonly people: readonly Person[] }): Promise<string | undefined> {
  const share = sharesOf(call, people);
  const places = all.flatMap((user) => Array.from({ length: share(user) }, () => user));
  if (!places.some((user) => free.includes(user))) return undefined;
  const turn = await call.services.nextTurn(name);
  return places.map((_, i) => places[(turn + i) % places.length] as string).find((user) => free.includes(user));
}

/** Chooses one of several people who are there and, when a field is named, writes them into the record. */
export const assign: NodeType = {
  label: text('分配', 'Assign'),
  description: text('轮流、按比例、按负载或按规则选一个人；请假的人跳过', 'Chooses somebody in turn, by a ratio, by load or by rule; who is absent is passed over'),
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
    ratio: Type.Optional(shownWhen(expressionSetting(['比例', 'Ratio'], ['按人员的顺序，如 2:1', 'In the order of the people, like 2:1']), 'mode', 'ratio')),
    except: Type.Optional(peopleSetting(['不分给', 'But not to'])),
    table: Type.Optional(tableSetting(['负载按哪张表算', 'Load is counted in'])),
    filter: Type.Optional(ruleSetting(['算入负载的记录', 'Records that count'], 'table')),
    most: Type.Optional(expressionSetting(['手上最多几条', 'At most'], ['已有这么多条记录的人不再分', 'Who has as many records gets no more'])),
    field: Type.Optional(fieldSetting(['写入字段', 'Written into'], undefined, ['reference'])),
  }),
  instant: true,
  ports: () => [DONE, { name: 'nobody', label: text('没有人选', 'Nobody') }],
  outputs: () => ({ user: { label: text('选中的人', 'Who was chosen'), table: 'user' } }),
  run: async (call) => {
    const { node, holds, people: activeOf, services, record, bound, value } = call;
    const rules = settingOf<AssignRule[]>(node, 'rules', []);
    const index = rules.findIndex(({ rule }) => holds(rule));
    const people = rules[index]?.people ?? settingOf<Person[]>(node, 'people', []);
    const all = await activeOf(people);
    const not = new Set([...(await services.absent(all)), ...(await activeOf(settingOf<Person[]>(node, 'except', [])))]);
    const target = record('$record');
    const mode = settingOf<Mode>(node, 'mode', 'roundRobin');
    const most = node.most === undefined ? null : value(node.most as Expression);
    const present = all.filter((user) => !not.has(user));
    const load = (mode === 'leastLoad' || most !== null) && present.length > 0 ? await services.load(present, settingOf(node, 'table', target?.table ?? ''), bound(node.filter as Rule | undefined), 'owner') : {};
    const free = typeof most === 'number' ? present.filter((user) => (load[user] ?? 0) < most) : present;
    const chosen =
      mode === 'random' ? free[Math.floor(services.random() * free.length)]
      : mode === 'leastLoad' ? [...free].sort((a, b) => (load[a] ?? 0) - (load[b] ?? 0))[0]
      : await inTurn(call, `${node.name}/${index}`, { all, free, people });
    if (chosen === undefined) return { port: 'nobody', output: { user: null } };
    if (typeof node.field === 'string' && target) await services.update(target, { [node.field]: chosen });
    return { port: 'done', output: { user: { table: 'user', id: chosen } } };
  },
  summary: (node, words) => {
    const people = words.people(settingOf<Person[]>(node, 'people', []));
    const [zh, en] = MODES[settingOf<Mode>(node, 'mode', 'roundRobin')];
    return text(`在${people['zh-CN']}中${zh}分配`, `Assigns ${en} among ${people.en}`);
  },
};
