import type { Locale } from '#engine/errors.ts';
import { useLocale } from '../app/i18n/index.ts';

const zh = {
  title: '系统管理', audit: '审计', exports: '导出记录', backups: '备份',
  who: '人员', what: '操作', table: '表', when: '时间', text: '内容包含', anyone: '所有人', anyAction: '所有操作', anyTable: '所有表', record: '记录', system: '系统',
  verify: '校验审计链', whole: (n: string) => `审计链完整，共 ${n} 行`, broken: (n: string) => `审计链在第 ${n} 行断开：该行或其前一行被改动、删除或插入`, download: '导出 CSV', more: '加载更多', none: '没有符合条件的记录', empty: '（空）', open: '打开记录', gone: '记录已不在',
  actions: { create: '新建', update: '修改', delete: '删除', restore: '恢复', purge: '彻底删除', ask_to_purge: '请求彻底删除', export: '导出', print: '打印', publish: '发布定义', backup: '备份', verify: '恢复演练', download: '下载备份', sign_in: '登录', sign_in_refused: '登录被拒', sign_out: '退出', invite: '邀请', second_factor: '两步验证', sessions: '结束会话', password: '修改密码', share: '共享', unshare: '撤销共享', hand_over: '离职交接', form_link: '生成公开表单链接', form_link_end: '收回公开表单链接', transfer: '转移', reveal: '查看遮盖内容', read: '查看私密记录', comment: '评论', comment_change: '修改评论', comment_delete: '删除评论', view_as: '以此人的视角查看', retry: '重试流程', move: '移到新版流程', cancel: '停止流程', withdraw: '撤回流程', 'ask again': '再次询问' } as Record<string, string>,
  of: (label: string) => `${label}：`, keys: { address: '地址', by: '方式', 'comment_change.by': '作者', 'comment_delete.by': '作者', with: '对象', access: '权限', until: '截止', along: '一并共享', mentions: '提到', 'hand_over.to': '接收人', tables: '表', approvals: '审批', form: '表单', of: '关于', record: '记录', from: '原负责人', to: '新负责人', leave: '原负责人保留', reason: '原因', field: '字段', records: '记录', refused: '此前被拒次数', files: '文件', rows: '条数', size: '字节', format: '格式', columns: '列', filter: '筛选', search: '搜索', preset: '方案', on: '开启', reset: '重置', ended: '结束数', ok: '通过', note: '说明', part: '部分', createdAt: '备份时间' } as Record<string, string>,
  rows: (n: string) => `${n} 条`, columns: (n: string) => `${n} 列`, state: '状态', file: '文件', count: '条数',
  states: { running: '进行中', done: '完成', failed: '失败', cancelled: '已取消', expired: '完成（文件已过期）' } as Record<string, string>, noExports: '还没有人导出过',
  backUpNow: '立即备份', backupHint: '数据库、定义和上传的文件在同一时刻的完整快照；备份后立即做一次测试恢复，通过才算数。', folder: '存放位置', next: '下次自动备份', kept: '每周备份保留 8 份周备和 6 份月备；手工备份不会自动删除。',
  writing: '正在写入', verifying: '正在测试恢复', cancel: '取消', made: '备份时间', size: '大小', holds: '内容', holding: (rows: string, files: string) => `${rows} 行，${files} 个文件`, proved: '测试恢复', provedAt: (at: string) => `${at} 通过`, notProved: '未验证', drill: '恢复演练', fetch: '下载', weekly: '每周', manual: '手工', noBackups: '还没有备份', noBackupsHint: '现在做第一份备份，几秒钟即可。',
  restore: '恢复', restoreHint: '也可以先停止服务器，在命令行恢复：', restoreTitle: '用这份备份替换全部数据？', restoreWhat: (at: string) => `${at} 之后的所有修改都会被替换。服务器会停止几秒到几分钟，所有人需要重新登录；现有数据完整保留在数据目录中，可以再换回来。`,
  restoreType: '请输入备份名称以确认', restoreNow: '停止服务并恢复', restoreNoPassword: '您的账号没有密码：恢复后只能用服务器日志里的一次性链接登录。请先在“个人资料”中设置密码并重新备份。', restoring: '正在恢复', restoringHint: '请不要关闭服务器。完成后本页自动打开。', restarting: '服务器正在停止或启动',
};
export type SystemTexts = typeof zh;
const en: SystemTexts = {
  title: 'System', audit: 'Audit', exports: 'Exports', backups: 'Backups',
  who: 'Who', what: 'Action', table: 'Table', when: 'Time', text: 'Containing', anyone: 'Everybody', anyAction: 'Every action', anyTable: 'Every table', record: 'Record', system: 'System',
  verify: 'Examine the chain', whole: (n) => `The chain is whole: ${n} rows`, broken: (n) => `The chain breaks at row ${n}: it or the one before was changed, removed or put in`, download: 'Export CSV', more: 'Show more', none: 'Nothing fits', empty: '(empty)', open: 'Open the record', gone: 'The record is gone',
  actions: { create: 'Created', update: 'Changed', delete: 'Deleted', restore: 'Restored', purge: 'Purged', ask_to_purge: 'Asked to purge', export: 'Exported', print: 'Printed', publish: 'Published definitions', backup: 'Backed up', verify: 'Restore drill', download: 'Backup downloaded', sign_in: 'Signed in', sign_in_refused: 'Sign-in refused', sign_out: 'Signed out', invite: 'Invited', second_factor: 'Second factor', sessions: 'Sessions ended', password: 'Password changed', share: 'Shared', unshare: 'Share taken back', hand_over: 'Handed work over', form_link: 'Public form link made', form_link_end: 'Public form link taken back', transfer: 'Transferred', reveal: 'Masked value shown', read: 'Read a strict record', comment: 'Commented', comment_change: 'Comment changed', comment_delete: 'Comment removed', view_as: 'Looked through their eyes', retry: 'Run tried again', move: 'Run moved to a newer version', cancel: 'Run stopped', withdraw: 'Run withdrawn', 'ask again': 'Asked again' },
  of: (label) => `${label}: `, keys: { by: 'by', 'comment_change.by': 'written by', 'comment_delete.by': 'written by', refused: 'refused before', leave: 'the former owner keeps it', along: 'along with it', 'hand_over.to': 'receivers', of: 'about' },
  rows: (n) => `${n} records`, columns: (n) => `${n} columns`, state: 'State', file: 'File', count: 'Records',
  states: { running: 'Under way', done: 'Done', failed: 'Failed', cancelled: 'Cancelled', expired: 'Done (file expired)' }, noExports: 'Nobody has exported anything yet',
  backUpNow: 'Back up now', backupHint: 'Database, definitions and uploads as they are at one moment; restored once to a scratch place right after, and good only when that succeeds.', folder: 'Kept in', next: 'Next weekly backup', kept: 'Eight weekly and six monthly ones are kept; those made by hand are never removed.',
  writing: 'Writing', verifying: 'Test restore', cancel: 'Cancel', made: 'Made', size: 'Size', holds: 'Holds', holding: (rows, files) => `${rows} rows, ${files} files`, proved: 'Test restore', provedAt: (at) => `Passed ${at}`, notProved: 'Not proved', drill: 'Restore drill', fetch: 'Download', weekly: 'Weekly', manual: 'By hand', noBackups: 'No backup yet', noBackupsHint: 'Make the first one now; it takes seconds.',
  restore: 'Restore', restoreHint: 'Or stop the server first and restore on the command line:', restoreTitle: 'Put this backup in the place of all data?', restoreWhat: (at) => `Everything changed since ${at} is replaced. The server is away for seconds or minutes and everybody signs in anew. What is there now is kept whole in the data folder and can be brought back.`,
  restoreType: 'Type the name of the backup to confirm', restoreNow: 'Stop and restore', restoreNoPassword: 'Your account has no password: afterwards only the one-time link in the log of the server lets you in. Set a password under your profile and make a new backup first.', restoring: 'Restoring', restoringHint: 'Leave the server running. This page opens by itself when it is done.', restarting: 'The server is stopping or starting',
};
const TEXTS: Readonly<Record<Locale, SystemTexts>> = { 'zh-CN': zh, en };

export function useSystemTexts(): SystemTexts {
  return TEXTS[useLocale()];
}
