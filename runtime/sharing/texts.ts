/** Texts of sharing, transferring, reasons and uncovering, in both languages; they load with their dialogs. */
import type { Locale } from '#engine/errors.ts';
import { useLocale } from '../app/i18n/index.ts';

const zh = {
  shareTitle: '共享“{{name}}”', shareMany: '共享 {{n}} 条记录', with: '共享给', withHint: '选择同事、部门或角色', people: '同事', departments: '部门', roles: '角色',
  access: '权限', read: '可查看', edit: '可修改', until: '到期', untilHint: '不填表示一直有效', along: '一并共享', alongMore: '还有 {{n}} 种', message: '留言', share: '共享', shared: '已共享', recent: '加上上次共享的 {{n}} 位', past: '到期日已经过去',
  present: '已共享给', nobody: '还没有共享给任何人', revoke: '撤销', revoked: '已撤销共享', forever: '长期', toDate: '至 {{date}}', by: '由 {{name}} 共享',
  transferTitle: '转移“{{name}}”', transferMany: '转移 {{n}} 条记录', to: '新负责人', moves: '一并转移', movesHint: '只转移原负责人名下的；已成交和已完成的留在原负责人名下', leave: '原负责人', leaveNone: '不再能看', leaveRead: '仍可查看', leaveEdit: '仍可修改',
  clearShares: '撤销已有的共享', reason: '原因', transfer: '转移', transferred: '已转移 {{n}} 条，随之转移 {{m}} 条',
  whyTitle: '为什么我能看到这条记录', whyRole: '角色“{{role}}”', whyNone: '没有找到原因', whyHint: '由实际生效的权限规则逐条检查得出。',
  reveal: '查看完整内容', revealReason: '查看原因', revealHint: '谁在何时为何查看，会记入审计日志。', show: '查看',
  handOverTitle: '交接“{{name}}”的工作', handOver: '开始交接', when: '日期', whenHint: '选了日期就在那天零点自动交接，之前可以取消。', atOnce: '现在', plan: '预定交接', planned: '已预定 {{date}} 交接给 {{names}}', plannedBy: '由 {{name}} 预定', dropPlan: '取消预定', comma: '、', handOverHint: '以下未完成的工作会按顺序平均分给接收人；已完成的留在原负责人名下，供业绩统计。', nothingToHandOver: '名下没有未完成的工作。', approvals: '待审批', staysWith: '其他名下的记录（不随交接转移）', receivers: '接收人', receiversHint: '可选多位；客户的商机、合同、计划和任务随客户走。', disableFirst: '先停用账号', handedOver: '交接完成', done: '完成',
  cancel: '取消', viewing: '正在以 {{name}} 的视角查看（只读）', leaveView: '退出',
};
export type SharingTexts = typeof zh;
const en: SharingTexts = {
  shareTitle: 'Share “{{name}}”', shareMany: 'Share {{n}} records', with: 'Share with', withHint: 'Choose colleagues, departments or roles', people: 'Colleagues', departments: 'Departments', roles: 'Roles',
  access: 'Right', read: 'Can read', edit: 'Can edit', until: 'Until', untilHint: 'Empty: for good', along: 'Goes along', alongMore: '{{n}} more', message: 'Message', share: 'Share', shared: 'Shared', recent: 'Add those of last time ({{n}})', past: 'That day is over',
  present: 'Shared with', nobody: 'Shared with nobody yet', revoke: 'Take back', revoked: 'The share was taken back', forever: 'for good', toDate: 'until {{date}}', by: 'shared by {{name}}',
  transferTitle: 'Transfer “{{name}}”', transferMany: 'Transfer {{n}} records', to: 'New owner', moves: 'Goes along', movesHint: 'Only what belongs to the old owner; what is won or done stays with them', leave: 'The old owner', leaveNone: 'no longer sees it', leaveRead: 'can still read', leaveEdit: 'can still edit',
  clearShares: 'Take existing shares back', reason: 'Reason', transfer: 'Transfer', transferred: '{{n}} transferred, {{m}} went along',
  whyTitle: 'Why can I see this record', whyRole: 'Role “{{role}}”', whyNone: 'No reason was found', whyHint: 'Found by asking the very rules that are in force.',
  reveal: 'Show the whole value', revealReason: 'Why you need it', revealHint: 'Who looked, when and why goes into the audit log.', show: 'Show',
  handOverTitle: 'Hand over the work of “{{name}}”', handOver: 'Hand over', when: 'Day', whenHint: 'With a day set, it is done when that day begins; until then it can be dropped.', atOnce: 'Now', plan: 'Set ahead', planned: 'Set for {{date}}, to {{names}}', plannedBy: 'Set by {{name}}', dropPlan: 'Drop', comma: ', ', handOverHint: 'What is open goes to the receivers in turn; what is closed stays with the old owner, for the figures.', nothingToHandOver: 'There is no open work.', approvals: 'Approvals', staysWith: 'What else is theirs (stays)', receivers: 'Receivers', receiversHint: 'One or several; opportunities, contracts, plans and tasks go with their customer.', disableFirst: 'Disable the account first', handedOver: 'Handed over', done: 'Done',
  cancel: 'Cancel', viewing: 'Looking through the eyes of {{name}} (read only)', leaveView: 'Leave',
};
const TEXTS: Readonly<Record<Locale, SharingTexts>> = { 'zh-CN': zh, en };

export function useSharingTexts(): SharingTexts {
  return TEXTS[useLocale()];
}
