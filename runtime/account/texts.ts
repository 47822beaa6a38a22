import type { Locale } from '#engine/errors.ts';
import { useLocale } from '../app/i18n/index.ts';

type Waiting = { readonly user: { readonly name: string }; readonly gives: string; readonly takes: string | null };

const zh = {
  factor: '两步验证', factorHint: '登录时除密码外，再输入手机验证器（如微软、谷歌验证器，或腾讯身份验证器小程序）上的 6 位数字。', on: '已开启', off: '未开启', turnOn: '开启两步验证', turnOff: '关闭', password: '当前密码', passwordFirst: '请先设置密码，再开启两步验证。',
  scan: '用手机验证器扫描二维码，然后输入它显示的 6 位数字。', byHand: '无法扫描？手动输入密钥：', code: '验证码', codeHint: '6 位数字，或一个恢复码', confirm: '确认', cancel: '取消', next: '继续',
  recovery: '恢复码', recoveryHint: '手机不在身边时，可用恢复码登录，每个只能用一次。现在保存好：它们不会再次显示。', copy: '复制', copied: '已复制', saved: '我已保存', removed: '两步验证已关闭',
  sessions: '登录的设备', sessionsHint: '不认识的设备请立即结束，并修改密码。', current: '当前', seen: (at: string) => `最近使用 ${at}`, end: '结束', endOthers: '退出其他所有设备', ended: '已结束', otherDevice: '其他设备', unknownDevice: '未知设备',
  enter: '请输入验证码', enterHint: '打开手机验证器，输入 6 位数字。手机不在身边时用恢复码。', back: '返回', welcome: (name: string) => `${name}，欢迎`, setPassword: '请设置密码', setPasswordHint: '至少 10 个字符；几个不相关的词连起来最好记。', repeat: '再输一次', mismatch: '两次输入不一致', tooShort: '至少 10 个字符', offer: '要开启两步验证吗？', offerHint: '即使密码泄露，别人也进不来。以后也可在个人设置中开启。', skip: '以后再说',
  must: '请开启两步验证', mustHint: '本系统要求所有人使用两步验证，开启后即可继续。', signOut: '退出登录',
  invite: '邀请用户', name: '姓名', login: '登录名（通常是邮箱）', department: '部门', superior: '上级', roles: '角色', send: '创建并生成链接', invited: (name: string) => `${name} 的账号已创建`, linkHint: '把链接发给对方：打开后设置密码即可使用。7 天内有效，只能用一次。', mailed: '邀请邮件已发送。', notMailed: '未设置邮件服务器，请自行转交链接。', done: '完成', required: (field: string) => `请填写${field}`, reset: '重置两步验证', resetDone: '已重置，对方下次只凭密码登录', resetAsk: (name: string) => `重置 ${name} 的两步验证？`, resetHint: '对方的所有会话会立即结束。请先确认确实是本人求助。',
  levelWaits: ({ user, gives, takes }: Waiting) => `${user.name} 的角色变更待确认：增加“${gives}”${takes === null ? '' : `，去掉“${takes}”`}`, levelAsked: (by: string, at: string) => `${by} 于 ${at} 提出。高于 5 级的角色须由第二个人确认。`, levelConfirm: '确认变更', levelRefuse: '拒绝', levelWithdraw: '撤回', levelConfirmed: (name: string) => `已确认，${name} 的新角色已生效`, levelRefused: '已撤销，角色不变',
};
export type AccountTexts = typeof zh;
const en: AccountTexts = {
  factor: 'Second factor', factorHint: 'Beside the password, six digits from an authenticator app on your phone (Microsoft, Google, 1Password, …).', on: 'On', off: 'Off', turnOn: 'Turn it on', turnOff: 'Turn it off', password: 'Current password', passwordFirst: 'Set a password first.',
  scan: 'Scan this with the authenticator app, then enter the six digits it shows.', byHand: 'Cannot scan? Enter the key by hand:', code: 'Code', codeHint: 'Six digits, or a recovery code', confirm: 'Confirm', cancel: 'Cancel', next: 'Continue',
  recovery: 'Recovery codes', recoveryHint: 'Without your phone, each of these lets you in once. Keep them now: they are not shown again.', copy: 'Copy', copied: 'Copied', saved: 'I have kept them', removed: 'The second factor is off',
  sessions: 'Where you are signed in', sessionsHint: 'End what you do not know at once, and change your password.', current: 'this one', seen: (at) => `last used ${at}`, end: 'End', endOthers: 'Sign out everywhere else', ended: 'Ended', otherDevice: 'Another device', unknownDevice: 'Unknown device',
  enter: 'Enter the code', enterHint: 'Six digits from your authenticator app, or a recovery code without your phone.', back: 'Back', welcome: (name) => `Welcome, ${name}`, setPassword: 'Set a password', setPasswordHint: 'Ten characters at least; a few unrelated words are easiest to remember.', repeat: 'Once more', mismatch: 'The two differ', tooShort: 'Ten characters at least', offer: 'Add a second factor?', offerHint: 'Nobody gets in with a stolen password alone. You can also do it later in your profile.', skip: 'Not now',
  must: 'Set up your second factor', mustHint: 'Everybody here signs in with a second factor; set it up to go on.', signOut: 'Sign out',
  invite: 'Invite a user', name: 'Name', login: 'Login (usually the e-mail address)', department: 'Department', superior: 'Superior', roles: 'Roles', send: 'Create and make a link', invited: (name) => `The account of ${name} is ready`, linkHint: 'Give them this link: they set a password and are in. It lasts 7 days and works once.', mailed: 'The invitation was mailed.', notMailed: 'No mail server is set up; pass the link on yourself.', done: 'Done', required: (field) => `${field} is required`, reset: 'Reset second factor', resetDone: 'Reset; they sign in by password alone next time', resetAsk: (name) => `Reset the second factor of ${name}?`, resetHint: 'All their sessions end at once. Make sure it is really them who asks.',
  levelWaits: ({ user, gives, takes }) => `A change of ${user.name}’s roles waits: “${gives}” is added${takes === null ? '' : `, “${takes}” goes`}`, levelAsked: (by, at) => `Asked by ${by} on ${at}. A role above level 5 takes a second person.`, levelConfirm: 'Confirm', levelRefuse: 'Refuse', levelWithdraw: 'Withdraw', levelConfirmed: (name) => `Confirmed: ${name} has the new roles`, levelRefused: 'Dropped; the roles stay as they are',
};
const TEXTS: Readonly<Record<Locale, AccountTexts>> = { 'zh-CN': zh, en };

export function useAccountTexts(): AccountTexts {
  return TEXTS[useLocale()];
}
