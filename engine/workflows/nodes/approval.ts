import Type from 'typebox';
import type { Label } from '../../errors.ts';
import { text } from '../../fields/settings.ts';
import { ERROR, type NodeCall, type NodeResult, type NodeType } from '../node-type.ts';
import type { Decision } from '../services.ts';
import { choiceSetting, type Duration, durationSetting, flagSetting, messageSetting, peopleSetting, type Person, recordSetting, settingOf, shownWhen, wholeSetting } from '../settings.ts';

const MODES = { all: ['所有人同意', 'everyone must approve'], any: ['一人同意即可', 'one approval is enough'], vote: ['按比例表决', 'by vote'] } as const;
type Mode = keyof typeof MODES;

/** The outcome as soon as it can no longer change; null while it can. */
export function outcomeOf(mode: Mode, share: number, decisions: readonly Decision[]): 'approved' | 'rejected' | 'returned' | null {
  const last = decisions.at(-1);
  if (last?.override) return last.decision;
  const asked = last?.asked ?? 0;
  if (decisions.some(({ decision }) => decision === 'returned')) return 'returned';
  const yes = decisions.filter(({ decision }) => decision === 'approved').length;
  const no = decisions.filter(({ decision }) => decision === 'rejected').length;
  if (mode === 'any') return yes > 0 ? 'approved' : no >= asked ? 'rejected' : null;
  if (mode === 'all') return no > 0 ? 'rejected' : yes >= asked ? 'approved' : null;
  const needed = Math.max(1, Math.ceil((asked * share) / 100));
  return yes >= needed ? 'approved' : asked - no < needed ? 'rejected' : null;
}

/** Without who set it off, unless the node lets them: asked first or when it is late. */
async function mayBeAsked({ node, people, context, value }: NodeCall, setting: 'approvers' | 'escalate'): Promise<string[]> {
  const asked = await people(settingOf<Person[]>(node, setting, []));
  const starter = value({ var: '$run.starter' });
  return node.own === true ? asked : asked.filter((user) => user !== starter && user !== context.me);
}

async function ask(call: NodeCall, approvers: readonly string[], escalated: boolean): Promise<NodeResult> {
  const { node, services, message, after, record } = call;
  const timeout = node.timeout as Duration | undefined;
  const until = timeout ? after(timeout) : null;
  const key = await services.askApproval({
    title: message(node.title as Label),
    instructions: node.instructions === undefined ? null : message(node.instructions as Label),
    record: record(settingOf(node, 'record', '$record')),
    approvers,
    serial: node.order === 'serial',
    until,
    mayDelegate: node.delegate === true,
    mayAdd: node.add === true,
    mayReturn: node.back === true,
  });
  return { wait: { key, ...(until !== null && { until }) }, memory: { escalated } };
}

export const approval: NodeType = {
  label: text('审批', 'Approval'),
  description: text('一人、所有人或按比例；可依次进行、退回、转交、加签、超时升级', 'Any, all or by vote; in turn, returned, delegated, widened, escalated when late'),
  icon: 'audit',
  group: 'people',
  settings: Type.Object({
    title: messageSetting(['审批什么', 'What is asked']),
    instructions: Type.Optional(messageSetting(['说明', 'Instructions'])),
    approvers: peopleSetting(['审批人', 'Approvers']),
    mode: choiceSetting(['通过条件', 'Approved when'], MODES, 'all'),
    share: shownWhen(wholeSetting(['需要同意的百分比', 'Per cent needed'], 1, 100, 50), 'mode', 'vote'),
    order: choiceSetting(['顺序', 'Order'], { parallel: ['同时', 'at once'], serial: ['依次', 'one after the other'] }, 'parallel'),
    record: Type.Optional(recordSetting(['审批的记录', 'Record in question'])),
    delegate: Type.Optional(flagSetting(['可以转交', 'May be delegated'])),
    add: Type.Optional(flagSetting(['可以加签', 'May add approvers'])),
    back: Type.Optional(flagSetting(['可以退回', 'May be returned'])),
    own: Type.Optional(flagSetting(['可以审批自己发起的', 'May approve what they started'])),
    timeout: Type.Optional(durationSetting(['多久未处理', 'Late after'])),
    escalate: Type.Optional(peopleSetting(['超时后转给', 'Then asked'])),
  }),
  ports: (node) => [
    { name: 'approved', label: text('同意', 'Approved') },
    { name: 'rejected', label: text('拒绝', 'Rejected') },
    ...(node.back === true ? [{ name: 'returned', label: text('退回', 'Returned') }] : []),
    ...(node.timeout === undefined ? [] : [{ name: 'timeout', label: text('超时', 'Late') }]),
    ERROR,
  ],
  outputs: () => ({
    outcome: { label: text('结果', 'Outcome'), kind: 'text' },
    comment: { label: text('意见', 'Comment'), kind: 'text' },
    by: { label: text('最后处理人', 'Last decided by'), table: 'user' },
  }),
  run: async (call) => {
    const approvers = await mayBeAsked(call, 'approvers');
    // Nobody left to ask must not pass for approval.
    const others = approvers.length > 0 ? approvers : await mayBeAsked(call, 'escalate');
    if (others.length === 0) return { port: 'rejected', output: { outcome: 'rejected', comment: '没有可以审批的人 / Nobody may approve', by: null } };
    return ask(call, others, approvers.length === 0);
  },
  resume: async (call, happened) => {
    const { node, services, memory } = call;
    const decisions = happened.kind === 'event' && Array.isArray(happened.value) ? (happened.value as unknown as Decision[]) : [];
    const outcome = happened.kind === 'due' ? null : outcomeOf(settingOf<Mode>(node, 'mode', 'all'), settingOf(node, 'share', 50), decisions);
    const last = decisions.at(-1);
    if (outcome) {
      await services.closeApproval();
      return { port: outcome, output: { outcome, comment: last?.comment ?? '', by: last ? { table: 'user', id: last.by } : null } };
    }
    // Still open: it goes on waiting as it did.
    if (happened.kind !== 'due') return { stay: true };
    await services.closeApproval();
    const isEscalated = (memory as { escalated?: boolean } | null)?.escalated === true;
    const next = isEscalated ? [] : await mayBeAsked(call, 'escalate');
    return next.length > 0 ? ask(call, next, true) : { port: 'timeout', output: { outcome: 'timeout', comment: '', by: null } };
  },
  summary: (node, words) => {
    const people = words.people(settingOf<Person[]>(node, 'approvers', []));
    const [zh, en] = MODES[settingOf<Mode>(node, 'mode', 'all')];
    return text(`请${people['zh-CN']}审批（${zh}）`, `Asks ${people.en} to approve (${en})`);
  },
};
